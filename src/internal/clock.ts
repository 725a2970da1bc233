import { onAbort, startTimer } from './abort.js';

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

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const stopTimer = startTimer(ms, () => {
        release?.();
        resolve();
      });
      const release =
        signal &&
        onAbort(signal, () => {
          stopTimer();
          reject(signal.reason);
        });
    }),
  setTimer: startTimer,
};
