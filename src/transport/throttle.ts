import { InputError } from '../errors/input-errors.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { onAbort } from '../internal/on-abort.js';
import { createClockSlots } from './clock-slots.js';
import { createMachineSlots } from './machine-slots.js';
import type { Throttle } from './transport.js';

/** What a rate limit allows: so many starts within any interval of this length. */
export interface RateLimit {
  /** How many requests may start within any `intervalMs`. At least 1. */
  readonly requests: number;
  /** Length of the interval, in milliseconds. It slides: it begins with any request, not at full minutes. */
  readonly intervalMs: number;
}

/** A queue of its own for each client. `false` lets everything through at once. */
export function createThrottle(limit: RateLimit | false, clock: Clock = systemClock): Throttle {
  if (limit === false) return (run) => run();
  checkLimit(limit);

  const waiting = new Set<Waiting>();
  const slots = clock === systemClock ? createMachineSlots(limit) : createClockSlots(limit, clock);
  let handingOut = false;

  // A slot is booked for whoever asks, and knows no signal. Asking for one at a time leaves an aborted call without a slot
  // to waste.
  const handOut = async () => {
    if (handingOut) return;
    handingOut = true;
    try {
      while (waiting.size > 0) {
        const isFree = await slots.take();
        const [first] = waiting;
        if (!isFree || first === undefined) continue;
        waiting.delete(first);
        first.start();
      }
    } catch (error) {
      // A clock that does not wait.
      for (const call of waiting) call.fail(error);
      waiting.clear();
    }
    handingOut = false;
  };

  return async (run, signal) => {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const call: Waiting = {
        start: () => {
          release?.();
          resolve();
        },
        fail: (error) => {
          release?.();
          reject(error);
        },
      };
      const release =
        signal &&
        onAbort(signal, () => {
          waiting.delete(call);
          if (waiting.size === 0) slots.giveUp();
          reject(signal.reason);
        });
      waiting.add(call);
      void handOut();
    });
    return run();
  };
}

/** A call that waits for its turn. */
interface Waiting {
  start(): void;
  fail(error: unknown): void;
}

function checkLimit({ requests, intervalMs }: RateLimit): void {
  // What JavaScript callers give may be anything: `'5'` and `Infinity` would fail inside p-throttle, in its own words.
  if (Number.isInteger(requests) && requests >= 1 && Number.isFinite(intervalMs) && intervalMs > 0) return;
  throw new InputError('`rateLimit` must be `false`, or whole and finite: `{ requests: 10, intervalMs: 1_000 }`.', {
    path: ['rateLimit'],
  });
}
