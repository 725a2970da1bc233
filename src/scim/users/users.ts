import type { Permission } from '../../errors/input-errors.js';
import type { WithPermission } from '../access/access.js';
import type { DeprovisioningOperations } from '../resource/deprovisioning-operations.js';
import type { ProvisioningOperations } from '../resource/provisioning-operations.js';
import type { ReadOperations } from '../resource/read-operations.js';
import type { ExtensionShapes, ExtensionsOf } from '../resource/resource-definition.js';
import type { User } from '../schemas/user.js';
import type { UserDeprovisioning, UserProvisioning } from './user-operations.js';

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
