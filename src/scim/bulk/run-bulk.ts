import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import type { SdkError } from '../../errors/sdk-error.js';
import type { RequestOptions } from '../../transport/transport.js';
import { judgeablePath } from '../access/request-demands.js';
import type { ResourceContext } from '../resource/resource-context.js';
import { BULK_REQUEST_URN } from '../schemas/urns.js';
import { type Session, send, sharedOptions } from '../session.js';
import { type BulkLimits, bulkLimits } from './bulk-limits.js';
import type { BulkOptions, BulkResult, BulkWrite } from './bulk-request.js';
import { dependencyGroups } from './dependency-groups.js';
import { outcomeOf } from './outcome-of.js';
import { mayGoInBulk, prepareWrites } from './prepare-writes.js';
import { nameOf, readBulkResponse, type SettledResult, withoutResults } from './read-bulk-response.js';
import { mapReferences, referencesOf } from './references.js';
import { type BatchedWrite, takeBatch } from './take-batch.js';
import { writePlainly } from './write-plainly.js';

/** Several writes under way. */
interface Run {
  readonly session: Session;
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
  session: Session,
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
    if (limits === undefined || isOdd(run, run.queue[0])) await writeNext(run);
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
  for (const index of group) settle(run, index, { outcome: 'not_attempted', error });
}

/** Whether a write has to go by itself, because of an id that the server has issued. */
function isOdd(run: Run, group: readonly number[] = []): boolean {
  const [index = -1, ...more] = group;
  const mayBe = more.length === 0 && [...(run.references[index] ?? [])].some((name) => run.oddIds.has(name));
  return mayBe && !mayGoInBulk(run.session, resolved(run, index));
}

async function writeNext(run: Run): Promise<void> {
  const [group = [], ...rest] = run.queue;
  run.queue = rest;
  if (group.some((index) => [...(run.references[index] ?? [])].some((name) => !run.ids.has(name)))) {
    drop(run, group, circle('which takes a bulk request, and the server has none'));
    return;
  }
  for (const index of group) {
    record(run, index, await writePlainly(run.session, run.contexts, resolved(run, index), run.options));
  }
}

/** The write with the ids that are known by now. */
function resolved({ writes, ids }: Run, index: number): BulkWrite {
  return mapReferences(writes[index] as BulkWrite, (name) => ids.get(name));
}

const circle = (why: string) =>
  new InputError(`The writes refer to one another in a circle, ${why}.`, {
    path: ['bulkId'],
    remedy: 'Create the resources first, and let them refer to one another by a change.',
  });

async function writeBatch(run: Run, limits: BulkLimits): Promise<BulkLimits | undefined> {
  const end = run.oddIds.size === 0 ? -1 : run.queue.findIndex((group) => isOdd(run, group));
  const queue = end === -1 ? run.queue : run.queue.slice(0, end);
  const { batch, groups } = takeBatch(queue, limits, run.largestBatch, (index) => resolved(run, index));
  if (groups === 0) {
    const [first = [], ...rest] = run.queue;
    run.queue = rest;
    drop(run, first, circle('which no request to this server can hold'));
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
  for (const { index } of batch) settle(run, index, { outcome, error });
  run.queue = [];
}

function record(run: Run, index: number, result: SettledResult): void {
  settle(run, index, result);
  if (result.outcome !== 'succeeded') run.failures += 1;
}

function settle(run: Run, index: number, result: SettledResult): void {
  const write = run.writes[index] as BulkWrite;
  run.results[index] = { ...result, ...nameOf(write) };
  if (write.method !== 'POST' || write.bulkId === undefined) return;
  if (result.outcome === 'succeeded' && result.id !== undefined) {
    run.ids.set(write.bulkId, result.id);
    if (judgeablePath(`/x/${encodeURIComponent(result.id)}`) === undefined) run.oddIds.add(write.bulkId);
  } else run.lost.set(write.bulkId, result.error);
}
