import type { Permission } from '../errors/input-errors.js';
import type { RequestOptions } from '../transport/options.js';
import type { WithPermission } from './options.js';
import {
  firstRequest,
  getResource,
  type IterateQuery,
  iterateResources,
  type ListQuery,
  listResources,
  type Projection,
  type ResourceList,
  type ResourcePage,
  readResource,
  toListPage,
} from './read.js';
import type { ResourceContext } from './resource.js';
import type { LookupOperations, ProvisioningOperations } from './resource-operations.js';
import type { Resource } from './schemas/common.js';
import { requestOptions, type Server } from './server.js';
import type { DeprovisioningOperations } from './write/delete.js';

/** Resources of a type of your own, with the operations that the permissions allow. */
export type Resources<P extends Permission, T extends object> = ReadOperations<T> &
  WithPermission<P, 'provisioning', ProvisioningOperations<T>> &
  WithPermission<P, 'deprovisioning', DeprovisioningOperations>;

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
function readOperations(context: ResourceContext): ReadOperations<Resource> {
  return {
    list: async (query = {}, options = {}) => {
      const request = firstRequest(context, query);
      return toListPage(await listResources(context, query, request, requestOptions(options)), request);
    },
    iterate: (query, options) => iterateResources(context, query, options),
    get: (id, options) => readResource(context, id, options),
    getIfNoneMatch: (id, etag, options) => getResource(context, id, options, etag),
    ...lazily<LookupOperations<Resource>>(['find', 'search', 'count'], async () =>
      (await import('./resource-operations.js')).lookupOperations(context),
    ),
  };
}

/** What a client may do, at run time. */
export type GrantedAccess = Readonly<Record<Permission, boolean>>;

/** The operations on a type of resource that the access allows, and no others. */
export function openOperations(context: ResourceContext, access: GrantedAccess): object {
  const { session } = context;
  return {
    ...readOperations(context),
    ...(access.provisioning &&
      lazilyWriting(session, ['create', 'upsert', 'replace', 'patch'], async () =>
        (await import('./resource-operations.js')).provisioningOperations(context),
      )),
    ...(access.deprovisioning &&
      lazilyWriting(session, ['delete'], async () =>
        (await import('./write/delete.js')).deprovisioningOperations(context),
      )),
  };
}

/**
 * Methods whose code is loaded when one of them is first called, so that a program pays for what it uses.
 *
 * All of them answer with promises, so nobody can tell.
 */
export function lazily<Operations extends object>(
  names: readonly (keyof Operations & string)[],
  load: () => Promise<Operations>,
): Operations {
  const method =
    (name: keyof Operations) =>
    async (...given: unknown[]) =>
      ((await load())[name] as (...given: unknown[]) => unknown)(...given);
  // Each name is a method of the operations loaded.
  return Object.fromEntries(names.map((name) => [name, method(name)])) as Operations;
}

/** The same for methods that write: the judge of writes is loaded with them, without which no write leaves. */
export function lazilyWriting<Operations extends object>(
  session: Server,
  names: readonly (keyof Operations & string)[],
  load: () => Promise<Operations>,
): Operations {
  return lazily(names, async () => {
    session.judge ??= (await import('./write/permissions.js')).permissionsRequiredBy;
    return load();
  });
}
