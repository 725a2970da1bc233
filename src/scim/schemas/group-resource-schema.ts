import type { ResourceSchema } from './resource-schema.js';
import { GROUP_URN } from './urns.js';

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
