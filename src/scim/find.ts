import { checkOptions, checkWord, type OptionNames, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { ResponseError } from '../errors/response-errors.js';
import { isRecord } from '../internal/json.js';
import { type RequestOptions, requestOptionNames } from '../transport/options.js';
import type { Filter, FilterExpression, FilterValue } from './filter/filter.js';
import { compileFilter } from './filter/match.js';
import { iterateResources } from './iterate.js';
import { ownPlace } from './paging/page.js';
import {
  filterText,
  firstRequest,
  type ListQuery,
  listQueryNames,
  listResources,
  type ResourcePage,
  sendForPage,
  toListPage,
} from './read.js';
import type { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import { commonAttributes, findCoreAttribute, knownSchemas, schemaOfPath } from './schemas/known-schemas.js';
import { SEARCH_REQUEST_URN } from './schemas/urns.js';
import { requestOptionsOf } from './server.js';

/** How a resource is looked for. */
export interface FindOptions extends RequestOptions {
  /** Whether to walk through all resources where the server refuses the filter. @default true */
  readonly scan?: boolean | undefined;
}

export const findOptionNames: OptionNames<FindOptions> = { ...requestOptionNames, scan: true };

export async function findResource(
  context: ResourceContext,
  given: object | string,
  options: FindOptions = {},
): Promise<Resource | undefined> {
  // Copied: asked for and compared with must be the same.
  const match = typeof given === 'string' ? given : read('`match`', () => (isRecord(given) ? { ...given } : given));
  const isCriteria = typeof match !== 'string' && !(isRecord(match) && Object.hasOwn(match, 'op'));
  if (isCriteria) checkCriteria(context, match);
  const filter = isCriteria ? criteriaFilter(match) : (match as Filter | string);
  const matches = compileFilter(filter, { schema: context.schema });
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
      if (!isCriteria || resource.active !== false) return resource;
      inactive ??= resource;
    }
    return inactive;
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

/** Refuses a misspelt attribute: nothing would have it, after a walk through all resources. */
function checkCriteria({ schema, definition }: ResourceContext, criteria: unknown): void {
  if (!isRecord(criteria)) {
    throw new InputError('`match` must be an object, a filter or its text.', {
      path: ['match'],
      remedy: "Write `{ userName: '…' }`, or make a filter by `eq` or the `filter` tag.",
    });
  }
  // A validator does not say which names it knows.
  if (definition.shape !== undefined || Object.keys(schema.attributes).length === 0) return;
  const known = knownSchemas(schema);
  for (const path of Object.keys(criteria)) {
    const isKnown =
      schemaOfPath([schema, ...known.extensions], path) ?? findCoreAttribute(known, path.split('.')[0] ?? '');
    if (isKnown !== undefined) continue;
    checkWord('an attribute to find by', path, Object.keys({ ...commonAttributes, ...schema.attributes }));
  }
}

export function criteriaFilter(criteria: object): Filter {
  const comparisons: FilterExpression[] = Object.entries(criteria as Record<string, FilterValue>)
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => ({ op: 'eq', path, value }));
  const [first, second] = comparisons;
  if (first === undefined) throw new InputError('`match` must name at least one value.', { path: ['match'] });
  return second === undefined ? first : { op: 'and', filters: comparisons };
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
  const query = checkOptions('search()', given, listQueryNames);
  const { route, server } = context;
  const { knowledge, profile } = server;
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
