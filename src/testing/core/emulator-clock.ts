import { type Clock, systemClock } from '../../internal/clock.js';

/** The emulator's time, which can be moved ahead. */
export interface EmulatorClock extends Clock {
  /** Moves time ahead: files expire, windows close, limits refill; waits and time limits that are over end, in their order. */
  advance(ms: number): unknown;
}

interface Timer {
  readonly dueAt: number;
  readonly end: () => void;
}

/** Lays a movable clock over another one: it runs with that one, and can be moved ahead of it. */
export function createEmulatorClock(
  base: Clock = systemClock,
  { skipsWaits = false }: { readonly skipsWaits?: boolean | undefined } = {},
): EmulatorClock {
  let aheadMs = 0;
  const timers = new Set<Timer>();
  const now = () => base.now() + aheadMs;

  const setTimer = (ms: number, onEnd: () => void): (() => void) => {
    let cancelBase = () => {};
    const timer: Timer = {
      dueAt: now() + ms,
      end: () => {
        if (!timers.delete(timer)) return;
        cancelBase();
        onEnd();
      },
    };
    timers.add(timer);
    cancelBase = startTimer(base, ms, timer.end);
    return () => {
      if (timers.delete(timer)) cancelBase();
    };
  };

  const advance = (ms: number) => {
    const until = now() + ms;
    for (;;) {
      const next = earliest(timers);
      if (next === undefined || next.dueAt > until) break;
      aheadMs += Math.max(0, next.dueAt - now());
      next.end();
    }
    aheadMs += Math.max(0, until - now());
  };

  return {
    now,
    setTimer,
    advance,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const cancel = setTimer(ms, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        const onAbort = () => {
          cancel();
          reject(signal?.reason);
        };
        if (signal?.aborted) onAbort();
        else signal?.addEventListener('abort', onAbort, { once: true });
        if (skipsWaits) advance(ms);
      }),
  };
}

function earliest(timers: Iterable<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (first === undefined || timer.dueAt < first.dueAt) first = timer;
  return first;
}

function startTimer(clock: Clock, ms: number, onEnd: () => void): () => void {
  if (clock.setTimer !== undefined) return clock.setTimer(ms, onEnd);
  const cancelled = new AbortController();
  clock.sleep(ms, cancelled.signal).then(onEnd, () => {});
  return () => cancelled.abort();
}

/** What {@link createTestClock} takes. */
export interface TestClockOptions {
  /** When it stands still first. @default '2026-11-23T09:00:00Z' */
  readonly start?: string | number | Date | undefined;
  /** Every wait moves time ahead by its length and is over at once, so that a retry after a minute takes no time. @default false */
  readonly skipsWaits?: boolean | undefined;
}

/**
 * A clock that stands still until it is moved. Give it to the emulator and to the client alike, so that both agree on
 * the time.
 *
 * @example
 * import { createEmulator, createTestClock } from 'chatgpt-enterprise-sdk/testing';
 *
 * const clock = createTestClock({ start: '2026-11-23T09:00:00Z' });
 * const emulator = createEmulator({ clock });
 * clock.advance(31 * 24 * 60 * 60 * 1000); // every log file of that day has expired
 */
export function createTestClock(options: TestClockOptions = {}): EmulatorClock {
  const startMs = new Date(options.start ?? '2026-11-23T09:00:00Z').getTime();
  const still: Clock = {
    now: () => startMs,
    sleep: () => new Promise(() => {}),
    setTimer: () => () => {},
  };
  return createEmulatorClock(still, { skipsWaits: options.skipsWaits });
}
