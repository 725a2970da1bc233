import type { Clock } from '../internal/clock.js';
import { createHoldBack, type HoldBack } from './hold-back.js';
import type { Throttle } from './transport.js';

/** Who may start when: the rate limit, and the waits that the server asked for. */
export interface Turns {
  /** Runs when the turn has come, and is told how long that took. */
  take<T>(run: (waitedMs: number) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Lets nobody start for so long: a `Retry-After` given to one call is meant for all of them. */
  holdBack(ms: number): void;
}

const held = Symbol('held');

/** The turns of one transport, with the waits of all that share `hold`. */
export function createTurns(throttle: Throttle, clock: Clock, hold: HoldBack = createHoldBack()): Turns {
  return {
    holdBack: (ms) => {
      hold.untilMs = Math.max(hold.untilMs, clock.now() + ms);
    },
    take: async (run, signal) => {
      const askedAtMs = clock.now();
      for (;;) {
        if (clock.now() < hold.untilMs) await clock.sleep(hold.untilMs - clock.now(), signal);
        // Looked at again when the turn comes: those who queued before must not all start when the wait ends.
        const result = await throttle(
          async () => (clock.now() < hold.untilMs ? held : run(clock.now() - askedAtMs)),
          signal,
        );
        if (result !== held) return result;
      }
    },
  };
}
