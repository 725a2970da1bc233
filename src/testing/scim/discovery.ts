import type { AttributeDefinition } from '../../scim/schemas/discovery.js';
import type { Attributes, SchemaAttributes } from '../../scim/schemas/rules.js';
import {
  LIST_RESPONSE_URN,
  RESOURCE_TYPE_URN,
  SCHEMA_URN,
  SERVICE_PROVIDER_CONFIG_URN,
} from '../../scim/schemas/urns.js';
import type { Answer, EmulatorRequest, EmulatorRoute } from '../routes.js';
import { ScimRefusal, scimAnswer } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import { baseUrlOf, noEndpoint, type ScimParts } from './resource-endpoint.js';
import { groupKind, userKind } from './resource-table.js';

/** Answers what a server says of itself (RFC 7644 §4). */
export function discover(parts: ScimParts, request: EmulatorRequest, route: EmulatorRoute, id: string): Answer {
  const { behaviour } = parts;
  if (!behaviour.discovery) throw noEndpoint();
  if (request.url.searchParams.has('filter')) throw new ScimRefusal(403, 'This endpoint does not accept a filter.');
  const document = documentOf(parts, route, id, baseUrlOf(parts, request));
  if (document === undefined) throw new ScimRefusal(404, 'Unknown document.');
  return scimAnswer(behaviour, 200, document);
}

function documentOf(parts: ScimParts, route: EmulatorRoute, id: string, baseUrl: string): object | undefined {
  const named = (documents: readonly { readonly id: string }[]) => documents.find((document) => document.id === id);
  switch (route) {
    case 'GET /ServiceProviderConfig':
      return serviceProviderConfig(parts.behaviour, baseUrl);
    case 'GET /ResourceTypes':
      return completeList(resourceTypes(baseUrl));
    case 'GET /ResourceTypes/{name}':
      return named(resourceTypes(baseUrl));
    case 'GET /Schemas':
      return completeList(schemaDocuments(baseUrl));
    case 'GET /Schemas/{urn}':
      return named(schemaDocuments(baseUrl));
    default:
      throw noEndpoint();
  }
}

/** `/ServiceProviderConfig` (RFC 7643 §5, RFC 9865 §4): what this server can do, told honestly. */
function serviceProviderConfig(behaviour: ScimBehaviour, baseUrl: string): object {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_URN],
    patch: { supported: behaviour.patch },
    bulk: {
      supported: behaviour.bulk,
      maxOperations: behaviour.bulk ? behaviour.bulkMaxOperations : 0,
      maxPayloadSize: behaviour.bulk ? behaviour.maxBodyBytes : 0,
    },
    filter: { supported: true, maxResults: behaviour.maxPageSize },
    changePassword: { supported: false },
    sort: { supported: behaviour.sort },
    etag: { supported: behaviour.etag },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'A token in the Authorization header',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    ...(behaviour.cursors !== 'off' && { pagination: paginationOf(behaviour) }),
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

function paginationOf(behaviour: ScimBehaviour): object {
  const isAlways = behaviour.cursors === 'always';
  return {
    cursor: true,
    index: !isAlways,
    defaultPaginationMethod: isAlways ? 'cursor' : 'index',
    defaultPageSize: behaviour.defaultPageSize,
    maxPageSize: behaviour.maxPageSize,
    cursorTimeout: behaviour.cursorTimeout,
  };
}

/** `/ResourceTypes` (RFC 7643 §6). */
function resourceTypes(baseUrl: string): { readonly id: string }[] {
  return [userKind, groupKind].map(({ name, endpoint, description, schema }) => ({
    schemas: [RESOURCE_TYPE_URN],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: (schema.extensions ?? []).map(({ id }) => ({ schema: id, required: false })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
  }));
}

/** A list that never pages. */
function completeList(Resources: readonly object[]): object {
  const { length } = Resources;
  return { schemas: [LIST_RESPONSE_URN], totalResults: length, itemsPerPage: length, startIndex: 1, Resources };
}

/** The documents of `/Schemas` (RFC 7643 §7), made from the rules the server itself goes by. */
function schemaDocuments(baseUrl: string): { readonly id: string }[] {
  const schemas: readonly (readonly [string, SchemaAttributes])[] = [
    ['User', userKind.schema],
    ['Group', groupKind.schema],
    ...(userKind.schema.extensions ?? []).map((extension) => ['EnterpriseUser', extension] as const),
  ];
  return schemas.map(([name, { id, attributes }]) => ({
    schemas: [SCHEMA_URN],
    id,
    name,
    description: name,
    attributes: definitionsOf(attributes),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${encodeURIComponent(id)}` },
  }));
}

function definitionsOf(attributes: Attributes): AttributeDefinition[] {
  return Object.entries(attributes).map(([name, rules]) => ({
    name,
    type: rules.type ?? 'string',
    multiValued: rules.multiValued ?? false,
    description: name,
    required: rules.required ?? false,
    caseExact: rules.caseExact ?? false,
    mutability: rules.mutability ?? 'readWrite',
    returned: rules.returned ?? 'default',
    uniqueness: rules.uniqueness ?? 'none',
    ...(rules.canonicalValues && { canonicalValues: [...rules.canonicalValues] }),
    ...(rules.referenceTypes && { referenceTypes: [...rules.referenceTypes] }),
    ...(rules.subAttributes && { subAttributes: definitionsOf(rules.subAttributes) }),
  }));
}
