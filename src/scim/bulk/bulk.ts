import { checkOptions } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { ScimError } from '../../errors/scim-errors.js';
import type { SdkError } from '../../errors/sdk-error.js';
import { type RequestOptions, requestOptionNames } from '../../transport/options.js';
import { contextsOf, type ScimClient, type UsersAndGroups } from '../client.js';
import { inTurn, noteWrittenKeys } from '../natural-keys.js';
import { BULK_REQUEST_URN } from '../schemas/urns.js';
import type { BulkLimits, Server } from '../server.js';
import { requirePermission } from '../write/guard.js';
import { contextOfWrite, writeAlone } from './alone.js';
import { type BulkResult, type Outcome, outcomeOf, readBulkResponse, withoutId } from './answer.js';
import { bulkIdOf, bulkLimits, WriteQueue } from './queue.js';
import { afterRepeat, isSafeToRepeat, lookUpWrites, mayBeOfOneOperation, refusesAnyBulk } from './refused.js';
import { type BulkWrite, copyWrites, creationsIn, prepareWrites } from './writes.js';

/** How several writes are made. */
export interface BulkOptions {
  /** Stop after this many writes that failed or are `unknown`. Without it all are attempted. */
  readonly failOnErrors?: number | undefined;
}

/**
 * Makes several writes (RFC 7644 §3.7) in as few requests as the server takes. Those that others refer to (`bulkId:<name>`)
 * go first; where the writes do not fit into one request, references are replaced by the ids of what was created. A
 * server without bulk requests, such as WorkOS, gets one request for each write, in order, and so do the writes of a request
 * that is refused for what may be one of them: those that may have been carried out are looked up first. Writes that refer
 * to one another in a cycle must fit into one request. `create` and `upsert` of what is created here wait until all is done.
 *
 * @returns one result for each write, in the order given. A failed write is a result, not an error. Nothing is read back, and
 * no double is looked for: `create` and `upsert` with `verify` do that.
 * @throws InputError, AccessDeniedError for any of the writes, before anything is sent; ScimError, ConnectionError
 * when the first request is certainly refused as a whole; or the signal's own reason.
 */
export async function bulk(
  client: ScimClient<'provisioning'> | ScimClient<'deprovisioning'>,
  writes: readonly BulkWrite[],
  options: RequestOptions & BulkOptions = {},
): Promise<readonly BulkResult[]> {
  const contexts = contextsOf(client);
  const { server } = contexts[0];
  const { access } = server;
  if (!access.provisioning && !access.deprovisioning) {
    const deletes = Array.isArray(writes) && writes.some((write: BulkWrite | null) => write?.method === 'DELETE');
    requirePermission(contexts[0], deletes ? 'deprovisioning' : 'provisioning', 'POST');
  }
  const own = checkOptions('bulk()', options, { ...requestOptionNames, failOnErrors: true });
  const runOptions = Object.assign(server.sharedOptions(own), { failOnErrors: own.failOnErrors });
  const copies = copyWrites(writes);
  const run = async () => {
    const prepared = await prepareWrites(contexts, copies);
    return prepared.length === 0 ? [] : new BulkRun(contexts, prepared, runOptions).results();
  };
  // Whoever looks for one of these meanwhile would find nobody, and make a second one.
  // Awaited here, so that the stack of what fails leads to the caller.
  return await inTurn(server, creationsIn(copies, contexts), run, own.signal);
}

class BulkRun {
  readonly #server: Server;
  readonly #contexts: UsersAndGroups;
  readonly #options: RequestOptions;
  readonly #failOnErrors: number;
  readonly #writes: readonly BulkWrite[];
  readonly #queue: WriteQueue;
  readonly #outcomes: (Outcome | undefined)[] = [];
  /** Names of what was not created, or not certainly, and why. */
  readonly #lost = new Map<string, SdkError | undefined>();
  /** Writes of requests that were refused as a whole, which may have been carried out. */
  readonly #mayBeDone = new Set<number>();
  /** Paths of what is deleted: that it is gone says nothing of who deleted it. */
  readonly #deletes: ReadonlySet<string>;
  #failures = 0;
  /** How often in a row the server was too busy. */
  #busy = 0;

