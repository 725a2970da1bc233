import type { Clock } from '../internal/clock.js';

/**
 * Hands out the slots of a rate limit on a clock that was brought along: p-throttle counts and waits on the machine's.
 * Asked for one slot at a time.
 */
export function createClockSlots(
  { requests, intervalMs }: { readonly requests: number; readonly intervalMs: number },
  clock: Clock,
): () => Promise<void> {
  const startsMs: number[] = [];
  return async () => {
    // As many starts are kept as one interval may hold: the oldest of them has to be an interval ago.
    const oldestMs = startsMs.length < requests ? undefined : startsMs.shift();
    const waitMs = oldestMs === undefined ? 0 : oldestMs + intervalMs - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs);
    startsMs.push(clock.now());
  };
}
