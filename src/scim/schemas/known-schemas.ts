import { groupResourceSchema } from './group.js';
import { findKey, isSameUrn } from './names.js';
import type { Attributes, ResourceSchema, Rules, SchemaAttributes } from './rules.js';
import { GROUP_URN, USER_URN } from './urns.js';
import { enterpriseUserAttributes, userResourceSchema } from './user.js';

const readOnlyDate = { type: 'dateTime', mutability: 'readOnly' } as const;

/** Attributes of every resource (RFC 7643 §3.1). */
export const commonAttributes: Attributes = {
  // Unlike other references these have no case (RFC 7644 §3.10), which the type would give them.
  schemas: { multiValued: true, required: true, returned: 'always' },
  id: { caseExact: true, mutability: 'readOnly', returned: 'always', uniqueness: 'server' },
  externalId: { caseExact: true },
  meta: {
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: {
      resourceType: { caseExact: true, mutability: 'readOnly' },
      created: readOnlyDate,
      lastModified: readOnlyDate,
      location: { type: 'reference', caseExact: true, mutability: 'readOnly' },
      version: { caseExact: true, mutability: 'readOnly' },
    },
  },
};

/** The schemas in which attributes of a resource are looked up. */
export interface KnownSchemas {
  /** Their attributes stand in the resource itself. */
  readonly core: readonly SchemaAttributes[];
  /** Their attributes stand in an object under their URN. */
  readonly extensions: readonly SchemaAttributes[];
}

/** An attribute, with the spelling and the rules of its schema where it is in one. */
export interface NamedAttribute {
  readonly name: string;
  readonly rules: Rules;
}

const users: KnownSchemas = { core: [userResourceSchema], extensions: [enterpriseUserAttributes] };
const groups: KnownSchemas = { core: [groupResourceSchema], extensions: [] };
export const everySchema: KnownSchemas = {
  core: [userResourceSchema, groupResourceSchema],
  extensions: [enterpriseUserAttributes],
};

/** Those that need not be given. */
export const builtInSchemas: readonly KnownSchemas[] = [users, groups, everySchema];

/** The schemas of a resource: the one given, else the one it names itself, else those of users and groups together. */
export function knownSchemas(schema: ResourceSchema | undefined, named?: unknown): KnownSchemas {
  if (schema !== undefined)
    return { core: [schema], extensions: (Object.hasOwn(schema, 'extensions') ? schema.extensions : undefined) ?? [] };
  if (!Array.isArray(named)) return everySchema;
  if (named.includes(USER_URN)) return users;
  return named.includes(GROUP_URN) ? groups : everySchema;
}

export function findSchema(schemas: readonly SchemaAttributes[], urn: string): SchemaAttributes | undefined {
  return schemas.find(({ id }) => isSameUrn(id, urn));
}

export function findCoreAttribute(schemas: KnownSchemas, name: string): NamedAttribute | undefined {
  for (const schema of schemas.core) {
    const found = findAttribute(schema.attributes, name);
    if (found !== undefined) return found;
  }
  return findAttribute(commonAttributes, name);
}

/** One of the attributes, whatever the case of its name. */
export function findAttribute(attributes: Attributes | undefined, name: string): NamedAttribute | undefined {
  if (attributes === undefined) return undefined;
  // A name cut out of a path is a new string, slow to look up; the key found is the object's own, quick from then on.
  for (const key in attributes) {
    const isFound = key.length === name.length && key === name && Object.hasOwn(attributes, key);
    if (isFound) return { name: key, rules: attributes[key] };
  }
  const key = findKey(attributes, name.toLowerCase());
  return key === undefined ? undefined : { name: key, rules: attributes[key] };
}

/** The schema whose URN a path is, or begins with. The longest URN wins. */
export function schemaOfPath(schemas: readonly SchemaAttributes[], path: string): SchemaAttributes | undefined {
  let found: SchemaAttributes | undefined;
  for (const schema of schemas) {
    const isLonger = found === undefined || schema.id.length > found.id.length;
    if (isLonger && isOfSchema(path, schema.id)) found = schema;
  }
  return found;
}

function isOfSchema(path: string, urn: string): boolean {
  const end = urn.length;
  if (path.length < end || (path.length > end && path.charCodeAt(end) !== 0x3a)) return false;
  // Three times as fast as `startsWith`.
  if (!isSameUrn(path.slice(0, end), urn)) return false;
  // One more colon outside of brackets, and the URN is a longer one.
  const colon = path.indexOf(':', end + 1);
  if (colon === -1) return true;
  const bracket = path.indexOf('[', end);
  return bracket !== -1 && bracket < colon;
}
