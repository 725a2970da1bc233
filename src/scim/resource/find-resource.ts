import { InputError } from '../../errors/input-error.js';
import { ResponseError } from '../../errors/response-error.js';
import type { RequestOptions } from '../../transport/transport.js';
import { compileFilter } from '../filter/compile-filter.js';
import type { Filter, FilterExpression, FilterValue } from '../filter/filter.js';
import type { Resource } from '../schemas/common.js';
import { iterateResources } from './iterate-resources.js';
import type { ResourceContext } from './resource-context.js';

/** How a resource is looked for. */
export interface FindOptions extends RequestOptions {
  /** Whether to walk through all resources where the server refuses the filter. @default true */
  readonly scan?: boolean | undefined;
}

/** The first resource that matches, checked here. */
export async function findResource(
  context: ResourceContext,
  match: object | string,
  options: FindOptions = {},
): Promise<Resource | undefined> {
  const { refusedLookups } = context.session.learned;
  const isCriteria = typeof match === 'object' && !('op' in match);
  const filter = isCriteria ? criteriaFilter(match) : (match as Filter | string);
  const matches = compileFilter(filter, { schema: context.schema });
  // Only lookups by attributes come back often enough to be worth remembering.
  const lookup = isCriteria ? lookupName(context, match) : '';

  const mayScan = options.scan !== false;

  if (!mayScan || !refusedLookups.has(lookup)) {
    try {
      return await first(filter);
    } catch (error) {
      if (!mayScan || !isRefusedFilter(error)) throw error;
      if (isCriteria) refusedLookups.add(lookup);
    }
  }
  return first(undefined);

  async function first(asked: Filter | string | undefined): Promise<Resource | undefined> {
    for await (const resource of iterateResources(context, { filter: asked }, options)) {
      if (matches(resource)) return resource;
    }
    return undefined;
  }
}

/** The filter for resources that have all these values. */
export function criteriaFilter(criteria: object): Filter {
  const comparisons: FilterExpression[] = Object.entries(criteria as Record<string, FilterValue>)
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => ({ op: 'eq', path, value }));
  const [first, second] = comparisons;
  if (first === undefined) throw new InputError('There is nothing to look for.', { path: ['match'] });
  return second === undefined ? first : { op: 'and', filters: comparisons };
}

/** What a lookup by these attributes is remembered under. */
export function lookupName({ route }: ResourceContext, criteria: object): string {
  return `${route} ${Object.keys(criteria)}`;
}

/** Whether the server does not take the filter, or not any. */
export function isRefusedFilter(error: unknown): boolean {
  return error instanceof ResponseError && [400, 422, 501].includes(error.status);
}
