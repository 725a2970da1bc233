import type { Permission } from '../errors/input-errors.js';
import { isPending } from '../errors/scim-errors.js';
import type { Granted } from './options.js';
import { isGone, readResource, unlessGone } from './read.js';
import type { ExtensionShapes, ExtensionsOf, ResourceContext, ResourceDefinition } from './resource.js';
import { type ReadMethod, ResourceOperations } from './resources.js';
import type { PatchOperation, Resource } from './schemas/common.js';
import { type User, userResourceSchema } from './schemas/user.js';
import { patchResource } from './write/change.js';
import { requirePermission } from './write/guard.js';
import { sharedWriteOptions, type WriteOptions } from './write/send.js';
import { verifyWrite } from './write/verify.js';

/** Users, with the methods that the permissions allow. */
export type Users<P extends Permission = never, T extends Resource = User> = Pick<
  UserOperations<P, T>,
  | ReadMethod
  | 'withExtensions'
  | Granted<P, 'create' | 'upsert' | 'replace' | 'patch' | 'activate', 'delete' | 'deactivate'>
>;

/** What became of activating or deactivating a user. */
export interface ActiveResult<T, Outcome extends string> {
  /** `already` when there was nothing to do; `accepted` when the server will do it later (202). */
  readonly outcome: Outcome | 'already' | 'accepted';
  /** The user, where it was read: before a change that was not needed, or as the server answered. */
  readonly resource?: T | undefined;
}

/** What can be done with users. */
export class UserOperations<P extends Permission, T extends Resource> extends ResourceOperations<T> {
  readonly #context: ResourceContext;

  /** @hidden */
  constructor(context: ResourceContext) {
    super(context);
    this.#context = context;
  }

  /**
   * Lets a user sign in again: sets `active` to true. The user is read first, so that one who is active is left alone.
   *
   * @throws ScimError with code `not_found`; WriteNotConfirmedError with `verify`; InputError, ConnectionError,
   * ResponseValidationError; or the signal's own reason.
   */
  async activate(id: string, options?: WriteOptions): Promise<ActiveResult<T, 'activated'>> {
    requirePermission(this.#context, 'provisioning', 'PATCH');
    return (await activateUser(this.#context, id, options)) as ActiveResult<T, 'activated'>;
  }

  /**
   * Keeps a user from signing in: sets `active` to false, which can be taken back, unlike a deletion. The user is read
   * first, so that one who is not active, or not there, is left alone.
   *
   * @throws WriteNotConfirmedError with `verify`; InputError for an empty id; ScimError, ConnectionError,
   * ResponseValidationError; or the signal's own reason.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { deprovisioning: true },
   * });
   * const { outcome } = await client.users.deactivate('2819c223');
   * console.log(outcome);
   * ```
   */
  async deactivate(id: string, options?: WriteOptions): Promise<ActiveResult<T, 'deactivated'>> {
    requirePermission(this.#context, 'deprovisioning', 'PATCH');
    return (await deactivateUser(this.#context, id, options)) as ActiveResult<T, 'deactivated'>;
  }

  /**
   * The same users, with the types of extensions of your own by URN, from schemas made with zod or any other library of
   * Standard Schema. What you send is checked against them: a write rejects with an InputError that names the path of what
   * does not fit. What the server sends is not checked. Nothing is requested yet, and nothing thrown.
   *
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   * import * as z from 'zod';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * const users = client.users.withExtensions({
   *   'urn:example:schemas:2.0:User': z.object({ badge: z.string() }),
   * });
   * for await (const user of users.iterate()) console.log(user['urn:example:schemas:2.0:User']?.badge);
   * ```
   */
  withExtensions<const Extensions extends ExtensionShapes>(
    extensions: Extensions,
  ): Users<P, T & ExtensionsOf<Extensions>> {
    return new UserOperations<P, T & ExtensionsOf<Extensions>>(this.#context.withExtensions(extensions));
  }
}

async function activateUser(
  context: ResourceContext,
  id: string,
  options: WriteOptions = {},
): Promise<ActiveResult<Resource, 'activated'>> {
  const requestOptions = sharedWriteOptions(context.server, options);
  const before = await readResource(context, id, requestOptions);
  return before.active === true
    ? { outcome: 'already', resource: before }
    : setActive(context, id, true, 'activated', requestOptions, options);
}

async function deactivateUser(
  context: ResourceContext,
  id: string,
  options: WriteOptions = {},
): Promise<ActiveResult<Resource, 'deactivated'>> {
  const requestOptions = sharedWriteOptions(context.server, options);
  const before = await unlessGone(readResource(context, id, requestOptions));
  return before === undefined || before.active === false
    ? { outcome: 'already', resource: before }
    : setActive(context, id, false, 'deactivated', requestOptions, options);
}

async function setActive<Outcome extends 'activated' | 'deactivated'>(
  context: ResourceContext,
  id: string,
  active: boolean,
  outcome: Outcome,
  requestOptions: WriteOptions,
  { verify, attributes, excludedAttributes }: WriteOptions,
): Promise<ActiveResult<Resource, Outcome>> {
  const operations: readonly PatchOperation[] = [{ op: 'replace', path: 'active', value: active }];
  const given = Object.assign(sharedWriteOptions(context.server, requestOptions), { attributes, excludedAttributes });
  let resource: Resource | undefined;
  try {
    resource = await patchResource(context, id, operations, given);
  } catch (error) {
    if (isPending(error)) return { outcome: 'accepted' };
    if (!active && isGone(error)) return { outcome: 'already' };
    throw error;
  }
  if (verify !== true) return { outcome, resource };
  // A server may hide who is not active.
  const read = async () => {
    const now = readResource(context, id, requestOptions);
    return active ? now : unlessGone(now);
  };
  const isDone = (now: Resource | undefined) => now === undefined || now.active === active;
  resource = await verifyWrite(context, 'PATCH', read, (now) => (isDone(now) ? [] : ['active']), requestOptions);
  return { outcome, resource };
}

/** Users (RFC 7643 §4.1), found again by `userName`, then `externalId`. */
export const userDefinition: ResourceDefinition = {
  endpoint: '/Users',
  schema: userResourceSchema,
  naturalKeys: ['userName', 'externalId'],
};
