/** A signal for one piece of work: it aborts with any of its parents, or when time is up. */
export interface AbortScope {
  readonly signal: AbortSignal;
  /** Whether the scope's own time limit ended it. */
  readonly expired: boolean;
  /** Begins the time limit anew. */
  restart(): void;
  /** Releases the parents and the timer. */
  end(): void;
}

/** Not `AbortSignal.any`: a client's signal lives as long as the program, so every listener must come off it again. */
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
  let stopTimer: (() => void) | undefined;
  const expire = () => {
    expired = !controller.signal.aborted;
    controller.abort(new DOMException('Time is up.', 'TimeoutError'));
  };
  const restart = () => {
    stopTimer?.();
    if (ms < Number.POSITIVE_INFINITY) {
      stopTimer = clock.setTimer ? clock.setTimer(ms, expire) : startTimer(ms, expire);
    }
  };
  restart();
  releases.push(() => stopTimer?.());
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    restart,
    end: () => {
      for (const release of releases.splice(0)) release();
    },
  };
}

/** Waits for `work`, or rejects with the reason of the first signal that aborts, whether or not the work takes notice. */
export async function untilAborted<T>(work: Promise<T>, ...signals: readonly (AbortSignal | undefined)[]): Promise<T> {
  const releases: (() => void)[] = [];
  const aborted = new Promise<never>((_, reject) => {
    for (const signal of signals) {
      if (signal?.aborted) reject(signal.reason);
      else if (signal !== undefined) releases.push(onAbort(signal, () => reject(signal.reason)));
    }
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    for (const release of releases) release();
  }
}

const listenersOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls a function when a signal aborts; the returned one takes it off again. Each signal gets one listener, however many
 * wait: Node warns of a leak from the eleventh on, and a reading has more requests under way.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const listeners = listenersOf.get(signal) ?? startListening(signal);
  // Each call counts by itself, also of the same function.
  const own = () => listener();
  listeners.add(own);
  return () => {
    listeners.delete(own);
    if (listeners.size === 0 && listenersOf.get(signal) === listeners) stopListening(signal);
  };
}

function startListening(signal: AbortSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  listenersOf.set(signal, listeners);
  signal.addEventListener('abort', fire);
  return listeners;
}

function stopListening(signal: AbortSignal): void {
  listenersOf.delete(signal);
  signal.removeEventListener('abort', fire);
}

function fire({ target }: Event): void {
  const signal = target as AbortSignal;
  const listeners = listenersOf.get(signal) ?? [];
  stopListening(signal);
  for (const listener of listeners) listener();
}

// setTimeout fires at once for a longer delay than this.
const longestTimerMs = 2 ** 31 - 1;

/** Calls a function after `ms` milliseconds, unless the returned function is called first. */
export function startTimer(ms: number, onEnd: () => void): () => void {
  const timer = setTimeout(onEnd, Math.min(ms, longestTimerMs));
  return () => clearTimeout(timer);
}
