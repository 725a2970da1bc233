import { ResponseError } from '../errors/response-errors.js';
import type { RequestOptions, TransportRequest } from '../transport/options.js';
import type { Filter } from './filter/filter.js';
import { countResources, type FindOptions, findResource } from './find.js';
import type { FetchedPage, PageRequest } from './paging/page.js';
import {
  filterText,
  firstRequest,
  type ListQuery,
  listResources,
  type ResourcePage,
  readList,
  toListPage,
} from './read.js';
import type { ResourceContext, ResourceInput } from './resource.js';
import type { PatchOperation, Resource } from './schemas/common.js';
import { SEARCH_REQUEST_URN } from './schemas/urns.js';
import { requestOptions, send } from './server.js';
import { patchResource, replaceResource } from './write/change.js';
import { type CreateOptions, createResource } from './write/create.js';
import type { WriteOptions } from './write/send.js';
import { type UpsertOptions, type UpsertResult, upsertResource } from './write/upsert.js';

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
      return toListPage(await searchPage(context, query, page, how), page);
    } catch (error) {
      if (!(error instanceof ResponseError) || ![404, 405, 501].includes(error.status)) throw error;
    }
    learned.search = false;
  }
  return toListPage(await listResources(context, query, page, how), page);
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

/** What Provisioning adds for a type of resource. */
export interface ProvisioningOperations<T extends object> {
  /**
   * Creates a resource.
   *
   * When the answer is lost, the resource is looked up by its natural keys (a user by `userName`, then `externalId`)
   * before anything is sent again, so that there are never two of it.
   *
   * @throws InputError, before anything is sent, for what the server would refuse; AccessDeniedError for a user who is
   * not active, without Deprovisioning; ScimError with code `conflict` or `uniqueness` when there is one already;
   * WriteNotConfirmedError;, ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.3
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { provisioning: true },
   * });
   * const { id } = await client.users.create({ userName: 'mira.sol@north.example' });
   * console.log(id);
   * ```
   */
  create(resource: ResourceInput<T>, options?: CreateOptions): Promise<T>;
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
  upsert(resource: ResourceInput<T>, options?: UpsertOptions): Promise<UpsertResult<T>>;
  /**
   * Puts a resource in the place of the one with this id. What is left out is unset. With Provisioning alone a user must
   * be put with `active: true`, no list may be given empty but one of contact data, and a type that has members cannot be
   * put at all; a list that is left out may be lost: `patch` and `upsert` keep it.
   *
   * @returns the resource as the server has it now; `undefined` when the server answers without it.
   * @throws InputError, before anything is sent, for what the server would refuse; AccessDeniedError where it takes
   * something away, without Deprovisioning; ScimError with code `not_found`, `precondition_failed` or
   * `precondition_required`; WriteNotConfirmedError;, ConnectionError, ResponseValidationError;
   * or the signal's own reason.
   * @see RFC 7644 §3.5.1
   * @example
   * ```ts
   * import { etagOf, ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { provisioning: true },
   * });
   * const user = await client.users.get('2819c223');
   * await client.users.replace(user.id, { ...user, title: 'Lead' }, { ifMatch: etagOf(user) });
   * ```
   */
  replace(id: string, resource: ResourceInput<T>, options?: WriteOptions): Promise<T | undefined>;
  /**
   * Changes a resource: all operations or none. Where the server has no PATCH, the resource is read, changed here and
   * put back. Without operations it is only read.
   *
   * @returns the resource as the server has it now; `undefined` when the server answers without it.
   * @throws PatchError where it is changed here and cannot be; InputError, AccessDeniedError where it takes something
   * away, without Deprovisioning; ScimError with code `not_found`, `precondition_failed` or `precondition_required`;
   * WriteNotConfirmedError;, ConnectionError, ResponseValidationError; or the signal's own reason.
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
  patch(id: string, operations: readonly PatchOperation[], options?: WriteOptions): Promise<T | undefined>;
}

/** @internal */
export function provisioningOperations(context: ResourceContext): ProvisioningOperations<Resource> {
  return {
    create: (resource, options) => createResource(context, resource, options),
    upsert: (resource, options) => upsertResource(context, resource, options),
    replace: (id, resource, options) => replaceResource(context, id, resource, options),
    patch: (id, operations, options) => patchResource(context, id, operations, options),
  };
}
