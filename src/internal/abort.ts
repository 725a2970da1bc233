import { type Clock, onAbort, systemClock } from './clock.js';

/** A signal for one piece of work: it aborts with any of its parents, or when time is up. */
export interface AbortScope {
  readonly signal: AbortSignal;
  /** Whether the scope's own time limit ended it. */
  readonly expired: boolean;
  /** Lets go of the parents and of the timer. */
  end(): void;
}

/**
 * Opens a scope under the given signals, limited to `ms` milliseconds.
 *
 * Not `AbortSignal.any`: a client-wide signal lives as long as the program, and every listener put on it must come off again.
 */
export function openAbortScope(
  parents: readonly (AbortSignal | undefined)[],
  ms: number = Number.POSITIVE_INFINITY,
  clock: Clock = systemClock,
): AbortScope {
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  let expired = false;
  for (const parent of parents) {
    if (parent === undefined) continue;
    const follow = () => controller.abort(parent.reason);
    if (parent.aborted) follow();
    else releases.push(onAbort(parent, follow));
  }
  if (ms < Number.POSITIVE_INFINITY) {
    const setTimer = (clock.setTimer ?? systemClock.setTimer) as NonNullable<Clock['setTimer']>;
    releases.push(
      setTimer.call(clock, ms, () => {
        expired = !controller.signal.aborted;
        controller.abort(new DOMException('Time is up.', 'TimeoutError'));
      }),
    );
  }
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    end: () => {
      for (const release of releases.splice(0)) release();
    },
  };
}

/**
 * Waits for `work`, but no longer than until `signal` aborts: then rejects at once with the signal's reason, whether or
 * not the work takes notice.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let release: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else release = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    release?.();
  }
}
