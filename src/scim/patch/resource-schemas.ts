import { readAttribute } from '../path/read-attribute.js';
import { groupResourceSchema } from '../schemas/group-resource-schema.js';
import { type KnownSchemas, knownSchemas } from '../schemas/known-schemas.js';
import type { ResourceSchema } from '../schemas/resource-schema.js';
import { GROUP_URN, USER_URN } from '../schemas/urns.js';
import { userResourceSchema } from '../schemas/user-resource-schema.js';

/** The schemas of a resource: the one given, else the one it names itself, else those of users and groups together. */
export function resourceSchemas(resource: object, schema: ResourceSchema | undefined): KnownSchemas {
  return knownSchemas(schema ?? namedSchema(readAttribute(resource, 'schemas')));
}

function namedSchema(urns: unknown): ResourceSchema | undefined {
  if (!Array.isArray(urns)) return undefined;
  if (urns.includes(USER_URN)) return userResourceSchema;
  return urns.includes(GROUP_URN) ? groupResourceSchema : undefined;
}
