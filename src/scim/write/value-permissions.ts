import type { Permission } from '../../errors/input-errors.js';
import { isEmpty, isRecord } from '../../internal/json.js';
import type { DerivedFrom } from '../../transport/options.js';
import { isEqualJson, valueKey } from '../patch/values.js';

export interface RequiredPermission {
  readonly permission: Permission;
  /** What the request would do, such as `sets active to false`. */
  readonly because: string;
  /** The attribute that was probably meant, where a misspelt one is why. */
  readonly meant?: string | undefined;
}

export const needsProvisioning = (because: string): readonly RequiredPermission[] => [
  { permission: 'provisioning', because },
];

export const needsDeprovisioning = (because: string): readonly RequiredPermission[] => [
  { permission: 'deprovisioning', because },
];

/** For what may be either. */
export const needsBoth = (because: string): readonly RequiredPermission[] => [
  ...needsDeprovisioning(because),
  ...needsProvisioning(because),
];

/** What becomes of a value: added to what is there, put in its place, or part of a whole resource made or put. */
type WriteVerb = 'add' | 'replace' | 'create' | 'put';

const named = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((names) => names.split(' ')));

/** Lists about the person herself: to set one to other values takes no access from anyone. */
const contactLists = named('emails phonenumbers ims photos addresses x509certificates schemas');

/** Lists that say what the person may do. */
const accessLists = named('roles entitlements groups');

const singular = named(
  'externalid displayname nickname profileurl title usertype preferredlanguage locale timezone',
  'name formatted familyname givenname middlename honorificprefix honorificsuffix',
  'employeenumber costcenter organization division department manager',
  // Parts of the values of a list, which are still there without them.
  'display type primary streetaddress locality region postalcode country',
);

/** Attributes of users and groups that hold one value, and yet may not be removed. */
const required = named('username password active id meta');

/** Parts of a value that say nothing of what it is. */
const remarks = named('display primary');

