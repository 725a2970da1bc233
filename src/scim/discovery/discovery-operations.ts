import { ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/is-record.js';
import type { RequestOptions, TransportRequest } from '../../transport/transport.js';
import type { FetchedPage } from '../paging/page-request.js';
import { readList } from '../reading/read-list.js';
import { idIn } from '../resource/create-resource.js';
import { readResource } from '../resource/get-resource.js';
import type { ResourceContext } from '../resource/resource-context.js';
import type { Resource } from '../schemas/common.js';
import { findKey } from '../schemas/find-key.js';
import type { Attributes } from '../schemas/resource-schema.js';
import type { ResourceType } from '../schemas/resource-type.js';
import type { SchemaDefinition } from '../schemas/schema-definition.js';
import type { ServiceProviderConfig } from '../schemas/service-provider-config.js';
import type { User } from '../schemas/user.js';
import { requestOptions, type Session, send } from '../session.js';
import { documentAttributes } from './document-attributes.js';
import { readDocument } from './read-document.js';
import { readServiceProviderConfig } from './read-service-provider-config.js';

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
export function discoveryOperations(session: Session, users: ResourceContext): DiscoveryOperations {
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
