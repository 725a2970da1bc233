/** Time, injectable: tests and the emulator bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Resolves after `ms` milliseconds.
   *
   * @throws The signal's own reason when it aborts first.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Calls `onEnd` after `ms` milliseconds unless the returned function is called first. Time limits use it: a limit is not
   * a wait, so a clock that skips its waits must not let the limits pass with them. Where it is absent, the machine's timers do.
   */
  setTimer?(ms: number, onEnd: () => void): () => void;
}

// setTimeout fires at once for a longer delay than this.
const longestTimerMs = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = setTimeout(
        () => {
          release?.();
          resolve();
        },
        Math.min(ms, longestTimerMs),
      );
      const release =
        signal &&
        onAbort(signal, () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
    }),
  setTimer: (ms, onEnd) => {
    const timer = setTimeout(onEnd, Math.min(ms, longestTimerMs));
    return () => clearTimeout(timer);
  },
};

const listenersOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls a function when a signal aborts.
 *
 * One listener for each signal, however many wait for it: Node warns of a leak from the eleventh on, and a reading has more
 * requests under way than that.
 *
 * @returns Takes the function off again.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const listeners = listenersOf.get(signal) ?? listenTo(signal);
  // Each call counts by itself, also of the same function.
  const own = () => listener();
  listeners.add(own);
  return () => {
    listeners.delete(own);
    if (listeners.size === 0 && listenersOf.get(signal) === listeners) letGo(signal);
  };
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  listenersOf.set(signal, listeners);
  signal.addEventListener('abort', fire);
  return listeners;
}

function letGo(signal: AbortSignal): void {
  listenersOf.delete(signal);
  signal.removeEventListener('abort', fire);
}

function fire({ target }: Event): void {
  // It listens to signals only.
  const signal = target as AbortSignal;
  const listeners = listenersOf.get(signal) ?? [];
  letGo(signal);
  for (const listener of listeners) listener();
}
