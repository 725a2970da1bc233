import pThrottle from 'p-throttle';
import { InputError } from '../errors/input-errors.js';
import { type Clock, onAbort, systemClock } from '../internal/clock.js';
import type { Throttle } from './options.js';

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

  const waiting = new Set<Waiting>();
  const slots = clock === systemClock ? createMachineSlots(limit) : createClockSlots(limit, clock);
  let handingOut = false;

  // A slot is booked for whoever asks, and knows no signal. Asking for one at a time leaves an aborted call without a slot
  // to waste.
  const handOut = async () => {
    if (handingOut) return;
    handingOut = true;
    try {
      while (waiting.size > 0) {
        const isFree = await slots.take();
        const [first] = waiting;
        if (!isFree || first === undefined) continue;
        waiting.delete(first);
        first.start();
      }
    } catch (error) {
      // A clock that does not wait.
      for (const call of waiting) call.fail(error);
      waiting.clear();
    }
    handingOut = false;
  };

  return async (run, signal) => {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const call: Waiting = {
        start: () => {
          release?.();
          resolve();
        },
        fail: (error) => {
          release?.();
          reject(error);
        },
      };
      const release =
        signal &&
        onAbort(signal, () => {
          waiting.delete(call);
          if (waiting.size === 0) slots.giveUp();
          reject(signal.reason);
        });
      waiting.add(call);
      void handOut();
    });
    return run();
  };
}

/** A call that waits for its turn. */
interface Waiting {
  start(): void;
  fail(error: unknown): void;
}

function checkLimit({ requests, intervalMs }: RateLimit): void {
  // What JavaScript callers give may be anything: `'5'` and `Infinity` would fail inside p-throttle, in its own words.
  if (Number.isInteger(requests) && requests >= 1 && Number.isFinite(intervalMs) && intervalMs > 0) return;
  throw new InputError('`rateLimit` must be `false`, or whole and finite: `{ requests: 10, intervalMs: 1_000 }`.', {
    path: ['rateLimit'],
  });
}

/** Who may start when: the rate limit, and the waits that the server asked for. */
export interface RequestGate {
  /** Runs when the turn has come, and is told how long that took. */
  take<T>(run: (waitedMs: number) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Lets nobody start for so long: a `Retry-After` given to one call is meant for all of them. */
  holdBack(ms: number): void;
}

const held = Symbol('held');

/** The turns of one transport, with the waits of all that share `hold`. */
export function createRequestGate(throttle: Throttle, clock: Clock, hold: Cooldown = createCooldown()): RequestGate {
  return {
    holdBack: (ms) => {
      hold.untilMs = Math.max(hold.untilMs, clock.now() + ms);
    },
    take: async (run, signal) => {
      const askedAtMs = clock.now();
      for (;;) {
        if (clock.now() < hold.untilMs) await clock.sleep(hold.untilMs - clock.now(), signal);
        // Looked at again when the turn comes: those who queued before must not all start when the wait ends.
        const result = await throttle(
          async () => (clock.now() < hold.untilMs ? held : run(clock.now() - askedAtMs)),
          signal,
        );
        if (result !== held) return result;
      }
    },
  };
}

/**
 * Until when nobody may start, because a server said so. One object for several transports is how those of one client
 * keep together to a `Retry-After` that one of them was given.
 */
export interface Cooldown {
  untilMs: number;
}

/** Nobody is held back yet. */
export function createCooldown(): Cooldown {
  return { untilMs: 0 };
}

/** Hands out the starts that a rate limit allows, one after the other. */
interface Slots {
  /** Waits for the next one. False when that was given up. */
  take(): Promise<boolean>;
  /** Nobody needs the one that is waited for any more: lets it go, and leaves no timer behind. */
  giveUp(): void;
}

/** Hands out the slots of a rate limit on the machine's clock. */
function createMachineSlots({
  requests,
  intervalMs,
}: {
  readonly requests: number;
  readonly intervalMs: number;
}): Slots {
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

/**
 * Hands out the slots of a rate limit on a clock that was brought along: p-throttle counts and waits on the machine's.
 * Asked for one slot at a time.
 */
export function createClockSlots(
  { requests, intervalMs }: { readonly requests: number; readonly intervalMs: number },
  clock: Clock,
): Slots {
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
