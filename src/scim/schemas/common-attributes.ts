import type { Attributes } from './resource-schema.js';

const readOnlyDate = { type: 'dateTime', mutability: 'readOnly' } as const;

/** Attributes of every resource (RFC 7643 §3.1). */
export const commonAttributes: Attributes = {
  // Unlike other references these have no case (RFC 7644 §3.10), which the type would give them.
  schemas: { multiValued: true, required: true, returned: 'always' },
  id: { caseExact: true, mutability: 'readOnly', returned: 'always', uniqueness: 'server' },
  externalId: { caseExact: true },
  meta: {
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: {
      resourceType: { caseExact: true, mutability: 'readOnly' },
      created: readOnlyDate,
      lastModified: readOnlyDate,
      location: { type: 'reference', caseExact: true, mutability: 'readOnly' },
      version: { caseExact: true, mutability: 'readOnly' },
    },
  },
};
