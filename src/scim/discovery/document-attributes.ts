import type { Attributes } from '../schemas/resource-schema.js';

const flag = { type: 'boolean' } as const;
const feature = { subAttributes: { supported: flag } };
const attribute: Attributes = {
  name: {},
  type: {},
  multiValued: flag,
  description: {},
  required: flag,
  canonicalValues: {},
  caseExact: flag,
  mutability: {},
  returned: {},
  uniqueness: {},
  referenceTypes: {},
};

/** Spelling of the documents that describe a server (RFC 7643 §5, §6, §7; RFC 9865 §4). */
export const documentAttributes: Readonly<Record<'serviceProviderConfig' | 'resourceType' | 'schema', Attributes>> = {
  serviceProviderConfig: {
    documentationUri: {},
    patch: feature,
    bulk: { subAttributes: { supported: flag, maxOperations: {}, maxPayloadSize: {} } },
    filter: { subAttributes: { supported: flag, maxResults: {} } },
    changePassword: feature,
    sort: feature,
    etag: feature,
    authenticationSchemes: {
      subAttributes: { type: {}, name: {}, description: {}, specUri: {}, documentationUri: {}, primary: flag },
    },
    pagination: {
      subAttributes: {
        cursor: flag,
        index: flag,
        defaultPaginationMethod: {},
        defaultPageSize: {},
        maxPageSize: {},
        cursorTimeout: {},
      },
    },
    securityEvents: { subAttributes: { asyncRequest: {}, eventUris: {} } },
  },
  resourceType: {
    name: {},
    description: {},
    endpoint: {},
    schema: {},
    schemaExtensions: { subAttributes: { schema: {}, required: flag } },
  },
  schema: {
    name: {},
    description: {},
    attributes: { subAttributes: { ...attribute, subAttributes: { subAttributes: attribute } } },
  },
};
