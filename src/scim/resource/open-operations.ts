import type { Permission } from '../../errors/input-errors.js';
import { lazilyWriting } from '../lazily.js';
import { readOperations } from './read-operations.js';
import type { ResourceContext } from './resource-context.js';

/** What a client may do, at run time. */
export type GrantedAccess = Readonly<Record<Permission, boolean>>;

/** The operations on a type of resource that the access allows, and no others. */
export function openOperations(context: ResourceContext, access: GrantedAccess): object {
  const { session } = context;
  return {
    ...readOperations(context),
    ...(access.provisioning &&
      lazilyWriting(session, ['create', 'upsert', 'replace', 'patch'], async () =>
        (await import('./provisioning-operations.js')).provisioningOperations(context),
      )),
    ...(access.deprovisioning &&
      lazilyWriting(session, ['delete'], async () =>
        (await import('./deprovisioning-operations.js')).deprovisioningOperations(context),
      )),
  };
}
