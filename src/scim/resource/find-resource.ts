import { InputError } from '../../errors/input-errors.js';
import type { IncompleteListError } from '../../errors/response-errors.js';
import type { RequestOptions } from '../../transport/transport.js';
import { compileFilter } from '../filter/compile-filter.js';
import type { Filter, FilterExpression, FilterValue } from '../filter/filter.js';
import type { Resource } from '../schemas/common.js';
import { sharedOptions } from '../session.js';
import { iterateResources } from './iterate-resources.js';
import { isRefusedFilter, mayLookUp, noteLookup } from './refused-lookups.js';
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
  const isCriteria = typeof match === 'object' && !('op' in match);
  const filter = isCriteria ? criteriaFilter(match) : (match as Filter | string);
  const matches = compileFilter(filter, { schema: context.schema });
  const mayScan = options.scan !== false;
  const how = sharedOptions(context.session, options);

  // Only lookups by attributes come back often enough to be worth remembering.
  if (!mayScan || !isCriteria || mayLookUp(context, match)) {
    try {
      const found = await first(filter);
      if (isCriteria) noteLookup(context, match);
      return found;
    } catch (error) {
      if (!isRefusedFilter(error)) throw error;
      if (isCriteria) noteLookup(context, match, error);
      if (!mayScan) throw error;
    }
  }
  return first(undefined);

  async function first(asked: Filter | string | undefined): Promise<Resource | undefined> {
    const onIncomplete = (verdict: IncompleteListError) => {
      // Some servers give the total of all there are: nothing under a filter is no match all the same.
      if (asked === undefined || verdict.received > 0) throw verdict;
    };
    for await (const resource of iterateResources(context, { filter: asked, onIncomplete }, how)) {
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
