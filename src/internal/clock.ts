import { onAbort, startTimer } from './abort.js';

/** Time, injectable: tests and the emulator bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's own reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Calls `onEnd` after `ms` milliseconds unless the returned function is called first. For time limits, which a clock that
   * skips waits must not skip. @default the machine's timers
   */
  setTimer?(ms: number, onEnd: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
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
