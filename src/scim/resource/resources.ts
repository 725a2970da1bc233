import type { Permission } from '../../errors/input-errors.js';
import type { WithPermission } from '../access/access.js';
import type { DeprovisioningOperations } from './deprovisioning-operations.js';
import type { ProvisioningOperations } from './provisioning-operations.js';
import type { ReadOperations } from './read-operations.js';

/** Resources of a type of your own, with the operations that the permissions allow. */
export type Resources<P extends Permission, T extends object> = ReadOperations<T> &
  WithPermission<P, 'provisioning', ProvisioningOperations<T>> &
  WithPermission<P, 'deprovisioning', DeprovisioningOperations>;
