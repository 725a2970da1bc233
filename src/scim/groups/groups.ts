import type { Permission } from '../../errors/access-denied-error.js';
import type { WithPermission } from '../access/access.js';
import type { DeprovisioningOperations } from '../resource/deprovisioning-operations.js';
import type { ProvisioningOperations } from '../resource/provisioning-operations.js';
import type { ReadOperations } from '../resource/read-operations.js';
import type { Group } from '../schemas/group.js';
import type { GroupDeprovisioning, GroupProvisioning, GroupReplacement } from './group-operations.js';

/**
 * Groups, with the operations that the permissions allow. To replace a group takes both: whether it loses members by
 * that cannot be known.
 */
export type Groups<P extends Permission = never, T extends object = Group> = ReadOperations<T> &
  WithPermission<P, 'provisioning', Omit<ProvisioningOperations<T>, 'replace'> & GroupProvisioning> &
  WithPermission<P, 'deprovisioning', DeprovisioningOperations & GroupDeprovisioning> &
  WithPermission<P, 'provisioning' | 'deprovisioning', Pick<ProvisioningOperations<T>, 'replace'> & GroupReplacement>;
