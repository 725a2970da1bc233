import { yieldToEventLoop } from '../internal/clock.js';

/** After so many entries of a list others have their turn: pages of the directory come in the meantime. */
const entriesAtOnce = 250;

/**
 * Takes what is iterated, one after the other. A list is taken without a wait for each entry: of many thousands they would be a
 * good part of the work.
 */
export async function forEach<T>(
  given: Iterable<T> | AsyncIterable<T>,
  take: (entry: T) => void,
  onPause?: () => void,
): Promise<void> {
  if (!Array.isArray(given)) {
    for await (const entry of given) take(entry);
    return;
  }
  let left = entriesAtOnce;
  // `Array.isArray` takes the type of its entries away; one of them may be a promise, as `for await` allows.
  for (const entry of given as readonly (T | PromiseLike<T>)[]) {
    if (left === 0) {
      onPause?.();
      await yieldToEventLoop();
      left = entriesAtOnce;
    }
    left -= 1;
    take(isPromise(entry) ? await entry : entry);
  }
}

function isPromise<T>(entry: T | PromiseLike<T>): entry is PromiseLike<T> {
  return typeof entry === 'object' && entry !== null && 'then' in entry && typeof entry.then === 'function';
}
