import {
  type Answer,
  decodeSegment,
  type EmulatorRequest,
  type EmulatorRoute,
  type RouteMatch,
  type ScimRoute,
  type Service,
  scimRoutes,
  tokenRoute,
} from '../routes.js';
import { readBody, ScimRefusal, scimAnswer, scimErrorAnswer } from './answer.js';
import { type BulkOperation, runBulk } from './bulk.js';
import { discover } from './discovery.js';
import { listResources } from './list.js';
import { type ListQuery, listQueryOfBody, listQueryOfUrl } from './list-query.js';
import { tokenPath } from './oauth.js';
import { baseUrlOf, noEndpoint, ResourceEndpoint, type ScimParts } from './resource-endpoint.js';
import { groupKind, type ResourceKind, userKind } from './resource-table.js';

const both = [userKind, groupKind];

/** The SCIM endpoint of one directory. */
export class ScimService implements Service {
  readonly #parts: ScimParts;
  readonly #resources: ResourceEndpoint;

  constructor(parts: ScimParts) {
    this.#parts = parts;
    this.#resources = new ResourceEndpoint(parts);
  }

  match(request: EmulatorRequest): RouteMatch {
    const isTokenRequest = request.method === 'POST' && request.url.pathname === tokenPath;
    if (isTokenRequest && this.#parts.oauth !== undefined) return { route: tokenRoute, params: [] };
    const [whole, below] = /^\/scim\/[^/]+\/[^/]+(\/.*)?$/.exec(request.url.pathname) ?? [];
    return whole === undefined ? undefined : matchScimRoute(request.method, below ?? '/');
  }

  handle(request: EmulatorRequest, route: EmulatorRoute, params: readonly string[]): Answer {
    if (route === tokenRoute && this.#parts.oauth !== undefined) return this.#parts.oauth.answer(request);
    try {
      checkScimRequest(this.#parts, request);
      return this.#dispatch(request, route, params[0] ?? '');
    } catch (error) {
      if (error instanceof ScimRefusal) return scimErrorAnswer(this.#parts.behaviour, error);
      throw error;
    }
  }

  error(status: number, detail: string): Answer {
    return scimErrorAnswer(this.#parts.behaviour, new ScimRefusal(status, detail));
  }

  #dispatch(request: EmulatorRequest, route: EmulatorRoute, id: string): Answer {
    if (route.endsWith('/Me')) return this.#me(request);
    const isGroups = route.includes('/Groups');
    const kind = isGroups ? groupKind : userKind;
    switch (isGroups ? route.replace('/Groups', '/Users') : route) {
      case 'GET /':
        return this.#list(request, both);
      case 'GET /Users':
        return this.#list(request, [kind]);
      case 'GET /Users/{id}':
        return this.#resources.read(request, kind, id);
      case 'POST /Users':
        return this.#resources.create(request, kind);
      case 'PUT /Users/{id}':
        return this.#resources.replace(request, kind, id);
      case 'PATCH /Users/{id}':
        return this.#resources.patch(request, kind, id);
      case 'DELETE /Users/{id}':
        return this.#resources.delete(request, kind, id);
      case 'POST /.search':
        return this.#search(request, both);
      case 'POST /Users/.search':
        return this.#search(request, [kind]);
      case 'POST /Bulk':
        return this.#bulk(request);
      default:
        return discover(this.#parts, request, route, id);
    }
  }

  #list(request: EmulatorRequest, kinds: readonly ResourceKind[], query?: ListQuery): Answer {
    const { behaviour, cursors, stale } = this.#parts;
    const directory = stale.read();
    const renderer = this.#resources.renderer(request, directory);
    const asked = query ?? listQueryOfUrl(request.url.searchParams, behaviour);
    return scimAnswer(behaviour, 200, listResources({ directory, renderer, behaviour, cursors }, kinds, asked));
  }

  #search(request: EmulatorRequest, kinds: readonly ResourceKind[]): Answer {
    const { behaviour } = this.#parts;
    if (!behaviour.search) throw noEndpoint();
    return this.#list(request, kinds, listQueryOfBody(readBody(request, behaviour), behaviour));
  }

  #bulk(request: EmulatorRequest): Answer {
    const { behaviour } = this.#parts;
    if (!behaviour.bulk) throw noEndpoint();
    const run = (operation: BulkOperation) => this.#runOperation(request, operation);
    return scimAnswer(behaviour, 200, runBulk(readBody(request, behaviour), behaviour, run));
  }

  #runOperation(request: EmulatorRequest, operation: BulkOperation): Answer {
    const method = operation.method.toUpperCase();
    const match = matchScimRoute(method, operation.path);
    const isWrite = match !== undefined && method !== 'GET' && match.route !== 'POST /Bulk';
    if (!isWrite) return this.error(400, 'Unknown operation.');
    if (method === 'POST' && operation.bulkId === undefined) {
      return scimErrorAnswer(this.#parts.behaviour, new ScimRefusal(400, 'A POST requires a bulkId.', 'invalidSyntax'));
    }
    const headers = new Headers(request.headers);
    headers.set('content-type', 'application/scim+json');
    if (operation.version !== undefined) headers.set('if-match', operation.version);
    const url = new URL(`${baseUrlOf(this.#parts, request)}${operation.path}`);
    const body = operation.data === undefined ? '' : JSON.stringify(operation.data);
    const answer = this.handle({ ...request, method, url, headers, body }, match.route, match.params);
    return method === 'POST' ? answer : { ...answer, headers: { ...answer.headers, location: url.href } };
  }

  #me(request: EmulatorRequest): Answer {
    const { directory, me } = this.#parts;
    const row = me === undefined || request.method === 'POST' ? undefined : directory.users.find('name', me)[0];
    if (row === undefined) throw new ScimRefusal(501, '/Me is not supported.');
    const location = this.#resources.renderer(request).location(row);
    const answer = this.#dispatch(request, `${request.method} /Users/{id}` as EmulatorRoute, row.id);
    return { ...answer, headers: { ...answer.headers, location } };
  }
}

/** Refuses a request for its URL, its token or its size, whatever it asks for. */
function checkScimRequest({ basePath, behaviour, tokens, oauth }: ScimParts, request: EmulatorRequest): void {
  const { pathname } = request.url;
  if (pathname !== basePath && !pathname.startsWith(`${basePath}/`)) {
    const [, , version, tenant] = basePath.split('/');
    if (pathname.split('/')[3] !== tenant) throw new ScimRefusal(404, 'Unknown directory.');
    throw new ScimRefusal(400, `The protocol version must be ${version}.`, 'invalidVers');
  }
  const [, token] = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (token === undefined || !(oauth ?? tokens).has(token)) {
    throw new ScimRefusal(401, 'The bearer token is missing or invalid.');
  }
  if (behaviour.requiresUserAgent && !request.headers.has('user-agent')) {
    throw new ScimRefusal(403, 'A User-Agent header is required.');
  }
  if (isLonger(request.body, behaviour.maxBodyBytes)) {
    throw new ScimRefusal(413, `The body is larger than ${behaviour.maxBodyBytes} bytes.`);
  }
}

// A UTF-16 unit takes at most three bytes in UTF-8: most bodies need not be measured.
function isLonger(text: string, maxBytes: number): boolean {
  return text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes;
}

const knownRoutes: ReadonlySet<string> = new Set(scimRoutes);

const parameterNames: Readonly<Record<string, string>> = {
  Users: '{id}',
  Groups: '{id}',
  ResourceTypes: '{name}',
  Schemas: '{urn}',
};

/** Names the route of a path below the base URL; `undefined` when there is none. */
function matchScimRoute(method: string, path: string): RouteMatch {
  const [resource = '', id, ...more] = path.split('/').slice(1);
  if (more.length > 0) return undefined;
  if (id === undefined || id === '') return named(`${method} /${resource}`, []);
  if (id === '.search') return named(`${method} /${resource}/.search`, []);
  const parameter = parameterNames[resource];
  return parameter === undefined ? undefined : named(`${method} /${resource}/${parameter}`, [decodeSegment(id)]);
}

function named(route: string, params: readonly string[]): RouteMatch {
  return knownRoutes.has(route) ? { route: route as ScimRoute, params } : undefined;
}
