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
   * Lets a user sign in again: sets `active` to true. The user is read first, and left alone if already active.
   *
   * @throws ScimError with code `not_found`; WriteNotConfirmedError with `verify`.
   */
  async activate(id: string, options?: WriteOptions): Promise<ActiveResult<T, 'activated'>> {
    requirePermission(this.#context, 'provisioning', 'PATCH');
    return (await setActive(this.#context, id, true, 'activated', options)) as ActiveResult<T, 'activated'>;
  }

  /**
   * Keeps a user from signing in: sets `active` to false, which can be undone, unlike a deletion. The user is read first,
   * and left alone if not active or not there.
   *
   * @throws WriteNotConfirmedError with `verify`.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const access = { deprovisioning: true } as const;
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…', access });
   * const { outcome } = await client.users.deactivate('2819c223');
   * ```
   */
  async deactivate(id: string, options?: WriteOptions): Promise<ActiveResult<T, 'deactivated'>> {
    requirePermission(this.#context, 'deprovisioning', 'PATCH');
    return (await setActive(this.#context, id, false, 'deactivated', options)) as ActiveResult<T, 'deactivated'>;
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

async function setActive<Outcome extends string>(
  context: ResourceContext,
  id: string,
  active: boolean,
  outcome: Outcome,
  options: WriteOptions = {},
): Promise<ActiveResult<Resource, Outcome>> {
  const requestOptions = sharedWriteOptions(context.server, options);
  const readUser = () => readResource(context, id, requestOptions);
  // Who is gone cannot sign in either, and a server may hide who is not active.
  const read: () => Promise<Resource | undefined> = active ? readUser : () => unlessGone(readUser());
  const isDone = (user: Resource | undefined) => user === undefined || user.active === active;
  const before = await read();
  if (isDone(before)) return { outcome: 'already', resource: before };

  const operations: readonly PatchOperation[] = [{ op: 'replace', path: 'active', value: active }];
  const { verify, attributes, excludedAttributes } = options;
  let resource: Resource | undefined;
  try {
    resource = await patchResource(context, id, operations, { ...requestOptions, attributes, excludedAttributes });
  } catch (error) {
    if (isPending(error)) return { outcome: 'accepted' };
    if (!active && isGone(error)) return { outcome: 'already' };
    throw error;
  }
  if (verify === true) {
    resource = await verifyWrite(context, 'PATCH', read, (now) => (isDone(now) ? [] : ['active']), requestOptions);
  }
  return { outcome, resource };
}

/** Users (RFC 7643 §4.1), found again by `userName`, then `externalId`. */
export const userDefinition: ResourceDefinition = {
  endpoint: '/Users',
  schema: userResourceSchema,
  naturalKeys: ['userName', 'externalId'],
};
