import { isFailure } from '../errors/is-sdk-error.js';
import { ResponseError, ResponseValidationError } from '../errors/response-errors.js';
import { isRecord } from '../internal/json.js';
import type { RequestOptions, TransportRequest } from '../transport/options.js';
import type { FetchedPage } from './paging/page.js';
import { readList, readResource } from './read.js';
import { canonicalNames, type ResourceContext, setOrigin } from './resource.js';
import type { Resource } from './schemas/common.js';
import type { ResourceType, SchemaDefinition, ServiceProviderConfig } from './schemas/discovery.js';
import { findKey } from './schemas/names.js';
import type { Attributes } from './schemas/rules.js';
import type { User } from './schemas/user.js';
import { requestOptions, type Server, type ServerKnowledge, send } from './server.js';
import { idIn } from './write/create.js';

/** What a server says of itself (RFC 7644 §4). */
export interface DiscoveryOperations {
  /**
   * What the server says it can do. The client remembers it: no PATCH where there is none, cursors where they are the
   * default, the limits of bulk requests.
   *
   * @throws ScimError with code `not_found` where the server has no such document; ConnectionError,
   * ResponseValidationError; or the signal's own reason.
   * @see RFC 7643 §5
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
   * const { patch, filter } = await client.serviceProviderConfig();
   * console.log(patch?.supported, filter?.maxResults);
   * ```
   */
  serviceProviderConfig(options?: RequestOptions): Promise<ServiceProviderConfig>;
  /**
   * The types of resources the server has.
   *
   * @throws ScimError with code `not_found` where the server has no such document; ConnectionError,
   * ResponseValidationError; or the signal's own reason.
   * @see RFC 7643 §6
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: 'rfc' });
   * for (const { name, endpoint } of await client.resourceTypes()) console.log(name, endpoint);
   * ```
   */
  resourceTypes(options?: RequestOptions): Promise<readonly ResourceType[]>;
  /**
   * The schemas of the server. One that a resource type names may be missing.
   *
   * @throws ScimError with code `not_found` where the server has no such document; ConnectionError,
   * ResponseValidationError; or the signal's own reason.
   * @see RFC 7643 §7
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: 'rfc' });
   * for (const { id, attributes } of await client.schemas()) console.log(id, attributes?.length);
   * ```
   */
  schemas(options?: RequestOptions): Promise<readonly SchemaDefinition[]>;
  /**
   * The user the token belongs to. Rare: most tokens belong to no user.
   *
   * @throws ScimError with code `not_found` or `not_implemented` where the server has no `/Me`; ConnectionError,
   * ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.11
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: 'rfc' });
   * console.log((await client.me()).userName);
   * ```
   */
  me(options?: RequestOptions): Promise<User>;
}

/** @internal */
export function discoveryOperations(session: Server, users: ResourceContext): DiscoveryOperations {
  const ask = async (route: string, options: RequestOptions | undefined) => {
    const request: TransportRequest = { ...requestOptions(options), method: 'GET', route };
    return { request, response: await send(session, request) };
  };
  const list = async <T>(route: string, attributes: Attributes, options?: RequestOptions): Promise<readonly T[]> => {
    const { request, response } = await ask(route, options);
    const {
      rows,
    }: Pick<FetchedPage<unknown>, 'rows'> = isOneDocument(response.body)
      ? { rows: [response.body] }
      : readList(request, response);
    return rows.map((row) => readDocument<T>(row, attributes));
  };

  return {
    serviceProviderConfig: (options) => readServiceProviderConfig(session, options),
    resourceTypes: (options) => list('/ResourceTypes', documentAttributes.resourceType, options),
    schemas: (options) => list('/Schemas', documentAttributes.schema, options),
    me: async (options) => {
      const request: TransportRequest = {
        ...requestOptions(options),
        method: 'GET',
        route: '/Me',
        acceptStatuses: [307, 308],
      };
      const response = await send(session, request);
      const me = response.status < 300 ? users.readAnswer(request, response) : undefined;
      // Only the id is taken from where the server points to: the request stays on this server.
      const id = me === undefined ? idIn(response.headers.get('location')) : me.id;
      if (id === undefined) {
        throw new ResponseValidationError('GET /Me was answered without a user.', {
          method: request.method,
          route: request.route,
          status: response.status,
          issues: [{ path: [], message: 'expected a user, or where to find one' }],
        });
      }
      const resource: Resource = me ?? (await readResource(users, id, options));
      return resource as User;
    },
  };
}

/** Whether a body is one type or schema and no list of them: a type need not have an id. */
function isOneDocument(body: unknown): boolean {
  if (!isRecord(body) || findKey(body, 'resources') !== undefined) return false;
  return findKey(body, 'id') !== undefined || findKey(body, 'endpoint') !== undefined;
}

/** Asks what the server can do, and remembers it. */
export async function readServiceProviderConfig(
  session: Server,
  options: RequestOptions | undefined,
): Promise<ServiceProviderConfig> {
  const ask = (route: string) => send(session, { ...requestOptions(options), method: 'GET', route });
  // Older servers write the plural of SCIM 1.1.
  const { body } = await ask('/ServiceProviderConfig').catch((error: unknown) => {
    if (!(error instanceof ResponseError) || error.status !== 404) throw error;
    return ask('/ServiceProviderConfigs').catch((failure: unknown) => {
      throw isFailure(failure) ? error : failure;
    });
  });
  const config = readDocument<ServiceProviderConfig>(body, documentAttributes.serviceProviderConfig);
  learnFrom(config, session.learned);
  return config;
}

/** Takes note of what a server says it can do, field by field: one that is missing says nothing of the others. */
export function learnFrom({ patch, bulk, filter, pagination }: ServiceProviderConfig, learned: ServerKnowledge): void {
  if (patch?.supported === false) learned.patch = false;
  if (filter?.supported === false) learned.filter = false;
  const maxCount = Math.min(limit(filter?.maxResults), limit(pagination?.maxPageSize), learned.maxCount ?? Infinity);
  if (maxCount < Infinity) learned.maxCount = maxCount;
  if (bulk?.supported === false) learned.bulk = false;
  if (bulk?.supported === true) {
    learned.bulk ??= { maxOperations: limit(bulk.maxOperations), maxPayloadSize: limit(bulk.maxPayloadSize) };
  }
  if (pagination?.cursor === true) {
    learned.cursors = pagination.index === false || pagination.defaultPaginationMethod === 'cursor';
  }
}

function limit(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : Infinity;
}

/** Copies a document that describes the server into the spelling of the RFC. */
export function readDocument<T>(document: unknown, attributes: Attributes): T {
  const read = canonicalNames({ id: '', attributes })(isRecord(document) ? document : {});
  // What the server says, in the schema's spelling; its values are its own.
  return setOrigin(read, { raw: document, etag: undefined }) as T;
}

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
