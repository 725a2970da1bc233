import * as z from 'zod/mini';
import { metaSchema, schemasSchema } from './common.js';
import type { ResourceSchema } from './rules.js';
import { GROUP_URN } from './urns.js';

/** One member of a group (RFC 7643 §4.2). A member is never changed: it is removed and added. */
const groupMemberSchema = z.looseObject({
  /** `id` of the user or group. */
  value: z.nullish(z.string()),
  /** URI of the user or group. */
  $ref: z.nullish(z.string()),
  /** Name of the member. The server fills it in. */
  display: z.nullish(z.string()),
  /** What the member is. */
  type: z.nullish(z.custom<'User' | 'Group' | (string & {})>((value) => typeof value === 'string')),
});
/** One member of a group (RFC 7643 §4.2). A member is never changed: it is removed and added. */
export type GroupMember = z.infer<typeof groupMemberSchema>;

/** A group as a server sends it (RFC 7643 §4.2). Attributes the schema does not name are kept as `unknown`. */
export const groupSchema = z.looseObject({
  /** URNs of the schemas in use. Servers omit it, and some send one bare string. */
  schemas: schemasSchema,
  /** The server's own id: stable, never given out again, compared with case. */
  id: z.string(),
  /** The client's id for the group, compared with case. */
  externalId: z.nullish(z.string()),
  /** What the server knows about the resource itself. */
  meta: z.nullish(metaSchema),
  /** The name of the group. */
  displayName: z.string(),
  /** The members. Servers omit it from large groups: missing is not empty. */
  members: z.nullish(z.array(groupMemberSchema)),
});
/** A group as a server sends it (RFC 7643 §4.2). Attributes the schema does not name are kept as `unknown`. */
export type Group = z.infer<typeof groupSchema>;

/** Rules of the group (RFC 7643 §4.2, §8.7.1; `displayName` is required by the prose and erratum 5368). */
export const groupResourceSchema: ResourceSchema = {
  id: GROUP_URN,
  attributes: {
    displayName: { required: true },
    members: {
      type: 'complex',
      multiValued: true,
      subAttributes: {
        value: { caseExact: true, mutability: 'immutable' },
        $ref: { type: 'reference', caseExact: true, mutability: 'immutable', referenceTypes: ['User', 'Group'] },
        display: { mutability: 'immutable' },
        type: { mutability: 'immutable', canonicalValues: ['User', 'Group'] },
      },
    },
  },
};
