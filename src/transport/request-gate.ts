import { InputError } from '../errors/input-errors.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import { type Clock, monotonicNow } from '../internal/clock.js';
import type { RateLimiter } from './rate-limit.js';
import type { Throttle, ThrottledRequest } from './throttle.js';

/** So long all stand still at most, before they go on for as long as they stood. */
const longestStandstillMs = 60_000;

/**
 * Until when nobody may start (`Retry-After`), in monotonic time. The transports of one client share one. A server that asks
 * for a minute each time, on one route, must not stop the others for ever.
 */
export class Cooldown {
  #untilMs = 0;
  /** For how long all stood still of late, less the time for which they went on. */
  #stoodMs = 0;

  /** Returns for how long all have to wait from now. */
  extend(nowMs: number, ms: number): number {
    const wentOnMs = Math.max(0, nowMs - this.#untilMs);
    this.#stoodMs = Math.max(0, this.#stoodMs - wentOnMs);
    this.#untilMs += wentOnMs;
    const askedMs = Math.max(0, nowMs + ms - this.#untilMs);
    const moreMs = Math.min(askedMs, longestStandstillMs - this.#stoodMs);
    this.#stoodMs += moreMs;
    this.#untilMs += moreMs;
    return this.remainingMs(nowMs);
  }

  remainingMs(nowMs: number): number {
    return Math.max(0, this.#untilMs - nowMs);
  }
}

const tooEarly = Symbol('too early');

/** Stands still while a call waits for the client's own rate limit: how many others there are is not its matter. */
interface Pausable {
  pause(): void;
  resume(): void;
}

/** What stands between a request and its start: the client's own limit, then one that it shares with others. */
interface Limits {
  readonly own: RateLimiter;
  readonly shared?: Throttle | undefined;
}

/** A call at the gate. */
interface Passing {
  readonly request: ThrottledRequest;
  readonly signal: AbortSignal;
  readonly deadline?: Pausable | undefined;
}

/**
 * Through a throttle of the caller's. The request is sent once, however often that runs it, and its own outcome counts,
 * whatever the throttle gives back: a write that was sent must not pass for one that was not.
 *
 * @throws InputError when the throttle ran nothing; what it rejects with before it ran.
 */
async function throttled<T>(
  shared: Throttle,
  start: () => Promise<T>,
  signal: AbortSignal,
  request: ThrottledRequest,
): Promise<T> {
  let started: Promise<T> | undefined;
  const run = () => {
    started ??= start();
    // Waited for below, which a throttle that never ends would not let happen.
    started.catch(() => {});
    return started;
  };
  try {
    await shared(run, signal, request);
  } catch (failure) {
    if (started === undefined) throw failure;
  }
  if (started !== undefined) return started;
  signal.throwIfAborted();
  throw new InputError('`throttle` gave back something without running the request.', {
    path: ['throttle'],
    remedy: 'Let it call `run` once, and return what that returns: `(run) => limit(() => run())`.',
  });
}

export class RequestGate {
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #cooldown: Cooldown;

  constructor(limits: Limits, clock: Clock, cooldown: Cooldown = new Cooldown()) {
    this.#limits = limits;
    this.#clock = clock;
    this.#cooldown = cooldown;
  }

  /** A `Retry-After` given to one call is meant for all of them. Returns for how long they wait. */
  coolDown(ms: number): number {
    return ms > 0 ? this.#cooldown.extend(monotonicNow(this.#clock), ms) : 0;
  }

  /** Whether the service asked for patience, and all stand still. */
  get isCoolingDown(): boolean {
    return this.#cooldown.remainingMs(monotonicNow(this.#clock)) > 0;
  }

  /** Runs in its turn, and is told how long that took; it tells when its request leaves. */
  async pass<T>(
    run: (waitedMs: number, sent: () => void) => Promise<T>,
    { request, signal, deadline }: Passing,
  ): Promise<T> {
    const { own, shared } = this.#limits;
    const now = () => monotonicNow(this.#clock);
    const askedAtMs = now();
    for (;;) {
      const waitMs = this.#cooldown.remainingMs(now());
      if (waitMs > 0) await this.#clock.sleep(waitMs, signal);
      // Checked again in its turn: those who queued before must not all start when the wait ends.
      deadline?.pause();
      // A throttle of the caller's may take no notice of the signal. Once it is the turn of the call, that ends by itself, and
      // tells what became of its request.
      const waiting = openAbortScope([signal]);
      try {
        const passing = own(async (sent) => {
          deadline?.resume();
          const start = async () => {
            waiting.signal.throwIfAborted();
            waiting.end();
            return this.#cooldown.remainingMs(now()) > 0 ? tooEarly : run(now() - askedAtMs, sent);
          };
          return shared === undefined ? start() : throttled(shared, start, signal, request);
        }, signal);
        const result = await untilAborted(passing, waiting.signal);
        if (result !== tooEarly) return result;
      } finally {
        waiting.end();
        deadline?.resume();
      }
    }
  }
}
