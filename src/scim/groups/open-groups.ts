import { lazilyWriting } from '../lazily.js';
import { type GrantedAccess, openOperations } from '../resource/open-operations.js';
import { extendResource, type ResourceContext } from '../resource/resource-context.js';
import type { ExtensionShapes } from '../resource/resource-definition.js';

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
