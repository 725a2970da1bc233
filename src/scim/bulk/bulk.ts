import { checkOptions } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { ScimError } from '../../errors/scim-errors.js';
import type { SdkError } from '../../errors/sdk-error.js';
import { isRecord } from '../../internal/json.js';
import { type RequestOptions, requestOptionNames } from '../../transport/options.js';
import { contextsOf, type ScimClient, type UsersAndGroups } from '../client.js';
import { readServiceProviderConfig } from '../discovery.js';
import { etagOf, ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import { BULK_REQUEST_URN } from '../schemas/urns.js';
import type { BulkLimits, Server } from '../server.js';
import { patch } from '../write/change.js';
import { createResource } from '../write/create.js';
import { requirePermission } from '../write/guard.js';
import { unambiguousPath } from '../write/permissions.js';
import { write as writeResource } from '../write/send.js';
import { type BulkResult, type Outcome, outcomeOf, readBulkResponse, withoutResults } from './answer.js';
import {
  type BulkWrite,
  inDependencyOrder,
  mapReferences,
  mayGoInBulk,
  prepareWrites,
  referencesOf,
} from './writes.js';

/** How several writes are made. */
export interface BulkOptions {
  /** Stop after this many writes that failed or are `unknown`. Without it all are attempted. */
  readonly failOnErrors?: number | undefined;
}

/**
 * Makes several writes (RFC 7644 §3.7) in as few requests as the server takes. Those that others refer to (`bulkId:<name>`)
 * go first; where the writes do not fit into one request, references are replaced by the ids of what was created. A
 * server without bulk requests, such as WorkOS, gets one request for each write, in order. Writes that refer to one
 * another in a cycle must fit into one request.
 *
 * @returns one result for each write, in the order given. A failed write is a result, not an error.
 * @throws InputError, AccessDeniedError for any of the writes, before anything is sent; ScimError, ConnectionError
 * when the first request is certainly refused as a whole; or the signal's own reason.
 */
export async function bulk(
  client: ScimClient<'provisioning'> | ScimClient<'deprovisioning'>,
  writes: readonly BulkWrite[],
  options: RequestOptions & BulkOptions = {},
): Promise<readonly BulkResult[]> {
  const contexts = contextsOf(client);
  const { access } = contexts[0].server;
  if (!access.provisioning && !access.deprovisioning) {
    const deletes = Array.isArray(writes) && writes.some((write: BulkWrite | null) => write?.method === 'DELETE');
    requirePermission(contexts[0], deletes ? 'deprovisioning' : 'provisioning', 'POST');
  }
  const own = checkOptions('bulk()', options, { ...requestOptionNames, failOnErrors: true });
  const prepared = await prepareWrites(contexts, writes);
  return prepared.length === 0 ? [] : new BulkRun(contexts, prepared, own).results();
}

class BulkRun {
  readonly #server: Server;
  readonly #contexts: UsersAndGroups;
  readonly #options: RequestOptions;
  readonly #failOnErrors: number;
  readonly #writes: readonly BulkWrite[];
  /** The names that each write refers to. */
  readonly #references: readonly ReadonlySet<string>[];
  readonly #outcomes: (Outcome | undefined)[] = [];
  /** Indices of the writes that are left, those that others refer to first. */
  #queue: readonly number[];
  /** Writes that one request may hold, as far as the server said so by refusing more. */
  #largestBatch = Infinity;
  /** Ids of what was created, by `bulkId`. */
  readonly #ids = new Map<string, string>();
  /** Names of those whose id cannot stand in the path of a bulk request under one permission. */
  readonly #unsafeIds = new Set<string>();
  /** Names of what was not created, or not certainly, and why. */
  readonly #lost = new Map<string, SdkError | undefined>();
  #failures = 0;

  constructor(contexts: UsersAndGroups, writes: readonly BulkWrite[], options: RequestOptions & BulkOptions) {
    this.#server = contexts[0].server;
    this.#contexts = contexts;
    this.#writes = writes;
    this.#options = this.#server.sharedOptions(options);
    this.#failOnErrors = options.failOnErrors ?? Infinity;
    this.#references = writes.map(referencesOf);
    this.#queue = inDependencyOrder(writes, this.#references);
  }

  async results(): Promise<readonly BulkResult[]> {
    let limits = await bulkLimits(this.#server, this.#options);
    while (this.#dropDependents() && this.#failures < this.#failOnErrors) {
      const [next = 0] = this.#queue;
      if (limits === undefined || this.#hasUnsafeId(next)) await this.#writeNext(next);
      else limits = await this.#writeBatch(limits);
    }
    return this.#writes.map((write, index) => ({
      method: write.method,
      path: write.path,
      ...('bulkId' in write && { bulkId: write.bulkId }),
      ...(this.#outcomes[index] ?? { outcome: 'not_attempted' }),
    }));
  }

  /** Takes out what refers to something that was not created, and says whether anything is left. */
  #dropDependents(): boolean {
    if (this.#lost.size === 0) return this.#queue.length > 0;
    this.#queue = this.#queue.filter((index) => {
      const name = this.#namesIn(index).find((one) => this.#lost.has(one));
      if (name !== undefined) this.#setResult(index, { outcome: 'not_attempted', error: this.#lost.get(name) });
      return name === undefined;
    });
    return this.#queue.length > 0;
  }

  #dropNext(index: number, error: SdkError): void {
    this.#setResult(index, { outcome: 'not_attempted', error });
    this.#queue = this.#queue.slice(1);
  }

  #namesIn(index: number): readonly string[] {
    return [...(this.#references[index] ?? [])];
  }

  /** Whether a write has to go by itself, because of an id that the server has issued. */
  #hasUnsafeId(index: number): boolean {
    const mayBe = this.#namesIn(index).some((name) => this.#unsafeIds.has(name));
    return mayBe && !mayGoInBulk(this.#server, this.#resolved(index));
  }

  #resolved(index: number): BulkWrite {
    return mapReferences(this.#writes[index] as BulkWrite, (name) => this.#ids.get(name));
  }

  async #writeNext(index: number): Promise<void> {
    if (this.#namesIn(index).some((name) => !this.#ids.has(name))) {
      this.#dropNext(index, cycleError('which requires a bulk request, and the server has none'));
      return;
    }
    this.#queue = this.#queue.slice(1);
    this.#record(index, await this.#writeAlone(this.#resolved(index)));
  }

  /** Makes one write by a request of its own. */
  async #writeAlone(write: BulkWrite): Promise<Outcome> {
    try {
      const { status, resource } = await this.#sendAlone(write);
      if (resource === undefined) return { outcome: 'succeeded', status };
      const { id, meta } = resource;
      const found = { id, location: meta?.location ?? undefined, version: etagOf(resource), response: resource };
      return { outcome: 'succeeded', status, ...found };
    } catch (error) {
      if (!isFailure(error)) throw error;
      return {
        outcome: outcomeOf(error),
        error,
        ...(error instanceof ResponseError && { status: error.status, response: parsed(error.body) }),
        ...(error instanceof ScimError && { scimType: error.scimType }),
      };
    }
  }

  async #sendAlone(write: BulkWrite): Promise<{ readonly status: number; readonly resource?: Resource | undefined }> {
    const end = write.method === 'POST' ? write.path.length : write.path.lastIndexOf('/');
    const route = write.path.slice(0, end);
    if (route === '' || this.#contexts.some((known) => route.startsWith(`${known.route}/`))) {
      throw new InputError(`\`${write.method}\` cannot be sent to this path.`, { path: ['path'] });
    }
    const unknownType = { endpoint: route, schema: { id: '', attributes: {} } };
    const context =
      this.#contexts.find((known) => known.route === route) ?? new ResourceContext(this.#server, unknownType);
    if (write.method === 'POST') {
      return { status: 201, resource: await createResource(context, { ...write.data }, this.#options) };
    }
    const id = decodeURIComponent(write.path.slice(end + 1));
    const requestOptions = { ...this.#options, ifMatch: write.version };
    if (write.method === 'PATCH') {
      return { status: 200, resource: await patch(context, id, operationsIn(write.data), requestOptions) };
    }
    const body = write.method === 'PUT' ? write.data : undefined;
    const { response, resource } = await writeResource(context, { method: write.method, id, body }, requestOptions);
    return { status: response.status, resource };
  }

  async #writeBatch(limits: BulkLimits): Promise<BulkLimits | undefined> {
    let batch = this.#takeBatch(limits, this.#largestBatch);
    // A cycle cannot be split: it is tried whole, even where the server refused as much before.
    const isCycle = batch.length === 0;
    if (isCycle) batch = this.#takeCycle(limits);
    if (batch.length === 0) {
      this.#dropNext(this.#queue[0] ?? 0, cycleError('which no request to this server can hold'));
      return limits;
    }
    const allowed = this.#failOnErrors - this.#failures;
    const writes = batch.map((index) => this.#resolved(index));
    this.#server.knowledge.emptyGroups.clear();
    try {
      const response = await this.#server.send({
        ...this.#options,
        method: 'POST',
        route: '/Bulk',
        body: { schemas: [BULK_REQUEST_URN], ...(allowed < Infinity && { failOnErrors: allowed }), Operations: writes },
        acceptStatuses: [412],
      });
      const results = readBulkResponse(writes, response.body);
      for (const [position, index] of batch.entries()) {
        this.#record(index, results?.[position] ?? withoutResults(response));
      }
    } catch (error) {
      if (!isFailure(error)) throw error;
      const status = error instanceof ResponseError ? error.status : undefined;
      if (status === 404 || status === 405 || status === 501) {
        this.#server.knowledge.bulk = false;
        return undefined;
      }
      if (status === 413 && batch.length > 1 && !isCycle) {
        this.#largestBatch = Math.ceil(batch.length / 2);
        return limits;
      }
      if (status !== 413) {
        this.#giveUp(batch, error);
        return limits;
      }
      for (const index of batch) this.#record(index, { outcome: 'failed', status, error });
    }
    const sent = new Set(batch);
    this.#queue = this.#queue.filter((index) => !sent.has(index));
    return limits;
  }

  /** The first write with all that it needs, which leads back to it; none where that is more than one request may hold. */
  #takeCycle({ maxOperations, maxPayloadSize }: BulkLimits): readonly number[] {
    const cycle = new Set(this.#queue.slice(0, 1));
    // A set goes on with what is added while it is walked.
    for (const index of cycle) {
      const needed = this.#namesIn(index).filter((name) => !this.#ids.has(name));
      for (const other of this.#queue) if (needed.includes(bulkIdOf(this.#writes[other]) ?? '')) cycle.add(other);
    }
    const bytes = [...cycle].reduce((sum, index) => sum + this.#bytesOf(index), envelopeBytes);
    return cycle.size <= maxOperations && bytes <= maxPayloadSize ? [...cycle] : [];
  }

  #bytesOf(index: number): number {
    return new TextEncoder().encode(JSON.stringify(this.#resolved(index))).length + 1;
  }

  /** As many of the first writes as one request may hold, a too large one alone, none that refers to a later one. */
  #takeBatch({ maxOperations, maxPayloadSize }: BulkLimits, largestBatch: number): readonly number[] {
    const most = Math.min(maxOperations, largestBatch);
    let batch: number[] = [];
    let bytes = envelopeBytes;
    for (const index of this.#queue) {
      bytes += this.#bytesOf(index);
      const fits = batch.length === 0 || (batch.length < most && bytes <= maxPayloadSize);
      if (!fits || this.#hasUnsafeId(index)) break;
      batch.push(index);
    }
    for (let size = -1; size !== batch.length; ) {
      size = batch.length;
      const known = new Set(batch.map((index) => bulkIdOf(this.#writes[index])));
      batch = batch.filter((index) => this.#namesIn(index).every((name) => known.has(name) || this.#ids.has(name)));
    }
    return batch;
  }

  /** Stops where a request fails as a whole: so would the next. */
  #giveUp(batch: readonly number[], error: SdkError): void {
    const outcome = outcomeOf(error) === 'unknown' ? 'unknown' : 'not_attempted';
    const isNothingDone = this.#outcomes.every((one) => one === undefined || one.outcome === 'not_attempted');
    if (isNothingDone && outcome !== 'unknown') throw error;
    for (const index of batch) this.#setResult(index, { outcome, error });
    this.#queue = [];
  }

  #record(index: number, outcome: Outcome): void {
    this.#setResult(index, outcome);
    if (outcome.outcome !== 'succeeded') this.#failures += 1;
  }

  #setResult(index: number, outcome: Outcome): void {
    this.#outcomes[index] = outcome;
    const bulkId = bulkIdOf(this.#writes[index]);
    if (bulkId === undefined) return;
    if (outcome.outcome === 'succeeded' && outcome.id !== undefined) {
      this.#ids.set(bulkId, outcome.id);
      if (unambiguousPath(`/x/${encodeURIComponent(outcome.id)}`) === undefined) this.#unsafeIds.add(bulkId);
    } else this.#lost.set(bulkId, outcome.error);
  }
}

/** For what surrounds the operations. */
const envelopeBytes = 200;

const bulkIdOf = (write: BulkWrite | undefined) => (write?.method === 'POST' ? write.bulkId : undefined);

const cycleError = (why: string) =>
  new InputError(`The writes refer to one another in a cycle, ${why}.`, {
    path: ['bulkId'],
    remedy: 'Create the resources first, then link them with a PATCH.',
  });

// For a server that takes bulk requests and does not say how large.
const usualLimits: BulkLimits = { maxOperations: 1_000, maxPayloadSize: 1_048_576 };

/** The limits of bulk requests, asked for once; `undefined` where the server has none. */
async function bulkLimits(server: Server, options: RequestOptions): Promise<BulkLimits | undefined> {
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
