import type { ResourceDefinition } from '../resource/resource-definition.js';
import { userResourceSchema } from '../schemas/user-resource-schema.js';

/** Users (RFC 7643 §4.1), found again by `userName`, then `externalId`. */
export const userDefinition: ResourceDefinition = {
  endpoint: '/Users',
  schema: userResourceSchema,
  naturalKeys: ['userName', 'externalId'],
};
