import pThrottle from 'p-throttle';
import { InputError } from '../errors/input-errors.js';
import { untilAborted } from '../internal/abort.js';
import { type Clock, systemClock } from '../internal/clock.js';
import type { Throttle } from './options.js';

// p-throttle hands out the starts that a sliding window allows. What it cannot do is done here. It books a slot for whoever
// asks and never takes it back: so it is asked for one at a time, which goes to the next in the queue when its owner aborts.
// It leaves its timer running when nobody waits any more: then it is set up anew. And it goes by the machine's clock: on
// another clock the same window is counted here.

/** What a rate limit allows: so many starts within any interval of this length. */
export interface RateLimit {
  /** How many requests may start within any `intervalMs`. At least 1. */
  readonly requests: number;
  /** Length of the interval, in milliseconds. It slides: it begins with any request, not at full minutes. */
  readonly intervalMs: number;
}

/** A queue of its own for each client. `false` lets everything through at once. */
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
  // What JavaScript callers give may be anything: `'5'` and `Infinity` would fail inside p-throttle, in its own words.
  if (Number.isInteger(requests) && requests >= 1 && Number.isFinite(intervalMs) && intervalMs > 0) return;
  throw new InputError('`rateLimit` must be `false`, or finite and positive: `{ requests: 10, intervalMs: 1_000 }`.', {
    path: ['rateLimit'],
  });
}

/** The starts that a rate limit allows, asked for one at a time. */
interface Slots {
  take(): Promise<void>;
  /** Nobody needs the one that is waited for any more: lets it go, and leaves no timer behind. */
  giveUp(): void;
}

function machineSlots({ requests, intervalMs }: RateLimit): Slots {
  let isDelayed = false;
  let stop = new AbortController();
  let take = open();

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

  return {
    take: () => take(),
    giveUp: () => {
      if (!isDelayed) return;
      isDelayed = false;
      stop.abort();
      stop = new AbortController();
      take = open();
      // It knows nothing of the starts so far. One is delayed only when all slots are taken, and so they are here.
      for (let slot = 0; slot < requests; slot += 1) void take();
    },
  };
}

export function clockSlots({ requests, intervalMs }: RateLimit, clock: Clock): Slots {
  const startsMs: number[] = [];
  let stop = new AbortController();
  return {
    take: async () => {
      // As many starts are kept as one interval may hold: the oldest of them has to be an interval ago.
      const oldestMs = startsMs.length < requests ? undefined : startsMs[0];
      const waitMs = oldestMs === undefined ? 0 : oldestMs + intervalMs - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs, stop.signal);
      if (oldestMs !== undefined) startsMs.shift();
      startsMs.push(clock.now());
    },
    giveUp: () => {
      stop.abort();
      stop = new AbortController();
    },
  };
}

/**
 * Until when nobody may start, because the server said so (`Retry-After`). One for several transports is how those of
 * one client keep together to what one of them was told.
 */
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

/** Who may start when: the rate limit, and the waits that the server asked for. */
export class RequestGate {
  readonly #throttle: Throttle;
  readonly #clock: Clock;
  readonly #cooldown: Cooldown;

  constructor(throttle: Throttle, clock: Clock, cooldown: Cooldown = new Cooldown()) {
    this.#throttle = throttle;
    this.#clock = clock;
    this.#cooldown = cooldown;
  }

  /** Lets nobody start for so long: a `Retry-After` given to one call is meant for all of them. */
  coolDown(ms: number): void {
    if (ms > 0) this.#cooldown.extendTo(this.#clock.now() + ms);
  }

  /** Runs when the turn has come, and is told how long that took. */
  async pass<T>(run: (waitedMs: number) => Promise<T>, signal: AbortSignal): Promise<T> {
    const clock = this.#clock;
    const askedAtMs = clock.now();
    for (;;) {
      const waitMs = this.#cooldown.remainingMs(clock.now());
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      // Looked at again when the turn comes: those who queued before must not all start when the wait ends.
      const result = await this.#throttle(
        async () => (this.#cooldown.remainingMs(clock.now()) > 0 ? tooEarly : run(clock.now() - askedAtMs)),
        signal,
      );
      if (result !== tooEarly) return result;
    }
  }
}
