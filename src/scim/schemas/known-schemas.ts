import { commonAttributes } from './common-attributes.js';
import { groupResourceSchema } from './group-resource-schema.js';
import type { AttributeCharacteristics, Attributes, ResourceSchema, SchemaAttributes } from './resource-schema.js';
import { userResourceSchema } from './user-resource-schema.js';

/** The schemas that attributes of a resource are looked up in. */
export interface KnownSchemas {
  /** Schemas whose attributes stand in the resource itself. */
  readonly core: readonly SchemaAttributes[];
  /** Schemas whose attributes stand in an object under their URN. */
  readonly extensions: readonly SchemaAttributes[];
}

/** An attribute with the spelling of its schema. */
export interface NamedAttribute {
  readonly name: string;
  readonly characteristics: AttributeCharacteristics;
}

/** The schemas of a resource; without one given, those of users and groups. */
export function knownSchemas(schema?: ResourceSchema): KnownSchemas {
  return schema === undefined
    ? { core: [userResourceSchema, groupResourceSchema], extensions: userResourceSchema.extensions ?? [] }
    : { core: [schema], extensions: schema.extensions ?? [] };
}

/** The schema with this URN, whatever its case (RFC 7644 §3.10). */
export function findSchema(schemas: readonly SchemaAttributes[], urn: string): SchemaAttributes | undefined {
  const lower = urn.toLowerCase();
  return schemas.find(({ id }) => id.toLowerCase() === lower);
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
  if (exact !== undefined) return { name, characteristics: exact };
  const lower = name.toLowerCase();
  for (const [key, characteristics] of Object.entries(attributes)) {
    if (key.toLowerCase() === lower) return { name: key, characteristics };
  }
  return undefined;
}
