import type { Permission } from '../errors/input-errors.js';
import type { RequestOptions } from '../transport/options.js';
import type { Filter } from './filter/filter.js';
import { countResources, type FindOptions, findResource, searchResources } from './find.js';
import { type IterateQuery, iterateResources, type ResourceList } from './iterate.js';
import type { Granted } from './options.js';
import { type GetOptions, getResource, type ListQuery, listPage, type ResourcePage, readResource } from './read.js';
import type { ResourceContext, ResourceInput } from './resource.js';
import type { PatchOperation, Resource } from './schemas/common.js';
import { patchResource, replaceResource } from './write/change.js';
import { type CreateOptions, createResource } from './write/create.js';
import { type DeleteResult, deleteResource } from './write/delete.js';
import { requirePermission } from './write/guard.js';
import type { WriteOptions } from './write/send.js';
import { type UpsertOptions, type UpsertResult, upsertResource } from './write/upsert.js';

/** Resources of a type of your own, with the methods that the permissions allow. */
export type Resources<P extends Permission, T extends Resource> = Pick<
  ResourceOperations<T>,
  ReadMethod | Granted<P, 'create' | 'upsert' | 'replace' | 'patch', 'delete'>
>;

/** The methods that need no permission. */
export type ReadMethod = 'list' | 'iterate' | 'get' | 'getIfNoneMatch' | 'find' | 'search' | 'count';

/** Values that name one resource, such as `{ userName: 'mira.sol@north.example' }`. All of them must match. */
export type Criteria<T> = {
  readonly [K in keyof T as string extends K
    ? never
    : T[K] extends string | number | boolean | null | undefined
      ? K
      : never]?: NonNullable<T[K]>;
};

/**
 * What can be done with one type of resource. The type of a client leaves out the methods for which it has no permission;
 * called all the same, such a method rejects with an AccessDeniedError, before anything is read or sent.
 */
export class ResourceOperations<T extends Resource> {
  readonly #context: ResourceContext;

