import type { Clock } from '../internal/clock.js';
import type { Slots } from './slots.js';

/**
 * Hands out the slots of a rate limit on a clock that was brought along: p-throttle counts and waits on the machine's.
 * Asked for one slot at a time.
 */
export function createClockSlots(
  { requests, intervalMs }: { readonly requests: number; readonly intervalMs: number },
  clock: Clock,
): Slots {
  const startsMs: number[] = [];
  let given = new AbortController();
  return {
    take: async () => {
      // As many starts are kept as one interval may hold: the oldest of them has to be an interval ago.
      const oldestMs = startsMs.length < requests ? undefined : startsMs[0];
      const waitMs = oldestMs === undefined ? 0 : oldestMs + intervalMs - clock.now();
      const { signal } = given;
      try {
        if (waitMs > 0) await clock.sleep(waitMs, signal);
      } catch (error) {
        if (signal.aborted) return false;
        throw error;
      }
      if (oldestMs !== undefined) startsMs.shift();
      startsMs.push(clock.now());
      return true;
    },
    giveUp: () => {
      given.abort();
      given = new AbortController();
    },
  };
}
