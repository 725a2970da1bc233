import { lazilyWriting } from '../lazily.js';
import { type GrantedAccess, openOperations } from '../resource/open-operations.js';
import { extendResource, type ResourceContext } from '../resource/resource-context.js';
import type { ExtensionShapes } from '../resource/resource-definition.js';

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
