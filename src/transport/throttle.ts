import pThrottle from 'p-throttle';
import { InputError } from '../errors/input-error.js';
import type { Throttle } from './transport.js';

/** What a rate limit allows: so many starts within any interval of this length. */
export interface RateLimit {
  /** Requests that may start. At least 1. */
  readonly requests: number;
  /** Within any stretch of so many milliseconds. */
  readonly intervalMs: number;
}

/** A queue of its own for each client. `false` lets everything through at once. */
export function createThrottle(limit: RateLimit | false): Throttle {
  if (limit === false) return (run) => run();
  if (!(limit.requests >= 1) || !(limit.intervalMs > 0)) {
    throw new InputError('`rateLimit` must allow at least 1 request in an interval longer than 0 ms.', {
      path: ['rateLimit'],
    });
  }

  const waiting = new Set<() => void>();
  // Strict: servers count in a sliding window, and the looser algorithm lets twice the limit through at its edge.
  const nextSlot = pThrottle({ limit: limit.requests, interval: limit.intervalMs, strict: true })(async () => {});
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
