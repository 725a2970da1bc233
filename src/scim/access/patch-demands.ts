import { isRecord } from '../../internal/is-record.js';
import { type AccessDemand, bothFor, deprovisioningFor, provisioningFor } from './access-demand.js';
import { onlyKeys, operationsIn } from './read-keys.js';
import {
  attributeDemands,
  attributeName,
  changesListed,
  isContactList,
  isEmpty,
  isSingular,
  mayBeList,
  rootName,
  valueDemands,
} from './value-demands.js';

/** What it takes to change a resource by PATCH. */
export function patchDemands(segments: readonly string[], body: unknown): readonly AccessDemand[] {
  // Some servers merge what else is in the body, as SCIM 1.1 did.
  const operations = operationsIn(onlyKeys(body, 'schemas', 'operations'));
  if (operations === undefined) return bothFor('has a body that cannot be judged');
  // The attributes of other resources are their own.
  const isKnown = segments.some((segment) => segment === 'users' || segment === 'groups' || segment === 'me');
  return operations.flatMap((operation) => operationDemands(operation, isKnown));
}

function operationDemands(operation: Readonly<Record<string, unknown>>, isKnown: boolean): readonly AccessDemand[] {
  const known = onlyKeys(operation, 'op', 'path', 'value');
  const op = known?.get('op');
  const path = known?.get('path');
  const value = known?.get('value');
  const verb = typeof op === 'string' ? op.toLowerCase() : undefined;
  const isPath = path === undefined || typeof path === 'string';
  if (known === undefined || !isPath) return bothFor('holds an operation that cannot be judged');
  if (verb === 'remove') return removeDemands(path);
  if (verb !== 'add' && verb !== 'replace') return bothFor('holds an operation that cannot be judged');
  if (path === undefined && !isRecord(value)) return bothFor('holds an operation that cannot be judged');
  const demands =
    path === undefined
      ? attributeDemands(value as Readonly<Record<string, unknown>>, verb)
      : targetDemands(path, value, verb);
  const names = path === undefined ? Object.keys(value as object) : [path];
  if (isKnown && verb === 'replace' && names.some(mayBeList)) return bothFor('may replace a list');
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
  const part = rest === '' ? 'value' : rest.slice(1).toLowerCase();
  if (part === 'value' && isEmpty(value)) return bothFor('removes values from a list');
  const isContact = isContactList(name) && isContactList(rootName(list));
  // Whatever name stands before brackets is a list, and may be one that says what the person may do.
  if (!isContact && changesListed('roles', part)) return bothFor('may put other values into a list');
  return valueDemands(rest === '' ? name : part, value, verb);
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
