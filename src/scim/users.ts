import type { Permission } from '../errors/input-errors.js';
import type { WithPermission } from './options.js';
import {
  type ExtensionShapes,
  type ExtensionsOf,
  extendResource,
  type ResourceContext,
  type ResourceDefinition,
} from './resource.js';
import type { ProvisioningOperations } from './resource-operations.js';
import { type GrantedAccess, lazilyWriting, openOperations, type ReadOperations } from './resources.js';
import { type User, userResourceSchema } from './schemas/user.js';
import type { UserDeprovisioning, UserProvisioning } from './user-operations.js';
import type { DeprovisioningOperations } from './write/delete.js';

/** Users, with the operations that the permissions allow. */
export type Users<P extends Permission = never, T extends object = User> = ReadOperations<T> &
  UserExtensions<P, T> &
  WithPermission<P, 'provisioning', ProvisioningOperations<T> & UserProvisioning<T>> &
  WithPermission<P, 'deprovisioning', DeprovisioningOperations & UserDeprovisioning<T>>;

/** How users get the types of extensions. */
export interface UserExtensions<P extends Permission, T extends object> {
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
  ): Users<P, T & ExtensionsOf<Extensions>>;
}

/** The operations on users that the access allows, and no others. */
export function openUsers(context: ResourceContext, access: GrantedAccess): object {
  const { session } = context;
  const load = () => import('./user-operations.js');
  return {
    ...openOperations(context, access),
    ...(access.provisioning &&
      lazilyWriting(session, ['activate'], async () => (await load()).userProvisioning(context))),
    ...(access.deprovisioning &&
      lazilyWriting(session, ['deactivate'], async () => (await load()).userDeprovisioning(context))),
    withExtensions: (added: ExtensionShapes) => openUsers(extendResource(context, added), access),
  };
}

/** Users (RFC 7643 §4.1), found again by `userName`, then `externalId`. */
export const userDefinition: ResourceDefinition = {
  endpoint: '/Users',
  schema: userResourceSchema,
  naturalKeys: ['userName', 'externalId'],
};
