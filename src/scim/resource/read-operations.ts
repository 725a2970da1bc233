import type { RequestOptions } from '../../transport/transport.js';
import { lazily } from '../lazily.js';
import type { Resource } from '../schemas/common.js';
import { requestOptions } from '../session.js';
import { getResource, readResource } from './get-resource.js';
import {
  firstRequest,
  type IterateQuery,
  iterateResources,
  type ResourceList,
  type ResourcePage,
} from './iterate-resources.js';
import { listResources, type Projection } from './list-resources.js';
import type { LookupOperations } from './lookup-operations.js';
import { type ListQuery, pageAsSaid } from './page-as-said.js';
import type { ResourceContext } from './resource-context.js';

/** How a resource is read. */
export interface GetOptions extends RequestOptions, Projection {}

/** What any client can do with a type of resource. */
export interface ReadOperations<T extends object> extends LookupOperations<T> {
  /**
   * Reads one page, and believes what the server says of it. To read a whole list use {@link ReadOperations.iterate}.
   *
   * @throws InputError for a query that makes no sense; ScimError, ConnectionError, ResponseValidationError; or the
   * signal's own reason.
   * @see RFC 7644 §3.4.2
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * const page = await client.users.list({ count: 20 });
   * console.log(page.items.length, page.totalResults);
   * ```
   */
  list(query?: ListQuery<T>, options?: RequestOptions): Promise<ResourcePage<T>>;
  /**
   * Walks through a list, each resource once, over as many pages as it takes, by index or by cursor (RFC 9865) as the
   * server pages. Only the ids met are kept in memory.
   *
   * It trusts no server: it advances by the rows received, drops repeats, notices totals that are wrong, pages that
   * repeat and rows that move, and stops at a bound on requests.
   *
   * @throws InputError for a query that makes no sense, at once. While iterating: IncompleteListError after the last item,
   * when some are or may be missing (see `onIncomplete`); ScimError, ConnectionError, ResponseValidationError; or the
   * signal's own reason.
   * @see RFC 7644 §3.4.2
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * for await (const user of client.users.iterate({ count: 200 })) console.log(user.userName, user.active);
   * ```
   */
  iterate(query?: IterateQuery<T>, options?: RequestOptions): ResourceList<T>;
  /**
   * Reads one resource.
   *
   * @throws InputError for an empty id; ScimError with code `not_found` when there is none; ConnectionError,
   * ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.4.1
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * const user = await client.users.get('2819c223');
   * console.log(user.displayName);
   * ```
   */
  get(id: string, options?: GetOptions): Promise<T>;
  /**
   * Reads one resource unless it is still at this version (`If-None-Match`): then there is nothing to read, and the
   * answer is `undefined`.
   *
   * @throws InputError for an empty id; ScimError with code `not_found` when there is none; ConnectionError,
   * ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.14
   * @example
   * ```ts
   * import { etagOf, ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: 'rfc' });
   * let user = await client.users.get('2819c223');
   * user = (await client.users.getIfNoneMatch(user.id, etagOf(user) ?? '')) ?? user;
   * ```
   */
  getIfNoneMatch(id: string, etag: string, options?: GetOptions): Promise<T | undefined>;
}

/** @internal */
export function readOperations(context: ResourceContext): ReadOperations<Resource> {
  return {
    list: async (query = {}, options = {}) => {
      const request = firstRequest(context, query);
      return pageAsSaid(await listResources(context, query, request, requestOptions(options)), request);
    },
    iterate: (query, options) => iterateResources(context, query, options),
    get: (id, options) => readResource(context, id, options),
    getIfNoneMatch: (id, etag, options) => getResource(context, id, options, etag),
    ...lazily<LookupOperations<Resource>>(['find', 'search', 'count'], async () =>
      (await import('./lookup-operations.js')).lookupOperations(context),
    ),
  };
}
