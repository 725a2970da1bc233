import type { Permission } from '../errors/input-errors.js';
import type { GroupDeprovisioning, GroupProvisioning, GroupReplacement } from './group-operations.js';
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
import { type Group, groupResourceSchema } from './schemas/group.js';
import type { DeprovisioningOperations } from './write/delete.js';

/**
 * Groups, with the operations that the permissions allow. To replace a group takes both: whether it loses members by
 * that cannot be known.
 */
export type Groups<P extends Permission = never, T extends object = Group> = ReadOperations<T> &
  GroupExtensions<P, T> &
  WithPermission<P, 'provisioning', Omit<ProvisioningOperations<T>, 'replace'> & GroupProvisioning> &
  WithPermission<P, 'deprovisioning', DeprovisioningOperations & GroupDeprovisioning> &
  WithPermission<P, 'provisioning' | 'deprovisioning', Pick<ProvisioningOperations<T>, 'replace'> & GroupReplacement>;

/** How groups get the types of extensions. */
export interface GroupExtensions<P extends Permission, T extends object> {
  /**
   * The same groups, with the types of extensions of your own by URN, from schemas made with zod or any other library of
   * Standard Schema. What you send is checked against them: a write rejects with an InputError that names the path of what
   * does not fit. What the server sends is not checked. Nothing is requested yet, and nothing thrown.
   *
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   * import * as z from 'zod';
   *
   * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: 'rfc' });
   * const groups = client.groups.withExtensions({
   *   'urn:example:schemas:2.0:Group': z.object({ owner: z.string() }),
   * });
   * for await (const group of groups.iterate()) console.log(group['urn:example:schemas:2.0:Group']?.owner);
   * ```
   */
  withExtensions<const Extensions extends ExtensionShapes>(
    extensions: Extensions,
  ): Groups<P, T & ExtensionsOf<Extensions>>;
}

/** The operations on groups that the access allows, and no others. */
export function openGroups(context: ResourceContext, access: GrantedAccess): object {
  const { session } = context;
  const load = () => import('./group-operations.js');
  const { replace, ...operations } = openOperations(context, access) as { readonly replace?: unknown };
  return {
    ...operations,
    ...(access.provisioning &&
      lazilyWriting(session, ['addMembers'], async () => (await load()).groupProvisioning(context))),
    ...(access.deprovisioning &&
      lazilyWriting(session, ['removeMembers'], async () => (await load()).groupDeprovisioning(context))),
    ...(access.provisioning &&
      access.deprovisioning && {
        replace,
        ...lazilyWriting(session, ['setMembers'], async () => (await load()).groupReplacement(context)),
      }),
    withExtensions: (added: ExtensionShapes) => openGroups(extendResource(context, added), access),
  };
}

/** Groups (RFC 7643 §4.2), found again by `externalId`, then `displayName`. */
export const groupDefinition: ResourceDefinition = {
  endpoint: '/Groups',
  schema: groupResourceSchema,
  naturalKeys: ['externalId', 'displayName'],
};
