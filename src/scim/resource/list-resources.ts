import { isFailure } from '../../errors/is-sdk-error.js';
import { ConnectionError, ResponseError } from '../../errors/response-errors.js';
import { ScimError } from '../../errors/scim-errors.js';
import type { RequestOptions, TransportRequest } from '../../transport/transport.js';
import type { Filter } from '../filter/filter.js';
import type { FetchedPage, PageRequest } from '../paging/page-request.js';
import { readList } from '../reading/read-list.js';
import type { Resource } from '../schemas/common.js';
import { send } from '../session.js';
import type { ResourceContext } from './resource-context.js';

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
  return typeof filter === 'string' ? filter : (await import('../filter/format-filter.js')).formatFilter(filter);
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
