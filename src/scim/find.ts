import { checkPlace, checkWord, type Elsewhere, type OptionNames, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { ResponseError } from '../errors/response-errors.js';
import { isRecord } from '../internal/json.js';
import { checkQuery, type RequestOptions, requestOptionNames } from '../transport/options.js';
import { splitAttributePath } from './filter/attribute-path.js';
import type { Filter, FilterExpression, FilterValue } from './filter/filter.js';
import { compileFilter } from './filter/match.js';
import { parseFilter } from './filter/parse.js';
import { iterateResources } from './iterate.js';
import { firstRequest, listResources, type ResourcePage, sendForPage, toListPage } from './list.js';
import { isCustom } from './misspelt.js';
import { ownPlace } from './paging/page.js';
import { checkQueryNames, filterText, type ListQuery, listQueryNames } from './query.js';
import type { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import {
  commonAttributes,
  findCoreAttribute,
  type KnownSchemas,
  knownSchemas,
  schemaOfPath,
} from './schemas/known-schemas.js';
import type { Attributes, ResourceSchema, Rules } from './schemas/rules.js';
import { isServiceAccount } from './schemas/service-account.js';
import { SEARCH_REQUEST_URN, USER_URN } from './schemas/urns.js';
import { requestOptionsOf } from './server.js';
import { withRemedy } from './write/lost-answer.js';

/** How a resource is looked for. */
export interface FindOptions extends RequestOptions {
  /** Whether to walk through all resources where the server refuses the filter. @default true */
  readonly scan?: boolean | undefined;
}

export const findOptionNames: OptionNames<FindOptions> = { ...requestOptionNames, scan: true };
const inOptions: Elsewhere = { argument: 'last', names: findOptionNames };

export async function findResource(
  context: ResourceContext,
  given: object | string,
  options: FindOptions = {},
): Promise<Resource | undefined> {
  // Copied: asked for and compared with must be the same.
  const match = typeof given === 'string' ? given : read('`match`', () => (isRecord(given) ? { ...given } : given));
  const isCriteria = typeof match !== 'string' && !(isRecord(match) && Object.hasOwn(match, 'op'));
  if (isCriteria) checkCriteria(context, match);
  const filter = isCriteria ? criteriaFilter(match, context.schema) : (match as Filter | string);
  const matches = compileMatch(context, filter);
  const leavesOutPrograms = context.schema.id === USER_URN && isByAddress(filter);
  const mayScan = options.scan !== false;
  const { route, server } = context;
  const { knowledge } = server;
  const requestOptions = server.sharedOptions(options);

  // Only lookups by attributes come back often enough to be worth remembering.
  if (!mayScan || !isCriteria || knowledge.mayFilter(route, match)) {
    try {
      const found = await first(filter);
      if (isCriteria) knowledge.noteFilter(route, match);
      if (found !== undefined || !mayScan || !isCriteria || !Object.values(match).some(isOftenMisread)) return found;
    } catch (error) {
      if (!mayScan || !(isRefusedFilter(error) || isMatchNotShown(error))) throw error;
      if (isCriteria && isRefusedFilter(error)) knowledge.noteFilter(route, match, error);
    }
  }
  return first(undefined);

  async function first(asked: Filter | string | undefined): Promise<Resource | undefined> {
    // Servers keep rows of those who are deleted: whoever has the name by now is active.
    let inactive: Resource | undefined;
    for await (const resource of iterateResources(context, { filter: asked }, requestOptions)) {
      if (!matches(resource)) continue;
      if (leavesOutPrograms && isServiceAccount({ userType: resource.userType })) continue;
      if (!isCriteria || resource.active !== false) return resource;
      inactive ??= resource;
    }
    return inactive;
  }
}

/** An address of a service account is that of somebody to ask: who looks for it means that person, unless a `userType` is named. */
function isByAddress(filter: Filter | string): boolean {
  const names = namesIn(typeof filter === 'string' ? parseFilter(filter) : filter);
  return names.includes('emails') && !names.includes('usertype');
}

function namesIn(filter: FilterExpression): string[] {
  switch (filter.op) {
    case 'and':
    case 'or':
      return filter.filters.flatMap(namesIn);
    case 'not':
      return namesIn(filter.filter);
    default:
      return [splitAttributePath(filter.path).attribute?.toLowerCase() ?? ''];
  }
}

/**
 * Whether a server counts what matches a filter and does not show it. Some give the total of all there are: then nobody
 * matches, but which it is only the whole list can tell.
 */
export function isMatchNotShown(error: unknown): boolean {
  return isSdkError(error, 'IncompleteListError') && error.received === 0;
}

/** Whether servers are known to misread a value in a filter, and then to answer that nothing matches. */
export function isOftenMisread(value: unknown): boolean {
  return typeof value === 'string' && /["\\]/.test(value);
}

function compileMatch(context: ResourceContext, filter: Filter | string): (resource: object) => boolean {
  try {
    return compileFilter(filter, { schema: context.schema });
  } catch (error) {
    // A text that is no filter may be a name.
    throw isSdkError(error, 'ScimSyntaxError') ? withRemedy(error, howToFind(context)) : error;
  }
}

function howToFind({ definition }: ResourceContext): string {
  const criteria = (definition.naturalKeys ?? ['externalId']).map((name) => `\`{ ${name}: '…' }\``);
  return `Write ${criteria.join(' or ')}, or make a filter by \`eq\` or the \`filter\` tag.`;
}

/** Refuses a misspelt attribute: nothing would have it, after a walk through all resources. And what is no value. */
function checkCriteria(context: ResourceContext, criteria: unknown): void {
  const { schema, isOpen } = context;
  if (!isRecord(criteria)) {
    throw new InputError('`match` must be an object, a filter or its text.', {
      path: ['match'],
      remedy: howToFind(context),
    });
  }
  const known = knownSchemas(schema);
  const given = Object.entries(criteria);
  for (const [path, value] of given) {
    const isNamed = !isOpen && !isCustom(context, path);
    if (isNamed && schemaOfPath([schema, ...known.extensions], path) === undefined) checkCriterion(known, path);
    if (value !== '' && (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))) continue;
    checkPlace('find()', path, inOptions, [path]);
    throw new InputError('A value to find by must be a text that is not empty, a number or a boolean.', {
      path: [path],
      remedy:
        value === undefined
          ? 'Find out where the value got lost. Leave the name out only where anybody may be meant.'
          : 'Give one value, also of an attribute with several: each is looked at. For none at all, make a filter.',
    });
  }
  if (given.length > 0) return;
  throw new InputError('`match` must name at least one value.', { path: ['match'], remedy: howToFind(context) });
}

/** Of a complex attribute only the `value` can be compared. */
function checkCriterion(known: KnownSchemas, path: string): void {
  const [name = ''] = path.split('.');
  const isComparable = ({ type, subAttributes = {} }: NonNullable<Rules>) =>
    type !== 'complex' || Object.hasOwn(subAttributes, 'value');
  const rules = findCoreAttribute(known, name)?.rules;
  if (rules !== undefined && (name !== path || isComparable(rules))) return;
  const all = Object.assign({}, commonAttributes, ...known.core.map(({ attributes }) => attributes)) as Attributes;
  const names = Object.keys(all).filter((one) => isComparable(all[one] ?? {}));
  checkPlace('find()', path, inOptions, names);
  checkWord('an attribute to find by', path, names);
}

/** A schema says of which attributes the `value` is meant: not every server knows that by itself. */
export function criteriaFilter(criteria: object, schema?: ResourceSchema): Filter {
  const known = schema && knownSchemas(schema);
  const pathOf = (name: string) => {
    const parts = known && findCoreAttribute(known, name)?.rules?.subAttributes;
    return parts !== undefined && Object.hasOwn(parts, 'value') ? `${name}.value` : name;
  };
  const comparisons: FilterExpression[] = Object.entries(criteria as Record<string, FilterValue>)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ op: 'eq', path: pathOf(name), value }));
  const [first] = comparisons;
  // `checkCriteria` has refused what names nothing.
  return first !== undefined && comparisons.length === 1 ? first : { op: 'and', filters: comparisons };
}

