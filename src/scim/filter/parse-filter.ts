import type { Filter } from './filter.js';

/** How deeply brackets and parentheses may be nested. */
export const MAX_FILTER_DEPTH = 128;

/** Reads a filter. @throws {FilterSyntaxError} */
export function parseFilter(text: string): Filter<unknown> {
  throw new Error(`not implemented yet: ${text}`);
}
