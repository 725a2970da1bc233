import pThrottle from 'p-throttle';
import type { Slots } from './slots.js';

/** Hands out the slots of a rate limit on the machine's clock. */
export function createMachineSlots({
  requests,
  intervalMs,
}: {
  readonly requests: number;
  readonly intervalMs: number;
}): Slots {
  let isDelayed = false;
  let stop = new AbortController();
  let next = open();

  function open() {
    return pThrottle({
      limit: requests,
      interval: intervalMs,
      // Servers count in a sliding window, and the looser algorithm lets twice the limit through at its edge.
      strict: true,
      signal: stop.signal,
      onDelay: () => {
        isDelayed = true;
      },
    })(async () => {});
  }

  return {
    take: () => {
      isDelayed = false;
      return next().then(
        () => true,
        () => false,
      );
    },
    giveUp: () => {
      if (!isDelayed) return;
      isDelayed = false;
      stop.abort();
      stop = new AbortController();
      next = open();
      // It knows nothing of the starts so far. One is delayed only when all slots are taken, and so they are here.
      for (let slot = 0; slot < requests; slot += 1) void next();
    },
  };
}
