import type { RequestOptions } from '../../transport/transport.js';
import { compileFilter } from '../filter/compile-filter.js';
import type { Resource } from '../schemas/common.js';
import { criteriaFilter, findResource } from './find-resource.js';
import { iterateResources } from './iterate-resources.js';
import { isRefusedFilter, mayLookUp } from './refused-lookups.js';
import type { ResourceContext } from './resource-context.js';

/** The values of a resource by which it can be found again, best first. */
export function naturalKeysOf(
  { definition }: ResourceContext,
  resource: Readonly<Record<string, unknown>>,
): [attribute: string, value: string][] {
  return (definition.naturalKeys ?? ['externalId']).flatMap((attribute): [string, string][] => {
    const value = resource[attribute];
    return typeof value === 'string' && value !== '' ? [[attribute, value]] : [];
  });
}

/**
 * Finds a resource again by its natural keys, one after the other, each match checked here. Only where the server
 * refuses every such filter are all resources walked through, once for all keys.
 */
export async function lookUp(
  context: ResourceContext,
  resource: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): Promise<Resource | undefined> {
  const keys = naturalKeysOf(context, resource);
  let isAnswered = keys.length === 0;
  for (const [attribute, value] of keys) {
    const found = await findByFilter(context, { [attribute]: value }, options);
    isAnswered ||= found !== 'refused';
    if (typeof found === 'object' && isSame(attribute, found, resource)) return found;
  }
  return isAnswered ? undefined : scanFor(context, resource, options);
}

/** Walks through all resources for one with the same natural keys: the best key wins. */
export async function scanFor(
  context: ResourceContext,
  resource: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): Promise<Resource | undefined> {
  const keys = naturalKeysOf(context, resource).map(([attribute, value]) => ({
    attribute,
    matches: compileFilter(criteriaFilter({ [attribute]: value }), { schema: context.schema }),
  }));
  let best: { readonly rank: number; readonly found: Resource } | undefined;
  for await (const found of iterateResources(context, {}, options)) {
    const rank = keys.findIndex(({ attribute, matches }) => matches(found) && isSame(attribute, found, resource));
    if (rank === 0) return found;
    if (rank > 0 && (best === undefined || rank < best.rank)) best = { rank, found };
  }
  return best?.found;
}

async function findByFilter(
  context: ResourceContext,
  criteria: object,
  options: RequestOptions,
): Promise<Resource | 'refused' | undefined> {
  if (!mayLookUp(context, criteria)) return 'refused';
  try {
    return await findResource(context, criteria, { ...options, scan: false });
  } catch (error) {
    if (isRefusedFilter(error)) return 'refused';
    throw error;
  }
}

/** A user is known by `userName` alone; anything else with an `externalId` of its own is another one. */
function isSame(attribute: string, found: Resource, { externalId }: Readonly<Record<string, unknown>>): boolean {
  return attribute === 'userName' || !externalId || !found.externalId || found.externalId === externalId;
}
