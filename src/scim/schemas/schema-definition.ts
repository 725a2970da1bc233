import * as z from 'zod/mini';
import { metaSchema, schemasSchema } from './common.js';

const isString = (value: unknown): boolean => typeof value === 'string';

/** One sub-attribute of a schema document (RFC 7643 §7). */
export const subAttributeDefinitionSchema = z.looseObject({
  /** Name of the attribute. */
  name: z.string(),
  /** JSON type of the value. @default 'string' */
  type: z.nullish(
    z.custom<
      'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'binary' | 'reference' | 'complex' | (string & {})
    >(isString),
  ),
  /** Whether there can be several values. */
  multiValued: z.nullish(z.boolean()),
  /** What it is, for people. */
  description: z.nullish(z.string()),
  /** Whether it must have a value. @default false */
  required: z.nullish(z.boolean()),
  /** Values the server suggests or insists on. */
  canonicalValues: z.nullish(z.array(z.string())),
  /** Whether upper and lower case differ. @default false */
  caseExact: z.nullish(z.boolean()),
  /** Who may change it. @default 'readWrite' */
  mutability: z.nullish(z.custom<'readOnly' | 'readWrite' | 'immutable' | 'writeOnly' | (string & {})>(isString)),
  /** When the server sends it. @default 'default' */
  returned: z.nullish(z.custom<'always' | 'never' | 'default' | 'request' | (string & {})>(isString)),
  /** Where two resources may not have the same value. @default 'none' */
  uniqueness: z.nullish(z.custom<'none' | 'server' | 'global' | (string & {})>(isString)),
  /** What a reference points at: resource types, `external`, `uri`. */
  referenceTypes: z.nullish(z.array(z.string())),
});
/** One sub-attribute of a schema document (RFC 7643 §7). */
export type SubAttributeDefinition = z.infer<typeof subAttributeDefinitionSchema>;

/** One attribute of a schema document (RFC 7643 §7). */
export const attributeDefinitionSchema = z.looseObject({
  ...subAttributeDefinitionSchema.shape,
  /** The parts of a complex attribute. */
  subAttributes: z.nullish(z.array(subAttributeDefinitionSchema)),
});
/** One attribute of a schema document (RFC 7643 §7). */
export type AttributeDefinition = z.infer<typeof attributeDefinitionSchema>;

/** A schema document, from `/Schemas` (RFC 7643 §7). */
export const schemaDefinitionSchema = z.looseObject({
  /** `urn:ietf:params:scim:schemas:core:2.0:Schema`. */
  schemas: schemasSchema,
  /** URN of the schema. */
  id: z.string(),
  /** What the server knows about the document itself. */
  meta: z.nullish(metaSchema),
  /** Name for people. */
  name: z.nullish(z.string()),
  /** What it is, for people. */
  description: z.nullish(z.string()),
  /** The attributes. */
  attributes: z.nullish(z.array(attributeDefinitionSchema)),
});
/** A schema document, from `/Schemas` (RFC 7643 §7). */
export type SchemaDefinition = z.infer<typeof schemaDefinitionSchema>;
