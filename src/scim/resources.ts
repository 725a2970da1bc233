import { checkObject, checkOptions, checkPlace, checkText, type Elsewhere, jsonOf } from '../errors/check-options.js';
import { checkCall, checkQuery, type RequestOptions } from '../transport/options.js';
import type { Filter } from './filter/filter.js';
import { countResources, type FindOptions, findOptionNames, findResource, searchResources } from './find.js';
import { type IterateQuery, iterateQueryNames, iterateResources, type ResourceList } from './iterate.js';
import { listPage, type ResourcePage } from './list.js';
import { checkNames, isCustom, isFromServer } from './misspelt.js';
import type { Granted, KnownAccess } from './options.js';
import { type ListQuery, listQueryNames } from './query.js';
import { type GetOptions, getOptionNames, getResource, readResource } from './read.js';
import type { ResourceContext } from './resource.js';
import type { IsOpen, ResourceInput } from './resource-input.js';
import type { OneOf, Scalar } from './schemas/attribute-paths.js';
import type { PatchOperation, Resource } from './schemas/common.js';
import { findAttribute } from './schemas/known-schemas.js';
import { patchResource, replaceResource } from './write/change.js';
import { type CreateOptions, createOptionNames, createResource } from './write/create.js';
import { type DeleteResult, deleteResource } from './write/delete.js';
import { requirePermission } from './write/guard.js';
import { type WriteOptions, writeOptionNames } from './write/send.js';
import { type UpsertOptions, type UpsertResult, upsertOptionNames, upsertResource } from './write/upsert.js';

/** Resources of a type of your own, with the methods that the permissions allow. */
export type Resources<P extends KnownAccess, T extends Resource> = Pick<
  ResourceOperations<T>,
  ReadMethod | Granted<P, 'create' | 'upsert' | 'replace' | 'patch', 'delete'>
>;

/** The methods that need no permission. */
export type ReadMethod = 'list' | 'iterate' | 'get' | 'getIfNoneMatch' | 'find' | 'search' | 'count';

/**
 * Values that name one resource, such as `{ userName: 'mira.sol@north.example' }`. All of them must match. Of an attribute
 * with several values, such as `emails`, one must be the value given.
 */
export type Criteria<T> = {
  readonly [K in keyof T as string extends K
    ? never
    : [Criterion<OneOf<T[K]>>] extends [never]
      ? never
      : K]?: Criterion<OneOf<T[K]>>;
} & (IsOpen<T> extends true ? { readonly [attribute: string]: Scalar | null | undefined } : unknown);

/** The value itself, or the `value` of one that has parts. */
type Criterion<One> = One extends Scalar
  ? One
  : One extends { readonly value?: infer Value }
    ? Extract<NonNullable<Value>, Scalar>
    : never;

/**
 * What can be done with one type of resource. Methods for which the client has no permission are missing from its type;
 * called all the same they reject with an AccessDeniedError, before anything is read or sent.
 *
 * Any method may reject with a ScimError, ConnectionError, ResponseValidationError, an InputError for arguments that make
 * no sense and for options that do not exist, or the signal's own reason. `@throws` names what else.
 */
export class ResourceOperations<in out T extends Resource> {
  readonly #context: ResourceContext;

