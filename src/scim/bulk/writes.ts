import { checkWord } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { nearMissOf } from '../../errors/nearest-word.js';
import { decodeSegment } from '../../internal/decode-segment.js';
import { has, isRecord } from '../../internal/json.js';
import type { UsersAndGroups } from '../client.js';
import { checkResourceNames } from '../misspelt.js';
import type { Creation } from '../natural-keys.js';
import type { ResourceContext } from '../resource.js';
import type { ResourceInput } from '../resource-input.js';
import type { PatchOperation } from '../schemas/common.js';
import type { Group } from '../schemas/group.js';
import { readAttribute } from '../schemas/names.js';
import { PATCH_OP_URN } from '../schemas/urns.js';
import type { User } from '../schemas/user.js';
import type { Server } from '../server.js';
import { checkCanBeFound } from '../write/create.js';
import { unambiguousPath } from '../write/permissions.js';
import { addSchemaUrns } from '../write/send.js';
import { checkOperations, checkResource } from '../write/validate.js';

/** One write among several. An id that does not exist yet is written `bulkId:<name>`, wherever an id may stand. */
export type BulkWrite =
  | BulkCreation<'/Users', ResourceInput<User>>
  | BulkCreation<'/Groups', ResourceInput<Group>>
  | BulkCreation<'/Users' | '/Groups' | (string & {}), object>
  | BulkChange<'PUT', `/Users/${string}`, ResourceInput<User>>
  | BulkChange<'PUT', `/Groups/${string}`, ResourceInput<Group>>
  | BulkChange<'PATCH', `/Users/${string}`, BulkOperations<User>>
  | BulkChange<'PATCH', `/Groups/${string}`, BulkOperations<Group>>
  | BulkChange<'PUT' | 'PATCH', string & {}, object>
  | {
      readonly method: 'DELETE';
      /** What to delete, such as `/Users/2819c223`. */
      readonly path: string;
      /** Version the resource must have. */
      readonly version?: string | undefined;
    };

/** A write that creates. */
interface BulkCreation<Path extends string, Data> {
  readonly method: 'POST';
  /** Where to create, such as `/Users`. */
  readonly path: Path;
  /** Name by which the other operations refer to the resource. One is made up where it is missing. */
  readonly bulkId?: string | undefined;
  /** The resource, as `create` takes it. */
  readonly data: Data;
}

/** A write to what is there. */
interface BulkChange<Method extends 'PUT' | 'PATCH', Path extends string, Data> {
  readonly method: Method;
  /** What to change, such as `/Users/2819c223`, with the id encoded by `encodeURIComponent`. */
  readonly path: Path;
  /** Version the resource must have. */
  readonly version?: string | undefined;
  /** The body the request would have by itself: the resource, as `replace` takes it, or operations. */
  readonly data: Data;
}

/** The operations of a PATCH, as `patch` takes them. */
interface BulkOperations<T> {
  readonly Operations: readonly PatchOperation<T>[];
}

