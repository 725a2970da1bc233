import { ResponseError } from '../../errors/response-errors.js';
import type { RequestOptions, TransportRequest } from '../../transport/transport.js';
import type { Filter } from '../filter/filter.js';
import type { FetchedPage, PageRequest } from '../paging/page-request.js';
import { readList } from '../reading/read-list.js';
import type { Resource } from '../schemas/common.js';
import { SEARCH_REQUEST_URN } from '../schemas/urns.js';
import { requestOptions, send } from '../session.js';
import { countResources } from './count-resources.js';
import { type FindOptions, findResource } from './find-resource.js';
import { firstRequest, type ResourcePage } from './iterate-resources.js';
import { filterText, listResources } from './list-resources.js';
import { type ListQuery, pageAsSaid } from './page-as-said.js';
import type { ResourceContext } from './resource-context.js';

/** Values that name one resource, such as `{ userName: 'mira.sol@north.example' }`. All of them must match. */
export type Criteria<T> = {
  readonly [K in keyof T as string extends K
    ? never
    : T[K] extends string | number | boolean | null | undefined
      ? K
      : never]?: NonNullable<T[K]>;
};

/** Ways to ask for resources that a plain walk does not need. */
export interface LookupOperations<T extends object> {
  /**
   * The first resource that really matches, or `undefined`. What the server answers is checked here, since some servers
   * ignore filters. Where the server refuses the filter, all resources are walked through, unless `scan` is `false`.
   *
   * @throws InputError where there is nothing to look for; ScimSyntaxError for a filter that is none;
   * IncompleteListError when none matched and some are missing; ScimError, ConnectionError, ResponseValidationError; or
   * the signal's own reason.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * const user = await client.users.find({ userName: 'mira.sol@north.example' });
   * console.log(user?.id);
   * ```
   */
  find(match: Criteria<T> | Filter<T> | string, options?: FindOptions): Promise<T | undefined>;
  /**
   * Reads one page by `POST /.search`, which keeps the filter out of URLs and their logs. Where the server has no such
   * route, as WorkOS has none, it is `list`, with the filter in the URL.
   *
   * @throws ScimError, InputError, ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.4.3
   * @example
   * ```ts
   * import { eq, ScimClient, type User } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: 'rfc' });
   * const page = await client.users.search({ filter: eq<User>('userName', 'mira.sol@north.example') });
   * console.log(page.items.length);
   * ```
   */
  search(query?: ListQuery<T>, options?: RequestOptions): Promise<ResourcePage<T>>;
  /**
   * How many resources match. Asks for the number alone, and counts where the number given cannot be right. The filter is
   * the server's to understand: where it does not take it, count what {@link matchesFilter} lets through.
   *
   * @throws IncompleteListError when they were counted and some are missing; ScimError (a filter that the server does not
   * take is `bad_request` or `not_implemented`), ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.4.2.4
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * console.log(await client.users.count());
   * ```
   */
  count(query?: { readonly filter?: Filter<T> | string | undefined }, options?: RequestOptions): Promise<number>;
}

/** @internal */
export function lookupOperations(context: ResourceContext): LookupOperations<Resource> {
  return {
    find: (match, options) => findResource(context, match, options),
    search: (query, options) => searchResources(context, query, options),
    count: (query = {}, options = {}) => countResources(context, query.filter, requestOptions(options)),
  };
}

async function searchResources(
  context: ResourceContext,
  query: ListQuery<Resource> = {},
  options: RequestOptions = {},
): Promise<ResourcePage<Resource>> {
  const { learned, profile } = context.session;
  const page = firstRequest(context, query);
  const how = requestOptions(options);
  if (profile.search && learned.search !== false) {
    try {
      return pageAsSaid(await searchPage(context, query, page, how), page);
    } catch (error) {
      if (!(error instanceof ResponseError) || ![404, 405, 501].includes(error.status)) throw error;
    }
    learned.search = false;
  }
  return pageAsSaid(await listResources(context, query, page, how), page);
}

async function searchPage(
  context: ResourceContext,
  { filter, attributes, excludedAttributes, sortBy, sortOrder }: ListQuery<Resource>,
  { startIndex, cursor, count }: PageRequest,
  options: RequestOptions,
): Promise<FetchedPage<Resource>> {
  const request: TransportRequest = {
    ...options,
    method: 'POST',
    route: `${context.route}/.search`,
    body: {
      schemas: [SEARCH_REQUEST_URN],
      attributes,
      excludedAttributes,
      sortBy,
      sortOrder,
      ...(filter !== undefined && { filter: await filterText(filter) }),
      startIndex,
      cursor,
      count: Math.min(count, context.session.learned.maxCount ?? Infinity),
    },
    safeToRepeat: true,
  };
  const response = await send(context.session, request);
  const list = readList(request, response);
  return { ...list, rows: list.rows.map((row) => context.readRow(row, request, response)) };
}
