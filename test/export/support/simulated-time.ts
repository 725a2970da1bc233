import type { Clock } from '../../../src/internal/clock.js';
import { createTestClock, type EmulatorClock } from '../../../src/testing/clock.js';

/**
 * The emulator's clock, and how far it can be moved: it goes from one wait to the next once all whom it concerns wait. So a day
 * takes as long as the work in it, and no wait is cut short or overslept.
 */
export class SimulatedTime {
  readonly clock: Clock;
  readonly #emulator: EmulatorClock;
  readonly #ends = new Set<{ readonly atMs: number }>();

  constructor(startMs: number) {
    this.#emulator = createTestClock({ start: startMs });
    const setTimer = (ms: number, onEnd: () => void) => {
      const end = { atMs: this.#emulator.now() + ms };
      this.#ends.add(end);
      const cancel = this.#emulator.setTimer?.(ms, () => {
        this.#ends.delete(end);
        onEnd();
      });
      return () => {
        this.#ends.delete(end);
        cancel?.();
      };
    };
    const sleep = (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          stop();
          reject(signal?.reason);
        };
        const stop = setTimer(ms, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    this.clock = { now: this.#emulator.now, setTimer, sleep };
  }

  get nowMs(): number {
    return this.#emulator.now();
  }

  /** How many waits and time limits are under way. */
  get pending(): number {
    return this.#ends.size;
  }

  /** Moves to the next end of a wait, or to `mostMs` where that comes first. */
  moveOn(mostMs: number): void {
    let nextMs = mostMs;
    for (const { atMs } of this.#ends) if (atMs < nextMs) nextMs = atMs;
    this.#emulator.advance(Math.max(0, nextMs - this.nowMs));
  }
}
