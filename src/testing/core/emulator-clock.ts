import { type Clock, systemClock } from '../../internal/clock.js';

/** The emulator's time. It runs with the clock underneath and can be moved ahead of it. */
export interface EmulatorClock extends Clock {
  /** Moves time ahead: files expire, windows close, limits refill, and waits that are over end. */
  advance(ms: number): void;
}

/** Lays a movable clock over another one. */
export function createEmulatorClock(base: Clock = systemClock): EmulatorClock {
  let aheadMs = 0;
  const waits = new Map<() => void, number>();
  const now = () => base.now() + aheadMs;
  return {
    now,
    async sleep(ms, signal) {
      const ended = new AbortController();
      const dueAt = now() + ms;
      let wake = () => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      waits.set(wake, dueAt);
      const either = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
      try {
        await Promise.race([woken, base.sleep(ms, either)]);
        signal?.throwIfAborted();
      } finally {
        waits.delete(wake);
        ended.abort();
      }
    },
    advance(ms) {
      aheadMs += ms;
      for (const [wake, dueAt] of waits) if (dueAt <= now()) wake();
    },
  };
}

/**
 * A clock that stands still until it is moved, to give to the emulator and to the code under test alike: a wait of an
 * hour ends when the test says so.
 *
 * @example
 * import { createEmulator, createTestClock } from 'chatgpt-enterprise-sdk/testing';
 *
 * const clock = createTestClock('2026-11-23T09:00:00Z');
 * const emulator = createEmulator({ clock });
 * emulator.clock.advance(31 * 24 * 60 * 60 * 1000); // every log file of today has expired
 */
export function createTestClock(start: string | number | Date = '2026-11-23T09:00:00Z'): EmulatorClock {
  const startMs = new Date(start).getTime();
  return createEmulatorClock({
    now: () => startMs,
    sleep: (_ms, signal) =>
      new Promise((_resolve, reject) => {
        if (signal?.aborted) reject(signal.reason);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  });
}
