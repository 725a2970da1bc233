import { checkNumber, checkOptions } from '../errors/check-options.js';
import { openAbortScope } from '../internal/abort.js';

/** How many of a list are wanted. */
export interface ToArrayOptions {
  /** The first so many; what lies behind them is not asked for, so that nothing is said of whether the list is whole. @default all */
  readonly limit?: number | undefined;
}

/** A list that is asked for when it is iterated; each loop begins anew. */
export interface List<T> extends AsyncIterable<T> {
  /**
   * Reads the list into an array, all of it or the first `limit`. A list of many thousands is lighter in a `for await` loop.
   *
   * @throws What the loop throws, in place of an array that is not whole; InputError for a limit under 1.
   */
  toArray(options?: ToArrayOptions): Promise<T[]>;
}

/** One iteration of a list: `signal` aborts with those of the caller, and when the caller leaves the iteration. */
type Iterate<T> = (signal: AbortSignal) => AsyncGenerator<T, void, undefined>;

type Signals = readonly (AbortSignal | undefined)[];

/** A list by what iterates it. */
export function listOf<T>(iterate: Iterate<T>, signals: Signals = []): List<T> {
  return listFrom(() => untilLeft((left) => within(iterate, [...signals, left], left)));
}

/** A list by its pages, which can be iterated themselves. */
export function pagedListOf<T, Page extends { readonly items: readonly T[] }>(
  pages: Iterate<Page>,
  signals: Signals = [],
): List<T> & { pages(): AsyncIterableIterator<Page, void, undefined> } {
  const pagesUntil = (left: AbortSignal) => within(pages, [...signals, left], left);
  async function* items(left: AbortSignal): AsyncGenerator<T, void, undefined> {
    for await (const page of pagesUntil(left)) yield* page.items;
  }
  return { ...listFrom(() => untilLeft(items)), pages: () => untilLeft(pagesUntil) };
}

/**
 * A generator takes notice of `return` only when what it waits for is there, from a silent server perhaps never, and would
 * go on meanwhile. This one ends what it waits for.
 */
export function leavable<T>(
  items: AsyncGenerator<T, void, undefined>,
  leave: () => void,
): AsyncIterableIterator<T, void, undefined> {
  const end = () => {
    leave();
    return items.return();
  };
  const iterator: AsyncIterableIterator<T, void, undefined> = {
    next: () => items.next(),
    return: end,
    throw: async (error: unknown) => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

function untilLeft<T>(iterate: Iterate<T>): AsyncIterableIterator<T, void, undefined> {
  const left = new AbortController();
  return leavable(iterate(left.signal), () => left.abort());
}

/** Who has left is told of no failure. */
async function* within<T>(
  iterate: Iterate<T>,
  signals: Signals,
  left: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const scope = openAbortScope(signals);
  try {
    yield* iterate(scope.signal);
  } catch (failure) {
    if (!left.aborted) throw failure;
  } finally {
    scope.end();
  }
}

function listFrom<T>(iterate: () => AsyncIterableIterator<T, void, undefined>): List<T> {
  return {
    [Symbol.asyncIterator]: iterate,
    async toArray(options) {
      const { limit = Number.POSITIVE_INFINITY } = checkOptions('toArray()', options, { limit: true });
      if (limit !== Number.POSITIVE_INFINITY) checkNumber('limit', limit);
      const items: T[] = [];
      for await (const item of iterate()) if (items.push(item) >= limit) break;
      return items;
    },
  };
}
