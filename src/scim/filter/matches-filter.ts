import { compileFilter, type FilterOptions } from './compile-filter.js';
import type { Filter } from './filter.js';

/** Whether a resource satisfies a filter. */
export function matchesFilter(filter: Filter | string, resource: object, options?: FilterOptions): boolean {
  return compileFilter(filter, options)(resource);
}
