import * as z from 'zod/mini';

/** The body of a query sent by POST to `/.search` (RFC 7644 §3.4.3, RFC 9865 §2). */
export const searchRequestSchema = z.looseObject({
  attributes: z.nullish(z.array(z.string())),
  excludedAttributes: z.nullish(z.array(z.string())),
  filter: z.nullish(z.string()),
  sortBy: z.nullish(z.string()),
  sortOrder: z.nullish(z.string()),
  startIndex: z.nullish(z.number()),
  count: z.nullish(z.number()),
  cursor: z.nullish(z.string()),
});

/** One operation of a bulk request (RFC 7644 §3.7). */
const bulkOperationSchema = z.looseObject({
  method: z.string(),
  path: z.string(),
  bulkId: z.optional(z.string()),
  version: z.optional(z.string()),
  data: z.optional(z.unknown()),
});
/** One operation of a bulk request (RFC 7644 §3.7). */
export type BulkOperation = z.infer<typeof bulkOperationSchema>;

/** The body of a bulk request (RFC 7644 §3.7). */
export const bulkRequestSchema = z.looseObject({
  failOnErrors: z.optional(z.number()),
  Operations: z.array(bulkOperationSchema),
});
