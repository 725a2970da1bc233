import type { AuditLogCheckpoint } from '../audit-logs/checkpoint.js';
import { ExportError } from '../errors/export-error.js';
import type { Clock } from '../internal/clock.js';
import { isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import { joined } from './event-lines.js';
import { keyName, type PlacedEvents, placedEvents, safeName } from './event-place.js';
import type { EventRow } from './event-row.js';
import { gzipped } from './gzip.js';
import type { ObjectStore } from './object-store.js';
import { checkpointText, hasExpired, leaseLost, type SinkLease } from './sink.js';

/** Objects of events, and how they are kept. */
export interface ObjectPlace {
  readonly store: ObjectStore;
  readonly prefix: string;
  readonly compress: 'gzip' | undefined;
  readonly clock: Clock;
}

const schema = 1;

/** A store may refuse two writers that come at once, and do what neither of them wanted. */
const mostTries = 5;

const putsAtOnce = 8;

/** What stands in the object of a key: the checkpoint and who may write. To commit is to replace it. */
interface State {
  readonly id: string;
  readonly number: number;
  readonly fence: number;
  readonly owner: string;
  readonly expiresAtMs: number;
  readonly ttlMs: number;
  /** Objects that are being written, and do not count yet. */
  readonly pending: readonly string[];
  /** As JSON. */
  readonly checkpoint: string | undefined;
}

interface Found {
  readonly state: State;
  readonly etag: string;
}

/** The lease of one key of a store of objects. */
export class ObjectLease implements SinkLease {
  readonly key: string;
  readonly fence: number;
  readonly #place: ObjectPlace;
  readonly #ttlMs: number;
  #found: Found;
  #isOver = false;
  /** Objects of which it is not known whether they are there, and which must not count. */
  #abandoned: readonly string[];
  /** Whether a commit failed that may still come to the store. */
  #isUnsure = false;
  #working: Promise<unknown> = Promise.resolve();

  /** `undefined` while another holds it. */
  static async take(place: ObjectPlace, key: string, ttlMs: number): Promise<ObjectLease | undefined> {
    const found = await readState(place, key);
    const nowMs = place.clock.now();
    if (found !== undefined && !hasExpired(found.state, nowMs)) return undefined;
    const { number = 0, fence = 0, pending = [], checkpoint } = found?.state ?? {};
    const [id, owner] = [crypto.randomUUID(), crypto.randomUUID()];
    const lease = { owner, fence: fence + 1, expiresAtMs: nowMs + ttlMs, ttlMs };
    const state = { id, number: number + 1, ...lease, pending, checkpoint };
    const taken = await replaceState(place, key, found, state);
    return taken && new ObjectLease(place, key, ttlMs, taken);
  }

  private constructor(place: ObjectPlace, key: string, ttlMs: number, found: Found) {
    this.key = key;
    this.fence = found.state.fence;
    this.#place = place;
    this.#ttlMs = ttlMs;
    this.#found = found;
    this.#abandoned = found.state.pending;
  }

  checkpoint(): Promise<unknown> {
    return this.#inTurn(async () => {
      const found = this.#isOver ? undefined : await readState(this.#place, this.key);
      if (found?.state.id !== this.#found.state.id) throw this.#end();
      const { checkpoint } = found.state;
      return checkpoint === undefined ? undefined : parseJson(checkpoint);
    });
  }

  write(rows: readonly EventRow[], checkpoint: AuditLogCheckpoint): Promise<{ readonly added: number }> {
    return this.#inTurn(async () => {
      const text = checkpointText(checkpoint);
      await this.#clear();
      if (rows.length > 0) await this.#writeObjects(rows);
      await this.#commit({ pending: [], checkpoint: text });
      this.#abandoned = [];
      return { added: rows.length };
    });
  }

  renew(): Promise<void> {
    return this.#inTurn(() => this.#commit({}));
  }

  release(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isOver) return;
      try {
        await this.#commit({ expiresAtMs: 0 });
      } catch (error) {
        if (!(error instanceof ExportError && error.code === 'lease_lost')) throw error;
      } finally {
        this.#isOver = true;
      }
    });
  }

  /** The state names them before they are written: so that whoever comes after a crash knows what may be there. */
  async #writeObjects(rows: readonly EventRow[]): Promise<void> {
    const { prefix, compress, clock } = this.#place;
    const places = placedEvents(rows, this.key, clock.now(), 'day');
    const home = `${prefix}data/${keyName(this.key)}`;
    const ending = compress === undefined ? '.ndjson' : '.ndjson.gz';
    const number = this.#found.state.number + 1;
    const objects = [...places].map(([place, events]) => {
      const key = `${home}/${place}/${String(number).padStart(12, '0')}-${rangeOf(events)}${ending}`;
      return { key, parts: events.lines.take() };
    });
    await this.#commit({ pending: objects.map(({ key }) => key) });
    this.#abandoned = this.#found.state.pending;
    for (let start = 0; start < objects.length; start += putsAtOnce) {
      const puts = objects.slice(start, start + putsAtOnce).map(async ({ key, parts }) => {
        const bytes = joined(parts);
        await this.#create(key, compress === undefined ? bytes : await gzipped(bytes));
      });
      const failure = (await Promise.allSettled(puts)).find((one) => one.status === 'rejected');
      if (failure !== undefined) throw failure.reason;
    }
  }

  /** One that is there is this one, sent again; or an empty one of somebody who has taken over: then the commit fails. */
  async #create(key: string, body: Uint8Array): Promise<void> {
    const { store } = this.#place;
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (await store.put(key, body, { ifNoneMatch: '*', contentType: contentTypeOf(key) })) return;
      if ((await store.get(key)) !== undefined) return;
    }
    throw new ExportError(
      'store_failed',
      'An object could not be written: the store says that it is there, and it is not.',
    );
  }

  /** Puts empty objects in the places of those that must not count, so that they cannot come later either. */
  async #clear(): Promise<void> {
    if (this.#isOver) throw leaseLost(this.key);
    if (this.#abandoned.length === 0) return;
    // A commit that names them, and failed, may still be on its way: from now on it comes too late.
    if (this.#isUnsure) await this.#commit({ pending: this.#abandoned });
    for (const key of this.#abandoned) await emptyObject(this.#place.store, key);
    this.#abandoned = [];
  }

  async #commit(changes: Partial<State>): Promise<void> {
    if (this.#isOver) throw leaseLost(this.key);
    const { state } = this.#found;
    const expiresAtMs = this.#place.clock.now() + this.#ttlMs;
    const next = { ...state, number: state.number + 1, expiresAtMs, ...changes, id: crypto.randomUUID() };
    this.#isUnsure = true;
    const found = await replaceState(this.#place, this.key, this.#found, next);
    this.#isUnsure = false;
    if (found === undefined) throw this.#end();
    this.#found = found;
  }

  #end(): ExportError {
    this.#isOver = true;
    return leaseLost(this.key);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#working.then(work, work);
    this.#working = done;
    return done;
  }
}

/** An object without events. */
export async function nothingFor(key: string): Promise<Uint8Array> {
  const nothing = new Uint8Array(0);
  return key.endsWith('.gz') ? gzipped(nothing) : nothing;
}

export function contentTypeOf(key: string): string {
  return key.endsWith('.gz') ? 'application/gzip' : 'application/x-ndjson';
}

async function emptyObject(store: ObjectStore, key: string): Promise<void> {
  const [nothing, contentType] = [await nothingFor(key), contentTypeOf(key)];
  for (let tries = 0; tries < mostTries; tries += 1) {
    const found = await store.get(key);
    const condition = found === undefined ? ({ ifNoneMatch: '*' } as const) : { ifMatch: found.etag };
    if (found !== undefined && found.body.length <= nothing.length) return;
    if (await store.put(key, nothing, { ...condition, contentType })) return;
  }
  throw new ExportError(
    'store_failed',
    'An object that a crash has left could not be replaced: somebody else goes on writing it.',
  );
}

function rangeOf({ first, last }: PlacedEvents): string {
  const [from, to] = [safeName(first.fileId, 'lower'), safeName(last.fileId, 'lower')];
  return from === to ? `${from}.${first.line}-${last.line}` : `${from}.${first.line}-${to}.${last.line}`;
}

function stateKeyOf({ prefix }: ObjectPlace, key: string): string {
  return `${prefix}state/${keyName(key)}.json`;
}

/** `undefined` where somebody else has replaced it. */
async function replaceState(
  place: ObjectPlace,
  key: string,
  found: Found | undefined,
  next: State,
): Promise<Found | undefined> {
  const { checkpoint, ...rest } = next;
  const head = JSON.stringify({ schema, ...rest });
  const body = new TextEncoder().encode(
    checkpoint === undefined ? head : `${head.slice(0, -1)},"checkpoint":${checkpoint}}`,
  );
  const condition = found === undefined ? ({ ifNoneMatch: '*' } as const) : { ifMatch: found.etag };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const written = await place.store.put(stateKeyOf(place, key), body, {
      ...condition,
      contentType: 'application/json',
    });
    if (written !== undefined) return { state: next, etag: written.etag };
    const there = await readState(place, key);
    // What the client of the store sent again by itself finds what it had written.
    if (there?.state.id === next.id) return there;
    if (there?.state.id !== found?.state.id) return undefined;
  }
  return undefined;
}

/** @throws ExportError `unknown_schema`, `store_damaged` */
async function readState(place: ObjectPlace, key: string): Promise<Found | undefined> {
  const stateKey = stateKeyOf(place, key);
  const object = await place.store.get(stateKey);
  if (object === undefined) return undefined;
  let value: unknown;
  try {
    value = parseJson(new TextDecoder().decode(object.body));
  } catch {
    // Said below.
  }
  const { schema: known, checkpoint, ...rest } = isRecord(value) ? value : {};
  if (typeof known === 'number' && known > schema) {
    throw new ExportError(
      'unknown_schema',
      `${stateKey} was written by a newer version of this library: it has schema ${known}, known is ${schema}.`,
    );
  }
  if (known === schema && isState(rest)) {
    const state = { ...rest, checkpoint: checkpoint === undefined ? undefined : JSON.stringify(checkpoint) };
    return { state, etag: object.etag };
  }
  throw new ExportError('store_damaged', `${stateKey} cannot be read: it cannot be told how far the objects go.`);
}

function isState(
  value: Readonly<Record<string, unknown>>,
): value is Record<string, unknown> & Omit<State, 'checkpoint'> {
  const { id, number, fence, owner, expiresAtMs, ttlMs, pending } = value;
  const hasTime = typeof expiresAtMs === 'number' && typeof ttlMs === 'number';
  const hasLease = typeof fence === 'number' && typeof owner === 'string' && hasTime;
  const hasPending = Array.isArray(pending) && pending.every((one) => typeof one === 'string');
  return hasLease && hasPending && typeof id === 'string' && Number.isSafeInteger(number);
}
