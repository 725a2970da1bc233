import pThrottle from 'p-throttle';
import { checkNumber, checkOptions, type OptionNames } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { ConnectionError } from '../errors/response-errors.js';
import { untilAborted } from '../internal/abort.js';
import { type Clock, monotonicNow, systemClock } from '../internal/clock.js';
import { isRecord } from '../internal/json.js';

// p-throttle hands out the starts of a sliding window. It never takes a slot back, so it is asked for one at a time, which
// goes to the next in the queue when its owner aborts. It leaves its timer running when nobody waits: then it is set up
// anew, and so it is when the machine's clock was set: it goes by `Date`, and an hour back would be an hour's wait. On
// another clock the same window is counted here.

/** How many requests may start within any interval of this length. */
export interface RateLimit {
  readonly requests: number;
  readonly intervalMs: number;
  /** How many calls may wait for their turn; one more is refused with `queue_full`. @default 10_000 */
  readonly maxQueued?: number | undefined;
}

/** As a throttle. What it runs tells when its request leaves, which may be later than its turn. */
export type RateLimiter = <T>(run: (sent: () => void) => Promise<T>, signal?: AbortSignal) => Promise<T>;

const limitNames: OptionNames<RateLimit> = { requests: true, intervalMs: true, maxQueued: true };

export function createRateLimiter(given: RateLimit | false, clock: Clock = systemClock): RateLimiter {
  if (given === false) return (run) => run(() => {});
  const limit = checkOptions('`rateLimit`', isRecord(given) ? given : ({} as RateLimit), limitNames);
  const { maxQueued = 10_000 } = limit;
  checkNumber('maxQueued', maxQueued, 1);
  checkLimit(limit);
  const starts = new Starts(limit, clock);
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
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (run, signal) => {
    signal?.throwIfAborted();
    if (waiting >= maxQueued) throw queueFull(maxQueued);
    waiting += 1;
    const mine = last.then(async () => {
      signal?.throwIfAborted();
      await untilAborted(takeNext(), signal);
      return starts.next(signal);
    });
    last = mine.catch(() => {});
    let start: Start;
    try {
      start = await untilAborted(mine, signal);
    } catch (failure) {
      // Its turn may come in the moment when it is aborted.
      mine.then(({ end }) => end()).catch(() => {});
      throw failure;
    } finally {
      waiting -= 1;
      if (waiting === 0) {
        next = undefined;
        slots.giveUp();
      }
    }
    try {
      return await run(start.sent);
    } finally {
      start.end();
    }
  };
}

function queueFull(maxQueued: number): ConnectionError {
  return new ConnectionError('queue_full', `${maxQueued} calls wait for the rate limit already.`, {
    delivery: 'not_sent',
    attempts: 0,
    retryable: false,
    remedy: 'Await some calls before starting more, or raise `maxQueued` of `rateLimit`.',
  });
}

function checkLimit({ requests, intervalMs }: RateLimit): void {
  // `'5'` and `Infinity` would fail inside p-throttle, in its own words.
  if (Number.isInteger(requests) && requests >= 1 && Number.isFinite(intervalMs) && intervalMs > 0) return;
  throw new InputError('`rateLimit` must be `false`, or finite and positive: `{ requests: 10, intervalMs: 1_000 }`.', {
    path: ['rateLimit'],
  });
}

interface Start {
  /** The request leaves now. */
  readonly sent: () => void;
  /** It is over: where nothing was sent, nothing counts. */
  readonly end: () => void;
}

/**
 * When requests did leave. A turn comes before that, by a credential that is fetched or a module that is loaded, and a timer
 * may fire early: by turns alone, eleven requests could leave in a second that has room for ten. The first ones arrive later
 * than they leave, as they open the connections: they count from their answers, within a quarter of the interval.
 */
class Starts {
  readonly #limit: RateLimit;
  readonly #clock: Clock;
  /** `undefined` for one that has its turn, and has not left. */
  readonly #recent = new Set<{ atMs: number | undefined }>();
  #tellChange: () => void = () => {};

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  async next(signal: AbortSignal | undefined): Promise<Start> {
    const { requests, intervalMs } = this.#limit;
    let isFirst = true;
    for (;;) {
      let oldestMs = Number.POSITIVE_INFINITY;
      for (const start of this.#recent) {
        if (start.atMs === undefined) continue;
        if (start.atMs + intervalMs <= this.#now()) this.#recent.delete(start);
        else oldestMs = Math.min(oldestMs, start.atMs);
      }
      if (this.#recent.size < requests) break;
      isFirst = false;
      if (oldestMs < Number.POSITIVE_INFINITY) {
        await this.#clock.sleep(Math.ceil(oldestMs + intervalMs - this.#now()), signal);
      } else {
        const change = new Promise<void>((resolve) => {
          this.#tellChange = resolve;
        });
        await untilAborted(change, signal);
      }
    }
    const start: { atMs: number | undefined } = { atMs: undefined };
    this.#recent.add(start);
    return {
      sent: () => {
        start.atMs = this.#now() + (isFirst ? intervalMs / 4 : 0);
        this.#tellChange();
      },
      end: () => {
        if (start.atMs === undefined) this.#recent.delete(start);
        else start.atMs = Math.min(start.atMs, this.#now());
        this.#tellChange();
      },
    };
  }

  // Nobody sets it back or ahead.
  #now(): number {
    return monotonicNow(this.#clock);
  }
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
  let taken = 0;
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
    // The new one knows nothing of the starts so far. A delay means that all slots were taken.
    for (let slot = 0; slot < taken; slot += 1) void take();
  }

  return {
    take: () => {
      const nowMs = machineEpochMs();
      if (Math.abs(nowMs - epochMs) > smallestSettingMs) openAnew();
      epochMs = nowMs;
      taken = Math.min(requests, taken + 1);
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
  let epochMs = 0;
  // On a busy machine other processes may run between the two readings, which would look as if it had been set.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const beforeMs = monotonicNow(systemClock);
    epochMs = systemClock.now() - beforeMs;
    if (monotonicNow(systemClock) - beforeMs < smallestSettingMs / 2) break;
  }
  return epochMs;
}

export function clockSlots({ requests, intervalMs }: RateLimit, clock: Clock): Slots {
  const startsMs: number[] = [];
  let stop: AbortController | undefined;
  return {
    take: async () => {
      // The oldest of as many starts as one interval may hold has to be an interval ago.
      const oldestMs = startsMs.length < requests ? undefined : startsMs[0];
      const waitMs = oldestMs === undefined ? 0 : oldestMs + intervalMs - monotonicNow(clock);
      if (waitMs > 0) {
        stop ??= new AbortController();
        await clock.sleep(waitMs, stop.signal);
      }
      if (oldestMs !== undefined) startsMs.shift();
      startsMs.push(monotonicNow(clock));
    },
    giveUp: () => {
      stop?.abort();
      stop = undefined;
    },
  };
}
