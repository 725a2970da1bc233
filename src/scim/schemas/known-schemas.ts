import { commonAttributes } from './common-attributes.js';
import { findKey } from './find-key.js';
import { groupResourceSchema } from './group-resource-schema.js';
import { isSameUrn } from './is-same-urn.js';
import type { AttributeCharacteristics, Attributes, ResourceSchema, SchemaAttributes } from './resource-schema.js';
import { userResourceSchema } from './user-resource-schema.js';

/** The schemas that attributes of a resource are looked up in. */
export interface KnownSchemas {
  /** Schemas whose attributes stand in the resource itself. */
  readonly core: readonly SchemaAttributes[];
  /** Schemas whose attributes stand in an object under their URN. */
  readonly extensions: readonly SchemaAttributes[];
}

/** An attribute, with the spelling and the rules of its schema where it is in one. */
export interface NamedAttribute {
  readonly name: string;
  readonly rules: AttributeCharacteristics | undefined;
}

/** The schemas of a resource; without one given, those of users and groups. */
export function knownSchemas(schema?: ResourceSchema): KnownSchemas {
  return schema === undefined
    ? { core: [userResourceSchema, groupResourceSchema], extensions: userResourceSchema.extensions ?? [] }
    : { core: [schema], extensions: schema.extensions ?? [] };
}

/** The schema with this URN, whatever its case (RFC 7644 §3.10). */
export function findSchema(schemas: readonly SchemaAttributes[], urn: string): SchemaAttributes | undefined {
  return schemas.find(({ id }) => isSameUrn(id, urn));
}

/** What the core schemas say of an attribute, whatever the case of its name. */
export function findCoreAttribute(schemas: KnownSchemas, name: string): NamedAttribute | undefined {
  for (const schema of schemas.core) {
    const found = findAttribute(schema.attributes, name);
    if (found !== undefined) return found;
  }
  return findAttribute(commonAttributes, name);
}

/** What a set of attributes says of one of them, whatever the case of its name. */
export function findAttribute(attributes: Attributes | undefined, name: string): NamedAttribute | undefined {
  if (attributes === undefined) return undefined;
  const exact = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (exact !== undefined) return { name, rules: exact };
  const key = findKey(attributes, name.toLowerCase());
  const found = key === undefined ? undefined : attributes[key];
  return key === undefined || found === undefined ? undefined : { name: key, rules: found };
}
