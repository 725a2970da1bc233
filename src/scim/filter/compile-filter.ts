import type { ResourceSchema } from '../schemas/resource-schema.js';
import type { Filter } from './filter.js';

export interface FilterOptions {
  /** Rules of the resource's attributes. @default users and groups with the enterprise extension */
  readonly schema?: ResourceSchema | undefined;
}

/** Turns a filter into a function. */
export function compileFilter(filter: Filter | string, options: FilterOptions = {}): (resource: object) => boolean {
  throw new Error(`not implemented yet: ${String(filter)} ${String(options)}`);
}
