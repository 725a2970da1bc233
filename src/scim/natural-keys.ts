import type { IncompleteListError } from '../errors/response-errors.js';
import { ownCopy } from '../internal/json.js';
import type { RequestOptions } from '../transport/options.js';
import { compileFilter } from './filter/match.js';
import { criteriaFilter, isOftenMisread, isRefusedFilter } from './find.js';
import { iterateResources } from './iterate.js';
import type { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import { withLock } from './server.js';

type Attributes = Readonly<Record<string, unknown>>;

/** The values of a resource by which it can be found again, best first. */
export function naturalKeysOf(
  { definition }: ResourceContext,
  resource: Attributes,
): [attribute: string, value: string][] {
  return (definition.naturalKeys ?? ['externalId']).flatMap((attribute): [string, string][] => {
    const value = resource[attribute];
    return typeof value === 'string' && value !== '' ? [[attribute, value]] : [];
  });
}

/** Whether both have an `externalId`, and not the same one: another person, whatever else is the same. */
export function hasOtherExternalId(found: Resource, { externalId }: Attributes): boolean {
  const { externalId: held } = found;
  const isGiven = [held, externalId].every((value) => value !== undefined && value !== null && value !== '');
  return isGiven && String(held) !== String(externalId);
}

/** How a resource is looked for by its natural keys. */
export interface NaturalKeyLookup {
  /** Whether to take in those of another `externalId` that share a name which need not be unique, as a group's. */
  readonly includeNamesakes?: boolean | undefined;
  /** Whether to look through all resources at once, where filters have shown nothing that is certainly there. */
  readonly scan?: boolean | undefined;
}

/**
 * The resources that the natural keys name, each match checked here: more than one where the keys, or the servers' rows,
 * do not agree. A filter that was refused, or that a server may have misread, proves no absence: then all resources are
 * walked through, once for all keys.
 *
 * @throws IncompleteListError where it cannot be known.
 */
export async function findByNaturalKeys(
  context: ResourceContext,
  resource: Attributes,
  options: RequestOptions,
  lookup: NaturalKeyLookup = {},
): Promise<Resource[]> {
  const { includeNamesakes = false, scan = false } = ownCopy(lookup, ['includeNamesakes', 'scan']);
  const { route, server } = context;
  const matches = new NaturalKeyMatches(context, resource);
  const keys = naturalKeysOf(context, resource);
  let mustScan = scan;
  for (const [attribute, value] of scan ? [] : keys) {
    if (matches.areSettled) break;
    const criteria = { [attribute]: value };
    const mayFilter = server.knowledge.mayFilter(route, criteria);
    const isAnswered = mayFilter && (await matches.addFrom(criteria, options));
    if (!isAnswered || (isOftenMisread(value) && !matches.has(attribute))) mustScan = true;
  }
  if (mustScan && !matches.areSettled && keys.length > 0) await matches.addFrom(undefined, options);
  return matches.named(includeNamesakes);
}

interface RankedMatches {
  readonly rank: number;
  readonly found: readonly Resource[];
}

/** What was found under each natural key: of several the likeliest ones. */
class NaturalKeyMatches {
  /** Whether one was found that has all the keys: then no other can be meant. */
  areSettled = false;
  readonly #context: ResourceContext;
  readonly #resource: Attributes;
  readonly #keys: readonly { readonly attribute: string; readonly matches: (resource: Resource) => boolean }[];
  readonly #best = new Map<string, RankedMatches>();

  constructor(context: ResourceContext, resource: Attributes) {
    this.#context = context;
    this.#resource = resource;
    this.#keys = naturalKeysOf(context, resource).map(([attribute, value]) => ({
      attribute,
      matches: compileFilter(criteriaFilter({ [attribute]: value }), { schema: context.schema }),
    }));
  }

  has(attribute: string): boolean {
    return this.#best.has(attribute);
  }

  /** Adds what a filter shows, or the whole list. Gives whether the server took the filter. */
  async addFrom(criteria: object | undefined, options: RequestOptions): Promise<boolean> {
    const { route, server } = this.#context;
    const filter = criteria && criteriaFilter(criteria);
    const onIncomplete = (verdict: IncompleteListError) => {
      // Some servers give the total of all there are: nothing under a filter is no match all the same.
      if (filter === undefined || verdict.received > 0) throw verdict;
    };
    try {
      for await (const found of iterateResources(this.#context, { filter, onIncomplete }, options)) {
        this.#add(found);
        if (this.areSettled) break;
      }
    } catch (error) {
      if (criteria === undefined || !isRefusedFilter(error)) throw error;
      server.knowledge.noteFilter(route, criteria, error);
      return false;
    }
    if (criteria !== undefined) server.knowledge.noteFilter(route, criteria);
    return true;
  }

  /** Each once. */
  named(includeNamesakes: boolean): Resource[] {
    const isNamed = (attribute: string, found: Resource) =>
      includeNamesakes || attribute === 'userName' || !hasOtherExternalId(found, this.#resource);
    const all = [...this.#best].flatMap(([attribute, { found }]) => found.filter((one) => isNamed(attribute, one)));
    return [...new Map(all.map((found) => [found.id, found])).values()];
  }

  #add(found: Resource): void {
    const matching = this.#keys.filter(({ matches }) => matches(found));
    const rank = this.#rank(found, matching.length === this.#keys.length);
    for (const { attribute } of matching) {
      const best = this.#best.get(attribute);
      if (best !== undefined && (best.rank < rank || best.found.some(({ id }) => id === found.id))) continue;
      this.#best.set(attribute, { rank, found: best?.rank === rank ? [...best.found, found] : [found] });
    }
    // What was found under one key alone is another one's, or a name that was left behind.
    if (rank === 0) {
      this.areSettled = true;
      this.#best.clear();
      this.#best.set('', { rank, found: [found] });
    }
  }

  #rank(found: Resource, hasAllKeys: boolean): number {
    if (hasOtherExternalId(found, this.#resource)) return 3;
    if (hasAllKeys) return 0;
    return found.active === false ? 2 : 1;
  }
}

/** Runs finding and creating of what has the same natural keys one after the other: not every server refuses a double. */
export function inTurn<T>(
  context: ResourceContext,
  resource: Attributes,
  work: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const { locks } = context.server;
  const turns = naturalKeysOf(context, resource).map(
    ([attribute, value]) => `${context.route}?${attribute}=${value.toLowerCase()}`,
  );
  // Always in the same order: two that wait for each other would wait for ever.
  return turns.sort().reduceRight<() => Promise<T>>((inner, key) => () => withLock(locks, key, inner, signal), work)();
}
