import pThrottle from 'p-throttle';
import { InputError } from '../errors/input-error.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { createClockSlots } from './clock-slots.js';
import type { Throttle } from './transport.js';

/** What a rate limit allows: so many starts within any interval of this length. */
export interface RateLimit {
  /** Requests that may start. At least 1. */
  readonly requests: number;
  /** Within any stretch of so many milliseconds. */
  readonly intervalMs: number;
}

/** A queue of its own for each client. `false` lets everything through at once. */
export function createThrottle(limit: RateLimit | false, clock: Clock = systemClock): Throttle {
  if (limit === false) return (run) => run();
  checkLimit(limit);

  const waiting = new Set<() => void>();
  const nextSlot =
    clock === systemClock
      ? // Strict: servers count in a sliding window, and the looser algorithm lets twice the limit through at its edge.
        pThrottle({ limit: limit.requests, interval: limit.intervalMs, strict: true })(async () => {})
      : createClockSlots(limit, clock);
  let handingOut = false;

  // p-throttle books a slot for each call and knows no signal for one of them. Asking for one slot at a time leaves an
  // aborted call without a slot to waste, and no timer behind.
  const handOut = async () => {
    if (handingOut) return;
    handingOut = true;
    while (waiting.size > 0) {
      await nextSlot();
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
