import * as z from 'zod/mini';
import { schemasSchema } from '../../scim/schemas/common.js';

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
type SearchRequest = z.infer<typeof searchRequestSchema>;

const isString = (value: unknown): boolean => typeof value === 'string';

/** One operation of a bulk request (RFC 7644 §3.7). */
const bulkOperationSchema = z.looseObject({
  /** HTTP method of the operation. */
  method: z.custom<'POST' | 'PUT' | 'PATCH' | 'DELETE' | (string & {})>(isString),
  /** Path below the base URL, such as `/Users` or `/Users/2819c223`. */
  path: z.string(),
  /** Name of a resource that does not exist yet; others refer to it as `bulkId:<name>`. Required for POST. */
  bulkId: z.optional(z.string()),
  /** Version the resource must have. */
  version: z.optional(z.string()),
  /** The body the operation would have as a request of its own. */
  data: z.optional(z.unknown()),
});
/** One operation of a bulk request (RFC 7644 §3.7). */
export type BulkOperation = z.infer<typeof bulkOperationSchema>;

/** The body of a bulk request (RFC 7644 §3.7). */
export const bulkRequestSchema = z.looseObject({
  /** `urn:ietf:params:scim:api:messages:2.0:BulkRequest`. */
  schemas: schemasSchema,
  /** The server stops after this many failures. Absent: it carries on. */
  failOnErrors: z.optional(z.number()),
  /** The operations. The server may reorder them. */
  Operations: z.array(bulkOperationSchema),
});
/** The body of a bulk request (RFC 7644 §3.7). */
type BulkRequest = z.infer<typeof bulkRequestSchema>;

/** What became of one operation (RFC 7644 §3.7.3). */
const bulkOperationResponseSchema = z.looseObject({
  /** HTTP method of the operation. */
  method: z.nullish(z.custom<'POST' | 'PUT' | 'PATCH' | 'DELETE' | (string & {})>(isString)),
  /** The name given in the request. */
  bulkId: z.nullish(z.string()),
  /** Where the resource is; missing where a POST failed. */
  location: z.nullish(z.string()),
  /** Version of the resource now. */
  version: z.nullish(z.string()),
  /** The HTTP status. A string by the RFC; an example of it has an object with `code`, and servers send numbers. */
  status: z.union([z.string(), z.number(), z.looseObject({ code: z.union([z.string(), z.number()]) })]),
  /** The body the answer would have had; always there for a failure. */
  response: z.optional(z.unknown()),
});
/** What became of one operation (RFC 7644 §3.7.3). */
type BulkOperationResponse = z.infer<typeof bulkOperationResponseSchema>;

/** The answer to a bulk request (RFC 7644 §3.7.3). Operations that were not reached are missing. */
export const bulkResponseSchema = z.looseObject({
  /** `urn:ietf:params:scim:api:messages:2.0:BulkResponse`. */
  schemas: schemasSchema,
  /** One entry for each operation that was reached. */
  Operations: z.nullish(z.array(bulkOperationResponseSchema)),
});
/** The answer to a bulk request (RFC 7644 §3.7.3). Operations that were not reached are missing. */
type BulkResponse = z.infer<typeof bulkResponseSchema>;
