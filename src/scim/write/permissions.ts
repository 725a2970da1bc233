import { nearestWord } from '../../errors/nearest-word.js';
import { decodeSegment } from '../../internal/decode-segment.js';
import { isEmpty, isRecord, isUnassigned, ownCopy } from '../../internal/json.js';
import { unicodePattern } from '../../internal/words.js';
import { requestNames, type TransportRequest } from '../../transport/options.js';
import { everySchema, findCoreAttribute } from '../schemas/known-schemas.js';
import { USER_URN } from '../schemas/urns.js';
import {
  attributeName,
  changeOfAList,
  changesListed,
  holdsContact,
  isContactList,
  isCoreUrn,
  isDerivedFrom,
  isSingular,
  needsBoth,
  needsDeprovisioning,
  needsProvisioning,
  onlyKeys,
  operationsIn,
  permissionsForAttributes,
  permissionsForRemovedValues,
  permissionsForValue,
  type RequiredPermission,
  rootName,
  valuesOf,
} from './value-permissions.js';

/** What permissions a request needs. Whatever is not understood needs both. */
export function permissionsRequiredBy(given: TransportRequest): readonly RequiredPermission[] {
  const request = ownCopy(given, requestNames);
  const { method, route, params = {}, body, derivedFrom } = request;
  if (isDisguised(request)) return needsBoth('could be mistaken for another request');
  // Sent encoded; a server that decodes before it looks for the route is led to another one.
  if (method === 'PUT' && Object.values(params).some((value) => /[\\/%]/.test(value))) {
    return needsBoth('has an id that cannot be classified');
  }
  if (method === 'PUT' && derivedFrom !== undefined && isDerivedFrom(body, derivedFrom)) {
    const segments = route.toLowerCase().split('/');
    return [
      ...permissionsForPatch(segments, { operations: derivedFrom.operations }),
      ...permissionsForRemovedValues(body, derivedFrom),
    ];
  }
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  return permissionsForMethod(method, path, body);
}

// `X-HTTP-Method-Override` and `X-Original-URL` in their many spellings.
const disguise = /method|(?:original|rewrite)[-_]?ur[il]/i;

/**
 * Whether a server may take the request for another one: by a header that names another method or path, or by `_method`,
 * which some frameworks read from query and body.
 */
function isDisguised(request: Pick<TransportRequest, 'headers' | 'query' | 'body'>): boolean {
  const { headers = {}, query = [], body } = request;
  const names = [...query.map(([name]) => name), ...(isRecord(body) ? Object.keys(body) : [])];
  return Object.keys(headers).some((name) => disguise.test(name)) || names.some((name) => /^_method$/i.test(name));
}

// Some servers have an address for one attribute below that of the resource; its value is then the whole body.
const partsOfResources: ReadonlySet<string> = new Set(['active', 'members', 'roles', 'entitlements']);

function permissionsForMethod(method: string, path: string, body: unknown): readonly RequiredPermission[] {
  const segments = path.toLowerCase().split('/');
  const verb = method.toUpperCase();
  if (verb === 'GET' || (verb === 'POST' && segments.at(-1) === '.search')) return [];
  if (verb !== 'DELETE' && segments.slice(3).some((segment) => partsOfResources.has(segment))) {
    return needsBoth('writes to a part of a resource');
  }
  switch (verb) {
    case 'POST':
      return segments.includes('bulk') ? permissionsForBulk(body) : permissionsForCreate(segments, body);
    case 'PUT':
      return permissionsForPut(segments, body);
    case 'PATCH':
      return permissionsForPatch(segments, body);
    case 'DELETE':
      return needsDeprovisioning('deletes');
    default:
      return needsBoth('uses a method that cannot be classified');
  }
}

