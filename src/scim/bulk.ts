import { InputError } from '../errors/input-errors.js';
import { isFailure } from '../errors/is-sdk-error.js';
import { ResponseError, ResponseValidationError } from '../errors/response-errors.js';
import { isPending, ScimError, WriteNotConfirmedError } from '../errors/scim-errors.js';
import type { SdkError } from '../errors/sdk-error.js';
import { isRecord } from '../internal/json.js';
import type { RequestOptions, TransportResponse } from '../transport/options.js';
import { readServiceProviderConfig } from './discovery.js';
import { isEmpty } from './patch/values.js';
import { etagOf, openResource, type ResourceContext } from './resource.js';
import type { PatchOperation, Resource } from './schemas/common.js';
import { findKey } from './schemas/names.js';
import { BULK_REQUEST_URN, PATCH_OP_URN } from './schemas/urns.js';
import { type Server, send, sharedOptions } from './server.js';
import { patchOrPut } from './write/change.js';
import { createResource, idIn } from './write/create.js';
import { unambiguousPath } from './write/permissions.js';
import { addSchemaUrns, isIndeterminateStatus, isOutcomeUnknown, write as writeResource } from './write/send.js';
import { checkResource } from './write/validate.js';

/** One write among several. An id that does not exist yet is written `bulkId:<name>`, wherever an id may stand. */
export type BulkWrite =
  | {
      readonly method: 'POST';
      /** Where to create, such as `/Users`. */
      readonly path: string;
      /** Name by which the other operations refer to the resource. One is made up where it is missing. */
      readonly bulkId?: string | undefined;
      /** The resource, as `create` takes it. */
      readonly data: object;
    }
  | {
      readonly method: 'PUT' | 'PATCH';
      /** What to change, such as `/Users/2819c223`, with the id encoded by `encodeURIComponent`. */
      readonly path: string;
      /** Version the resource must have. */
      readonly version?: string | undefined;
      /** The body the request would have by itself. */
      readonly data: object;
    }
  | {
      readonly method: 'DELETE';
      /** What to delete, such as `/Users/2819c223`. */
      readonly path: string;
      /** Version the resource must have. */
      readonly version?: string | undefined;
    };

/** What became of one write. */
export interface BulkResult {
  /**
   * What became of it. `not_attempted`: it was not sent, or the server did not reach it. `unknown`: it may have been carried out or not, or
   * will be later: no answer came, or none that says so (202, 408, 5xx but 501, a body that cannot be made out). Look
   * before it is sent again.
   */
  readonly outcome: 'succeeded' | 'failed' | 'not_attempted' | 'unknown';
  /** Method of the write, as it was given. */
  readonly method: BulkWrite['method'];
  /** Path of the write, as it was given. */
  readonly path: string;
  /** Name by which the others refer to it, as it was given. */
  readonly bulkId?: string | undefined;
  /** HTTP status of the write by itself. */
  readonly status?: number | undefined;
  /** `id` of the resource, where the server says which. */
  readonly id?: string | undefined;
  /** Address of the resource, as the server spells it. */
  readonly location?: string | undefined;
  /** Version of the resource after the write, to give to `ifMatch`, where the server has versions. */
  readonly version?: string | undefined;
  /** Keyword of the failure (RFC 7644 §3.12). */
  readonly scimType?: string | undefined;
  /** The body of the answer. May hold personal data. */
  readonly response?: unknown;
  /**
   * What kept the write from being answered, or from being attempted: a WriteNotConfirmedError where it was accepted (202), an
   * InputError where writes refer to one another in a circle that cannot be sent, the error of the write referred to.
   */
  readonly error?: SdkError | undefined;
}

/** How several writes are made. */
export interface BulkOptions {
  /** Stop after this many writes that failed or are `unknown`. Without it all are attempted. */
  readonly failOnErrors?: number | undefined;
}

