import { isRecord } from '../../internal/is-record.js';
import type { TransportRequest } from '../../transport/transport.js';
import { type AccessDemand, bothFor, deprovisioningFor, provisioningFor } from './access-demand.js';
import { mayChangeMethod } from './guard-access.js';
import { isMadeOf } from './made-put.js';
import { attributeDemands, attributeName, isSingular, rootName, valueDemands } from './value-demands.js';

/** What permissions a request needs. Whatever is not understood needs both. */
export function requestDemands(request: TransportRequest): readonly AccessDemand[] {
  if (mayChangeMethod(request.headers)) {
    return bothFor('carries a header that may change its method');
  }
  const { method, route, body, madeFrom } = request;
  if (method === 'PUT' && madeFrom !== undefined && isMadeOf(body, madeFrom)) {
    return patchDemands({ operations: madeFrom.operations });
  }
  return methodDemands(method, route, body);
}

function methodDemands(method: string, route: string, body: unknown): readonly AccessDemand[] {
  const segments = route.toLowerCase().split('/');
  switch (method.toUpperCase()) {
    case 'GET':
      return [];
    case 'POST':
      if (segments.at(-1) === '.search') return [];
      return segments.includes('bulk') ? bulkDemands(body) : writeDemands(body, 'create');
    case 'PUT':
      return segments.includes('groups') ? replaceGroupDemands : writeDemands(body, 'put');
    case 'PATCH':
      return patchDemands(body);
    case 'DELETE':
      return deprovisioningFor('deletes');
    default:
      return bothFor('uses a method that cannot be judged');
  }
}

// Whether a PUT shrinks the group cannot be known without reading it, and not even then.
const replaceGroupDemands = bothFor('replaces a group, which may remove members');

function writeDemands(body: unknown, kind: 'create' | 'put'): readonly AccessDemand[] {
  if (!isRecord(body)) return bothFor('has a body that cannot be judged');
  return [
    ...provisioningFor(kind === 'put' ? 'replaces a resource' : 'creates a resource'),
    ...attributeDemands(body, kind),
  ];
}

/** The values under a key, in whatever case it is written, however often. */
function valuesOf(record: Readonly<Record<string, unknown>>, key: string): unknown[] {
  return Object.keys(record).flatMap((name) => (name.toLowerCase() === key ? [record[name]] : []));
}

function operationsOf(body: unknown): readonly Record<string, unknown>[] | undefined {
  const [operations, another] = isRecord(body) ? valuesOf(body, 'operations') : [];
  if (another !== undefined || !Array.isArray(operations)) return undefined;
  return operations.length > 0 && operations.every(isRecord) ? operations : undefined;
}

function patchDemands(body: unknown): readonly AccessDemand[] {
  const operations = operationsOf(body);
  if (operations === undefined) return bothFor('has a body that cannot be judged');
  return operations.flatMap(operationDemands);
}

function operationDemands(operation: Readonly<Record<string, unknown>>): readonly AccessDemand[] {
  const [op, otherOp] = valuesOf(operation, 'op');
  const [path, otherPath] = valuesOf(operation, 'path');
  const [value, otherValue] = valuesOf(operation, 'value');
  const verb = typeof op === 'string' ? op.toLowerCase() : undefined;
  const isTwofold = [otherOp, otherPath, otherValue].some((other) => other !== undefined);
  const isPath = path === undefined || typeof path === 'string';
  if (isTwofold || !isPath) return bothFor('holds an operation that cannot be judged');
  if (verb === 'remove') return removeDemands(path);
  if (verb !== 'add' && verb !== 'replace') return bothFor('holds an operation that cannot be judged');
  if (path === undefined && !isRecord(value)) return bothFor('holds an operation that cannot be judged');
  const demands =
    path === undefined
      ? attributeDemands(value as Readonly<Record<string, unknown>>, verb)
      : targetDemands(path, value, verb);
  const names = path === undefined ? Object.keys(value as object) : [path];
  const onlyDeactivates =
    demands.length > 0 &&
    names.every((name) => attributeName(name) === 'active') &&
    demands.every(({ permission }) => permission === 'deprovisioning');
  return onlyDeactivates ? demands : [...provisioningFor('changes attributes'), ...demands];
}

function targetDemands(path: string, value: unknown, verb: 'add' | 'replace'): readonly AccessDemand[] {
  const [list, rest] = splitValuePath(path);
  if (list === undefined) return valueDemands(path, value, verb);
  const name = attributeName(list);
  if (name === undefined || name === 'members' || name === 'active')
    return bothFor('writes to a path that cannot be judged');
  if (value === null || (Array.isArray(value) && value.length === 0)) return bothFor('removes values from a list');
  return rest === '' ? valueDemands('value', value, verb) : valueDemands(rest.slice(1), value, verb);
}

/** `emails[…].value` as `emails` and `.value`; undefined where there are no brackets, or they cannot be made out. */
function splitValuePath(path: string): [list: string | undefined, rest: string] {
  const [, list, rest = ''] = /^([^[\]"]+)\[.*\](\.[a-z][\w-]*)?$/is.exec(path) ?? [];
  return [list, rest];
}

function removeDemands(path: unknown): readonly AccessDemand[] {
  if (typeof path !== 'string') return bothFor('removes what cannot be judged');
  const name = attributeName(path);
  if (rootName(splitValuePath(path)[0] ?? path) === 'members') return deprovisioningFor('removes members');
  return name !== undefined && isSingular(name)
    ? provisioningFor('removes an attribute')
    : bothFor('may take values out of a list');
}

function bulkDemands(body: unknown): readonly AccessDemand[] {
  const operations = operationsOf(body);
  if (operations === undefined) return bothFor('has a body that cannot be judged');
  return operations.flatMap((operation) => {
    const [method, otherMethod] = valuesOf(operation, 'method');
    const [path, otherPath] = valuesOf(operation, 'path');
    const [data, otherData] = valuesOf(operation, 'data');
    const isTwofold = [otherMethod, otherPath, otherData].some((other) => other !== undefined);
    if (typeof method !== 'string' || typeof path !== 'string' || isTwofold || /[?#%]|\/\.|bulk$/i.test(path)) {
      return bothFor('holds an operation that cannot be judged');
    }
    return methodDemands(method, path, data);
  });
}
