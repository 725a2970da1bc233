import { isRecord } from '../../internal/is-record.js';
import type { TransportRequest } from '../../transport/transport.js';
import { type AccessDemand, bothFor, deprovisioningFor, provisioningFor } from './access-demand.js';
import { isDisguised } from './guard-access.js';
import { isMadeOf, lossDemands } from './made-put.js';
import { patchDemands } from './patch-demands.js';
import { putDemands } from './put-demands.js';
import { onlyKeys, operationsIn } from './read-keys.js';
import { attributeDemands } from './value-demands.js';

/** What permissions a request needs. Whatever is not understood needs both. */
export function requestDemands(request: TransportRequest): readonly AccessDemand[] {
  const { method, route, params = {}, body, madeFrom } = request;
  if (isDisguised(request)) return bothFor('may be taken for another request');
  // Sent encoded; a server that decodes before it looks for the route is led to another one.
  if (method === 'PUT' && Object.values(params).some((value) => /[\\/%]/.test(value))) {
    return bothFor('has an id that cannot be judged');
  }
  if (method === 'PUT' && madeFrom !== undefined && isMadeOf(body, madeFrom)) {
    const segments = route.toLowerCase().split('/');
    return [...patchDemands(segments, { operations: madeFrom.operations }), ...lossDemands(body, madeFrom)];
  }
  return methodDemands(
    method,
    route.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? ''),
    body,
  );
}

// Some servers have an address for one attribute below that of the resource; its value is then the whole body.
const partsOfResources: ReadonlySet<string> = new Set(['active', 'members', 'roles', 'entitlements']);

function methodDemands(method: string, path: string, body: unknown): readonly AccessDemand[] {
  const segments = path.toLowerCase().split('/');
  const verb = method.toUpperCase();
  if (verb === 'GET' || (verb === 'POST' && segments.at(-1) === '.search')) return [];
  if (verb !== 'DELETE' && segments.slice(3).some((segment) => partsOfResources.has(segment))) {
    return bothFor('writes to a part of a resource');
  }
  switch (verb) {
    case 'POST':
      return segments.includes('bulk') ? bulkDemands(body) : createDemands(body);
    case 'PUT':
      return putDemands(segments, body);
    case 'PATCH':
      return patchDemands(segments, body);
    case 'DELETE':
      return deprovisioningFor('deletes');
    default:
      return bothFor('uses a method that cannot be judged');
  }
}

function createDemands(body: unknown): readonly AccessDemand[] {
  if (!isRecord(body)) return bothFor('has a body that cannot be judged');
  return [...provisioningFor('creates a resource'), ...attributeDemands(body, 'create')];
}

function bulkDemands(body: unknown): readonly AccessDemand[] {
  const operations = operationsIn(onlyKeys(body, 'schemas', 'failonerrors', 'operations'));
  if (operations === undefined) return bothFor('has a body that cannot be judged');
  return operations.flatMap(bulkOperationDemands);
}

// Nothing that a URL parser, a router or a file system reads as the end of a name, as an escape, or as a way out; no
// `/.search` and no bulk request inside another.
const plainPath = /^(?!.*\/bulk(?:\/|$))(?:\/(?!\.)[\w.~:@+,=!$&'()*-]+)+$/i;
const encodedId = /\/(?=[^/]*%)((?:[\w.~:@+,=!$&'()*-]|%[\da-f]{2})+)$/i;

/**
 * The path of a write in a bulk request as a server reads it, with its id decoded; `undefined` where a server may read
 * it as another one, also one that decodes it before it looks for the route, or twice.
 */
export function judgeablePath(path: string): string | undefined {
  const [end, segment] = encodedId.exec(path) ?? [];
  if (end === undefined || segment === undefined) return plainPath.test(path) ? path : undefined;
  const route = path.slice(0, -end.length);
  const id = decoded(segment);
  const isPlain = id !== undefined && plainPath.test(route) && !/^\.|[\p{Cc}\\/%?#;]/u.test(id);
  return isPlain && !/^bulk$/i.test(id) ? `${route}/${id}` : undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function bulkOperationDemands(operation: Readonly<Record<string, unknown>>): readonly AccessDemand[] {
  const known = onlyKeys(operation, 'method', 'path', 'bulkid', 'version', 'data');
  const method = known?.get('method');
  const given = known?.get('path');
  const path = typeof given === 'string' ? judgeablePath(given) : undefined;
  const data = known?.get('data');
  if (typeof method !== 'string' || path === undefined) {
    return bothFor('holds an operation that cannot be judged');
  }
  if (method.toUpperCase() === 'DELETE' && data !== undefined) return bothFor('deletes with a body');
  return isDisguised({ body: data }) ? bothFor('may be taken for another request') : methodDemands(method, path, data);
}