/** What a client with a permission can do with several resources at once. */
export interface BulkOperations {
  /**
   * Makes several writes in as few requests as the server's limits allow. Those that others refer to (`bulkId:<name>`)
   * go first; where the writes do not fit into one request, references are replaced by the ids of what was created.
   * A server without bulk requests, such as WorkOS, gets one request for each write, in order. Writes that refer to one
   * another in a circle must fit into one request.
   *
   * @returns one result for each write, in the order given. A failed write is a result, not an error.
   * @throws InputError, AccessDeniedError for any of the writes, before anything is sent; ScimError, ConnectionError
   * when the first request is certainly refused as a whole; or the signal's own reason.
   * @see RFC 7644 §3.7
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://scim.example/v2',
   *   token: 'secret',
   *   access: { provisioning: true },
   *   profile: 'rfc',
   * });
   * const results = await client.bulk([
   *   { method: 'POST', path: '/Users', bulkId: 'mira', data: { userName: 'mira.sol@north.example' } },
   *   { method: 'POST', path: '/Groups', data: { displayName: 'Ops', members: [{ value: 'bulkId:mira' }] } },
   * ]);
   * for (const { path, outcome } of results) console.log(path, outcome);
   * ```
   */
  bulk(writes: readonly BulkWrite[], options?: RequestOptions & BulkOptions): Promise<readonly BulkResult[]>;
}

/** @internal */
export function bulkOperations(session: Server, contexts: readonly ResourceContext[]): BulkOperations {
  return { bulk: (writes, options) => runBulk(session, contexts, writes, options) };
}

/** Several writes under way. */
interface Run {
  readonly session: Server;
  readonly contexts: readonly ResourceContext[];
  readonly options: RequestOptions;
  readonly failOnErrors: number;
  readonly writes: readonly BulkWrite[];
  /** The names that each write refers to. */
  readonly references: readonly ReadonlySet<string>[];
  readonly results: (BulkResult | undefined)[];
  /** What is left to do: indices of writes, those that others refer to first, circles together. */
  queue: readonly (readonly number[])[];
  /** Writes that one request may hold, as far as the server said so by refusing more. */
  largestBatch: number;
  /** Ids of what was created, by `bulkId`. */
  readonly ids: Map<string, string>;
  /** Names of those whose id cannot stand in the path of a bulk request under one permission. */
  readonly oddIds: Set<string>;
  /** Names of what was not created, or not certainly, and why. */
  readonly lost: Map<string, SdkError | undefined>;
  failures: number;
}

/** Makes several writes in as few requests as the server's limits allow, or one by one where it has no bulk requests. */
export async function runBulk(
  session: Server,
  contexts: readonly ResourceContext[],
  given: readonly BulkWrite[],
  options: RequestOptions & BulkOptions = {},
): Promise<readonly BulkResult[]> {
  const writes = await prepareWrites(session, contexts, given);
  if (writes.length === 0) return [];
  const references = writes.map(referencesOf);
  const run: Run = {
    session,
    contexts,
    options: sharedOptions(session, options),
    failOnErrors: options.failOnErrors ?? Infinity,
    writes,
    references,
    results: new Array<BulkResult | undefined>(writes.length),
    queue: dependencyGroups(writes, references),
    largestBatch: Infinity,
    ids: new Map(),
    oddIds: new Set(),
    lost: new Map(),
    failures: 0,
  };
  let limits = await bulkLimits(session, run.options);
  while (run.queue.length > 0 && run.failures < run.failOnErrors) {
    dropDependants(run);
    if (limits === undefined || hasUnsafeId(run, run.queue[0])) await writeNext(run);
    else limits = await writeBatch(run, limits);
  }
  return writes.map((write, index) => run.results[index] ?? { ...nameOf(write), outcome: 'not_attempted' });
}

/** Takes out what refers to something that was not created. */
function dropDependants(run: Run): void {
  if (run.lost.size === 0) return;
  run.queue = run.queue.filter((group) => {
    const name = group.flatMap((index) => [...(run.references[index] ?? [])]).find((one) => run.lost.has(one));
    if (name !== undefined) drop(run, group, run.lost.get(name));
    return name === undefined;
  });
}

function drop(run: Run, group: readonly number[], error: SdkError | undefined): void {
  for (const index of group) setResult(run, index, { outcome: 'not_attempted', error });
}

