import * as z from 'zod/mini';
import { schemasSchema } from './common.js';

/** One page of an answer to a query (RFC 7644 §3.4.2, RFC 9865 §2). */
export const listResponseSchema = z.looseObject({
  /** `urn:ietf:params:scim:api:messages:2.0:ListResponse`. */
  schemas: schemasSchema,
  /** How many resources match in all. May be missing with cursors. */
  totalResults: z.nullish(z.number()),
  /** 1-based index of the first resource of the page. */
  startIndex: z.nullish(z.number()),
  /** How many resources the page holds. Some servers send what was asked for. */
  itemsPerPage: z.nullish(z.number()),
  /** Names the next page; missing on the last one. */
  nextCursor: z.nullish(z.string()),
  /** Names the page before. */
  previousCursor: z.nullish(z.string()),
  /** The resources of the page. May be missing where nothing matches. */
  Resources: z.nullish(z.array(z.unknown())),
});
/** One page of an answer to a query (RFC 7644 §3.4.2, RFC 9865 §2). */
export type ListResponse = z.infer<typeof listResponseSchema>;
