import { decodeSegment } from '../../internal/decode-segment.js';
import { isEmpty, isRecord } from '../../internal/json.js';
import { findKey } from '../schemas/names.js';
import type { BulkWrite } from './writes.js';

/** What a server says of one write. */
export type Entry = Readonly<Record<string, unknown>>;

export function valueAt(entry: Entry, lowerName: string): unknown {
  const key = findKey(entry, lowerName);
  return key === undefined ? undefined : entry[key];
}

/** Which entry of an answer is about which write. */
export interface Matches {
  /** By the index of the write. */
  readonly found: ReadonlyMap<number, Entry>;
  /** Whether every entry is about one write, so that those without one were left out. */
  readonly isWhole: boolean;
}

/**
 * Finds the entry of each write. A server may answer in another order and leave some out (RFC 7644 §3.7), so entries are
 * known by their names: those of a creation by `bulkId`, of any other write by where the resource is. Only an answer with
 * as many entries as there are writes is read in order, and only where no entry says that it is about something else.
 */
export function matchEntries(writes: readonly BulkWrite[], entries: readonly unknown[]): Matches {
  const names = namesOf(writes);
  const inOrder = entries.filter((entry, at): entry is Entry => {
    const write = writes[at];
    return isRecord(entry) && write !== undefined && mayBeAbout(entry, write, names);
  });
  if (inOrder.length === entries.length && entries.length === writes.length) {
    return { found: new Map(inOrder.entries()), isWhole: true };
  }

  const claims = new Map<string, Claim>();
  let isWhole = true;
  for (const entry of entries) {
    const named = isRecord(entry) ? namedBy(entry, writes, names) : [];
    if (isRecord(entry) && named.length > 0) {
      const claim = claims.get(named.join()) ?? { writes: named, entries: [] };
      claim.entries.push(entry);
      claims.set(named.join(), claim);
    } else isWhole = false;
  }
  const found = new Map<number, Entry>();
  const claimsOf = new Map<number, number>();
  for (const { writes: named } of claims.values()) {
    for (const index of named) claimsOf.set(index, (claimsOf.get(index) ?? 0) + 1);
  }
  for (const claim of claims.values()) {
    const isDisputed = claim.writes.some((index) => (claimsOf.get(index) ?? 0) > 1);
    const once = claim.writes.length === 1 ? withoutCopies(claim.entries) : claim.entries;
    if (isDisputed || once.length !== claim.writes.length) isWhole = false;
    else for (const [at, index] of claim.writes.entries()) found.set(index, once[at] ?? {});
  }
  return { found, isWhole };
}

/** The writes that have one name, and all entries that bear it. */
interface Claim {
  readonly writes: readonly number[];
  readonly entries: Entry[];
}

const withoutCopies = (entries: readonly Entry[]): readonly Entry[] => [
  ...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values(),
];

/** Indices of the writes by what an entry may name them by. */
interface Names {
  readonly byBulkId: ReadonlyMap<string, number>;
  readonly byPlace: ReadonlyMap<string, readonly number[]>;
}

function namesOf(writes: readonly BulkWrite[]): Names {
  const byBulkId = new Map<string, number>();
  const byPlace = new Map<string, number[]>();
  for (const [index, write] of writes.entries()) {
    if (write.method === 'POST') byBulkId.set(write.bulkId ?? '', index);
    else {
      const { route, id } = splitPath(write.path);
      const place = `${route}/${id}`;
      const others = byPlace.get(place);
      if (others === undefined) byPlace.set(place, [index]);
      else others.push(index);
    }
  }
  return { byBulkId, byPlace };
}

/** Indices of the writes that an entry names: one, or all those of one method to one resource. */
function namedBy(entry: Entry, writes: readonly BulkWrite[], { byBulkId, byPlace }: Names): readonly number[] {
  const bulkId = bulkIdOf(entry);
  const created = bulkId === undefined ? undefined : byBulkId.get(bulkId);
  if (created !== undefined) return hasMethod(entry, 'POST') ? [created] : [];
  return placesOf(entry)
    .flatMap((place) => byPlace.get(place) ?? [])
    .filter((index) => hasMethod(entry, writes[index]?.method));
}