/** Whether a write has to go by itself, because of an id that the server has issued. */
function hasUnsafeId(run: Run, group: readonly number[] = []): boolean {
  const [index = -1, ...more] = group;
  const mayBe = more.length === 0 && [...(run.references[index] ?? [])].some((name) => run.oddIds.has(name));
  return mayBe && !mayGoInBulk(run.session, resolved(run, index));
}

async function writeNext(run: Run): Promise<void> {
  const [group = [], ...rest] = run.queue;
  run.queue = rest;
  if (group.some((index) => [...(run.references[index] ?? [])].some((name) => !run.ids.has(name)))) {
    drop(run, group, cycle('which takes a bulk request, and the server has none'));
    return;
  }
  for (const index of group) {
    record(run, index, await writeIndividually(run.session, run.contexts, resolved(run, index), run.options));
  }
}

/** The write with the ids that are known by now. */
function resolved({ writes, ids }: Run, index: number): BulkWrite {
  return mapReferences(writes[index] as BulkWrite, (name) => ids.get(name));
}

const cycle = (why: string) =>
  new InputError(`The writes refer to one another in a circle, ${why}.`, {
    path: ['bulkId'],
    remedy: 'Create the resources first, and let them refer to one another by a change.',
  });

async function writeBatch(run: Run, limits: BulkLimits): Promise<BulkLimits | undefined> {
  const end = run.oddIds.size === 0 ? -1 : run.queue.findIndex((group) => hasUnsafeId(run, group));
  const queue = end === -1 ? run.queue : run.queue.slice(0, end);
  const { batch, groups } = takeBatch(queue, limits, run.largestBatch, (index) => resolved(run, index));
  if (groups === 0) {
    const [first = [], ...rest] = run.queue;
    run.queue = rest;
    drop(run, first, cycle('which no request to this server can hold'));
    return limits;
  }
  const allowed = run.failOnErrors - run.failures;
  const writes = batch.map(({ write }) => write);
  run.session.learned.newGroups.clear();
  try {
    const response = await send(run.session, {
      ...run.options,
      method: 'POST',
      route: '/Bulk',
      body: { schemas: [BULK_REQUEST_URN], ...(allowed < Infinity && { failOnErrors: allowed }), Operations: writes },
      acceptStatuses: [412],
    });
    const results = readBulkResponse(writes, response.body);
    batch.forEach(({ index }, position) => {
      record(run, index, results?.[position] ?? withoutResults(response));
    });
  } catch (error) {
    if (!isFailure(error)) throw error;
    const status = error instanceof ResponseError ? error.status : undefined;
    if (status === 413 && groups > 1) {
      run.largestBatch = Math.ceil(batch.length / 2);
      return limits;
    }
    if (status === 404 || status === 405 || status === 501) {
      run.session.learned.bulk = false;
      return undefined;
    }
    if (status === 413) {
      for (const { index } of batch) record(run, index, { outcome: 'failed', status, error });
    } else {
      giveUp(run, batch, error);
      return limits;
    }
  }
  run.queue = run.queue.slice(groups);
  return limits;
}

/** Leaves off where a request fails as a whole: so would the next. */
function giveUp(run: Run, batch: readonly BatchedWrite[], error: SdkError): void {
  const outcome = outcomeOf(error) === 'unknown' ? 'unknown' : 'not_attempted';
  const isNothingDone = run.results.every((result) => result === undefined || result.outcome === 'not_attempted');
  if (isNothingDone && outcome !== 'unknown') throw error;
  for (const { index } of batch) setResult(run, index, { outcome, error });
  run.queue = [];
}

function record(run: Run, index: number, result: SettledResult): void {
  setResult(run, index, result);
  if (result.outcome !== 'succeeded') run.failures += 1;
}

function setResult(run: Run, index: number, result: SettledResult): void {
  const write = run.writes[index] as BulkWrite;
  run.results[index] = { ...result, ...nameOf(write) };
  if (write.method !== 'POST' || write.bulkId === undefined) return;
  if (result.outcome === 'succeeded' && result.id !== undefined) {
    run.ids.set(write.bulkId, result.id);
    if (unambiguousPath(`/x/${encodeURIComponent(result.id)}`) === undefined) run.oddIds.add(write.bulkId);
  } else run.lost.set(write.bulkId, result.error);
}

