import * as z from 'zod/mini';
import { metaSchema, schemasSchema } from './common.js';

/** A kind of resource that a server has, from `/ResourceTypes` (RFC 7643 §6). */
export const resourceTypeSchema = z.looseObject({
  /** `urn:ietf:params:scim:schemas:core:2.0:ResourceType`. */
  schemas: schemasSchema,
  /** Usually the same as `name`. */
  id: z.nullish(z.string()),
  /** What the server knows about the document itself. */
  meta: z.nullish(metaSchema),
  /** Name of the type, as in `meta.resourceType`. */
  name: z.string(),
  /** What it is, for people. */
  description: z.nullish(z.string()),
  /** Path below the base URL, with or without the leading slash. */
  endpoint: z.string(),
  /** URN of the core schema. */
  schema: z.string(),
  /** URNs of the extensions. */
  schemaExtensions: z.nullish(
    z.array(
      z.looseObject({
        /** URN of the extension. */
        schema: z.string(),
        /** Whether every resource must have it. */
        required: z.nullish(z.boolean()),
      }),
    ),
  ),
});
/** A kind of resource that a server has, from `/ResourceTypes` (RFC 7643 §6). */
export type ResourceType = z.infer<typeof resourceTypeSchema>;
