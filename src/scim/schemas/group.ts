import type { Resource } from './common.js';
import type { ResourceSchema } from './rules.js';
import { GROUP_URN } from './urns.js';

/** A group as a server sends it (RFC 7643 §4.2). Attributes the schema does not name are kept as `unknown`. */
export interface Group extends Resource {
  /** The name of the group. */
  displayName: string;
  /** The members. Servers omit it from large groups: missing is not empty. */
  members?: GroupMember[] | null | undefined;
}

/** One member of a group (RFC 7643 §4.2). A member is never changed: it is removed and added. */
export interface GroupMember {
  /** `id` of the user or group. */
  value?: string | null | undefined;
  /** URI of the user or group. */
  $ref?: string | null | undefined;
  /** Name of the member. The server fills it in. */
  display?: string | null | undefined;
  /** What the member is. */
  type?: 'User' | 'Group' | (string & {}) | null | undefined;
  [attribute: string]: unknown;
}

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