/** The writes as they will be sent. Whatever is wrong with any of them is thrown here, before anything is sent. */
export async function prepareWrites(
  contexts: UsersAndGroups,
  copies: readonly BulkWrite[],
): Promise<readonly BulkWrite[]> {
  const { server } = contexts[0];
  // Without the version that was meant it would be written whatever is there.
  for (const [index, write] of copies.entries()) {
    for (const key of Object.keys(write)) checkWord('a field of a write', key, writeFields, [index]);
    checkEndpoint(write, index, contexts);
    if (write.method !== 'PATCH') continue;
    for (const key of Object.keys(write.data ?? {})) {
      if (!patchParts.includes(key.toLowerCase()))
        checkWord('a part of a PATCH', key, ['Operations'], [index, 'data', key]);
    }
  }
  const writes = copies.map((write, index) => completed(write, index, contexts));
  // One write that is not allowed stops them all.
  if (writes.length > 0) guardWrites(server, writes);
  const names = writes.flatMap((write) => (write.method === 'POST' ? [write.bulkId] : []));
  if (new Set(names).size < names.length)
    throw new InputError('Two writes have the same `bulkId`.', { path: ['bulkId'] });
  for (const [index, write] of writes.entries()) {
    checkForm(write, index);
    if (![...referencesOf(write)].every((name) => names.includes(name))) {
      throw new InputError('A write refers to a `bulkId` that no write has.', { path: [index] });
    }
    const context = contextOf(write, contexts);
    const operations = write.method === 'PATCH' && context !== undefined && readAttribute(write.data, 'Operations');
    if (context !== undefined && Array.isArray(operations)) {
      checkOperations(context, operations, [index, 'data', 'Operations']);
    }
    if (write.method === 'POST') checkCanBeFound(context, { ...write.data }, [index, 'data']);
    if (context === undefined || (write.method !== 'POST' && write.method !== 'PUT')) continue;
    checkResourceNames(context, { ...write.data }, [index, 'data']);
    await checkResource(context, { ...write.data });
  }
  return writes;
}

/**
 * Whether a bulk request may hold a write. One that is allowed may still have an id that cannot be classified there: in a
 * request of its own the id stands apart from the route.
 */
export function mayGoInBulk(server: Server, write: BulkWrite): boolean {
  try {
    guardBulk(server, [write]);
    return true;
  } catch {
    return false;
  }
}

const guardBulk = (server: Server, operations: readonly BulkWrite[]) =>
  server.guard({ method: 'POST', route: '/Bulk', body: { Operations: operations } });

function guardWrites(server: Server, writes: readonly BulkWrite[]): void {
  try {
    guardBulk(server, writes);
  } catch (denied) {
    const isAmbiguous = ({ path }: BulkWrite) => wellFormedPath.test(path) && unambiguousPath(path) === undefined;
    const index = writes.findIndex(isAmbiguous);
    if (index === -1) throw denied;
    const plain = (write: BulkWrite) =>
      isAmbiguous(write) ? { ...write, path: write.path.replace(/%../g, '-') } : write;
    // Denied whatever the id is?
    guardBulk(server, writes.map(plain));
    throw new InputError('The path of a write is ambiguous, so writing to it requires both permissions.', {
      path: [index, 'path'],
      remedy: 'Change the resource by its own method, such as `users.patch`, which takes any id.',
    });
  }
}

const writeFields = ['method', 'path', 'bulkId', 'version', 'data'];
const patchParts = ['schemas', 'operations'];

/** What JSON makes of the writes: what is classified now is what is sent later. */
export function copyWrites(given: readonly BulkWrite[]): readonly BulkWrite[] {
  try {
    const writes = JSON.parse(JSON.stringify(given)) as readonly BulkWrite[];
    if (Array.isArray(writes) && writes.every((write) => typeof write?.path === 'string')) return writes;
  } catch {
    // A cycle or a BigInt: said below, without the text of the value.
  }
  throw new InputError('`writes` must be a list of writes that JSON can hold.', {
    path: ['writes'],
    remedy: 'Pass an array of `{ method, path, data }`.',
  });
}

/** What the writes are to make. */
export function creationsIn(writes: readonly BulkWrite[], contexts: UsersAndGroups): readonly Creation[] {
  return writes.flatMap((write): readonly Creation[] => {
    if (write.method !== 'POST') return [];
    const { path: route, data } = write;
    return [[contexts.find((known) => known.route === route) ?? { route, definition: {} }, { ...data }]];
  });
}

/** The write with what every write has: a name for what it creates, and the schemas in use. */
function completed(write: BulkWrite, index: number, contexts: readonly ResourceContext[]): BulkWrite {
  if (write.method === 'DELETE') return write;
  if (write.method === 'PATCH') return { ...write, data: { schemas: [PATCH_OP_URN], ...write.data } };
  const context = contextOf(write, contexts);
  const data = context === undefined ? write.data : addSchemaUrns(context, { ...write.data });
  return write.method === 'POST'
    ? { ...write, data, bulkId: write.bulkId ?? `write-${index + 1}` }
    : { ...write, data };
}

