import { decodeSegment } from '../core/decode-segment.js';
import type { ScimRoute } from '../core/routes.js';
import type { RouteMatch } from '../core/service.js';

const routes: ReadonlySet<string> = new Set<ScimRoute>([
  'GET /',
  'GET /Users',
  'POST /Users',
  'GET /Users/{id}',
  'PUT /Users/{id}',
  'PATCH /Users/{id}',
  'DELETE /Users/{id}',
  'GET /Groups',
  'POST /Groups',
  'GET /Groups/{id}',
  'PUT /Groups/{id}',
  'PATCH /Groups/{id}',
  'DELETE /Groups/{id}',
  'POST /.search',
  'POST /Users/.search',
  'POST /Groups/.search',
  'POST /Bulk',
  'GET /ServiceProviderConfig',
  'GET /ServiceProviderConfigs',
  'GET /ResourceTypes',
  'GET /ResourceTypes/{name}',
  'GET /Schemas',
  'GET /Schemas/{urn}',
  'GET /Me',
  'POST /Me',
  'PUT /Me',
  'PATCH /Me',
  'DELETE /Me',
]);

const parameterNames: Readonly<Record<string, string>> = {
  Users: '{id}',
  Groups: '{id}',
  ResourceTypes: '{name}',
  Schemas: '{urn}',
};

/** Names the route of a path below the base URL; `undefined` when there is none. */
export function matchScimRoute(method: string, path: string): RouteMatch {
  const [resource = '', id, ...more] = path.split('/').slice(1);
  if (more.length > 0) return undefined;
  if (id === undefined || id === '') return named(`${method} /${resource}`, []);
  if (id === '.search') return named(`${method} /${resource}/.search`, []);
  const parameter = parameterNames[resource];
  return parameter === undefined ? undefined : named(`${method} /${resource}/${parameter}`, [decodeSegment(id)]);
}

function named(route: string, params: readonly string[]): RouteMatch {
  return routes.has(route) ? { route: route as ScimRoute, params } : undefined;
}
