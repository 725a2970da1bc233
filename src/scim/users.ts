import { checkOptions } from '../errors/check-options.js';
import { isFailure } from '../errors/is-sdk-error.js';
import { scimRequestRemedies } from '../errors/remedies/scim.js';
import { ResponseError } from '../errors/response-errors.js';
import { isPending } from '../errors/scim-errors.js';
import { addressRemedy, isNotFound } from './error-body.js';
import type { Granted, KnownAccess } from './options.js';
import { checkQueryNames, projectionParameters } from './query.js';
import { readIfThere, readResource } from './read.js';
import {
  type ExtensionShapes,
  type ExtensionsOf,
  etagOf,
  type ResourceContext,
  type ResourceDefinition,
} from './resource.js';
import { type ReadMethod, ResourceOperations } from './resources.js';
import type { PatchOperation, Resource } from './schemas/common.js';
import { type User, userResourceSchema } from './schemas/user.js';
import { patch } from './write/change.js';
import { requirePermission } from './write/guard.js';
import { withRemedy } from './write/lost-answer.js';
import { sharedWriteOptions, type WriteOptions, writeOptionNames } from './write/send.js';
import { unappliedAttributes, verifyWrite } from './write/verify.js';

/** Users, with the methods that the permissions allow. */
export type Users<P extends KnownAccess = 'read-only', T extends Resource = User> = Pick<
  UserOperations<P, T>,
  | ReadMethod
  | 'withExtensions'
  | Granted<P, 'create' | 'upsert' | 'replace' | 'patch' | 'activate', 'delete' | 'deactivate'>
>;

/** What became of activating or deactivating a user. */
export interface ActiveResult<T, Outcome extends string> {
  /** `already` for a user who is there and was as wanted; `accepted` when the server will do it later (202). */
  readonly outcome: Outcome | 'already' | 'accepted';
  /** The user, where it was read: before a change that was not needed, or as the server answered. */
  readonly resource?: T | undefined;
}

/** What became of deactivating a user. */
export interface DeactivateResult<T> extends Omit<ActiveResult<T, 'deactivated'>, 'outcome'> {
  /**
   * As of `activate`; and `not_found`: no user has this id. The user may have been deleted, or the id may be wrong, so that
   * whoever was meant can still sign in.
   */
  readonly outcome: ActiveResult<T, 'deactivated' | 'not_found'>['outcome'];
  /** With `not_found`, what may be wrong with the id. */
  readonly remedy?: string | undefined;
}

/** What can be done with users. */
export class UserOperations<P extends KnownAccess, in out T extends Resource> extends ResourceOperations<T> {
  readonly #context: ResourceContext;

  /** @hidden */
  constructor(context: ResourceContext) {
    super(context);
    this.#context = context;
  }

  /**
   * Lets a user sign in again: sets `active` to true. The user is read first, and left alone if already active.
   *
   * @throws ScimError with code `not_found`; WriteNotConfirmedError where the user is not as wanted, or, with `verify`, lost
   * something beside.
   */
  async activate(id: string, options?: WriteOptions<T>): Promise<ActiveResult<T, 'activated'>> {
    requirePermission(this.#context, 'provisioning', 'PATCH');
    const own = checkOptions('activate()', options, writeOptionNames);
    const read = (requestOptions: WriteOptions) => readResource(this.#context, id, requestOptions);
    return (await setActive(this.#context, id, true, read, own)) as ActiveResult<T, 'activated'>;
  }

  /**
   * Keeps a user from signing in: sets `active` to false, which can be undone, unlike a deletion. The user is read first,
   * and left alone if not active. One who does not exist is an outcome, `not_found`, only where the server says so in a SCIM
   * error and the directory answers; every other 404 is an error.
   *
   * @throws WriteNotConfirmedError where the user is not as wanted, or, with `verify`, lost something beside.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const access = { deprovisioning: true } as const;
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…', access });
   * const { outcome } = await client.users.deactivate('2819c223');
   * ```
   */
  async deactivate(id: string, options?: WriteOptions<T>): Promise<DeactivateResult<T>> {
    requirePermission(this.#context, 'deprovisioning', 'PATCH');
    const own = checkOptions('deactivate()', options, writeOptionNames);
    const read = (requestOptions: WriteOptions) => readIfThere(this.#context, id, requestOptions);
    return (await setActive(this.#context, id, false, read, own)) as DeactivateResult<T>;
  }

  /**
   * The same users, typed with extensions of your own: a schema for each URN, made with zod or any other library of
   * Standard Schema. What you send is checked against it (InputError with the path); what the server sends is not.
   */
  withExtensions<const Extensions extends ExtensionShapes>(
    extensions: Extensions,
  ): Users<P, T & ExtensionsOf<Extensions>> {
    return new UserOperations<P, T & ExtensionsOf<Extensions>>(this.#context.withExtensions(extensions));
  }
}

async function setActive(
  context: ResourceContext,
  id: string,
  active: boolean,
  readUser: (options: WriteOptions) => Promise<Resource | undefined>,
  options: WriteOptions = {},
): Promise<DeactivateResult<Resource> | ActiveResult<Resource, 'activated'>> {
  checkQueryNames(context, options);
  const requestOptions = sharedWriteOptions(context.server, options);
  const read = () => readUser(requestOptions);
  const before = await read();
  if (before === undefined) return { outcome: 'not_found', ...addressRemedy(id) };
  if (before.active === active) return { outcome: 'already', resource: before };

  const operations: readonly PatchOperation[] = [{ op: 'replace', path: 'active', value: active }];
  const { verify, attributes, excludedAttributes } = options;
  let resource: Resource | undefined;
  try {
    const query = projectionParameters({ attributes, excludedAttributes });
    resource = await patch(context, id, operations, requestOptions, { query, versionRead: () => etagOf(before) });
  } catch (error) {
    if (isPending(error)) return { outcome: 'accepted' };
    // Some servers answer so where they have no such method: whoever is shown still is not gone.
    if (!(error instanceof ResponseError) || ![404, 410].includes(error.status)) throw error;
    const left = await read().catch((failure: unknown) => {
      throw isFailure(failure) ? error : failure;
    });
    if (left !== undefined) throw withRemedy(error, scimRequestRemedies.still_there);
    if (active || !isNotFound(error)) throw error;
    return { outcome: 'not_found', ...addressRemedy(id) };
  }
  if (verify === true) {
    // A server may hide who is not active.
    const differences = (now: Resource | undefined) =>
      now === undefined ? [] : unappliedAttributes(context, operations, now, before);
    resource = await verifyWrite(context, 'PATCH', read, differences, requestOptions);
  }
  return { outcome: active ? 'activated' : 'deactivated', resource };
}

/** Users (RFC 7643 §4.1), found again by `userName`, then `externalId`. */
export const userDefinition: ResourceDefinition = {
  endpoint: '/Users',
  schema: userResourceSchema,
  naturalKeys: ['userName', 'externalId'],
};
