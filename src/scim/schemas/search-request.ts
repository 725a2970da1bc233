import * as z from 'zod/mini';
import { schemasSchema } from './common.js';

/** The body of a query sent by POST to `/.search` (RFC 7644 §3.4.3, RFC 9865 §2). */
export const searchRequestSchema = z.looseObject({
  /** `urn:ietf:params:scim:api:messages:2.0:SearchRequest`. */
  schemas: schemasSchema,
  /** Attributes to send instead of the usual ones. */
  attributes: z.nullish(z.array(z.string())),
  /** Attributes to leave out. */
  excludedAttributes: z.nullish(z.array(z.string())),
  /** Which resources to send. */
  filter: z.nullish(z.string()),
  /** Attribute to sort by. */
  sortBy: z.nullish(z.string()),
  /** Direction of the sort. @default 'ascending' */
  sortOrder: z.nullish(z.custom<'ascending' | 'descending' | (string & {})>((value) => typeof value === 'string')),
  /** 1-based index of the first resource. */
  startIndex: z.nullish(z.number()),
  /** How many resources at most. */
  count: z.nullish(z.number()),
  /** Names the page, from `nextCursor` of the one before. */
  cursor: z.nullish(z.string()),
});
/** The body of a query sent by POST to `/.search` (RFC 7644 §3.4.3, RFC 9865 §2). */
export type SearchRequest = z.infer<typeof searchRequestSchema>;
