import { InputError } from '../errors/input-error.js';
import { type Clock, systemClock } from '../internal/clock.js';
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

  const waiting = new Set<() => void>();
  const slots = clock === systemClock ? createMachineSlots(limit) : createClockSlots(limit, clock);
  let handingOut = false;

  // A slot is booked for whoever asks, and knows no signal. Asking for one at a time leaves an aborted call without a slot
  // to waste.
  const handOut = async () => {
    if (handingOut) return;
    handingOut = true;
    while (waiting.size > 0) {
      const isTaken = await slots.take().then(
        () => true,
        () => false,
      );
      // Given up, since nobody was waiting.
      if (!isTaken) continue;
      const [first] = waiting;
      if (first !== undefined) {
        waiting.delete(first);
        first();
      }
    }
    handingOut = false;
  };

  return async (run, signal) => {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = () => {
        waiting.delete(start);
        if (waiting.size === 0) slots.giveUp();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.add(start);
      void handOut();
    });
    return run();
  };
}

function checkLimit({ requests, intervalMs }: RateLimit): void {
  // What JavaScript callers give may be anything: `'5'` and `Infinity` would fail inside p-throttle, in its own words.
  if (Number.isInteger(requests) && requests >= 1 && Number.isFinite(intervalMs) && intervalMs > 0) return;
  throw new InputError('`rateLimit` must be `false`, or whole and finite: `{ requests: 10, intervalMs: 1_000 }`.', {
    path: ['rateLimit'],
  });
}
