import { vi } from 'vitest';
import type { Clock } from '../../src/internal/clock.js';

/** A clock that moves only when told, or, with `autoAdvance`, by exactly what is waited for. */
export interface FakeClock extends Clock {
  monotonicNow(): number;
  /** What was waited for, in order. */
  readonly waits: readonly number[];
  /** Sleeps and time limits under way. */
  readonly pending: number;
  /** Sets the wall clock ahead, or back, by so much: nothing that is waited for may take notice. */
  setWall(byMs: number): void;
  /** Moves time on, ending sleeps and limits in their order, and lets what follows from each run. */
  advance(ms: number): Promise<void>;
}

/**
 * Time for tests.
 *
 * With `autoAdvance`, every `sleep` moves time on by its length and resolves without waiting; time limits end only when
 * time passes them, by such a sleep or by `advance`.
 */
export function createFakeClock(
  startMs: number = Date.UTC(2026, 0, 1),
  { autoAdvance = false }: { readonly autoAdvance?: boolean } = {},
): FakeClock {
  let nowMs = startMs;
  let skewMs = 0;
  const waits: number[] = [];
  const timers = new Set<{ readonly at: number; readonly onEnd: () => void }>();

  const setTimer = (ms: number, onEnd: () => void) => {
    const timer = { at: nowMs + ms, onEnd };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const fireNext = (untilMs: number): boolean => {
    let next: { readonly at: number; readonly onEnd: () => void } | undefined;
    // Not by sorting: a test may have thousands of calls under way.
    for (const timer of timers) if (timer.at < (next?.at ?? Number.POSITIVE_INFINITY)) next = timer;
    if (next === undefined || next.at > untilMs) return false;
    timers.delete(next);
    nowMs = Math.max(nowMs, next.at);
    next.onEnd();
    return true;
  };

  return {
    waits,
    get pending() {
      return timers.size;
    },
    now: () => nowMs + skewMs,
    monotonicNow: () => nowMs,
    setWall: (byMs) => {
      skewMs += byMs;
    },
    setTimer,
    sleep: (ms, signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason);
      waits.push(ms);
      if (autoAdvance) {
        const untilMs = nowMs + ms;
        while (fireNext(untilMs));
        nowMs = Math.max(nowMs, untilMs);
        return signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = setTimer(ms, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      await settle();
      while (fireNext(untilMs)) await settle();
      nowMs = Math.max(nowMs, untilMs);
      await settle();
    },
  };
}

/** Lets pending promises, modules being loaded and the I/O events already there run. */
async function settle(): Promise<void> {
  await vi.dynamicImportSettled();
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
