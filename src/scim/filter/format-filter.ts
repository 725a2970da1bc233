import type { Filter } from './filter.js';

/** Writes a filter as text. */
export function formatFilter(filter: Filter): string {
  throw new Error(`not implemented yet: ${filter.op}`);
}
