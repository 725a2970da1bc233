/** A signal for one piece of work: it aborts with any of its parents, or when time is up. */
export interface AbortScope {
  readonly signal: AbortSignal;
  /** Whether the scope's own time limit ended it. */
  readonly expired: boolean;
  /** Lets go of the parents and of the timer. */
  end(): void;
}

/**
 * Opens a scope under the given signals, limited to `ms` milliseconds, by the timers of a clock that has its own.
 *
 * Not `AbortSignal.any`: a client-wide signal lives as long as the program, and every listener put on it must come off again.
 */
export function openAbortScope(
  parents: readonly (AbortSignal | undefined)[],
  ms: number = Number.POSITIVE_INFINITY,
  clock: { setTimer?(ms: number, onEnd: () => void): () => void } = {},
): AbortScope {
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  let expired = false;
  for (const parent of parents) {
    if (parent === undefined) continue;
    const follow = () => controller.abort(parent.reason);
    if (parent.aborted) follow();
    else releases.push(onAbort(parent, follow));
  }
  if (ms < Number.POSITIVE_INFINITY) {
    const expire = () => {
      expired = !controller.signal.aborted;
      controller.abort(new DOMException('Time is up.', 'TimeoutError'));
    };
    releases.push(clock.setTimer ? clock.setTimer(ms, expire) : startTimer(ms, expire));
  }
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    end: () => {
      for (const release of releases.splice(0)) release();
    },
  };
}

/**
 * Waits for `work`, but no longer than until `signal` aborts: then rejects at once with the signal's reason, whether or
 * not the work takes notice.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let release: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else release = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    release?.();
  }
}

const listenersOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls a function when a signal aborts.
 *
 * One listener for each signal, however many wait for it: Node warns of a leak from the eleventh on, and a reading has more
 * requests under way than that.
 *
 * @returns Takes the function off again.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const listeners = listenersOf.get(signal) ?? listenTo(signal);
  // Each call counts by itself, also of the same function.
  const own = () => listener();
  listeners.add(own);
  return () => {
    listeners.delete(own);
    if (listeners.size === 0 && listenersOf.get(signal) === listeners) letGo(signal);
  };
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  listenersOf.set(signal, listeners);
  signal.addEventListener('abort', fire);
  return listeners;
}

function letGo(signal: AbortSignal): void {
  listenersOf.delete(signal);
  signal.removeEventListener('abort', fire);
}

function fire({ target }: Event): void {
  // It listens to signals only.
  const signal = target as AbortSignal;
  const listeners = listenersOf.get(signal) ?? [];
  letGo(signal);
  for (const listener of listeners) listener();
}

// setTimeout fires at once for a longer delay than this.
const longestTimerMs = 2 ** 31 - 1;

/** Calls a function after `ms` milliseconds by the machine's clock, unless the returned function is called first. */
export function startTimer(ms: number, onEnd: () => void): () => void {
  const timer = setTimeout(onEnd, Math.min(ms, longestTimerMs));
  return () => clearTimeout(timer);
}
