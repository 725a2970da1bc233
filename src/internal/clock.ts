import { onAbort } from './on-abort.js';

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
