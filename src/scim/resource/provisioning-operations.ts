import type { Resource } from '../schemas/common.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { type CreateOptions, createResource } from './create-resource.js';
import { patchResource } from './patch-resource.js';
import { replaceResource } from './replace-resource.js';
import type { ResourceContext } from './resource-context.js';
import type { ResourceInput } from './resource-input.js';
import { type UpsertOptions, type UpsertResult, upsertResource } from './upsert-resource.js';
import type { WriteOptions } from './write-resource.js';

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
