import { LIST_RESPONSE_URN, RESOURCE_TYPE_URN, SERVICE_PROVIDER_CONFIG_URN } from '../../scim/schemas/urns.js';
import type { ScimBehaviour } from './behaviour.js';
import { groupKind, userKind } from './resource-kind.js';

/** `/ServiceProviderConfig` (RFC 7643 §5, RFC 9865 §4): what this server can do, told honestly. */
export function serviceProviderConfig(behaviour: ScimBehaviour, baseUrl: string): object {
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
    ...(behaviour.cursors === 'off' ? {} : { pagination: paginationOf(behaviour) }),
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
export function resourceTypes(baseUrl: string): { readonly id: string }[] {
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
export function completeList(resources: readonly object[]): object {
  return {
    schemas: [LIST_RESPONSE_URN],
    totalResults: resources.length,
    itemsPerPage: resources.length,
    startIndex: 1,
    Resources: resources,
  };
}
