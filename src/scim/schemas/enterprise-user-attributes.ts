import type { SchemaAttributes } from './resource-schema.js';
import { ENTERPRISE_USER_URN } from './urns.js';

/** Rules of the enterprise extension (RFC 7643 §4.3). `manager.value` is an id, hence case-exact (erratum 8472). */
export const enterpriseUserAttributes: SchemaAttributes = {
  id: ENTERPRISE_USER_URN,
  attributes: {
    employeeNumber: {},
    costCenter: {},
    organization: {},
    division: {},
    department: {},
    manager: {
      type: 'complex',
      subAttributes: {
        value: { caseExact: true },
        $ref: { type: 'reference', caseExact: true, referenceTypes: ['User'] },
        displayName: { mutability: 'readOnly' },
      },
    },
  },
};
