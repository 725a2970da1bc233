import * as z from 'zod/mini';

/** URNs of the schemas in use. Servers omit it, and some send one bare string. */
export const schemasSchema = z.nullish(z.union([z.array(z.string()), z.string()]));

/** What the server knows about the resource itself (RFC 7643 §3.1). Ignored when sent. */
export const metaSchema = z.looseObject({
  /** Name of the resource type, such as `User`. */
  resourceType: z.nullish(z.string()),
  /** When the server added the resource, as xsd:dateTime. */
  created: z.nullish(z.string()),
  /** When the server last changed it, as xsd:dateTime. */
  lastModified: z.nullish(z.string()),
  /** Where the resource is. */
  location: z.nullish(z.string()),
  /** The same as the `ETag` header, with `W/` and quotes. */
  version: z.nullish(z.string()),
});
/** What the server knows about the resource itself (RFC 7643 §3.1). Ignored when sent. */
export type Meta = z.infer<typeof metaSchema>;

/** One value of a multi-valued attribute with the default sub-attributes (RFC 7643 §2.4): a role, an entitlement. */
export const multiValuedAttributeSchema = z.looseObject({
  /** The value itself. */
  value: z.nullish(z.string()),
  /** A name for people. */
  display: z.nullish(z.string()),
  /** What the value is for. */
  type: z.nullish(z.string()),
  /** Whether this is the preferred value; at most one is. */
  primary: z.nullish(z.boolean()),
  /** URI of the resource the value refers to. */
  $ref: z.nullish(z.string()),
});
/** One value of a multi-valued attribute with the default sub-attributes (RFC 7643 §2.4): a role, an entitlement. */
export type MultiValuedAttribute = z.infer<typeof multiValuedAttributeSchema>;

/** What every resource has, whatever its type (RFC 7643 §3.1). */
export const resourceSchema = z.looseObject({
  /** URNs of the schemas in use. Servers omit it, and some send one bare string. */
  schemas: schemasSchema,
  /** The server's own id: stable, never given out again, compared with case. */
  id: z.string(),
  /** The client's id for the resource, compared with case. */
  externalId: z.nullish(z.string()),
  /** What the server knows about the resource itself. */
  meta: z.nullish(metaSchema),
});
/** What every resource has, whatever its type (RFC 7643 §3.1). */
export type Resource = z.infer<typeof resourceSchema>;