/** Only what is sent to a list creates. Sent to a resource, it may be merged into it, or put in its place. */
function permissionsForCreate(segments: readonly string[], body: unknown): readonly RequiredPermission[] {
  const isList = segments.filter(Boolean).length === 1 && !/[\\%?#;]/.test(segments.join(''));
  if (!isList) return needsBoth('may write to a resource that is there');
  if (!isRecord(body)) return needsBoth('has a body that cannot be classified');
  return [...needsProvisioning('creates a resource'), ...permissionsForAttributes(body, 'create')];
}

function permissionsForBulk(body: unknown): readonly RequiredPermission[] {
  const operations = operationsIn(onlyKeys(body, 'schemas', 'failonerrors', 'operations'));
  if (operations === undefined) return needsBoth('has a body that cannot be classified');
  return operations.flatMap(permissionsForBulkOperation);
}

// Nothing that a URL parser, a router or a file system reads as the end of a name, as an escape, or as a way out; no
// `/.search` and no bulk request inside another.
const plainPath = /^(?!.*\/bulk(?:\/|$))(?:\/(?!\.)[\w.~:@+,=!$&'()*-]+)+$/i;
const encodedId = /\/(?=[^/]*%)((?:[\w.~:@+,=!$&'()*-]|%[\da-f]{2})+)$/i;

/**
 * The path of a write in a bulk request as a server reads it, with its id decoded; `undefined` where a server may read
 * another one, such as one that decodes it before it looks for the route, or twice.
 */
export function unambiguousPath(path: string): string | undefined {
  const [end, segment] = encodedId.exec(path) ?? [];
  if (end === undefined || segment === undefined) return plainPath.test(path) ? path : undefined;
  const route = path.slice(0, -end.length);
  const id = decodeSegment(segment);
  const isPlain = id !== undefined && plainPath.test(route) && !unicodePattern('^\\.|[\\p{Cc}\\\\/%?#;]', 'u').test(id);
  return isPlain && !/^bulk$/i.test(id) ? `${route}/${id}` : undefined;
}

function permissionsForBulkOperation(operation: Readonly<Record<string, unknown>>): readonly RequiredPermission[] {
  const known = onlyKeys(operation, 'method', 'path', 'bulkid', 'version', 'data');
  const method = known?.get('method');
  const given = known?.get('path');
  const path = typeof given === 'string' ? unambiguousPath(given) : undefined;
  const data = known?.get('data');
  if (typeof method !== 'string' || path === undefined) {
    return needsBoth('holds an operation that cannot be classified');
  }
  if (method.toUpperCase() === 'DELETE' && data !== undefined) return needsBoth('deletes with a body');
  return isDisguised({ body: data })
    ? needsBoth('could be mistaken for another request')
    : permissionsForMethod(method, path, data);
}

/**
 * A PUT unsets what it leaves out: of a group that may be members, whatever the body shows; of a user `active`, which a
 * server may then set to false. So the type of the resource must be known.
 */
function permissionsForPut(segments: readonly string[], body: unknown): readonly RequiredPermission[] {
  if (!isRecord(body)) return needsBoth('has a body that cannot be classified');
  const urns = valuesOf(body, 'schemas').flat().map(String);
  if (segments.includes('groups') || urns.some((urn) => /:group$/i.test(urn))) {
    return needsBoth('replaces a group, which may remove members');
  }
  const isUser =
    segments.some((segment) => segment === 'users' || segment === 'me') ||
    urns.some((urn) => urn.toLowerCase() === USER_URN.toLowerCase()) ||
    valuesOf(body, 'username').length > 0;
  if (!isUser && urns.length === 0) return needsBoth('replaces a resource of unknown type');
  return [
    ...needsProvisioning('replaces a resource'),
    ...(isUser && valuesOf(body, 'active').length === 0 ? needsDeprovisioning('leaves out active') : []),
    ...permissionsForAttributes(body, 'put'),
  ];
}

function permissionsForPatch(segments: readonly string[], body: unknown): readonly RequiredPermission[] {
  // Some servers merge what else is in the body, as SCIM 1.1 did.
  const operations = operationsIn(onlyKeys(body, 'schemas', 'operations'));
  if (operations === undefined) return needsBoth('has a body that cannot be classified');
  // The attributes of other resources are their own.
  const isKnown = segments.some((segment) => segment === 'users' || segment === 'groups' || segment === 'me');
  return operations.flatMap((operation) => permissionsForOperation(operation, isKnown));
}

function permissionsForOperation(
  operation: Readonly<Record<string, unknown>>,
  isKnown: boolean,
): readonly RequiredPermission[] {
  const known = onlyKeys(operation, 'op', 'path', 'value');
  const op = known?.get('op');
  const path = known?.get('path');
  const value = known?.get('value');
  const verb = typeof op === 'string' ? op.toLowerCase() : undefined;
  const isPath = path === undefined || typeof path === 'string';
  if (known === undefined || !isPath) return needsBoth('holds an operation that cannot be classified');
  if (verb === 'remove') return permissionsForRemoval(path, isKnown);
  if (verb !== 'add' && verb !== 'replace') return needsBoth('holds an operation that cannot be classified');
  const isWhole = path === undefined || isCoreUrn(path);
  if (isWhole && !isRecord(value)) return needsBoth('holds an operation that cannot be classified');
  const required =
    path === undefined
      ? permissionsForAttributes(value as Readonly<Record<string, unknown>>, verb)
      : permissionsForTarget(path, value, verb, isKnown);
  for (const name of isKnown ? (isWhole ? namesIn(value) : [path]) : []) {
    const because = changeOfAList(name, verb);
    if (because !== undefined) return needsBothFor(name, because);
  }
  const names = path === undefined ? Object.keys(value as object) : [path];
  const onlyDeactivates =
    required.length > 0 &&
    names.every((name) => attributeName(name) === 'active') &&
    required.every(({ permission }) => permission === 'deprovisioning');
  return onlyDeactivates ? required : [...needsProvisioning('changes attributes'), ...required];
}

/** The attributes that a value without a path names; those under the URN of the core schema are no other ones. */
function namesIn(value: unknown): readonly string[] {
  return Object.entries(value as object).flatMap(([name, part]) =>
    isCoreUrn(name) && isRecord(part) ? namesIn(part) : [name],
  );
}

/** Both; and for an attribute of a user or a group that RFC 7643 does not have, first its name: it may be misspelt. */
function needsBothFor(path: string, because: string): readonly RequiredPermission[] {
  const name = path.slice(path.lastIndexOf(':') + 1).split('.')[0] ?? '';
  if (findCoreAttribute(everySchema, name) !== undefined) return needsBoth(because);
  const known = everySchema.core.flatMap(({ attributes }) => Object.keys(attributes));
  // What does not read like a name may say who is meant.
  const shown = /^[a-z_]{1,40}$/i.test(name) ? `\`${name}\`` : 'an attribute';
  const meant = nearestWord(name, known);
  return needsBoth(`names ${shown}, which RFC 7643 does not have, and ${because}`).map((one) => ({ ...one, meant }));
}

function permissionsForTarget(
  path: string,
  value: unknown,
  verb: 'add' | 'replace',
  isKnown: boolean,
): readonly RequiredPermission[] {
  const [list, rest] = splitValuePath(path);
  if (list === undefined) return permissionsForValue(path, value, verb);
  const name = attributeName(list);
  if (name === undefined || name === 'members' || name === 'active')
    return needsBoth('writes to a path that cannot be classified');
  if (isUnassigned(value)) return needsBoth('removes values from a list');
  const part = rest === '' ? 'value' : rest.slice(1).toLowerCase();
  if (part === 'value' && isEmpty(value)) return needsBoth('removes values from a list');
  const isContact = isContactList(name) && isContactList(rootName(list));
  const replacesValue = part === 'value' && (verb === 'replace' || rest !== '' || !isRecord(value));
  if (isContact && replacesValue && !holdsContact(name, value)) return needsBoth('may empty a list');
  // Whatever name stands before brackets is a list, and may be one that says what the person may do.
  if (!isContact && changesListed('roles', part)) {
    return isKnown ? needsBothFor(list, 'may replace values of a list') : needsBoth('may replace values of a list');
  }
  return permissionsForValue(rest === '' ? name : part, value, verb);
}

/** `emails[…].value` as `emails` and `.value`; undefined where there are no brackets, or they cannot be made out. */
function splitValuePath(path: string): [list: string | undefined, rest: string] {
  const [, list, rest = ''] = /^([^[\]"]+)\[.*\](\.[a-z][\w-]*)?$/is.exec(path) ?? [];
  return [list, rest];
}

function permissionsForRemoval(path: unknown, isKnown: boolean): readonly RequiredPermission[] {
  if (typeof path !== 'string') return needsBoth('removes something that cannot be classified');
  const name = attributeName(path);
  const list = splitValuePath(path)[0] ?? path;
  if (rootName(list) === 'members') return needsDeprovisioning('removes members');
  if (name !== undefined && isSingular(name)) return needsProvisioning('removes an attribute');
  const because = 'may remove values from a list';
  return isKnown ? needsBothFor(list, because) : needsBoth(because);
}