/** Whether nothing in an entry says that it is about another write. */
function mayBeAbout(entry: Entry, write: BulkWrite, names: Names): boolean {
  if (!hasMethod(entry, write.method)) return false;
  const bulkId = bulkIdOf(entry);
  if (write.method !== 'POST') {
    const { route, id } = splitPath(write.path);
    const places = placesOf(entry);
    const isNamed = bulkId !== undefined && names.byBulkId.has(bulkId);
    return !isNamed && (places.length === 0 || places.includes(`${route}/${id}`));
  }
  if (bulkId !== undefined) return bulkId === write.bulkId;
  const location = valueAt(entry, 'location');
  const isElsewhere = typeof location === 'string' && location !== '' && idUnder(location, write.path) === undefined;
  return !isElsewhere && !isOfAnother(valueAt(entry, 'response'), write.data);
}

/** Whether a resource shows another value of what resources are told apart by. */
function isOfAnother(response: unknown, data: object): boolean {
  if (!isRecord(response)) return false;
  const given = data as Entry;
  return ['username', 'externalid', 'displayname'].some((name) => {
    const [shown, sent] = [valueAt(response, name), valueAt(given, name)];
    const isGiven = !isEmpty(shown) && !isEmpty(sent);
    return isGiven && String(shown).toLowerCase() !== String(sent).toLowerCase();
  });
}

/** Whether an entry has this method, or none. */
function hasMethod(entry: Entry, method: string | undefined): boolean {
  const said = valueAt(entry, 'method');
  return isEmpty(said) || String(said).toUpperCase() === method;
}

function bulkIdOf(entry: Entry): string | undefined {
  const bulkId = valueAt(entry, 'bulkid');
  return isEmpty(bulkId) ? undefined : String(bulkId);
}

/** The ends of the address of a resource, each of which may be the path of a write. */
function placesOf(entry: Entry): readonly string[] {
  const location = valueAt(entry, 'location');
  const where = typeof location === 'string' && location !== '' ? location : valueAt(entry, 'path');
  if (typeof where !== 'string' || where === '') return [];
  const { route, id } = splitPath(where);
  return [...route.matchAll(/\//g)].map(({ index }) => `${route.slice(index)}/${id}`);
}

/** What leads to a resource, in lower case, as servers spell it in any; and its id, decoded, where it can be. */
function splitPath(path: string): { readonly route: string; readonly id: string | undefined } {
  const plain = `/${path}`.replace(/[?#].*$/s, '').replace(/\/$/, '');
  const at = plain.lastIndexOf('/');
  return { route: plain.slice(0, at).replace(/^\/+/, '/').toLowerCase(), id: decodeSegment(plain.slice(at + 1)) };
}

/**
 * The id in the address of a resource, which must lie right below the endpoint; `undefined` where there is none, as in the
 * addresses of servers that had none to fill in.
 */
export function idUnder(location: string, endpoint: string): string | undefined {
  const { route, id } = splitPath(location);
  return route.endsWith(endpoint.toLowerCase()) ? readId(id) : undefined;
}

/** An id as servers send it. A number beyond 2^53 may be that of somebody else by now. */
export function readId(id: unknown): string | undefined {
  if (typeof id === 'number') return Number.isSafeInteger(id) ? String(id) : undefined;
  return typeof id === 'string' && !['', '.', '..', 'undefined', 'null'].includes(id) ? id : undefined;
}

/** The id that a write names; `undefined` for one that creates. */
export const idOfWrite = ({ method, path }: BulkWrite): string | undefined =>
  method === 'POST' ? undefined : splitPath(path).id;

/** Where resources like that of a write are, such as `/Users`. */
export const endpointOf = ({ method, path }: BulkWrite): string =>
  method === 'POST' ? path : path.slice(0, path.lastIndexOf('/'));