  constructor(contexts: UsersAndGroups, writes: readonly BulkWrite[], options: RequestOptions & BulkOptions) {
    this.#server = contexts[0].server;
    this.#contexts = contexts;
    this.#writes = writes;
    this.#options = options;
    this.#failOnErrors = options.failOnErrors ?? Infinity;
    this.#queue = new WriteQueue(this.#server, writes);
    this.#deletes = new Set(writes.flatMap(({ method, path }) => (method === 'DELETE' ? [path] : [])));
  }

  async results(): Promise<readonly BulkResult[]> {
    let limits = await bulkLimits(this.#server, this.#options);
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      if (limits === undefined || this.#queue.mustGoAlone(next)) await this.#writeNext(next);
      else limits = await this.#writeBatch(next, limits);
    }
    return this.#writes.map((write, index) => ({
      method: write.method,
      path: write.path,
      ...(Object.hasOwn(write, 'bulkId') && 'bulkId' in write && { bulkId: write.bulkId }),
      ...(this.#outcomes[index] ?? { outcome: this.#withoutAnother(index) }),
    }));
  }

  /** The next write, without those that refer to something that was not created. */
  #next(): number | undefined {
    // What refers to one that is taken out here is taken out too.
    for (let referring = this.#referring(); referring.length > 0; referring = this.#referring()) {
      for (const [index, name] of referring) {
        this.#setResult(index, { outcome: this.#withoutAnother(index), error: this.#lost.get(name) });
      }
    }
    return this.#failures < this.#failOnErrors ? this.#queue.next : undefined;
  }

  #referring() {
    return this.#queue.removeReferring(this.#lost);
  }

  /** What became of a write that is not sent, or not again. */
  #withoutAnother(index: number): 'unknown' | 'not_attempted' {
    // What cannot be made twice was looked up, and is not there.
    return this.#mayBeDone.has(index) && isSafeToRepeat(this.#queue.resolved(index)) ? 'unknown' : 'not_attempted';
  }

  #dropNext(index: number, error: SdkError): void {
    this.#queue.remove([index]);
    this.#setResult(index, { outcome: this.#withoutAnother(index), error });
  }

  async #writeNext(index: number): Promise<void> {
    if (!this.#queue.isResolved(index)) {
      this.#dropNext(index, cycleError('which requires a bulk request, and the server has none'));
      return;
    }
    this.#queue.remove([index]);
    this.#record(index, await writeAlone(this.#contexts, this.#queue.resolved(index), this.#options));
  }

  /** Gives the limits of the next request; `undefined` where the server takes none. */
  async #writeBatch(next: number, limits: BulkLimits): Promise<BulkLimits | undefined> {
    const { batch, isCycle } = this.#queue.batch(limits);
    if (batch.length === 0) {
      this.#dropNext(next, cycleError('which no request to this server can hold'));
      return limits;
    }
    const allowed = this.#failOnErrors - this.#failures;
    const writes = batch.map((index) => this.#queue.resolved(index));
    this.#server.knowledge.emptyGroups.clear();
    for (const write of writes) {
      if (write.method !== 'DELETE') noteWrittenKeys(contextOfWrite(this.#contexts, write), undefined, write.data);
    }
    try {
      const response = await this.#server.send({
        ...this.#options,
        method: 'POST',
        route: '/Bulk',
        body: { schemas: [BULK_REQUEST_URN], ...(allowed < Infinity && { failOnErrors: allowed }), Operations: writes },
        acceptStatuses: [412],
        isSeveralWrites: batch.length > 1,
      });
      for (const [position, outcome] of readBulkResponse(writes, response).entries()) {
        this.#record(batch[position] ?? 0, outcome);
      }
      this.#busy = 0;
    } catch (error) {
      if (!isFailure(error)) throw error;
      return this.#refused(batch, isCycle, limits, error);
    }
    this.#queue.remove(batch);
    return limits;
  }

  /** Goes on after a request that failed as a whole. */
  async #refused(
    batch: readonly number[],
    isCycle: boolean,
    limits: BulkLimits,
    error: SdkError,
  ): Promise<BulkLimits | undefined> {
    const isTooLarge = error instanceof ResponseError && error.status === 413;
    if (isTooLarge && batch.length > 1 && !isCycle && !this.#hasKnownLimits) {
      this.#queue.halve(batch);
      return limits;
    }
    if (!isTooLarge && !mayBeOfOneOperation(error)) return this.#giveUp(batch, error, limits);
    if (await refusesAnyBulk(this.#server, error, this.#options)) {
      if (error.status === 403) return this.#giveUp(batch, error, limits);
      this.#server.knowledge.bulk = false;
      return undefined;
    }
    const isBusy = error.status === 429;
    if (isBusy && batch.length === 1) return this.#giveUp(batch, error, limits);
    if ((isCycle && !isBusy) || batch.length === 1) {
      const outcome = isTooLarge || batch.length === 1 ? 'failed' : 'unknown';
      const { status } = error;
      for (const index of batch) this.#record(index, { outcome, status, error, ...scimTypeOf(error) });
      this.#queue.remove(batch);
      return limits;
    }
    const note = (index: number, outcome: Outcome) => {
      this.#queue.remove([index]);
      // Of two creations that are alike, what is there is one of them.
      const isTold = this.#writes[index]?.method === 'POST' && this.#isKnown(outcome.id);
      this.#record(index, isTold ? { outcome: 'unknown', error } : outcome);
    };
    const resolved = (index: number) => this.#queue.resolved(index);
    const left = await lookUpWrites(this.#contexts, batch, resolved, note, error, this.#options);
    for (const index of left) this.#mayBeDone.add(index);
    if (isTooLarge) this.#queue.halve(batch);
    else if (!isBusy) this.#queue.separate(left);
    else if (this.#busy++ >= (this.#options.maxRetries ?? this.#server.maxRetries)) this.#stop(left, error);
    return limits;
  }

  #isKnown(id: string | undefined): boolean {
    return id !== undefined && this.#outcomes.some((one) => one?.outcome === 'succeeded' && one.id === id);
  }

  /** Whether the server said how large a request may be: one that keeps to it is too large for one of its operations. */
  get #hasKnownLimits(): boolean {
    const { bulk } = this.#server.knowledge;
    return bulk !== undefined && bulk !== false && Number.isFinite(bulk.maxOperations + bulk.maxPayloadSize);
  }

  /** Stops where a request fails as a whole: so would the next. */
  #giveUp(batch: readonly number[], error: SdkError, limits: BulkLimits): BulkLimits {
    const isUnknown = outcomeOf(error) === 'unknown';
    for (const index of isUnknown ? batch : []) this.#setResult(index, { outcome: 'unknown', error });
    this.#stop(batch, error);
    return limits;
  }

  #stop(batch: readonly number[], error: SdkError): void {
    for (const index of batch) this.#outcomes[index] ??= { outcome: this.#withoutAnother(index), error };
    this.#queue.remove([...this.#writes.keys()]);
    const outcomes = this.#writes.map((_, index) => this.#outcomes[index]?.outcome ?? this.#withoutAnother(index));
    if (outcomes.every((outcome) => outcome === 'not_attempted')) throw error;
  }

  #record(index: number, given: Outcome): void {
    const write = this.#writes[index];
    const isRepeated = write !== undefined && this.#mayBeDone.has(index);
    const outcome = isRepeated ? afterRepeat(write, given, this.#deletes) : given;
    this.#setResult(index, outcome);
    if (outcome.outcome !== 'succeeded') this.#failures += 1;
  }

  #setResult(index: number, outcome: Outcome): void {
    this.#outcomes[index] = outcome;
    const bulkId = bulkIdOf(this.#writes[index]);
    if (bulkId === undefined) return;
    if (outcome.outcome !== 'succeeded') this.#lost.set(bulkId, outcome.error);
    else if (outcome.id === undefined) this.#lost.set(bulkId, withoutId());
    else this.#queue.noteId(bulkId, outcome.id);
  }
}

const scimTypeOf = (error: SdkError) => (error instanceof ScimError ? { scimType: error.scimType } : {});

const cycleError = (why: string) =>
  new InputError(`The writes refer to one another in a cycle, ${why}.`, {
    path: ['bulkId'],
    remedy: 'Create the resources first, then link them with a PATCH.',
  });
