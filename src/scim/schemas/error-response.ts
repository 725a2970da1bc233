import * as z from 'zod/mini';
import { schemasSchema } from './common.js';

/** A refusal as a server sends it (RFC 7644 §3.12). */
export const errorResponseSchema = z.looseObject({
  /** `urn:ietf:params:scim:api:messages:2.0:Error`. */
  schemas: schemasSchema,
  /** The HTTP status. A string by the RFC; many servers send a number. */
  status: z.nullish(z.union([z.string(), z.number()])),
  /** A keyword for what went wrong, such as `uniqueness`. */
  scimType: z.nullish(z.string()),
  /** What went wrong, for people. Some servers send several. */
  detail: z.nullish(z.union([z.string(), z.array(z.unknown())])),
});
/** A refusal as a server sends it (RFC 7644 §3.12). */
export type ErrorResponse = z.infer<typeof errorResponseSchema>;
