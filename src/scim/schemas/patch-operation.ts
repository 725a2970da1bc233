import * as z from 'zod/mini';
import { schemasSchema } from './common.js';

/** One change to a resource as clients send it (RFC 7644 §3.5.2). */
export const patchOperationSchema = z.looseObject({
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
export type PatchRequest = z.infer<typeof patchRequestSchema>;
