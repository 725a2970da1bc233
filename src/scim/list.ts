import { checkNumber } from '../errors/check-options.js';
import { isFailure } from '../errors/is-sdk-error.js';
import { ConnectionError, ResponseError } from '../errors/response-errors.js';
import { ScimError } from '../errors/scim-errors.js';
import { isRecord, ownCopy } from '../internal/json.js';
import {
  checkQuery,
  type RequestOptions,
  type TransportRequest,
  type TransportResponse,
} from '../transport/options.js';
import {
  type FetchedPage,
  formatResumeCursor,
  markOf,
  ownPlace,
  type PageRequest,
  parseResumeCursor,
  type ResumePoint,
} from './paging/page.js';
import { checkQueryNames, type ListQuery, listQueryNames, queryParameters, type ResourceQuery } from './query.js';
import { answerError, InvalidRow, type ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import { refuseFailure, requestOptionsOf } from './server.js';

/** How a page is asked for, and who is told when it has come. */
export type PageOptions = RequestOptions & Pick<TransportRequest, 'onReceived'>;

const smallerCounts = [100, 50, 20, 10, 1];

/** Asks for one page, and for smaller ones where the server refuses the size, as long as that may be why. */
export async function listResources(
  context: ResourceContext,
  query: ResourceQuery,
  page: PageRequest,
  options: PageOptions,
): Promise<FetchedPage<Resource>> {
  const { knowledge } = context.server;
  const wanted = knowledge.pageSize(page.count);
  let refusal: ScimError | ConnectionError | undefined;
  for (let count = wanted; ; ) {
    try {
      const answer = await ask(count);
      knowledge.notePageSize(count, wanted);
      return answer;
    } catch (error) {
      if (Object.hasOwn(query, 'filter') && query.filter !== undefined && isNoMatch(error)) {
        await confirmDirectory(context, options);
        return { rows: [] };
      }
      const smaller = smallerCounts.find((size) => size < count);
      // That one page was taken says nothing of how much the next one holds.
      const isProven = knowledge.isProvenPageSize(count) && !isTooLarge(error);
      if (smaller === undefined || isProven || !(isTooLarge(error) || mayBeTheCount(error)))
        throw isFailure(error) ? (refusal ?? error) : error;
      refusal ??= error;
      count = smaller;
    }
  }

  function ask(rows: number): Promise<FetchedPage<Resource>> {
    const { startIndex = 1, cursor } = ownPlace(page);
    const place: [string, string] = cursor === undefined ? ['startIndex', String(startIndex)] : ['cursor', cursor];
    const parameters: TransportRequest['query'] = [place, ['count', String(rows)], ...queryParameters(query)];
    return sendForPage(context, { ...options, method: 'GET', route: context.route, query: parameters });
  }
}

/** Sends a request that is answered with a list of resources. */
export async function sendForPage(context: ResourceContext, request: TransportRequest): Promise<FetchedPage<Resource>> {
  const response = await context.server.send(request);
  const list = readList(request, response);
  return { ...list, rows: list.rows.map((row) => context.readListRow(row)) };
}

/** Some servers answer a filter without a match so. A web page says that this is no SCIM server. */
function isNoMatch(error: unknown): boolean {
  return error instanceof ResponseError && error.status === 404 && !error.body()?.trimStart().startsWith('<');
}

function isTooLarge(error: unknown): error is ConnectionError {
  return error instanceof ConnectionError && error.code === 'response_too_large';
}

function mayBeTheCount(error: unknown): error is ScimError {
  if (!(error instanceof ScimError) || (error.status !== 400 && error.status !== 422)) return false;
  return error.scimType === undefined || ['invalidValue', 'invalidCount', 'tooMany'].includes(error.scimType);
}

export async function listPage(
  context: ResourceContext,
  given: ListQuery = {},
  options?: RequestOptions,
): Promise<ResourcePage<Resource>> {
  const query = checkQuery('list()', given, listQueryNames);
  checkQueryNames(context, query);
  const request = firstRequest(context, query);
  return toListPage(await listResources(context, query, request, requestOptionsOf(options)), request);
}

/** A page as the server describes it: no more is asked to find out whether that is true. */
export function toListPage({ rows, ...page }: FetchedPage<Resource>, request: PageRequest): ResourcePage<Resource> {
  const next = nextRequest({ rows, ...page }, request);
  return { ...page, ...splitRows(rows), nextCursor: next && formatResumeCursor(next) };
}

/** Takes the rows without an id from the others, as the server sent them. */
export function splitRows(rows: readonly Resource[]): Pick<ResourcePage<Resource>, 'items' | 'invalidRows'> {
  const invalidRows = rows.flatMap((row) => (row instanceof InvalidRow ? [row.raw] : []));
  if (invalidRows.length === 0) return { items: rows };
  return { items: rows.filter((row) => !(row instanceof InvalidRow)), invalidRows };
}

function nextRequest(
  { rows, totalResults = Infinity, nextCursor }: FetchedPage<Resource>,
  page: PageRequest,
): ResumePoint | undefined {
  const { startIndex = 1, cursor, count } = ownPlace(page);
  if (nextCursor !== undefined) return { cursor: nextCursor, count };
  // Without another cursor a list read by cursor is at its end (RFC 9865 §2.1): it has no indices to go on by.
  if (cursor !== undefined) return undefined;
  const next = startIndex + rows.length;
  const last = rows.at(-1);
  return last === undefined || next > totalResults ? undefined : { startIndex: next, count, lastRow: markOf(last.id) };
}

/** One page of resources, as data. */
export interface ResourcePage<T> {
  /** The resources of the page, in the server's order. */
  readonly items: readonly T[];
  /** Rows without an id, as the server sent them: they are no resources. Missing where there are none. */
  readonly invalidRows?: readonly unknown[] | undefined;
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

export function firstRequest(
  { server: { profile, knowledge } }: ResourceContext,
  given: Pick<ListQuery, 'count' | 'cursor' | 'startIndex'>,
): ResumePoint {
  const query = ownCopy(given, Object.keys(listQueryNames));
  const { count = profile.pageSize, startIndex } = query;
  checkNumber('count', count);
  if (startIndex !== undefined) checkNumber('startIndex', startIndex, 0);
  if (query.cursor !== undefined) return parseResumeCursor(query.cursor);
  // Whoever names an index gets no other page, whatever the server prefers.
  if (startIndex === undefined && knowledge.pagesByCursor) return { cursor: '', count };
  return { startIndex: startIndex ?? 1, count };
}

/**
 * Reads the answer to a query (RFC 7644 §3.4.2), in whatever case its names are written: `Resources` may be missing where
 * nothing matches, numbers may be strings, and some servers send a bare array.
 */
export function readList(request: TransportRequest, response: TransportResponse): FetchedPage<unknown> {
  const { body, requestId } = response;
  if (Array.isArray(body)) return { rows: body, requestId };
  // Believed, `{ success: false, Resources: [] }` would be a directory without anybody.
  refuseFailure(request, response);
  const list = new Map(isRecord(body) ? Object.entries(body).map(([key, value]) => [key.toLowerCase(), value]) : []);
  const rows = list.get('resources') ?? [];
  const totalResults = readCount(list.get('totalresults'));
  if (!Array.isArray(rows) || (totalResults === undefined && !list.has('resources'))) {
    throw answerError(request, response, 'was answered without a list.', {
      path: ['Resources'],
      message: 'expected a list of resources',
      remedy: 'Check that the base URL is the SCIM URL, as the set-up page shows it.',
    });
  }
  const nextCursor = list.get('nextcursor');
  if (typeof nextCursor === 'number' && !Number.isSafeInteger(nextCursor)) {
    // JSON has rounded it: followed, it could pass over rows.
    throw answerError(request, response, 'was answered with a cursor that cannot be read exactly.', {
      path: ['nextCursor'],
      message: 'expected text, or a number up to 2^53',
      remedy: 'Ask whoever runs the server to send `nextCursor` as a string (RFC 9865 §2).',
    });
  }
  return {
    rows,
    requestId,
    totalResults,
    startIndex: readCount(list.get('startindex')),
    itemsPerPage: readCount(list.get('itemsperpage')),
    // 0 as a number is how some say that there is none.
    nextCursor:
      typeof nextCursor === 'string' || typeof nextCursor === 'number'
        ? String(nextCursor || '') || undefined
        : undefined,
  };
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) ? Math.max(0, count as number) : undefined;
}

/** Asks for the list: where that cannot be read either, a 404 says nothing of one resource, and this failure stands. */
export async function confirmDirectory(context: ResourceContext, options: RequestOptions): Promise<void> {
  await listResources(context, {}, { startIndex: 1, count: 1 }, options);
}