/**
 * The writes as they will be sent. Whatever is wrong with any of them is said here, before anything is sent.
 *
 * @throws AccessDeniedError, InputError
 */
export async function prepareWrites(
  session: Server,
  contexts: readonly ResourceContext[],
  given: readonly BulkWrite[],
): Promise<readonly BulkWrite[]> {
  const writes = copied(given).map((write, index) => completed(write, index, contexts));
  // One write that is not allowed stops them all.
  if (writes.length > 0) guardWrites(session, writes);
  const names = writes.flatMap((write) => (write.method === 'POST' ? [write.bulkId] : []));
  if (new Set(names).size < names.length)
    throw new InputError('Two writes have the same `bulkId`.', { path: ['bulkId'] });
  for (const [index, write] of writes.entries()) {
    checkForm(write, index);
    for (const name of referencesOf(write)) {
      if (!names.includes(name))
        throw new InputError('A `bulkId` is referred to that no write has.', { path: [index] });
    }
    const context = contextOf(write, contexts);
    if (context === undefined || (write.method !== 'POST' && write.method !== 'PUT')) continue;
    await checkResource(context.definition, session.profile, { ...write.data });
  }
  return writes;
}

/**
 * Whether a bulk request may hold a write. One that is allowed may still have an id that cannot be judged there: in a
 * request of its own it can, where the id stands apart from the route.
 */
export function mayGoInBulk(session: Server, write: BulkWrite): boolean {
  try {
    guardBulk(session, [write]);
    return true;
  } catch {
    return false;
  }
}

const guardBulk = (session: Server, operations: readonly BulkWrite[]) =>
  session.guard({ method: 'POST', route: '/Bulk', body: { Operations: operations } });

function guardWrites(session: Server, writes: readonly BulkWrite[]): void {
  try {
    guardBulk(session, writes);
  } catch (denied) {
    const isOdd = ({ path }: BulkWrite) => wellFormedPath.test(path) && unambiguousPath(path) === undefined;
    const index = writes.findIndex(isOdd);
    if (index === -1) throw denied;
    // Denied whatever the id is?
    guardBulk(
      session,
      writes.map((write) => (isOdd(write) ? { ...write, path: write.path.replace(/%../g, '-') } : write)),
    );
    throw new InputError('The path of a write cannot be judged, which takes a client with both permissions.', {
      path: [index, 'path'],
      remedy: 'Change the resource by its own method, such as `users.patch`, which takes any id.',
    });
  }
}

