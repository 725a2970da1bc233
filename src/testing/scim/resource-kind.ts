import { groupResourceSchema } from '../../scim/schemas/group.js';
import type { ResourceSchema } from '../../scim/schemas/rules.js';
import { userResourceSchema } from '../../scim/schemas/user.js';

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
