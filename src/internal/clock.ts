import { onAbort, startTimer } from './abort.js';

/** Time, injectable: tests and the emulator bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Milliseconds from any beginning, for what is waited for: unlike `now`, nobody sets it back or ahead.
   * @default `now`
   */
  monotonicNow?(): number;
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
  monotonicNow: () => performance.now(),
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

/** For waiting, and only to be compared with itself. */
export function monotonicNow(clock: Clock): number {
  return clock.monotonicNow?.() ?? clock.now();
}

/** Lets timers and the network have their turn, which a loop of promises that are already resolved never does. */
export function yieldToEventLoop(): Promise<void> {
  const { setImmediate } = globalThis as { readonly setImmediate?: (run: () => void) => unknown };
  // A timer takes a millisecond at least.
  return new Promise((resolve) => (setImmediate === undefined ? setTimeout(resolve, 0) : setImmediate(resolve)));
}