function contextOf({ path }: BulkWrite, contexts: readonly ResourceContext[]): ResourceContext | undefined {
  return contexts.find(({ route }) => path === route || path.startsWith(`${route}/`));
}

/** A server may have other endpoints, but none that are nearly these: to a `/user` nothing would be checked. */
function checkEndpoint({ path }: BulkWrite, index: number, contexts: readonly ResourceContext[]): void {
  const [, endpoint = ''] = /^(\/[^/]*)/.exec(path) ?? [];
  const known = contexts.map(({ route }) => route);
  const meant = known.includes(endpoint) ? undefined : nearMissOf(endpoint, known);
  if (meant === undefined) return;
  throw new InputError(`\`${endpoint}\` is nearly \`${meant}\`, and no other endpoint.`, {
    path: [index, 'path'],
    remedy: `Write \`${meant}\`.`,
  });
}

// What encodeURIComponent leaves or makes, and what else a path may hold without being read as something else.
const wellFormedPath = /^(?:\/(?:[\w.~:@+,=!$&'()*-]|%[\da-f]{2})+)+$/i;

function checkForm({ method, path }: BulkWrite, index: number): void {
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) {
    throw new InputError('Unknown method of a write.', { path: [index, 'method'] });
  }
  const segments = wellFormedPath.test(path) ? decodeSegment(path)?.split('/') : undefined;
  if (segments?.every((segment) => segment !== '.' && segment !== '..')) return;
  throw new InputError('The path of a write is invalid.', {
    path: [index, 'path'],
    remedy: 'Use a path such as /Users/2819c223, with the id encoded by `encodeURIComponent`.',
  });
}

const reference = /^bulkId:(.+)$/i;

export function referencesOf(write: BulkWrite): Set<string> {
  const names = new Set<string>();
  mapReferences(write, (name) => {
    names.add(name);
    return undefined;
  });
  return names;
}

/** The write with the references replaced that `idOf` knows. */
export function mapReferences<W extends BulkWrite>(write: W, idOf: (name: string) => string | undefined): W {
  const path = write.path
    .split('/')
    .map((segment) => replace(segment, (name) => encoded(idOf(name))))
    .join('/');
  return has(write, 'data') ? { ...write, path, data: mapValue(write.data, idOf) } : { ...write, path };
}

// An address may stand in a path as it is, where some servers do not decode it.
const encoded = (id: string | undefined): string | undefined =>
  id === undefined
    ? undefined
    : encodeURIComponent(id).replace(/%(?:40|3A|2C|3D)/g, (part) => decodeURIComponent(part));

function mapValue(value: unknown, idOf: (name: string) => string | undefined): unknown {
  if (typeof value === 'string') return replace(value, idOf);
  if (Array.isArray(value)) return value.map((element) => mapValue(element, idOf));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapValue(part, idOf)]));
}

function replace(text: string, idOf: (name: string) => string | undefined): string {
  const name = reference.exec(text)?.[1];
  return (name === undefined ? undefined : idOf(name)) ?? text;
}

/** Indices of the writes, each after those it refers to, as far as there is no cycle. */
export function inDependencyOrder(
  writes: readonly BulkWrite[],
  references: readonly ReadonlySet<string>[],
): readonly number[] {
  const byName = new Map(writes.map((write, index) => [write.method === 'POST' ? write.bulkId : undefined, index]));
  const entered = new Set<number>();
  const order = new Set<number>();
  for (const start of writes.keys()) {
    // A stack of our own: a chain of references may be longer than the call stack.
    const path = [start];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      if (entered.has(at)) {
        path.pop();
        order.add(at);
        continue;
      }
      entered.add(at);
      const needed = [...(references[at] ?? [])].flatMap((name) => byName.get(name) ?? []);
      for (const index of needed.reverse()) if (!entered.has(index)) path.push(index);
    }
  }
  return [...order];
}
