import { checkOptions, read } from '../errors/check-options.js';
import { type Clock, systemClock } from '../internal/clock.js';

/** The emulator's time, which can be moved ahead. */
export interface EmulatorClock extends Clock {
  /** Moves time ahead: files expire, windows close, limits refill; waits and time limits that are over end, in their order. */
  advance(ms: number): unknown;
}

interface Timer {
  readonly dueAt: number;
  readonly end: () => void;
  /** Tells whether it was still under way. */
  readonly cancel: () => boolean;
}

/** Lays a movable clock over another one: it runs with that one, and can be moved ahead of it. */
export function createEmulatorClock(base: Clock = systemClock, skipsWaits = false): EmulatorClock {
  return new MovableClock(base, skipsWaits);
}

class MovableClock implements EmulatorClock {
  readonly #base: Clock;
  readonly #skipsWaits: boolean;
  readonly #timers = new Set<Timer>();
  readonly #skippedWaits = new Set<Timer>();
  #aheadMs = 0;
  #isSkipping = false;

  constructor(base: Clock, skipsWaits: boolean) {
    this.#base = base;
    this.#skipsWaits = skipsWaits;
  }

  // Properties: they work without the clock as well, as those of the machine's clock do.
  readonly now = (): number => this.#base.now() + this.#aheadMs;
  readonly setTimer = (ms: number, onEnd: () => void): (() => void) => this.#start(ms, onEnd).cancel;
  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = this.#start(ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      const onAbort = () => {
        timer.cancel();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      if (!this.#skipsWaits) return;
      this.#skippedWaits.add(timer);
      void this.#skipWaits();
    });

  readonly advance = (ms: number): void => {
    const until = this.now() + ms;
    for (;;) {
      const next = earliest(this.#timers);
      if (next === undefined || next.dueAt > until) break;
      this.#aheadMs += Math.max(0, next.dueAt - this.now());
      next.end();
    }
    this.#aheadMs += Math.max(0, until - this.now());
  };

  #start(ms: number, onEnd: () => void): Timer {
    let cancelBase = () => {};
    const cancel = () => {
      const isUnderWay = this.#timers.delete(timer);
      this.#skippedWaits.delete(timer);
      if (isUnderWay) cancelBase();
      return isUnderWay;
    };
    const end = () => {
      if (cancel()) onEnd();
    };
    const timer: Timer = { dueAt: this.now() + ms, end, cancel };
    this.#timers.add(timer);
    cancelBase = startTimer(this.#base, ms, end);
    return timer;
  }

  /** Moves on to whatever ends next, for as long as somebody waits: a limit that ends before a wait ends before it. */
  async #skipWaits(): Promise<void> {
    if (this.#isSkipping) return;
    this.#isSkipping = true;
    for (;;) {
      await letOthersRun(5);
      const limit = earliest(this.#timers);
      // Somebody is at work under this limit, and may only be loading a module.
      if (limit !== undefined && !this.#skippedWaits.has(limit)) await letOthersRun(1_000);
      const next = earliest(this.#timers);
      if (this.#skippedWaits.size === 0 || next === undefined) break;
      this.advance(Math.max(0, next.dueAt - this.now()));
    }
    this.#isSkipping = false;
  }
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
  /** Every wait moves time ahead to its end once whatever is under way has had its turn: a retry takes no time. @default false */
  readonly skipsWaits?: boolean | undefined;
}

/**
 * A clock that stands still until it is moved. Give it to the emulator and to the client, so that both agree on the time.
 *
 * @throws InputError for an option there is not.
 */
export function createTestClock(options: TestClockOptions = {}): EmulatorClock {
  const { start, skipsWaits } = checkOptions('createTestClock()', options, { start: true, skipsWaits: true });
  const startMs = read('`start`', () => new Date(start ?? '2026-11-23T09:00:00Z').getTime());
  const still: Clock = { now: () => startMs, sleep: () => new Promise(() => {}), setTimer: () => () => {} };
  return createEmulatorClock(still, skipsWaits);
}

/** Lets the machine's timers, and answers that are there, have their turn. */
async function letOthersRun(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await nextTurn();
}

// A message port goes on where a test has put fake timers in the place of real ones. Older workerd has none.
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === 'undefined') {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