/** The last name of an attribute path without brackets, in lower case: `active` for `urn:…:User:Active`. */
export function attributeName(path: string): string | undefined {
  return /^(?:urn:[^\s"'[\]]*:)?(?:[a-z][\w-]*\.)?([$@_a-z][\w-]*)$/i.exec(path)?.[1]?.toLowerCase();
}

/** The first name of such a path: `name` for `urn:…:User:name.familyName`. */
export function rootName(path: string): string {
  return (
    path
      .slice(path.lastIndexOf(':') + 1)
      .split('.')[0]
      ?.toLowerCase() ?? ''
  );
}

/** What it takes to write these attributes, wherever in them something hides: dotted, qualified or nested. */
export function permissionsForAttributes(
  attributes: Readonly<Record<string, unknown>>,
  verb: WriteVerb,
): RequiredPermission[] {
  return Object.entries(attributes).flatMap(([path, value]) => permissionsForValue(path, value, verb));
}

/** What it takes to write this value under this path, beyond the permission to write at all. */
export function permissionsForValue(path: string, value: unknown, verb: WriteVerb): readonly RequiredPermission[] {
  const name = attributeName(path);
  const isWhole = verb === 'create' || verb === 'put';
  if (name === undefined) {
    // A whole extension whose URN does not end in a name.
    return isRecord(value) && (isWhole || !isEmpty(value)) && /^urn:[^\s"'[\]]+$/i.test(path)
      ? permissionsForAttributes(value, verb)
      : needsBoth('writes to a path that cannot be classified');
  }
  if (name === 'active' || rootName(path) === 'active') return permissionsForActive(value);
  if (name === 'members' || rootName(path) === 'members') return permissionsForMembers(value, verb);
  if (rootName(path) === 'meta' && mayUnset(name, value)) return needsBoth('may unset what `meta.attributes` lists');
  if (!isWhole && !Array.isArray(value) && isBlank(value)) return isSingular(name) ? [] : needsBoth('may empty a list');
  if (!isWhole && rootName(path) !== name && changesListed(rootName(path), name))
    return needsBoth('may replace values of a list');
  if (!isWhole && name === 'value' && isContactList(rootName(path)) && !isText(value))
    return needsBoth('may empty a list');
  if (Array.isArray(value)) return permissionsForList(name, value, verb);
  // One value in the place of a list is a list of one.
  if (isContactList(name) || accessLists.has(name))
    return permissionsForList(name, isEmpty(value) ? [] : [value], verb);
  if (verb === 'replace' && !isText(value) && mayBeListIn(path, name, value))
    return needsBoth('may replace a list with one value');
  return isRecord(value) ? permissionsForAttributes(value, verb) : [];
}

/** A URN that ends in a version and a name, as those of extensions do (RFC 7643 §10.2.1): its object holds attributes. */
const extensionUrn = /^urn:[^\s"'[\]]*:\d+(?:\.\d+)*:[a-z][\w-]*$/i;

/** Whether the value may be put in the place of a list: it is none of an attribute that is known to hold one value. */
function mayBeListIn(path: string, name: string, value: unknown): boolean {
  if (isSingular(name) || required.has(name) || remarks.has(name)) return false;
  const isExtension = isRecord(value) && extensionUrn.test(path) && valuesOf(value, 'value').length === 0;
  return !isExtension;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** What a server may read as no value. */
const isBlank = (value: unknown): boolean => (typeof value === 'string' ? !isText(value) : isEmpty(value));

/** The parts of an address: of all contact data it alone has no `value`. */
const addressParts = ['formatted', 'streetaddress', 'locality', 'region', 'postalcode', 'country'];

/** Whether a value of such a list is one: a server may leave out what has nothing but a type. */
export function holdsContact(list: string, value: unknown): boolean {
  if (!isRecord(value)) return isText(value);
  const values = valuesOf(value, 'value');
  if (list === 'addresses' && values.length === 0) {
    return addressParts.some((part) => valuesOf(value, part).some(isText));
  }
  return values.length > 0 && values.every(isText);
}

/** SCIM 1.1 unsets the attributes that are listed there. */
const mayUnset = (name: string, value: unknown): boolean =>
  name === 'attributes' || (isRecord(value) && valuesOf(value, 'attributes').length > 0);

function permissionsForActive(value: unknown): readonly RequiredPermission[] {
  const state = typeof value === 'string' ? value.toLowerCase() : value;
  if (state === true || state === 'true') return [];
  return state === false || state === 'false'
    ? needsDeprovisioning('sets active to false')
    : needsBoth('sets active to a value other than true');
}

function permissionsForMembers(value: unknown, verb: WriteVerb): readonly RequiredPermission[] {
  if (verb === 'replace' || verb === 'put') return needsBoth('replaces members, which may remove some');
  return Array.isArray(value) ? permissionsForList('members', value, verb) : permissionsForElement(value, verb);
}

function permissionsForList(name: string, values: readonly unknown[], verb: WriteVerb): readonly RequiredPermission[] {
  if (values.length === 0) {
    const mayBeEmpty = verb === 'create' || (verb === 'put' && isContactList(name));
    return mayBeEmpty ? [] : needsBoth('empties a list');
  }
  if (verb === 'replace' && !isContactList(name)) return needsBoth('replaces a list, which may remove values');
  const isNone = (value: unknown) => (isContactList(name) ? !holdsContact(name, value) : isNothing(value));
  if ((verb === 'replace' || (verb === 'put' && !isContactList(name))) && values.some(isNone))
    return needsBoth('may empty a list');
  return values.flatMap((value) => permissionsForElement(value, verb));
}

function permissionsForElement(value: unknown, verb: WriteVerb): readonly RequiredPermission[] {
  if (!isRecord(value)) return value === null ? needsBoth('writes null into a list') : [];
  // SCIM 1.1 removes a value of a list by writing it with this mark.
  const removes = Object.entries(value).some(([key, mark]) => key.toLowerCase() === 'operation' && mark !== undefined);
  return removes ? needsBoth('removes a value from a list') : permissionsForAttributes(value, verb);
}

/** A value of a list in which there is nothing. */
function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isNothing);
  if (!isRecord(value)) return typeof value !== 'number' && !isText(value);
  return Object.entries(value).every(([name, part]) => name.toLowerCase() === 'type' || isNothing(part));
}

export const isContactList = (name: string): boolean => contactLists.has(name);

/** Whether the attribute is known to hold one value, so that to unset it takes nothing out of a list. */
export const isSingular = (name: string): boolean => singular.has(name);

/** Whether to write a part of the values of a list, such as `value` of `roles`, may make other values of them. */
export function changesListed(list: string, part: string): boolean {
  if (remarks.has(part) || isContactList(list) || isSingular(list)) return false;
  return accessLists.has(list) || part === 'value';
}

/** Whether a path is the URN of the core schema of users or groups: what stands under it are the attributes themselves. */
export const isCoreUrn = (path: unknown): boolean => typeof path === 'string' && coreUrn.exec(path)?.[0] === path;

const coreUrn = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group)(?::|$)/i;

/**
 * What writing to an attribute of a user or a group may do, one that RFC 7643 does not have: it may be a list. In an
 * extension nobody can tell.
 */
export function changeOfAList(path: string, verb: 'add' | 'replace'): string | undefined {
  const [, name = '', part] =
    /^([a-z][\w-]*)(?:\.([$@_a-z][\w-]*))?$/.exec(path.replace(coreUrn, '').toLowerCase()) ?? [];
  if (name === '' || isSingular(name) || isContactList(name) || required.has(name)) return undefined;
  if (part === undefined) return verb === 'replace' ? 'may replace a list' : undefined;
  return remarks.has(part) ? undefined : 'may replace values of a list';
}

/**
 * Whether the body of a PUT is what was read, but for the attributes that the operations name. Then it needs what the
 * operations need: putting back that a user is not active deactivates nobody.
 */
export function isDerivedFrom(body: unknown, { before, operations }: DerivedFrom): boolean {
  if (!isRecord(body)) return false;
  const named = operations.flatMap((operation) => namesOf(operation));
  const isNamed = (attribute: string) => named.some((name) => isUnder(name, attribute.toLowerCase()));
  return Object.keys({ ...before, ...body }).every((attribute) => {
    // What the server keeps for itself; and `schemas` follows the extensions in use.
    if (attribute === 'meta' || attribute === 'schemas' || isNamed(attribute)) return true;
    return isEqualJson(body[attribute] ?? null, before[attribute] ?? null);
  });
}

/** What it takes to put back lists that are shorter than they were, whatever the operations seemed to do. */
export function permissionsForRemovedValues(body: unknown, { before }: DerivedFrom): readonly RequiredPermission[] {
  return losesValues(before, body) ? needsDeprovisioning('removes values from a list') : [];
}

function losesValues(before: Readonly<Record<string, unknown>>, after: unknown): boolean {
  return Object.entries(before).some(([name, value]) => {
    const left = isRecord(after) ? after[name] : undefined;
    if (isRecord(value)) return name !== 'meta' && losesValues(value, left);
    if (!Array.isArray(value) || isContactList(rootName(name))) return false;
    const kept = new Set((Array.isArray(left) ? left : []).map((element) => valueKey(element)));
    return value.some((element) => !kept.has(valueKey(element)));
  });
}

/** The attributes an operation names: by its path, or without one by the keys of its value. */
function namesOf(operation: unknown): readonly string[] {
  const { path, value } = isRecord(operation) ? operation : {};
  const paths = typeof path === 'string' ? [path] : Object.keys(isRecord(value) ? value : {});
  return paths.map((name) => name.toLowerCase());
}

/** Whether a path leads to an attribute or into it: `emails[…].value` to `emails`, `urn:…:User:department` to `urn:…:User`. */
function isUnder(path: string, attribute: string): boolean {
  if (attribute.startsWith('urn:')) return path === attribute || path.startsWith(`${attribute}:`);
  return rootName(path.split('[')[0] ?? '') === attribute;
}

/** The values under a key, given in lower case, in whatever case it is written, however often. */
export function valuesOf(record: Readonly<Record<string, unknown>>, key: string): unknown[] {
  return Object.keys(record).flatMap((name) => (name.toLowerCase() === key ? [record[name]] : []));
}

/**
 * The values under these keys, given in lower case; `undefined` where there is any other key, or one of them twice: a
 * server may read what this library does not.
 */
export function onlyKeys(value: unknown, ...keys: readonly string[]): ReadonlyMap<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const found = new Map<string, unknown>();
  for (const [key, part] of Object.entries(value)) {
    const name = key.toLowerCase();
    if (!keys.includes(name) || found.has(name)) return undefined;
    found.set(name, part);
  }
  return found;
}

/** The operations of a message; `undefined` where they are none, or stand beside something else. */
export function operationsIn(
  message: ReadonlyMap<string, unknown> | undefined,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const operations = message?.get('operations');
  if (!Array.isArray(operations) || operations.length === 0 || !operations.every(isRecord)) return undefined;
  return operations;
}
