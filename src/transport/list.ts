import { checkNumber, checkOptions } from '../errors/check-options.js';

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

/** A list by what iterates it. */
export function listOf<T>(iterate: () => AsyncGenerator<T, void, undefined>): List<T> {
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
