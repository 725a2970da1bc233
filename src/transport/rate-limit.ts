import pThrottle from 'p-throttle';
import { InputError } from '../errors/input-errors.js';
import { untilAborted } from '../internal/abort.js';
import { type Clock, monotonicNow, systemClock } from '../internal/clock.js';
import type { Throttle } from './options.js';

// p-throttle hands out the starts of a sliding window. It never takes a slot back, so it is asked for one at a time, which
// goes to the next in the queue when its owner aborts. It leaves its timer running when nobody waits: then it is set up
// anew, and so it is when the machine's clock was set: it goes by `Date`, and an hour back would be an hour's wait. On
// another clock the same window is counted here.

/** How many requests may start within any interval of this length. */
export interface RateLimit {
  readonly requests: number;
  readonly intervalMs: number;
}

export function createRateLimiter(limit: RateLimit | false, clock: Clock = systemClock): Throttle {
  if (limit === false) return (run) => run();
  checkLimit(limit);
  const slots = clock === systemClock ? machineSlots(limit) : clockSlots(limit, clock);
  let next: Promise<void> | undefined;
  const takeNext = () => {
    const own = next ?? slots.take();
    next = own;
    const clear = () => {
      if (next === own) next = undefined;
    };
    own.then(clear, clear);
    return own;
  };
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  return async (run, signal) => {
    signal?.throwIfAborted();
    waiting += 1;
    const mine = last.then(() => {
      signal?.throwIfAborted();
      return untilAborted(takeNext(), signal);
    });
    last = mine.catch(() => {});
    try {
      await untilAborted(mine, signal);
    } finally {
      waiting -= 1;
      if (waiting === 0) {
        next = undefined;
        slots.giveUp();
      }
    }
    return run();
  };
}

function checkLimit({ requests, intervalMs }: RateLimit): void {
  // `'5'` and `Infinity` would fail inside p-throttle, in its own words.
  if (Number.isInteger(requests) && requests >= 1 && Number.isFinite(intervalMs) && intervalMs > 0) return;
  throw new InputError('`rateLimit` must be `false`, or finite and positive: `{ requests: 10, intervalMs: 1_000 }`.', {
    path: ['rateLimit'],
  });
}

/** The starts that a rate limit allows, asked for one at a time. */
interface Slots {
  take(): Promise<void>;
  /** Nobody waits any more: leaves no timer behind. */
  giveUp(): void;
}

function machineSlots({ requests, intervalMs }: RateLimit): Slots {
  let isDelayed = false;
  let stop = new AbortController();
  let take = open();
  let epochMs = machineEpochMs();

  function open() {
    return pThrottle({
      limit: requests,
      interval: intervalMs,
      // Servers count in a sliding window, and the looser algorithm lets twice the limit through at its edge.
      strict: true,
      signal: stop.signal,
      onDelay: () => {
        isDelayed = true;
      },
    })(async () => {
      isDelayed = false;
    });
  }

  function openAnew() {
    isDelayed = false;
    stop.abort();
    stop = new AbortController();
    take = open();
    // The new one knows nothing of the starts so far: a delay means that all slots were taken.
    for (let slot = 0; slot < requests; slot += 1) void take();
  }

  return {
    take: () => {
      const nowMs = machineEpochMs();
      if (Math.abs(nowMs - epochMs) > smallestSettingMs) openAnew();
      epochMs = nowMs;
      return take();
    },
    giveUp: () => {
      if (isDelayed) openAnew();
    },
  };
}

/** Clocks are slewed by less than this between two requests; what is more was set. */
const smallestSettingMs = 50;

/** When the process's own time began, by `Date`: it changes only when `Date` is set. */
function machineEpochMs(): number {
  return systemClock.now() - monotonicNow(systemClock);
}

export function clockSlots({ requests, intervalMs }: RateLimit, clock: Clock): Slots {
  const startsMs: number[] = [];
  let stop = new AbortController();
  return {
    take: async () => {
      // The oldest of as many starts as one interval may hold has to be an interval ago.
      const oldestMs = startsMs.length < requests ? undefined : startsMs[0];
      const waitMs = oldestMs === undefined ? 0 : oldestMs + intervalMs - monotonicNow(clock);
      if (waitMs > 0) await clock.sleep(waitMs, stop.signal);
      if (oldestMs !== undefined) startsMs.shift();
      startsMs.push(monotonicNow(clock));
    },
    giveUp: () => {
      stop.abort();
      stop = new AbortController();
    },
  };
}

/** Until when nobody may start (`Retry-After`), in monotonic time. The transports of one client share one. */
export class Cooldown {
  #untilMs = 0;

  extendTo(untilMs: number): void {
    this.#untilMs = Math.max(this.#untilMs, untilMs);
  }

  remainingMs(nowMs: number): number {
    return Math.max(0, this.#untilMs - nowMs);
  }
}

const tooEarly = Symbol('too early');

export class RequestGate {
  readonly #throttle: Throttle;
  readonly #clock: Clock;
  readonly #cooldown: Cooldown;

  constructor(throttle: Throttle, clock: Clock, cooldown: Cooldown = new Cooldown()) {
    this.#throttle = throttle;
    this.#clock = clock;
    this.#cooldown = cooldown;
  }

  /** A `Retry-After` given to one call is meant for all of them. */
  coolDown(ms: number): void {
    if (ms > 0) this.#cooldown.extendTo(monotonicNow(this.#clock) + ms);
  }

  /** Runs in its turn, and is told how long that took. */
  async pass<T>(run: (waitedMs: number) => Promise<T>, signal: AbortSignal): Promise<T> {
    const clock = this.#clock;
    const askedAtMs = monotonicNow(clock);
    for (;;) {
      const waitMs = this.#cooldown.remainingMs(monotonicNow(clock));
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      // Checked again in its turn: those who queued before must not all start when the wait ends.
      const result = await this.#throttle(
        async () =>
          this.#cooldown.remainingMs(monotonicNow(clock)) > 0 ? tooEarly : run(monotonicNow(clock) - askedAtMs),
        signal,
      );
      if (result !== tooEarly) return result;
    }
  }
}
