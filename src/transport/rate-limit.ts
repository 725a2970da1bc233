import pThrottle from 'p-throttle';
import { InputError } from '../errors/input-errors.js';
import { onAbort } from '../internal/abort.js';
import { type Clock, systemClock } from '../internal/clock.js';
import type { Throttle } from './options.js';

// p-throttle hands out the starts that a sliding window allows. What it cannot do is done here: it books a slot for
// whoever asks and never takes it back, so it is asked for one at a time, for the first in the queue; it leaves its timer
// running when nobody waits any more, so it is then set up anew; and it goes by the machine's clock, so that on another
// clock the same window is counted here.

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
  const queue = new SlotQueue(clock === systemClock ? machineSlots(limit) : clockSlots(limit, clock));
  return async (run, signal) => {
    await queue.wait(signal);
    return run();
  };
}

function checkLimit({ requests, intervalMs }: RateLimit): void {
  // What JavaScript callers give may be anything: `'5'` and `Infinity` would fail inside p-throttle, in its own words.
  if (Number.isInteger(requests) && requests >= 1 && Number.isFinite(intervalMs) && intervalMs > 0) return;
  throw new InputError('`rateLimit` must be `false`, or whole and finite: `{ requests: 10, intervalMs: 1_000 }`.', {
    path: ['rateLimit'],
  });
}

/** The starts that a rate limit allows, one after the other. */
interface Slots {
  /** Waits for the next one. False when it was given up. */
  take(): Promise<boolean>;
  /** Nobody needs the one that is waited for any more: lets it go, and leaves no timer behind. */
  giveUp(): void;
}

/** A call that waits for a slot. */
interface Waiting {
  start(): void;
  fail(error: unknown): void;
}

/** Calls in the order in which they get a slot. One that is aborted takes none. */
class SlotQueue {
  readonly #slots: Slots;
  readonly #waiting = new Set<Waiting>();
  #isServing = false;

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  async wait(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    let release: (() => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const call = { start: resolve, fail: reject };
        release =
          signal &&
          onAbort(signal, () => {
            this.#waiting.delete(call);
            if (this.#waiting.size === 0) this.#slots.giveUp();
            reject(signal.reason);
          });
        this.#waiting.add(call);
        void this.#serve();
      });
    } finally {
      release?.();
    }
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    try {
      while (this.#waiting.size > 0) {
        const isFree = await this.#slots.take();
        const [first] = this.#waiting;
        if (!isFree || first === undefined) continue;
        this.#waiting.delete(first);
        first.start();
      }
    } catch (error) {
      // A clock that does not wait.
      for (const call of this.#waiting) call.fail(error);
      this.#waiting.clear();
    }
    this.#isServing = false;
  }
}

function machineSlots({ requests, intervalMs }: RateLimit): Slots {
  let isDelayed = false;
  let stop = new AbortController();
  let next = open();

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
    })(async () => {});
  }

  return {
    take: () => {
      isDelayed = false;
      return next().then(
        () => true,
        () => false,
      );
    },
    giveUp: () => {
      if (!isDelayed) return;
      isDelayed = false;
      stop.abort();
      stop = new AbortController();
      next = open();
      // It knows nothing of the starts so far. One is delayed only when all slots are taken, and so they are here.
      for (let slot = 0; slot < requests; slot += 1) void next();
    },
  };
}

/** Asked for one slot at a time. */
export function clockSlots({ requests, intervalMs }: RateLimit, clock: Clock): Slots {
  const startsMs: number[] = [];
  let given = new AbortController();
  return {
    take: async () => {
      // As many starts are kept as one interval may hold: the oldest of them has to be an interval ago.
      const oldestMs = startsMs.length < requests ? undefined : startsMs[0];
      const waitMs = oldestMs === undefined ? 0 : oldestMs + intervalMs - clock.now();
      const { signal } = given;
      try {
        if (waitMs > 0) await clock.sleep(waitMs, signal);
      } catch (error) {
        if (signal.aborted) return false;
        throw error;
      }
      if (oldestMs !== undefined) startsMs.shift();
      startsMs.push(clock.now());
      return true;
    },
    giveUp: () => {
      given.abort();
      given = new AbortController();
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
