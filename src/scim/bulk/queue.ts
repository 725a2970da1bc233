import { isFailure } from '../../errors/is-sdk-error.js';
import type { RequestOptions } from '../../transport/options.js';
import { readServiceProviderConfig } from '../discovery.js';
import type { BulkLimits, Server } from '../server.js';
import { unambiguousPath } from '../write/permissions.js';
import { type BulkWrite, inDependencyOrder, mapReferences, mayGoInBulk, referencesOf } from './writes.js';

/** The writes that are left, those that others refer to first, and how many of them one request may hold. */
export class WriteQueue {
  readonly #server: Server;
  readonly #writes: readonly BulkWrite[];
  /** The names that each write refers to. */
  readonly #references: readonly ReadonlySet<string>[];
  #left: readonly number[];
  /** Writes that one request may hold, as far as the server said so by refusing more. */
  #largestBatch = Infinity;
  /** Ids of what was created, by `bulkId`. */
  readonly #ids = new Map<string, string>();
  /** Names of those whose id cannot stand in the path of a bulk request under one permission. */
  readonly #unsafeIds = new Set<string>();
  readonly #alone = new Set<number>();

  constructor(server: Server, writes: readonly BulkWrite[]) {
    this.#server = server;
    this.#writes = writes;
    this.#references = writes.map(referencesOf);
    this.#left = inDependencyOrder(writes, this.#references);
  }

  get next(): number | undefined {
    return this.#left[0];
  }

  /** Takes out what has its outcome. */
  remove(indices: readonly number[]): void {
    const gone = new Set(indices);
    this.#left = this.#left.filter((index) => !gone.has(index));
  }

  /** Takes out what refers to one of these, and gives each with the first name that it lacks. */
  removeReferring(lost: ReadonlyMap<string, unknown>): readonly (readonly [index: number, name: string])[] {
    if (lost.size === 0) return [];
    const referring = this.#left.flatMap((index) => {
      const name = this.#namesIn(index).find((one) => lost.has(one));
      return name === undefined ? [] : [[index, name] as const];
    });
    this.remove(referring.map(([index]) => index));
    return referring;
  }

  noteId(bulkId: string, id: string): void {
    this.#ids.set(bulkId, id);
    if (unambiguousPath(`/x/${encodeURIComponent(id)}`) === undefined) this.#unsafeIds.add(bulkId);
  }

  /** The write with the ids that are known by now. */
  resolved(index: number): BulkWrite {
    return mapReferences(this.#writes[index] as BulkWrite, (name) => this.#ids.get(name));
  }

  isResolved(index: number): boolean {
    return this.#namesIn(index).every((name) => this.#ids.has(name));
  }

  /** Sends these one by one from now on. */
  separate(indices: readonly number[]): void {
    for (const index of indices) this.#alone.add(index);
  }

  /** Whether a write has to go by itself: it was refused among others, or names an id that the server has issued. */
  mustGoAlone(index: number): boolean {
    if (this.#alone.has(index)) return true;
    const mayBe = this.#namesIn(index).some((name) => this.#unsafeIds.has(name));
    return mayBe && !mayGoInBulk(this.#server, this.resolved(index));
  }

  /** Sends fewer at once than were refused. */
  halve(batch: readonly number[]): void {
    this.#largestBatch = Math.ceil(batch.length / 2);
  }

  /** What the next request is to hold; nothing where the next is part of a cycle that is too large for any. */
  batch(limits: BulkLimits): { readonly batch: readonly number[]; readonly isCycle: boolean } {
    const batch = this.#firstThatFit(limits);
    // A cycle cannot be split: it is tried whole, even where the server refused as much before.
    return batch.length > 0 ? { batch, isCycle: false } : { batch: this.#firstCycle(limits), isCycle: true };
  }

  #namesIn(index: number): readonly string[] {
    return [...(this.#references[index] ?? [])];
  }

  #bytesOf(index: number): number {
    return new TextEncoder().encode(JSON.stringify(this.resolved(index))).length + 1;
  }

  /** As many of the first writes as one request may hold, a too large one alone, none that refers to a later one. */
  #firstThatFit({ maxOperations, maxPayloadSize }: BulkLimits): readonly number[] {
    const most = Math.min(maxOperations, this.#largestBatch);
    let batch: number[] = [];
    let bytes = envelopeBytes;
    for (const index of this.#left) {
      bytes += this.#bytesOf(index);
      const fits = batch.length === 0 || (batch.length < most && bytes <= maxPayloadSize);
      if (!fits || this.mustGoAlone(index)) break;
      batch.push(index);
    }
    for (let size = -1; size !== batch.length; ) {
      size = batch.length;
      const known = new Set(batch.map((index) => bulkIdOf(this.#writes[index])));
      batch = batch.filter((index) => this.#namesIn(index).every((name) => known.has(name) || this.#ids.has(name)));
    }
    return batch;
  }

  /** The first write with all that it needs, which leads back to it; none where that is more than one request may hold. */
  #firstCycle({ maxOperations, maxPayloadSize }: BulkLimits): readonly number[] {
    const cycle = new Set(this.#left.slice(0, 1));
    // A set goes on with what is added while it is walked.
    for (const index of cycle) {
      const needed = this.#namesIn(index).filter((name) => !this.#ids.has(name));
      for (const other of this.#left) if (needed.includes(bulkIdOf(this.#writes[other]) ?? '')) cycle.add(other);
    }
    const bytes = [...cycle].reduce((sum, index) => sum + this.#bytesOf(index), envelopeBytes);
    return cycle.size <= maxOperations && bytes <= maxPayloadSize ? [...cycle] : [];
  }
}

export const bulkIdOf = (write: BulkWrite | undefined) => (write?.method === 'POST' ? write.bulkId : undefined);

/** For what surrounds the operations. */
const envelopeBytes = 200;

// For a server that takes bulk requests and does not say how large.
const usualLimits: BulkLimits = { maxOperations: 1_000, maxPayloadSize: 1_048_576 };

/** The limits of bulk requests, asked for once; `undefined` where the server has none. */
export async function bulkLimits(server: Server, options: RequestOptions): Promise<BulkLimits | undefined> {
  const { knowledge, profile } = server;
  if (!profile.bulk) return undefined;
  if (knowledge.bulk === undefined) {
    await readServiceProviderConfig(server, options).catch((error: unknown) => {
      // Some servers have bulk requests and no document that says so.
      if (!isFailure(error)) throw error;
    });
  }
  const { bulk = usualLimits } = knowledge;
  if (bulk === false) return undefined;
  return {
    maxOperations: Math.min(bulk.maxOperations, usualLimits.maxOperations),
    maxPayloadSize: Math.min(bulk.maxPayloadSize, usualLimits.maxPayloadSize),
  };
}
