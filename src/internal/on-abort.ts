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
