import { isFailure } from '../errors/is-sdk-error.js';
import { ResponseError } from '../errors/response-errors.js';
import { isRecord } from '../internal/json.js';
import { readLocation } from '../transport/headers.js';
import type { RequestOptions, TransportRequest } from '../transport/options.js';
import { readList } from './list.js';
import { readResource } from './read.js';
import { answerError, idIn, type ResourceContext, setOrigin } from './resource.js';
import { canonicalNames } from './schemas/canonical-names.js';
import type { Resource } from './schemas/common.js';
import type { ServiceProviderConfig } from './schemas/discovery.js';
import { findKey } from './schemas/names.js';
import type { Attributes } from './schemas/rules.js';
import { requestOptionsOf, type Server } from './server.js';

/** Reads a list of documents that describe the server, or the one there is. */
export async function readDocuments<T>(
  server: Server,
  route: string,
  attributes: Attributes,
  options: RequestOptions | undefined,
): Promise<readonly T[]> {
  const request: TransportRequest = { ...requestOptionsOf(options), method: 'GET', route };
  const response = await server.send(request);
  const rows = isOneDocument(response.body) ? [response.body] : readList(request, response).rows;
  return rows.map((row) => readDocument<T>(row, attributes));
}

export async function readMe(users: ResourceContext, options?: RequestOptions): Promise<Resource> {
  const request: TransportRequest = {
    ...requestOptionsOf(options),
    method: 'GET',
    route: '/Me',
    acceptStatuses: [307, 308],
  };
  const response = await users.server.send(request);
  const me = response.status < 300 ? users.readAnswer(request, response) : undefined;
  if (me !== undefined) return me;
  // Only the id is taken from where the server points to: the request stays on this server.
  const id = idIn(readLocation(response.headers));
  if (id !== undefined) return readResource(users, id, options);
  const issue = { path: [], message: 'expected a user, or where to find one' };
  throw answerError(request, response, 'was answered without a user.', issue);
}

/** Whether a body is one type or schema and not a list of them. A type need not have an id. */
function isOneDocument(body: unknown): boolean {
  if (!isRecord(body) || findKey(body, 'resources') !== undefined) return false;
  return findKey(body, 'id') !== undefined || findKey(body, 'endpoint') !== undefined;
}

export async function readServiceProviderConfig(
  server: Server,
  options?: RequestOptions,
): Promise<ServiceProviderConfig> {
  const ask = (route: string) => server.send({ ...requestOptionsOf(options), method: 'GET', route });
  // Older servers write the plural of SCIM 1.1.
  const { body } = await ask('/ServiceProviderConfig').catch((error: unknown) => {
    if (!(error instanceof ResponseError) || error.status !== 404) throw error;
    return ask('/ServiceProviderConfigs').catch((failure: unknown) => {
      throw isFailure(failure) ? error : failure;
    });
  });
  const config = readDocument<ServiceProviderConfig>(body, documentAttributes.serviceProviderConfig);
  server.knowledge.rememberConfig(config);
  return config;
}

function readDocument<T>(document: unknown, attributes: Attributes): T {
  const read = canonicalNames({ id: '', attributes })(isRecord(document) ? document : {});
  // What the server says, in the schema's spelling; its values are its own.
  return setOrigin(read, { raw: document, etag: undefined }) as T;
}

const flag = { type: 'boolean' } as const;
const feature = { subAttributes: { supported: flag } };
const texts = (...names: readonly string[]): Attributes => Object.fromEntries(names.map((name) => [name, {}]));
const attribute: Attributes = {
  ...texts('name', 'type', 'description', 'canonicalValues', 'mutability', 'returned', 'uniqueness', 'referenceTypes'),
  multiValued: flag,
  required: flag,
  caseExact: flag,
};

/** Spelling of the documents that describe a server (RFC 7643 §5, §6, §7; RFC 9865 §4). */
export const documentAttributes: Readonly<Record<'serviceProviderConfig' | 'resourceType' | 'schema', Attributes>> = {
  serviceProviderConfig: {
    documentationUri: {},
    patch: feature,
    bulk: { subAttributes: { supported: flag, ...texts('maxOperations', 'maxPayloadSize') } },
    filter: { subAttributes: { supported: flag, maxResults: {} } },
    changePassword: feature,
    sort: feature,
    etag: feature,
    authenticationSchemes: {
      subAttributes: { ...texts('type', 'name', 'description', 'specUri', 'documentationUri'), primary: flag },
    },
    pagination: {
      subAttributes: {
        cursor: flag,
        index: flag,
        ...texts('defaultPaginationMethod', 'defaultPageSize', 'maxPageSize', 'cursorTimeout'),
      },
    },
    securityEvents: { subAttributes: texts('asyncRequest', 'eventUris') },
  },
  resourceType: {
    ...texts('name', 'description', 'endpoint', 'schema'),
    schemaExtensions: { subAttributes: { schema: {}, required: flag } },
  },
  schema: {
    ...texts('name', 'description'),
    attributes: { subAttributes: { ...attribute, subAttributes: { subAttributes: attribute } } },
  },
};
