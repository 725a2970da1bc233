import { isPending } from '../errors/scim-errors.js';
import { isGone, readResource, unlessGone } from './read.js';
import type { ResourceContext } from './resource.js';
import type { PatchOperation, Resource } from './schemas/common.js';
import { patchResource } from './write/change.js';
import { sharedWriteOptions, verifyWrite, type WriteOptions } from './write/send.js';

/** What became of activating or deactivating a user. */
export interface ActiveResult<T, Outcome extends string> {
  /** `already` when there was nothing to do; `accepted` when the server will do it later (202). */
  readonly outcome: Outcome | 'already' | 'accepted';
  /** The user, where it was read: before a change that was not needed, or as the server answered. */
  readonly resource?: T | undefined;
}

/** What Provisioning adds for users. */
export interface UserProvisioning<T extends object> {
  /**
   * Lets a user sign in again: sets `active` to true. The user is read first, so that one who is active is left alone.
   *
   * @throws ScimError with code `not_found` when there is no such user; WriteNotConfirmedError with `verify`; InputError,
   * ConnectionError, ResponseValidationError; or the signal's own reason.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { provisioning: true },
   * });
   * await client.users.activate('2819c223');
   * ```
   */
  activate(id: string, options?: WriteOptions): Promise<ActiveResult<T, 'activated'>>;
}

/** What Deprovisioning adds for users. */
export interface UserDeprovisioning<T extends object> {
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
  deactivate(id: string, options?: WriteOptions): Promise<ActiveResult<T, 'deactivated'>>;
}

/** @internal */
export function userProvisioning(context: ResourceContext): UserProvisioning<Resource> {
  return {
    activate: async (id, options = {}) => {
      const how = sharedWriteOptions(context.session, options);
      const before = await readResource(context, id, how);
      return before.active === true
        ? { outcome: 'already', resource: before }
        : setActive(context, id, true, 'activated', how, options);
    },
  };
}

/** @internal */
export function userDeprovisioning(context: ResourceContext): UserDeprovisioning<Resource> {
  return {
    deactivate: async (id, options = {}) => {
      const how = sharedWriteOptions(context.session, options);
      const before = await unlessGone(readResource(context, id, how));
      return before === undefined || before.active === false
        ? { outcome: 'already', resource: before }
        : setActive(context, id, false, 'deactivated', how, options);
    },
  };
}

async function setActive<Outcome extends 'activated' | 'deactivated'>(
  context: ResourceContext,
  id: string,
  active: boolean,
  outcome: Outcome,
  how: WriteOptions,
  { verify, attributes, excludedAttributes }: WriteOptions,
): Promise<ActiveResult<Resource, Outcome>> {
  const operations: readonly PatchOperation[] = [{ op: 'replace', path: 'active', value: active }];
  const given = Object.assign(sharedWriteOptions(context.session, how), { attributes, excludedAttributes });
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
    const now = readResource(context, id, how);
    return active ? now : unlessGone(now);
  };
  const isDone = (now: Resource | undefined) => now === undefined || now.active === active;
  resource = await verifyWrite(context, 'PATCH', read, (now) => (isDone(now) ? [] : ['active']), how);
  return { outcome, resource };
}