  /** @hidden */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /** Reads one page as the server describes it (RFC 7644 §3.4.2). For a whole list use {@link ResourceOperations.iterate}. */
  async list(query?: ListQuery<T>, options?: RequestOptions): Promise<ResourcePage<T>> {
    const own = checkCall('list()', options, listQueryNames);
    return (await listPage(this.#context, query, own)) as ResourcePage<T>;
  }

  /**
   * Walks through a list (RFC 7644 §3.4.2), each resource once, by index or by cursor (RFC 9865) as the server pages.
   * Keeps only the ids in memory. Wrong totals, repeated pages and rows that drift are noticed.
   *
   * @throws InputError at once; while iterating, IncompleteListError after the last item when some may be missing.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * for await (const user of client.users.iterate({ count: 200 })) console.log(user.userName, user.active);
   * ```
   */
  iterate(query?: IterateQuery<T>, options?: RequestOptions): ResourceList<T> {
    const own = checkCall('iterate()', options, iterateQueryNames);
    return iterateResources(this.#context, query, own) as ResourceList<T>;
  }

  /** Reads one resource (RFC 7644 §3.4.1). A ScimError with code `not_found` says that it does not exist. */
  async get(id: string, options?: GetOptions<T>): Promise<T> {
    const own = checkOptions('get()', options, getOptionNames);
    return (await readResource(this.#context, id, own)) as T;
  }

  /** As `get`, but gives `undefined` if the resource is still at this version (`If-None-Match`, RFC 7644 §3.14). */
  async getIfNoneMatch(id: string, etag: string, options?: GetOptions<T>): Promise<T | undefined> {
    const own = checkOptions('getIfNoneMatch()', options, getOptionNames);
    checkText('etag', etag);
    return (await getResource(this.#context, id, own, etag)) as T | undefined;
  }

  /**
   * The first resource that matches, or `undefined`. Matches are checked here, since some servers ignore filters. Where
   * the server refuses the filter, all resources are walked through, unless `scan` is `false`. By an address (`emails`) no
   * service account is found, whose contact it is, unless the filter names the `userType`.
   *
   * @throws ScimSyntaxError for a filter that cannot be parsed; IncompleteListError when none matched and some are missing.
   */
  find(match: Filter<T> | string, options?: FindOptions): Promise<T | undefined>;
  /**
   * The first resource that has all of these values, or `undefined`. Of two with the same name, one that is active: servers
   * keep rows of those who were deleted. For the rest see the filter.
   */
  find(match: Criteria<T>, options?: FindOptions): Promise<T | undefined>;
  /** The first resource that matches, where it is known only at run time what to match. */
  find(match: Criteria<T> | Filter<T> | string, options?: FindOptions): Promise<T | undefined>;
  /** @hidden Again: of four, the compiler tells of the last alone where none fits, and a slip is most often in these names. */
  find(match: Criteria<T>, options?: FindOptions): Promise<T | undefined>;
  async find(match: Criteria<T> | Filter<T> | string, options?: FindOptions): Promise<T | undefined> {
    const own = checkOptions('find()', options, findOptionNames);
    return (await findResource(this.#context, match, own)) as T | undefined;
  }

  /**
   * Reads one page by `POST /.search` (RFC 7644 §3.4.3), which keeps the filter out of URLs and their logs; by `list`, with
   * the filter in the URL, where the server has no such route, as WorkOS has none.
   */
  async search(query?: ListQuery<T>, options?: RequestOptions): Promise<ResourcePage<T>> {
    const own = checkCall('search()', options, listQueryNames);
    return (await searchResources(this.#context, query, own)) as ResourcePage<T>;
  }

  /**
   * How many resources match (RFC 7644 §3.4.2.4). Asks for the number alone, and counts where it cannot be right. Where the
   * server refuses the filter (`bad_request`, `not_implemented`), iterate and count with {@link matchesFilter}.
   *
   * @throws IncompleteListError when they were counted and some are missing.
   */
  async count(query: Pick<ListQuery<T>, 'filter'> = {}, options?: RequestOptions): Promise<number> {
    const { filter } = checkQuery('count()', query, { filter: true });
    const own = checkCall('count()', options, { filter: true });
    return countResources(this.#context, filter, own);
  }

  /**
   * Creates a resource (RFC 7644 §3.3), once: when the answer is lost, it is looked up by its natural keys (a user by
   * `userName`, then `externalId`), and among all at last, before anything is sent again.
   *
   * @throws ScimError with code `conflict` or `uniqueness`; NaturalKeyConflictError where the answer is about somebody else,
   * or, with `verify`, another has a natural key of what was created; WriteNotConfirmedError; AccessDeniedError for a user
   * who is not active, without Deprovisioning.
   */
  async create(resource: ResourceInput<T>, options?: CreateOptions<T>): Promise<T> {
    requirePermission(this.#context, 'provisioning', 'POST');
    const own = checkOptions('create()', options, createOptionNames);
    const wanted = resourceOf('create()', this.#context, resource, createOptionNames);
    return (await createResource(this.#context, wanted, own)) as T;
  }

  /**
   * Creates a resource, or finds the one with the same natural keys and changes it where it differs. What is not mentioned
   * is left alone; members are only added. A user that is not active is activated, unless `active: false` is given. Calls
   * with the same keys wait for one another within a client, and not between processes: `verify` finds what two created.
   *
   * One request where the first key finds one that has all keys; else one for each key, and the first time in a client a
   * page and one more for each key, to see whether its filter works. Where it does not, or is refused, or the value has
   * spaces at the ends or accents, all resources are walked through before one is created.
   *
   * @throws NaturalKeyConflictError where it is not certain who is meant: the one with this `userName` has another
   * `externalId`, the keys name two, or one is like it but for case, spaces, letters or a domain before its name; with
   * `verify`, where one was created and another has a key of it. ScimError with code `conflict` or `uniqueness`;
   * IncompleteListError where it cannot be known whether there is one; WriteNotConfirmedError; AccessDeniedError where the
   * change takes something away, without Deprovisioning.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const access = { provisioning: true } as const;
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…', access });
   * const { outcome, resource } = await client.users.upsert({ userName: 'mira.sol@north.example', title: 'Lead' });
   * ```
   */
  async upsert(resource: ResourceInput<T>, options?: UpsertOptions): Promise<UpsertResult<T>> {
    requirePermission(this.#context, 'provisioning', 'POST');
    const own = checkOptions('upsert()', options, upsertOptionNames);
    const wanted = resourceOf('upsert()', this.#context, resource, upsertOptionNames);
    return (await upsertResource(this.#context, wanted, own)) as UpsertResult<T>;
  }

  /**
   * Replaces a resource (RFC 7644 §3.5.1): what is left out is unset. With Provisioning alone a user needs `active: true`,
   * no list may be empty but one of contact data, and a type that has members cannot be replaced. Lists that are left out
   * may be lost: `patch` and `upsert` keep them.
   *
   * @returns the resource as the server has it now; `undefined` when the server answers without it.
   * @throws ScimError with code `not_found`, `precondition_failed` or `precondition_required`; WriteNotConfirmedError;
   * AccessDeniedError where it takes something away, without Deprovisioning.
   */
  async replace(id: string, resource: ResourceInput<T>, options?: WriteOptions<T>): Promise<T | undefined> {
    requirePermission(this.#context, 'provisioning', 'PUT');
    const own = checkOptions('replace()', options, writeOptionNames);
    const wanted = resourceOf('replace()', this.#context, resource, writeOptionNames);
    return (await replaceResource(this.#context, id, wanted, own)) as T | undefined;
  }

  /**
   * Changes a resource (RFC 7644 §3.5.2): all operations or none. Where the server has no PATCH, the resource is read,
   * changed here and put back. Without operations it is only read.
   * What the answer to that reading leaves out is lost: with `verify` it is refused if it was shown a moment before.
   *
   * @returns the resource as the server has it now; `undefined` when the server answers without it.
   * @throws As {@link ResourceOperations.replace}; PatchError where it is changed here and cannot be.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const access = { provisioning: true } as const;
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…', access });
   * await client.users.patch('2819c223', [{ op: 'replace', path: 'title', value: 'Lead' }], { verify: true });
   * ```
   */
  async patch(id: string, operations: readonly PatchOperation<T>[], options?: WriteOptions<T>): Promise<T | undefined> {
    requirePermission(this.#context, 'provisioning', 'PATCH');
    const own = checkOptions('patch()', options, writeOptionNames);
    return (await patchResource(this.#context, id, jsonOf('operations', operations), own)) as T | undefined;
  }

  /**
   * Deletes a resource (RFC 7644 §3.6). One that does not exist is an outcome, `not_found`, only where the server says so in
   * a SCIM error and the directory answers; every other 404 is an error. Some servers, WorkOS among them, keep a deleted
   * user as a row that is not active: `verify` takes that for deleted. Where the answer is lost it is sent again, and a
   * refusal of what is gone by then is `deleted`.
   *
   * @throws WriteNotConfirmedError with `verify`, when the resource still exists.
   */
  async delete(id: string, options?: WriteOptions<T>): Promise<DeleteResult> {
    requirePermission(this.#context, 'deprovisioning', 'DELETE');
    const own = checkOptions('delete()', options, writeOptionNames);
    return deleteResource(this.#context, id, own);
  }
}

/**
 * As it will be sent: nothing that is looked at here reads differently later. An option among the attributes would be sent
 * as one of them, and not be done.
 */
function resourceOf(
  of: string,
  context: ResourceContext,
  given: object,
  names: Elsewhere['names'],
): Readonly<Record<string, unknown>> {
  const resource: object = jsonOf('resource', given);
  checkObject('resource', resource);
  // JSON makes plain objects.
  const attributes = resource as Readonly<Record<string, unknown>>;
  if (isFromServer(attributes)) return attributes;
  for (const [name, value] of context.isOpen ? [] : Object.entries(attributes)) {
    const isAttribute = findAttribute(context.attributes, name) !== undefined || isCustom(context, name);
    // JSON leaves nothing of a signal.
    const meant = name === 'signal' ? Reflect.get(given, name) : value;
    if (!isAttribute) checkPlace(of, name, { argument: 'last', names }, [name], meant);
  }
  checkNames(context, attributes);
  return attributes;
}