  /** @hidden */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Reads one page, and believes what the server says of it. To read a whole list use {@link ResourceOperations.iterate}.
   *
   * @throws InputError for a query that makes no sense; ScimError, ConnectionError, ResponseValidationError; or the
   * signal's own reason.
   * @see RFC 7644 §3.4.2
   */
  async list(query?: ListQuery<T>, options?: RequestOptions): Promise<ResourcePage<T>> {
    return (await listPage(this.#context, query, options)) as ResourcePage<T>;
  }

  /**
   * Walks through a list, each resource once, over as many pages as it takes, by index or by cursor (RFC 9865) as the
   * server pages. Only the ids met are kept in memory.
   *
   * It trusts no server: it advances by the rows received, drops repeats, notices totals that are wrong, pages that
   * repeat and rows that drift, and stops at a bound on requests.
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
  iterate(query?: IterateQuery<T>, options?: RequestOptions): ResourceList<T> {
    return iterateResources(this.#context, query, options) as ResourceList<T>;
  }

  /**
   * Reads one resource.
   *
   * @throws InputError for an empty id; ScimError with code `not_found`; ConnectionError, ResponseValidationError; or the
   * signal's own reason.
   * @see RFC 7644 §3.4.1
   */
  async get(id: string, options?: GetOptions): Promise<T> {
    return (await readResource(this.#context, id, options)) as T;
  }

  /**
   * Reads one resource unless it is still at this version (`If-None-Match`): then there is nothing to read, and the
   * answer is `undefined`.
   *
   * @throws InputError for an empty id; ScimError with code `not_found`; ConnectionError, ResponseValidationError; or the
   * signal's own reason.
   * @see RFC 7644 §3.14
   */
  async getIfNoneMatch(id: string, etag: string, options?: GetOptions): Promise<T | undefined> {
    return (await getResource(this.#context, id, options, etag)) as T | undefined;
  }

  /**
   * The first resource that really matches, or `undefined`. What the server answers is checked here, since some servers
   * ignore filters. Where the server refuses the filter, all resources are walked through, unless `scan` is `false`.
   *
   * @throws InputError where there is nothing to look for; ScimSyntaxError for a filter that cannot be parsed;
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
  async find(match: Criteria<T> | Filter<T> | string, options?: FindOptions): Promise<T | undefined> {
    return (await findResource(this.#context, match, options)) as T | undefined;
  }

  /**
   * Reads one page by `POST /.search`, which keeps the filter out of URLs and their logs. Where the server has no such
   * route, as WorkOS has none, it is `list`, with the filter in the URL.
   *
   * @throws ScimError, InputError, ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.4.3
   */
  async search(query?: ListQuery<T>, options?: RequestOptions): Promise<ResourcePage<T>> {
    return (await searchResources(this.#context, query, options)) as ResourcePage<T>;
  }

  /**
   * How many resources match. Asks for the number alone, and counts where the number given cannot be right. The filter is
   * the server's to understand: where it does not take it, count what {@link matchesFilter} lets through.
   *
   * @throws IncompleteListError when they were counted and some are missing; ScimError (a filter that the server does not
   * take is `bad_request` or `not_implemented`), ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.4.2.4
   */
  async count(
    query: { readonly filter?: Filter<T> | string | undefined } = {},
    options?: RequestOptions,
  ): Promise<number> {
    return countResources(this.#context, query.filter, options);
  }

  /**
   * Creates a resource.
   *
   * When the answer is lost, the resource is looked up by its natural keys (a user by `userName`, then `externalId`)
   * before anything is sent again, so that there are never two of it.
   *
   * @throws InputError, before anything is sent, for what the server would refuse; AccessDeniedError for a user who is
   * not active, without Deprovisioning; ScimError with code `conflict` or `uniqueness` when there is one already;
   * WriteNotConfirmedError, ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.3
   */
  async create(resource: ResourceInput<T>, options?: CreateOptions): Promise<T> {
    requirePermission(this.#context, 'provisioning', 'POST');
    return (await createResource(this.#context, resource, options)) as T;
  }

  /**
   * Creates a resource, or finds the one with the same natural keys and changes it where it differs, and says which it
   * did. What is not mentioned is left alone; members are only added. A user that is not active is activated, unless
   * `active: false` is given.
   *
   * @throws InputError, before anything is sent, for what the server would refuse; AccessDeniedError where the change
   * takes something away, without Deprovisioning; ScimError with code `conflict` or `uniqueness` when another resource
   * holds one of the values; IncompleteListError, WriteNotConfirmedError, ConnectionError, ResponseValidationError; or the
   * signal's own reason.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { provisioning: true },
   * });
   * const { outcome, resource } = await client.users.upsert({ userName: 'mira.sol@north.example', title: 'Lead' });
   * console.log(outcome, resource.id);
   * ```
   */
  async upsert(resource: ResourceInput<T>, options?: UpsertOptions): Promise<UpsertResult<T>> {
    requirePermission(this.#context, 'provisioning', 'POST');
    return (await upsertResource(this.#context, resource, options)) as UpsertResult<T>;
  }

  /**
   * Replaces a resource. What is left out is unset. With Provisioning alone a user must be put with `active: true`, no
   * list may be given empty but one of contact data, and a type that has members cannot be put at all; a list that is left
   * out may be lost: `patch` and `upsert` keep it.
   *
   * @returns the resource as the server has it now; `undefined` when the server answers without it.
   * @throws InputError, before anything is sent, for what the server would refuse; AccessDeniedError where it takes
   * something away, without Deprovisioning; ScimError with code `not_found`, `precondition_failed` or
   * `precondition_required`; WriteNotConfirmedError, ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.5.1
   */
  async replace(id: string, resource: ResourceInput<T>, options?: WriteOptions): Promise<T | undefined> {
    requirePermission(this.#context, 'provisioning', 'PUT');
    return (await replaceResource(this.#context, id, resource, options)) as T | undefined;
  }

  /**
   * Changes a resource: all operations or none. Where the server has no PATCH, the resource is read, changed here and
   * put back. Without operations it is only read.
   *
   * @returns the resource as the server has it now; `undefined` when the server answers without it.
   * @throws PatchError where it is changed here and cannot be; InputError, AccessDeniedError where it takes something
   * away, without Deprovisioning; ScimError with code `not_found`, `precondition_failed` or `precondition_required`;
   * WriteNotConfirmedError, ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.5.2
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { provisioning: true },
   * });
   * await client.users.patch('2819c223', [{ op: 'replace', path: 'title', value: 'Lead' }], { verify: true });
   * ```
   */
  async patch(id: string, operations: readonly PatchOperation[], options?: WriteOptions): Promise<T | undefined> {
    requirePermission(this.#context, 'provisioning', 'PATCH');
    return (await patchResource(this.#context, id, operations, options)) as T | undefined;
  }

  /**
   * Deletes a resource. Deleting one that does not exist is no error.
   *
   * Some servers, WorkOS among them, keep a deleted user as a row that is not active: `verify` takes that for deleted.
   *
   * @throws WriteNotConfirmedError with `verify`, when the resource still exists; InputError for an empty id; ScimError,
   * ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.6
   */
  async delete(id: string, options?: WriteOptions): Promise<DeleteResult> {
    requirePermission(this.#context, 'deprovisioning', 'DELETE');
    return deleteResource(this.#context, id, options);
  }
}
