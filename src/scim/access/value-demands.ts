import { isRecord } from '../../internal/is-record.js';
import { type AccessDemand, bothFor, deprovisioningFor } from './access-demand.js';
import { valuesOf } from './read-keys.js';

/** What becomes of a value: added to what is there, put in its place, or part of a whole resource made or put. */
export type WriteVerb = 'add' | 'replace' | 'create' | 'put';

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
export function attributeDemands(attributes: Readonly<Record<string, unknown>>, verb: WriteVerb): AccessDemand[] {
  return Object.entries(attributes).flatMap(([path, value]) => valueDemands(path, value, verb));
}

/** What it takes to write this value under this path, beyond the permission to write at all. */
export function valueDemands(path: string, value: unknown, verb: WriteVerb): readonly AccessDemand[] {
  const name = attributeName(path);
  const isWhole = verb === 'create' || verb === 'put';
  if (name === undefined) {
    // A whole extension whose URN does not end in a name.
    return isRecord(value) && (isWhole || !isEmpty(value)) && /^urn:[^\s"'[\]]+$/i.test(path)
      ? attributeDemands(value, verb)
      : bothFor('writes to a path that cannot be judged');
  }
  if (name === 'active' || rootName(path) === 'active') return activeDemands(value);
  if (name === 'members' || rootName(path) === 'members') return memberDemands(value, verb);
  if (rootName(path) === 'meta' && mayUnset(name, value)) return bothFor('may unset what `meta.attributes` lists');
  if (!isWhole && isEmpty(value)) return isSingular(name) ? [] : bothFor('may empty a list');
  if (!isWhole && rootName(path) !== name && changesListed(rootName(path), name))
    return bothFor('may put other values in the place of those in a list');
  if (Array.isArray(value)) return listDemands(name, value, verb);
  // One value in the place of a list is a list of one.
  if (isContactList(name) || accessLists.has(name)) return listDemands(name, isEmpty(value) ? [] : [value], verb);
  if (!isRecord(value)) return [];
  const isLikeListed = verb === 'replace' && !isSingular(name) && valuesOf(value, 'value').length > 0;
  return isLikeListed ? bothFor('may put one value in the place of a list') : attributeDemands(value, verb);
}

/** SCIM 1.1 unsets the attributes that are listed there. */
const mayUnset = (name: string, value: unknown): boolean =>
  name === 'attributes' || (isRecord(value) && valuesOf(value, 'attributes').length > 0);

/** Whether a server may take a value for none. */
export const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (isRecord(value) && Object.keys(value).length === 0);

function activeDemands(value: unknown): readonly AccessDemand[] {
  const state = typeof value === 'string' ? value.toLowerCase() : value;
  if (state === true || state === 'true') return [];
  return state === false || state === 'false'
    ? deprovisioningFor('sets active to false')
    : bothFor('sets active to something else than true');
}

function memberDemands(value: unknown, verb: WriteVerb): readonly AccessDemand[] {
  if (verb === 'replace' || verb === 'put') return bothFor('replaces members, which may remove some');
  return Array.isArray(value) ? listDemands('members', value, verb) : elementDemands(value, verb);
}

function listDemands(name: string, values: readonly unknown[], verb: WriteVerb): readonly AccessDemand[] {
  if (values.length === 0) {
    const mayBeEmpty = verb === 'create' || (verb === 'put' && isContactList(name));
    return mayBeEmpty ? [] : bothFor('gives a list empty');
  }
  if (verb === 'replace' && !isContactList(name)) return bothFor('replaces a list, which may remove values');
  return values.flatMap((value) => elementDemands(value, verb));
}

function elementDemands(value: unknown, verb: WriteVerb): readonly AccessDemand[] {
  if (!isRecord(value)) return value === null ? bothFor('writes null into a list') : [];
  // SCIM 1.1 removes a value of a list by writing it with this mark.
  const removes = Object.entries(value).some(([key, mark]) => key.toLowerCase() === 'operation' && mark !== undefined);
  return removes ? bothFor('removes a value from a list') : attributeDemands(value, verb);
}

export const isContactList = (name: string): boolean => contactLists.has(name);

/** Whether the attribute is known to hold one value, so that to unset it takes nothing out of a list. */
export const isSingular = (name: string): boolean => singular.has(name);

/** Whether to write a part of the values of a list, such as `value` of `roles`, may make other values of them. */
export function changesListed(list: string, part: string): boolean {
  if (remarks.has(part) || isContactList(list) || isSingular(list)) return false;
  return accessLists.has(list) || part === 'value';
}

/** Whether an attribute of a user or a group, none that RFC 7643 has, may be a list. In an extension nobody can tell. */
export function mayBeList(path: string): boolean {
  const core = path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i, '');
  const name = core.toLowerCase();
  return /^[a-z][\w-]*$/.test(name) && !isSingular(name) && !isContactList(name) && !required.has(name);
}
