import { groupResourceSchema } from '../../scim/schemas/group-resource-schema.js';
import type { ResourceSchema } from '../../scim/schemas/resource-schema.js';
import { userResourceSchema } from '../../scim/schemas/user-resource-schema.js';

/** One of the two types of resource. */
export type ResourceName = 'User' | 'Group';

/** What the service knows of a type of resource. */
export interface ResourceKind {
  readonly name: ResourceName;
  readonly endpoint: '/Users' | '/Groups';
  readonly description: string;
  readonly schema: ResourceSchema;
}

export const userKind: ResourceKind = {
  name: 'User',
  endpoint: '/Users',
  description: 'User Account',
  schema: userResourceSchema,
};

export const groupKind: ResourceKind = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group',
  schema: groupResourceSchema,
};
