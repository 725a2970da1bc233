import { isSdkError } from '../errors/is-sdk-error.js';
import type { IncompleteListError } from '../errors/response-errors.js';
import { ownCopy } from '../internal/json.js';
import type { RequestOptions } from '../transport/options.js';
import { compileFilter } from './filter/match.js';
import { criteriaFilter, isRefusedFilter } from './find.js';
import { iterateResources } from './iterate.js';
import { type Attributes, hasOtherExternalId, keyText, naturalKeysOf, noteKeys } from './natural-keys.js';
import { canProve, inOtherCase, isAlike, isProvable } from './proven-filters.js';
import type { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import { findCoreAttribute, knownSchemas } from './schemas/known-schemas.js';

/** How a resource is looked for by its natural keys. */
export interface NaturalKeyLookup {
  /** Whether to take in those of another `externalId` that share a name which need not be unique, as a group's. */
  readonly includeNamesakes?: boolean | undefined;
  /**
   * What it takes to believe that there is none. `claimed`: a filter that the server takes finds nothing. `proven`: such a
   * filter was seen to find others. `walked`: it is in no page of all resources. @default 'proven'
   */
  readonly absence?: 'claimed' | 'proven' | 'walked' | undefined;
  /** Whether all are looked for that have one of the keys, and not only the likeliest. */
  readonly findAll?: boolean | undefined;
}

const lookupNames = ['includeNamesakes', 'absence', 'findAll'] as const;

/** Whom the natural keys name. */
interface NamedByKeys {
  /** Each match was checked here. More than one where the keys, or the servers' rows, do not agree. */
  readonly named: readonly Resource[];
  /** Those that may be meant: under a key that nobody has, they have one like it, or the server does not show it. */
  readonly alike: readonly Resource[];
}

/**
 * The resources that the natural keys name. A filter that found nothing is believed only as far as `absence` says; else all
 * resources are walked through, once for all keys, as far as it takes.
 *
 * @throws IncompleteListError where it cannot be known.
 */
export async function findByNaturalKeys(
  context: ResourceContext,
  resource: Attributes,
  options: RequestOptions,
  lookup: NaturalKeyLookup = {},
): Promise<NamedByKeys> {
  const { includeNamesakes = false, absence = 'proven', findAll = false } = ownCopy(lookup, lookupNames);
  const search = new NaturalKeySearch(context, resource, options, findAll);
  const { keys } = search;
  if (absence === 'walked') {
    await search.walk(keys, false);
    return search.named(includeNamesakes);
  }
  const open: NaturalKey[] = [];
  let mayProve = true;
  for (const key of keys) {
    if (search.isSettled) break;
    const answer = await search.filter(key);
    const isFound = search.has(key) && !findAll;
    if (isFound || (answer === 'taken' && (absence === 'claimed' || search.isProven(key)))) continue;
    open.push(key);
    mayProve &&= answer === 'taken' && isProvable(key.value);
  }
  if (open.length > 0 && !search.isSettled) await search.walk(open, mayProve);
  return search.named(includeNamesakes);
}

interface NaturalKey {
  readonly attribute: string;
  readonly value: string;
  readonly isCaseExact: boolean;
  readonly matches: (resource: Resource) => boolean;
}

interface RankedMatches {
  readonly rank: number;
  /** By id: a server may show one twice. */
  readonly found: Map<string, Resource>;
}

/** So many rows of each page are kept to try filters by. */
const mostTrials = 10;

/** What is found under each natural key: of several the likeliest ones. */
class NaturalKeySearch {
  readonly keys: readonly NaturalKey[];
  readonly #context: ResourceContext;
  readonly #resource: Attributes;
  readonly #options: RequestOptions;
  readonly #findAll: boolean;
  readonly #best = new Map<string, RankedMatches>();
  readonly #alike = new Map<string, Resource[]>();
  /** Who is active under the same `userName` with another `externalId`. */
  readonly #rivals: Resource[] = [];
  /** Attributes by which a filter did not show what is there. */
  readonly #doubted = new Set<string>();

  constructor(context: ResourceContext, resource: Attributes, options: RequestOptions, findAll: boolean) {
    this.#context = context;
    this.#resource = resource;
    this.#options = options;
    this.#findAll = findAll;
    const schemas = knownSchemas(context.schema);
    this.keys = naturalKeysOf(context, resource).map(([attribute, value]) => {
      const isFiltered = compileFilter(criteriaFilter({ [attribute]: value }), { schema: context.schema });
      const matches = (found: Resource) => isFiltered(found) || String(found[attribute]) === value;
      const isCaseExact = findCoreAttribute(schemas, attribute)?.rules?.caseExact === true;
      return { attribute, value, isCaseExact, matches };
    });
  }

  /** Whether one was found that is active and has all the keys: then no other can be meant. */
  get isSettled(): boolean {
    return !this.#findAll && this.#best.size > 0 && [...this.#best.values()].every(({ rank }) => rank === 0);
  }

  has({ attribute }: NaturalKey): boolean {
    return this.#best.has(attribute);
  }

  isProven({ attribute, value, isCaseExact }: NaturalKey): boolean {
    const { route, server } = this.#context;
    return server.knowledge.provenFilters.isProven(route, attribute, value, isCaseExact);
  }

  /** Adds what the filter shows. `doubtful`: it shows nothing, and counts somebody. */
  async filter(key: NaturalKey): Promise<'taken' | 'doubtful' | 'refused'> {
    const { attribute, value } = key;
    const { route, server } = this.#context;
    const criteria = { [attribute]: value };
    if (!server.knowledge.mayFilter(route, criteria)) return 'refused';
    let counted = 0;
    const hiding: Resource[] = [];
    try {
      const onIncomplete = (verdict: IncompleteListError) => {
        if (verdict.received > 0) throw verdict;
        counted = verdict.totalResults ?? 0;
      };
      for await (const { items } of this.#pages({ filter: criteriaFilter(criteria), onIncomplete })) {
        for (const found of items) {
          this.#add(found);
          if (key.matches(found))
            server.knowledge.provenFilters.note(route, attribute, value, keyText(found, attribute));
          else if (keyText(found, attribute) === '') hiding.push(found);
        }
        if (this.isSettled) break;
      }
    } catch (error) {
      if (!isRefusedFilter(error)) throw error;
      server.knowledge.noteFilter(route, criteria, error);
      return 'refused';
    }
    server.knowledge.noteFilter(route, criteria);
    const [first] = hiding;
    // Servers that ignore the filter show everybody; one that takes it shows whom it found.
    if (first !== undefined && !this.has(key) && !(await this.#isShown(key, `${value}.nobody`, first))) {
      this.#noteAlike(attribute, hiding);
    }
    // Some servers give the total of all there are, and then nothing under a filter is no match all the same.
    return counted > 0 && !this.has(key) && !this.isProven(key) ? 'doubtful' : 'taken';
  }

  /** Walks through all; if that will do, only until rows were met by which the filters of these keys prove right. */
  async walk(keys: readonly NaturalKey[], mayProve: boolean): Promise<void> {
    const { route, server } = this.#context;
    if (mayProve && (await this.#prove(keys))) return;
    const met: Resource[] = [];
    const writesBefore = keys.map(({ attribute }) => server.knowledge.provenFilters.writes(route, attribute));
    try {
      for await (const { items } of this.#pages({})) {
        for (const found of items) this.#add(found);
        met.push(...items.slice(0, mostTrials));
        if (this.isSettled || (mayProve && (await this.#prove(keys)))) return;
      }
    } catch (error) {
      const isUnreadable = isSdkError(error, 'IncompleteListError') && error.reason !== 'changed';
      if (isUnreadable && (await this.#areRead(keys, met))) return;
      throw error;
    }
    for (const [index, { attribute }] of keys.entries()) {
      server.knowledge.provenFilters.noteNotShown(route, attribute, writesBefore[index] ?? 0);
    }
  }

  named(includeNamesakes: boolean): NamedByKeys {
    const isNamed = (attribute: string, found: Resource) =>
      includeNamesakes || attribute === 'userName' || !hasOtherExternalId(found, this.#resource);
    const best = [...this.#best];
    const all = best.flatMap(([attribute, { found }]) => [...found.values()].filter((one) => isNamed(attribute, one)));
    // Whoever has the name by now is active: it may be that one who is meant.
    const isCertain = best.some(([, { rank }]) => rank === 0);
    const named = eachOnce(isCertain || all.length === 0 ? all : [...all, ...this.#rivals]);
    const known = new Set(named.map(({ id }) => id));
    const alike = [...this.#alike].flatMap(([attribute, found]) => (this.#best.has(attribute) ? [] : found));
    return { named, alike: eachOnce(alike).filter(({ id }) => !known.has(id)) };
  }

  #pages(query: Parameters<typeof iterateResources>[1]) {
    // A filter that finds nothing is not believed anyway, before it was seen to find something.
    return iterateResources(this.#context, query, this.#options, query?.filter === undefined).pages();
  }

  /** Looks for rows met before by filters that only show them if they work. Gives whether all could be believed. */
  async #prove(keys: readonly NaturalKey[]): Promise<boolean> {
    const { route, server } = this.#context;
    const { provenFilters } = server.knowledge;
    for (const key of keys) {
      const { attribute, value, isCaseExact } = key;
      // Not also where it was found by another key: its twin may be active.
      if (this.isProven(key)) continue;
      if (this.#doubted.has(attribute)) return false;
      const subject = provenFilters.takeSubject(route, attribute, value, isCaseExact);
      if (subject === undefined) return false;
      const asked = isCaseExact ? subject.stored : inOtherCase(subject.stored);
      if (await this.#isShown(key, asked, subject)) provenFilters.note(route, attribute, asked, subject.stored);
      if (this.isProven(key)) continue;
      this.#doubted.add(attribute);
      return false;
    }
    return true;
  }

  /**
   * Whether the server reads filters as they are spelled, where its list cannot be read whole: by each key that a row
   * shows, that row is found. In another spelling somebody may be there whom no client could find.
   */
  async #areRead(keys: readonly NaturalKey[], met: readonly Resource[]): Promise<boolean> {
    let isRead = false;
    for (const key of keys) {
      if (!isProvable(key.value) || (await this.filter(key)) !== 'taken') return false;
      const row = met.find((one) => canProve(keyText(one, key.attribute), key.value, true));
      if (row === undefined && met.some((one) => keyText(one, key.attribute) !== '')) return false;
      if (row !== undefined && !(await this.#isShown(key, keyText(row, key.attribute), row))) return false;
      isRead ||= row !== undefined;
    }
    return isRead;
  }

  async #isShown({ attribute }: NaturalKey, value: string, row: { readonly id: string }): Promise<boolean> {
    try {
      const filter = criteriaFilter({ [attribute]: value });
      for await (const { items } of this.#pages({ filter, onIncomplete: () => {} })) {
        return items.some(({ id }) => id === row.id);
      }
    } catch (error) {
      if (!isRefusedFilter(error)) throw error;
    }
    return false;
  }

  #add(found: Resource): void {
    noteKeys(this.#context, found);
    const { route, server } = this.#context;
    for (const key of this.keys) {
      const { attribute, value } = key;
      if (keyText(found, attribute) === '') server.knowledge.provenFilters.noteNone(route, attribute, found.id);
      // A name that need not be unique may be like that of another one.
      const isOther =
        attribute !== 'userName' && attribute !== 'externalId' && hasOtherExternalId(found, this.#resource);
      if (!isOther && !key.matches(found) && isAlike(attribute, found[attribute], value)) {
        this.#noteAlike(attribute, [found]);
      }
    }
    const matching = this.keys.filter(({ matches }) => matches(found));
    const rank = this.#rank(found, matching.length === this.keys.length);
    const isRival = rank === otherRank && found.active !== false;
    if (isRival && matching.some(({ attribute }) => attribute === 'userName')) this.#rivals.push(found);
    for (const { attribute } of matching) {
      const best = this.#best.get(attribute);
      if (best !== undefined && (best.rank < rank || best.found.has(found.id))) continue;
      if (best?.rank === rank) best.found.set(found.id, found);
      else this.#best.set(attribute, { rank, found: new Map([[found.id, found]]) });
    }
  }

  #noteAlike(attribute: string, found: readonly Resource[]): void {
    const known = this.#alike.get(attribute) ?? [];
    for (const one of found) known.push(one);
    this.#alike.set(attribute, known);
  }

  /** One who is active before one who is not: else two would be, once that one is activated. */
  #rank(found: Resource, hasAllKeys: boolean): number {
    if (this.#findAll) return 0;
    if (hasOtherExternalId(found, this.#resource)) return otherRank;
    return (found.active === false ? 2 : 0) + (hasAllKeys ? 0 : 1);
  }
}

const otherRank = 4;

function eachOnce(resources: readonly Resource[]): Resource[] {
  return [...new Map(resources.map((found) => [found.id, found])).values()];
}
