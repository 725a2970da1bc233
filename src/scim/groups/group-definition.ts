import type { ResourceDefinition } from '../resource/resource-definition.js';
import { groupResourceSchema } from '../schemas/group-resource-schema.js';

/** Groups (RFC 7643 §4.2), found again by `externalId`, then `displayName`. */
export const groupDefinition: ResourceDefinition = {
  endpoint: '/Groups',
  schema: groupResourceSchema,
  naturalKeys: ['externalId', 'displayName'],
};