/** What JSON makes of the writes, once and for all: what is judged now is what is sent later. */
function copied(given: readonly BulkWrite[]): readonly BulkWrite[] {
  try {
    // Their types say that they are made of what JSON can hold; what JSON leaves out was not there.
    const writes = JSON.parse(JSON.stringify(given)) as readonly BulkWrite[];
    if (Array.isArray(writes) && writes.every((write) => typeof write?.path === 'string')) return writes;
  } catch {
    // A cycle or a BigInt: said below, without the text of the value.
  }
  throw new InputError('The writes cannot be written as JSON, or are none.', {
    path: ['writes'],
    remedy: 'Give a list of `{ method, path, data }`.',
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

// What encodeURIComponent leaves or makes, and what else a path may hold without being read as something else.
const wellFormedPath = /^(?:\/(?:[\w.~:@+,=!$&'()*-]|%[\da-f]{2})+)+$/i;

function checkForm({ method, path }: BulkWrite, index: number): void {
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) {
    throw new InputError('There is no such method for a write.', { path: [index, 'method'] });
  }
  if (
    wellFormedPath.test(path) &&
    decoded(path)
      ?.split('/')
      .every((segment) => !/^\.{1,2}$/.test(segment))
  )
    return;
  throw new InputError('The path of a write is not a plain one.', {
    path: [index, 'path'],
    remedy: 'Give a path such as /Users/2819c223, with the id encoded by `encodeURIComponent`.',
  });
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const reference = /^bulkId:(.+)$/i;

/** The names that a write refers to. */
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
  return 'data' in write ? { ...write, path, data: mapValue(write.data, idOf) } : { ...write, path };
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

interface Visit {
  readonly index: number;
  readonly names: Iterator<string>;
  /** The earliest write under way that this one leads back to. */
  earliest: number;
}

/**
 * Indices of the writes in the order in which each comes after those it refers to. Those that refer to one another in a
 * circle are one group, which only one request can hold; every other write is a group of its own.
 *
 * @see Tarjan, Depth-first search and linear graph algorithms (1972)
 */
export function dependencyGroups(
  writes: readonly BulkWrite[],
  references: readonly ReadonlySet<string>[],
): readonly (readonly number[])[] {
  const byName = new Map(
    writes.flatMap((write, index) => (write.method === 'POST' ? [[write.bulkId, index] as const] : [])),
  );
  const groups: number[][] = [];
  const order = new Map<number, number>();
  const ungrouped: number[] = [];
  const isUngrouped = new Set<number>();
  // A stack of our own: a chain of references may be longer than the call stack.
  const path: Visit[] = [];
  const enter = (index: number) => {
    path.push({ index, names: (references[index] ?? new Set()).values(), earliest: order.size });
    order.set(index, order.size);
    ungrouped.push(index);
    isUngrouped.add(index);
  };

  for (const start of writes.keys()) {
    if (!order.has(start)) enter(start);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { value: name, done } = visit.names.next();
      if (done === true) {
        leave(visit);
        continue;
      }
      const index = byName.get(name);
      if (index === undefined) continue;
      const at = order.get(index);
      if (at === undefined) enter(index);
      else if (isUngrouped.has(index)) visit.earliest = Math.min(visit.earliest, at);
    }
  }
  return groups;

  function leave({ index, earliest }: Visit): void {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) parent.earliest = Math.min(parent.earliest, earliest);
    if (order.get(index) !== earliest) return;
    const group = ungrouped.splice(ungrouped.lastIndexOf(index));
    for (const member of group) isUngrouped.delete(member);
    groups.push(group.sort((a, b) => a - b));
  }
}

/** A write and its place among those given. */
export interface BatchedWrite {
  readonly index: number;
  readonly write: BulkWrite;
}

// For what surrounds the operations.
const envelopeBytes = 200;

/**
 * As many of the first groups as one request may hold. A write that is too large by itself is tried all the same; of a
 * circle that is too large there is nothing to try.
 */
export function takeBatch(
  queue: readonly (readonly number[])[],
  { maxOperations, maxPayloadSize }: BulkLimits,
  largestBatch: number,
  writeAt: (index: number) => BulkWrite,
): { readonly batch: readonly BatchedWrite[]; readonly groups: number } {
  const batch: BatchedWrite[] = [];
  let bytes = envelopeBytes;
  let groups = 0;
  for (const group of queue) {
    const part = group.map((index) => ({ index, write: writeAt(index) }));
    for (const { write } of part) bytes += new TextEncoder().encode(JSON.stringify(write)).length + 1;
    const most = groups === 0 ? maxOperations : Math.min(maxOperations, largestBatch);
    const fits = batch.length + part.length <= most && bytes <= maxPayloadSize;
    if (!fits && (groups > 0 || part.length > 1)) break;
    batch.push(...part);
    groups += 1;
  }
  return { batch, groups };
}

/** How much one bulk request may hold. */
export interface BulkLimits {
  readonly maxOperations: number;
  /** Bytes. */
  readonly maxPayloadSize: number;
}

// For a server that takes bulk requests and does not say how large.
const usualLimits: BulkLimits = { maxOperations: 1_000, maxPayloadSize: 1_048_576 };

/** The limits of bulk requests, asked for once; `undefined` where the server has none. */
export async function bulkLimits(session: Server, options: RequestOptions): Promise<BulkLimits | undefined> {
  const { learned, profile } = session;
  if (!profile.bulk) return undefined;
  if (learned.bulk === undefined) {
    await readServiceProviderConfig(session, options).catch((error: unknown) => {
      // Some servers have bulk requests and no document that says so.
      if (!isFailure(error)) throw error;
    });
  }
  const { bulk = usualLimits } = learned;
  if (bulk === false) return undefined;
  return {
    maxOperations: Math.min(bulk.maxOperations, usualLimits.maxOperations),
    maxPayloadSize: Math.min(bulk.maxPayloadSize, usualLimits.maxPayloadSize),
  };
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads what became of each write: by `bulkId` for those that create, by location or path for the others, and only then
 * by position, since the server may answer in another order (RFC 7644 §3.7).
 *
 * @returns one result for each write, in their order; `undefined` for a body that is no answer to a bulk request.
 */
export function readBulkResponse(writes: readonly BulkWrite[], body: unknown): BulkResult[] | undefined {
  const entries = isRecord(body) ? valueAt(body, 'operations') : undefined;
  if (!Array.isArray(entries)) return undefined;
  const found = new Map<number, Entry>();
  const unnamed = entries.filter((entry) => !isRecord(entry) || !place(entry, isTheSame));
  const unplaced = unnamed.filter((entry) => !isRecord(entry) || !place(entry, isAlike));
  // Of a write without an answer the server says that it was not reached; but not while there is an answer left over.
  const outcome = unplaced.length > 0 ? 'unknown' : 'not_attempted';
  return writes.map((write, index) => {
    const entry = found.get(index);
    return { ...nameOf(write), ...(entry === undefined ? { outcome } : readEntry(entry)) };
  });

  function place(entry: Entry, matches: (entry: Entry, write: BulkWrite) => boolean): boolean {
    const index = writes.findIndex((write, at) => !found.has(at) && matches(entry, write));
    if (index !== -1) found.set(index, entry);
    return index !== -1;
  }
}

/** What names a write in its result. */
export function nameOf(write: BulkWrite): Pick<BulkResult, 'method' | 'path' | 'bulkId'> {
  const { method, path } = write;
  return { method, path, ...('bulkId' in write && { bulkId: write.bulkId }) };
}

function isTheSame(entry: Entry, write: BulkWrite): boolean {
  if (write.method === 'POST') return bulkIdOf(entry) === write.bulkId;
  const location = valueAt(entry, 'location');
  const where = typeof location === 'string' ? location : valueAt(entry, 'path');
  const isMethod = isEmpty(valueAt(entry, 'method')) || hasMethod(entry, write);
  return isMethod && typeof where === 'string' && where.endsWith(write.path);
}

function isAlike(entry: Entry, write: BulkWrite): boolean {
  // With a name it is another's, and its id must not be taken for this one's.
  return hasMethod(entry, write) && (write.method !== 'POST' || bulkIdOf(entry) === undefined);
}

function hasMethod(entry: Entry, { method }: BulkWrite): boolean {
  const said = valueAt(entry, 'method');
  return typeof said === 'string' && said.toUpperCase() === method;
}

function bulkIdOf(entry: Entry): string | undefined {
  const bulkId = valueAt(entry, 'bulkid');
  return isEmpty(bulkId) ? undefined : String(bulkId);
}

function readEntry(entry: Entry): Omit<BulkResult, 'method' | 'path'> {
  const status = statusIn(valueAt(entry, 'status'));
  const outcome = outcomeOfStatus(status);
  const response = valueAt(entry, 'response');
  const location = valueAt(entry, 'location');
  const version = valueAt(entry, 'version');
  const { id, scimType } = isRecord(response) ? response : ({} as Entry);
  const where = typeof location === 'string' ? location : undefined;
  const known = typeof id === 'string' ? id : idIn(where);
  return {
    outcome,
    status,
    ...(where !== undefined && { location: where }),
    ...(known !== undefined && { id: known }),
    ...(typeof version === 'string' && { version }),
    ...(typeof scimType === 'string' && { scimType }),
    ...(response !== undefined && { response }),
    ...(status === 202 && { error: new WriteNotConfirmedError('write_pending', { method: 'POST', route: '/Bulk' }) }),
  };
}

/** The status in any of its shapes: `201`, `"201"`, `{ "code": "201" }`, `"201 Created"`, `"HTTP/1.1 201"`. */
function statusIn(given: unknown): number | undefined {
  const said = isRecord(given) ? valueAt(given, 'code') : given;
  const digits = /^(?:HTTP\/[\d.]+\s+)?([1-5]\d\d)(?!\d)/i.exec(String(said).trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function valueAt(entry: Entry, lowerName: string): unknown {
  const key = findKey(entry, lowerName);
  return key === undefined ? undefined : entry[key];
}

/** What became of a write, which is named elsewhere. */
export type SettledResult = Omit<BulkResult, 'method' | 'path' | 'bulkId'>;

/** What becomes of each write of a request whose answer says nothing of them. */
export function withoutResults({ status }: TransportResponse): SettledResult {
  const facts = { method: 'POST', route: '/Bulk', status };
  if (status === 412) return { outcome: 'failed', status };
  if (status === 202) return { outcome: 'unknown', error: new WriteNotConfirmedError('write_pending', facts) };
  const issues = [{ path: ['Operations'], message: 'expected what became of each operation' }];
  const message = `POST /Bulk was answered ${status} without what became of the operations.`;
  return { outcome: 'unknown', error: new ResponseValidationError(message, { ...facts, issues }) };
}

/** Makes one write by a request of its own, for a server without bulk requests. */
export async function writeIndividually(
  session: Server,
  contexts: readonly ResourceContext[],
  write: BulkWrite,
  options: RequestOptions,
): Promise<BulkResult> {
  try {
    const { status, resource } = await sendIndividually(session, contexts, write, options);
    return {
      ...nameOf(write),
      outcome: 'succeeded',
      status,
      ...(resource && { id: resource.id, location: resource.meta?.location ?? undefined, response: resource }),
      ...(resource && { version: etagOf(resource) }),
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return {
      ...nameOf(write),
      outcome: outcomeOf(error),
      error,
      ...(error instanceof ResponseError && { status: error.status, response: parsed(error.body) }),
      ...(error instanceof ScimError && { scimType: error.scimType }),
    };
  }
}

async function sendIndividually(
  session: Server,
  contexts: readonly ResourceContext[],
  write: BulkWrite,
  options: RequestOptions,
): Promise<{ readonly status: number; readonly resource?: Resource | undefined }> {
  const end = write.method === 'POST' ? write.path.length : write.path.lastIndexOf('/');
  const route = write.path.slice(0, end);
  if (route === '' || contexts.some((known) => route.startsWith(`${known.route}/`))) {
    throw new InputError(`\`${write.method}\` cannot be sent to this path.`, { path: ['path'] });
  }
  const context =
    contexts.find((known) => known.route === route) ??
    openResource(session, { endpoint: route, schema: { id: '', attributes: {} } });
  if (write.method === 'POST') {
    return { status: 201, resource: await createResource(context, { ...write.data }, options) };
  }
  const id = decodeURIComponent(write.path.slice(end + 1));
  const how = { ...options, ifMatch: write.version };
  if (write.method === 'PATCH') {
    return { status: 200, resource: await patchOrPut(context, id, operationsIn(write.data), how) };
  }
  const body = write.method === 'PUT' ? write.data : undefined;
  const { response, resource } = await writeResource(context, { method: write.method, id, body }, how);
  return { status: response.status, resource };
}

function operationsIn(data: object): readonly PatchOperation[] {
  const { Operations: operations } = data as { readonly Operations?: unknown };
  if (Array.isArray(operations)) return operations as readonly PatchOperation[];
  throw new InputError('The data of a PATCH has no `Operations`.', { path: ['data', 'Operations'] });
}

function parsed(body: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return isRecord(value) ? value : body;
  } catch {
    return body;
  }
}

/** What became of a write that was answered with this status; `undefined` where the answer has none. */
export function outcomeOfStatus(status: number | undefined): BulkResult['outcome'] {
  // 202 promises, and nothing more.
  if (status === undefined || status === 202 || isIndeterminateStatus(status)) return 'unknown';
  return status >= 200 && status < 300 ? 'succeeded' : 'failed';
}

/** What became of a write whose request failed like this. */
export function outcomeOf(error: SdkError): BulkResult['outcome'] {
  if (error instanceof ResponseError) return outcomeOfStatus(error.status);
  return isPending(error) || isOutcomeUnknown(error) ? 'unknown' : 'not_attempted';
}
