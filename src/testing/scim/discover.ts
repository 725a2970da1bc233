import type { Answer } from '../core/answer.js';
import type { EmulatorRequest } from '../core/emulator-request.js';
import type { EmulatorRoute } from '../core/routes.js';
import { completeList, resourceTypes, serviceProviderConfig } from './discovery-documents.js';
import { schemaDocuments } from './schema-documents.js';
import { scimAnswer } from './scim-answer.js';
import { baseUrlOf, noEndpoint, type ScimParts } from './scim-parts.js';
import { ScimRefusal } from './scim-refusal.js';

/** Answers what a server says of itself (RFC 7644 §4). */
export function discover(parts: ScimParts, request: EmulatorRequest, route: EmulatorRoute, id: string): Answer {
  const { behaviour } = parts;
  if (!behaviour.discovery) throw noEndpoint();
  if (request.url.searchParams.has('filter')) throw new ScimRefusal(403, undefined, 'This endpoint takes no filter.');
  const document = documentOf(parts, route, id, baseUrlOf(parts, request));
  if (document === undefined) throw new ScimRefusal(404, undefined, 'There is no such document.');
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
