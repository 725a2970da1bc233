import { checkNumber } from '../errors/check-options.js';
import { isFailure } from '../errors/is-sdk-error.js';
import {
  ConnectionError,
  type IncompleteListError,
  ResponseError,
  ResponseValidationError,
} from '../errors/response-errors.js';
import { ScimError } from '../errors/scim-errors.js';
import { isRecord } from '../internal/json.js';
import type { RequestOptions, TransportRequest, TransportResponse } from '../transport/options.js';
import type { Filter } from './filter/filter.js';
import {
  type FetchedPage,
  formatResumeCursor,
  type PageRequest,
  parseResumeCursor,
  type ResumePoint,
} from './paging/page.js';
import type { WalkedPage } from './paging/walk.js';
import type { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import { requestOptions, send } from './server.js';

/** Reads one resource; `undefined` when it is still at the version given. */
export async function getResource(
  context: ResourceContext,
  id: string,
  options: RequestOptions & Projection = {},
  ifNoneMatch?: string,
): Promise<Resource | undefined> {
  const how = requestOptions(options);
  const request: TransportRequest = {
    ...how,
    method: 'GET',
    route: `${context.route}/{id}`,
    params: { id },
    query: projectionParameters(options),
    ...(ifNoneMatch !== undefined && {
      headers: { ...how.headers, 'if-none-match': ifNoneMatch },
      acceptStatuses: [304],
    }),
  };
  const response = await send(context.session, request);
  if (response.status === 304) return undefined;
  const resource = context.readAnswer(request, response);
  if (resource !== undefined) return resource;
  throw new ResponseValidationError(`GET ${request.route} was answered without a resource.`, {
    method: 'GET',
    route: request.route,
    status: response.status,
    issues: [{ path: [], message: 'expected a resource' }],
  });
}

/** Reads one resource that must be there. */
export async function readResource(
  context: ResourceContext,
  id: string,
  options?: RequestOptions & Projection,
): Promise<Resource> {
  // Without a version to compare with there is always one.
  return (await getResource(context, id, options)) as Resource;
}

/** Which attributes the server sends (RFC 7644 §3.9). Servers may ignore it. */
export interface Projection {
  /** Attributes to send instead of the usual ones. `id` always comes. */
  readonly attributes?: readonly string[] | undefined;
  /** Attributes to leave out. Not together with `attributes`. */
  readonly excludedAttributes?: readonly string[] | undefined;
}

/** Which resources, and in what order. */
export interface ResourceQuery<T = never> extends Projection {
  /**
   * A filter made by the builders or the `filter` tag, or its text, which is sent as it is. Servers take few: WorkOS's own
   * programs use `userName eq` and `displayName eq`, and another filter may be answered with 501.
   */
  readonly filter?: Filter<T> | string | undefined;
  /** Attribute to sort by, such as `userName` (RFC 7644 §3.4.2.3). A server that cannot sort may ignore it. */
  readonly sortBy?: string | undefined;
  /** Which way to sort. @default 'ascending' */
  readonly sortOrder?: 'ascending' | 'descending' | undefined;
}

/** The query parameters of a projection. */
export function projectionParameters({ attributes, excludedAttributes }: Projection): [string, string][] {
  const parameters: [string, string][] = [];
  if (attributes?.length) parameters.push(['attributes', attributes.join(',')]);
  if (excludedAttributes?.length) parameters.push(['excludedAttributes', excludedAttributes.join(',')]);
  return parameters;
}

/** The text of a filter. What writes one is loaded when a program makes filters. */
export async function filterText(filter: Filter | string): Promise<string> {
  return typeof filter === 'string' ? filter : (await import('./filter/format.js')).formatFilter(filter);
}

const smallerCounts = [100, 50, 20, 10, 1];

/** Asks for one page, and for smaller ones where the server refuses the size, as long as that may be why. */
export async function listResources(
  context: ResourceContext,
  query: ResourceQuery,
  page: PageRequest,
  options: RequestOptions,
): Promise<FetchedPage<Resource>> {
  const { learned } = context.session;
  const wanted = Math.min(page.count, learned.maxCount ?? Infinity);
  let refusal: ScimError | ConnectionError | undefined;
  for (let count = wanted; ; ) {
    try {
      const answer = await ask(count);
      learned.provenCount = Math.max(learned.provenCount ?? 0, count);
      if (count < wanted) learned.maxCount = count;
      return answer;
    } catch (error) {
      if (query.filter !== undefined && isNoMatch(error)) return { rows: [] };
      const smaller = smallerCounts.find((size) => size < count);
      // That one page was taken says nothing of how much the next one holds.
      const isProven = count <= (learned.provenCount ?? 0) && !isTooLarge(error);
      if (smaller === undefined || isProven || !(isTooLarge(error) || mayBeTheCount(error)))
        throw isFailure(error) ? (refusal ?? error) : error;
      refusal ??= error;
      count = smaller;
    }
  }

  async function ask(rows: number): Promise<FetchedPage<Resource>> {
    const request: TransportRequest = {
      ...options,
      method: 'GET',
      route: context.route,
      query: [...pageParameters(page), ['count', String(rows)], ...(await queryParameters(query))],
    };
    const response = await send(context.session, request);
    const list = readList(request, response);
    return { ...list, rows: list.rows.map((row) => context.readRow(row, request, response)) };
  }
}

function pageParameters({ startIndex, cursor }: PageRequest): [string, string][] {
  return [cursor === undefined ? ['startIndex', String(startIndex ?? 1)] : ['cursor', cursor]];
}

async function queryParameters(query: ResourceQuery): Promise<[string, string][]> {
  const parameters = projectionParameters(query);
  if (query.filter !== undefined) parameters.push(['filter', await filterText(query.filter)]);
  if (query.sortBy !== undefined) parameters.push(['sortBy', query.sortBy]);
  if (query.sortOrder !== undefined) parameters.push(['sortOrder', query.sortOrder]);
  return parameters;
}

/** Some servers say so of a filter without a match. A web page says that this is no SCIM server. */
function isNoMatch(error: unknown): boolean {
  return error instanceof ResponseError && error.status === 404 && !error.body?.trimStart().startsWith('<');
}

function isTooLarge(error: unknown): error is ConnectionError {
  return error instanceof ConnectionError && error.code === 'response_too_large';
}

function mayBeTheCount(error: unknown): error is ScimError {
  if (!(error instanceof ScimError) || (error.status !== 400 && error.status !== 422)) return false;
  return error.scimType === undefined || ['invalidValue', 'invalidCount', 'tooMany'].includes(error.scimType);
}

/** Which page of which resources. */
export interface ListQuery<T = never> extends ResourceQuery<T> {
  /** 1-based index of the first resource. @default 1 */
  readonly startIndex?: number | undefined;
  /** Resources in the page at most. Servers may give fewer. @default the profile's: 100 */
  readonly count?: number | undefined;
  /** `nextCursor` of an earlier page. */
  readonly cursor?: string | undefined;
}

/** A page as the server describes it: no more is asked to find out whether that is true. */
export function toListPage({ rows, ...page }: FetchedPage<Resource>, request: PageRequest): ResourcePage<Resource> {
  const next = nextRequest({ rows, ...page }, request);
  return { ...page, items: rows, nextCursor: next && formatResumeCursor(next) };
}

function nextRequest(
  { rows, totalResults = Infinity, nextCursor }: FetchedPage<Resource>,
  { startIndex = 1, cursor, count }: PageRequest,
): PageRequest | undefined {
  if (nextCursor !== undefined) return { cursor: nextCursor, count };
  // Without another cursor a list read by cursor is at its end (RFC 9865 §2.1): it has no indices to go on by.
  if (cursor !== undefined) return undefined;
  const next = startIndex + rows.length;
  return rows.length === 0 || next > totalResults ? undefined : { startIndex: next, count };
}

/** Which resources to walk through, and how. */
export interface IterateQuery<T = never> extends ResourceQuery<T> {
  /** Resources asked for in one request. @default the profile's: 100 */
  readonly count?: number | undefined;
  /** `nextCursor` of an earlier page, to go on after it. */
  readonly cursor?: string | undefined;
  /**
   * Pages under way at once, in order, once two pages have confirmed the total. Without it each page is asked for when
   * it is wanted. @default 1
   */
  readonly prefetch?: number | undefined;
  /** Requests made at most. @default 10_000 */
  readonly maxPages?: number | undefined;
  /** Told what is missing at the end, instead of the error being thrown. */
  readonly onIncomplete?: ((verdict: IncompleteListError) => void) | undefined;
}

/** One page of resources, as data. */
export interface ResourcePage<T> {
  /** The resources of the page, in the server's order. */
  readonly items: readonly T[];
  /** Where to go on: give it back as `cursor`. Missing on the last page. */
  readonly nextCursor?: string | undefined;
  /** How many resources match, by what the server says. Not to be relied on. */
  readonly totalResults?: number | undefined;
  /** Index of the first resource of the page, by what the server says. */
  readonly startIndex?: number | undefined;
  /** Size of the page, by what the server says: some mean what was asked for. */
  readonly itemsPerPage?: number | undefined;
  /** The server's own id of the exchange. */
  readonly requestId?: string | undefined;
}

/** Resources one by one, or page by page. Nothing is asked for before the first is wanted; each loop starts anew. */
export interface ResourceList<T> extends AsyncIterable<T> {
  /**
   * The same, page by page: store `nextCursor` after each page to be able to go on after a crash.
   *
   * @throws While iterating: IncompleteListError after the last page, when some items are or may be missing (see
   * `onIncomplete`); ScimError, ConnectionError, ResponseValidationError; or the signal's own reason.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * for await (const page of client.users.iterate({ count: 200 }).pages()) {
   *   console.log(page.items.length, page.nextCursor);
   * }
   * ```
   */
  pages(): AsyncIterable<ResourcePage<T>>;
}

/** Walks through resources. */
export function iterateResources(
  context: ResourceContext,
  query: IterateQuery = {},
  options: RequestOptions = {},
): ResourceList<Resource> {
  const from = firstRequest(context, query);
  const { prefetch = 1, maxPages = 10_000 } = query;
  checkNumber('prefetch', prefetch);
  checkNumber('maxPages', maxPages);
  const asked = { ...query };

  async function* pages(): AsyncGenerator<ResourcePage<Resource>, void> {
    // The options are read for each page: where they have a deadline for all pages, what is left of it.
    const fetchPage = async (page: PageRequest, signal?: AbortSignal) => {
      const fetched = await listResources(context, asked, page, { ...requestOptions(options), signal });
      if (page.cursor === '' && fetched.nextCursor !== undefined) context.session.learned.cursors = true;
      return fetched;
    };
    // Loaded with the first walk: a program may read pages one by one, or none.
    const { walkPages } = await import('./paging/walk.js');
    const walk = walkPages(fetchPage, {
      from,
      idOf: ({ id }) => id,
      isRefusal: (error) => error instanceof ResponseError && [400, 404, 416, 422, 501].includes(error.status),
      isExpiredCursor: (error) => error instanceof ScimError && error.scimType === 'expiredCursor',
      prefetch,
      maxPages,
      onIncomplete: asked.onIncomplete,
      signal: options.signal,
    });
    for await (const page of walk) yield toPage(page);
  }
  async function* items(): AsyncGenerator<Resource, void> {
    for await (const page of pages()) yield* page.items;
  }
  return { pages, [Symbol.asyncIterator]: items };
}

/** The page to begin with, by cursor, by index, or the first one. */
export function firstRequest(
  { session: { profile, learned } }: ResourceContext,
  query: {
    readonly count?: number | undefined;
    readonly cursor?: string | undefined;
    readonly startIndex?: number | undefined;
  },
): ResumePoint {
  const { count = profile.pageSize, startIndex } = query;
  checkNumber('count', count);
  if (query.cursor !== undefined) return parseResumeCursor(query.cursor);
  // Whoever names an index gets no other page, whatever the server prefers.
  if (startIndex === undefined && learned.cursors === true) return { cursor: '', count };
  return { startIndex: startIndex ?? 1, count };
}

function toPage({ rows, resumeCursor, ...page }: WalkedPage<Resource>): ResourcePage<Resource> {
  return { ...page, items: rows, nextCursor: resumeCursor };
}

/**
 * Reads the answer to a query (RFC 7644 §3.4.2), in whatever case its names are written: `Resources` may be missing where
 * nothing matches, numbers may be strings, and some servers send a bare array or, for discovery, one object.
 */
export function readList(
  request: TransportRequest,
  { body, status, requestId }: TransportResponse,
): FetchedPage<unknown> {
  if (Array.isArray(body)) return { rows: body, requestId };
  const list = new Map(isRecord(body) ? Object.entries(body).map(([key, value]) => [key.toLowerCase(), value]) : []);
  const rows = list.get('resources') ?? [];
  const totalResults = readCount(list.get('totalresults'));
  if (!Array.isArray(rows) || (totalResults === undefined && !list.has('resources'))) {
    const { method, route } = request;
    throw new ResponseValidationError(`${method} ${route} was answered without a list.`, {
      method,
      route,
      status,
      issues: [{ path: ['Resources'], message: 'expected a list of resources' }],
      remedy: 'Check that the base URL is the SCIM URL, as the set-up page shows it.',
    });
  }
  const nextCursor = list.get('nextcursor');
  return {
    rows,
    requestId,
    totalResults,
    startIndex: readCount(list.get('startindex')),
    itemsPerPage: readCount(list.get('itemsperpage')),
    nextCursor: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined,
  };
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) ? Math.max(0, count as number) : undefined;
}

/** Whether an error says that there is no such resource. */
export function isGone(error: unknown): boolean {
  return error instanceof ResponseError && (error.status === 404 || error.status === 410);
}

/** What was being read; `undefined` when it is not there. */
export async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