export function isRefusedFilter(error: unknown): error is ResponseError {
  return error instanceof ResponseError && [400, 422, 501].includes(error.status);
}

/**
 * How many resources match: by `count=0` (RFC 7644 §3.4.2.4), else by a page of one, else by walking. A total is taken
 * only from a page that holds less: some servers report the page as the total, which may be empty but for a row 0.
 */
export async function countResources(
  context: ResourceContext,
  filter: Filter | string | undefined,
  options: RequestOptions | undefined,
): Promise<number> {
  checkQueryNames(context, { filter });
  const requestOptions = context.server.sharedOptions(options);
  for (const count of [0, 1]) {
    try {
      const { rows, totalResults } = await listResources(context, { filter }, { startIndex: 1, count }, requestOptions);
      if (totalResults !== undefined && totalResults > rows.length) return totalResults;
    } catch (error) {
      if (!(error instanceof ResponseError) || ![400, 422].includes(error.status) || count === 1) throw error;
    }
  }
  let counted = 0;
  for await (const page of iterateResources(context, { filter }, requestOptions).pages()) counted += page.items.length;
  return counted;
}

export async function searchResources(
  context: ResourceContext,
  given: ListQuery = {},
  options?: RequestOptions,
): Promise<ResourcePage<Resource>> {
  const query = checkQuery('search()', given, listQueryNames);
  const { route, server } = context;
  const { knowledge, profile } = server;
  checkQueryNames(context, query);
  const page = firstRequest(context, query);
  const requestOptions = requestOptionsOf(options);
  if (profile.search && knowledge.hasSearch) {
    const { startIndex, cursor, count } = ownPlace(page);
    const body = {
      schemas: [SEARCH_REQUEST_URN],
      ...query,
      ...(query.filter !== undefined && { filter: filterText(query.filter) }),
      startIndex,
      cursor,
      count: knowledge.pageSize(count),
    };
    const request = { method: 'POST', route: `${route}/.search`, body, safeToRepeat: true } as const;
    try {
      return toListPage(await sendForPage(context, { ...requestOptions, ...request }), page);
    } catch (error) {
      if (!(error instanceof ResponseError) || ![400, 404, 405, 501].includes(error.status)) throw error;
    }
  }
  const listed = toListPage(await listResources(context, query, page, requestOptions), page);
  // Only now: 400 may be about the query, and then a list is refused as well.
  knowledge.hasSearch = false;
  return listed;
}
