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
const resourceSchema = z.looseObject({
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

/** One change to a resource as clients send it (RFC 7644 §3.5.2). */
const patchOperationSchema = z.looseObject({
  /** What to do. Lower case by the RFC; some clients capitalise it. */
  op: z.custom<'add' | 'remove' | 'replace' | (string & {})>((value) => typeof value === 'string'),
  /** What to change, such as `name.familyName` or `members[value eq "2819c223"]`. Required to remove. */
  path: z.optional(z.string()),
  /** The new value. Required to add and to replace. */
  value: z.optional(z.unknown()),
});
/** One change to a resource as clients send it: what they write for `op` is not always what the RFC says. */
export type ReceivedPatchOperation = z.infer<typeof patchOperationSchema>;

/** One change to a resource (RFC 7644 §3.5.2). */
export type PatchOperation = {
  /** What to do. */
  op: 'add' | 'remove' | 'replace';
  /** What to change, such as `name.familyName` or `members[value eq "2819c223"]`. Required to remove. */
  path?: string | undefined;
  /** The new value. Required to add and to replace. */
  value?: unknown;
};

/** The body of a PATCH request (RFC 7644 §3.5.2). */
export const patchRequestSchema = z.looseObject({
  /** `urn:ietf:params:scim:api:messages:2.0:PatchOp`. */
  schemas: schemasSchema,
  /** The changes, in order; all or none of them take place. */
  Operations: z.array(patchOperationSchema),
});
/** The body of a PATCH request (RFC 7644 §3.5.2). */
type PatchRequest = z.infer<typeof patchRequestSchema>;
