import { InputError } from '../../errors/input-error.js';
import { ResponseError } from '../../errors/response-error.js';
import { isSdkError, type SdkError } from '../../errors/sdk-error.js';
import type { RequestOptions } from '../../transport/transport.js';
import { mayHaveActed } from '../resource/may-have-acted.js';
import { checkResource } from '../resource/preflight.js';
import type { ResourceContext } from '../resource/resource-context.js';
import { withSchemas } from '../resource/with-schemas.js';
import { BULK_REQUEST_URN, PATCH_OP_URN } from '../schemas/urns.js';
import { type Session, send, sharedOptions } from '../session.js';
import { type BulkLimits, bulkLimits } from './bulk-limits.js';
import type { BulkOptions, BulkResult, BulkWrite } from './bulk-request.js';
import { nameOf, readBulkResponse } from './read-bulk-response.js';
import { inDependencyOrder, mapReferences, referencesOf } from './references.js';
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
  /** What is left to do: indices of writes, those that others refer to first. */
  queue: number[];
  /** Ids of what was created, by `bulkId`. */
  readonly ids: Map<string, string>;
  /** Names of what was not created, or not certainly. */
  readonly lost: Set<string>;
  failures: number;
}

/** Makes several writes in as few requests as the server's limits allow, or one by one where it has no bulk requests. */
export async function runBulk(
  session: Session,
  contexts: readonly ResourceContext[],
  given: readonly BulkWrite[],
  options: RequestOptions & BulkOptions = {},
): Promise<readonly BulkResult[]> {
  const writes = given.map((write, index) => completed(write, index, contexts));
  await checkWrites(session, contexts, writes);
  const run: Run = {
    session,
    contexts,
    options: sharedOptions(session, options),
    failOnErrors: options.failOnErrors ?? Infinity,
    writes,
    references: writes.map(referencesOf),
    results: new Array<BulkResult | undefined>(writes.length),
    queue: inDependencyOrder(writes),
    ids: new Map(),
    lost: new Set(),
    failures: 0,
  };
  let limits = await bulkLimits(session, run.options);
  while (run.queue.length > 0 && run.failures < run.failOnErrors) {
    dropDependants(run);
    limits = limits === undefined ? await writeNext(run) : await writeBatch(run, limits);
  }
  return writes.map((write, index) => run.results[index] ?? { ...nameOf(write), outcome: 'not_attempted' });
}

/** The write with what every write has: a name for what it creates, and the schemas in use. */
function completed(write: BulkWrite, index: number, contexts: readonly ResourceContext[]): BulkWrite {
  if (write.method === 'DELETE') return write;
  if (write.method === 'PATCH') return { ...write, data: { schemas: [PATCH_OP_URN], ...write.data } };
  const context = contextOf(write, contexts);
  const data = context === undefined ? write.data : withSchemas(context, { ...write.data });
  return write.method === 'POST'
    ? { ...write, data, bulkId: write.bulkId ?? `write-${index + 1}` }
    : { ...write, data };
}

function contextOf({ path }: BulkWrite, contexts: readonly ResourceContext[]): ResourceContext | undefined {
  return contexts.find(({ route }) => path === route || path.startsWith(`${route}/`));
}

async function checkWrites(
  session: Session,
  contexts: readonly ResourceContext[],
  writes: readonly BulkWrite[],
): Promise<void> {
  // Before anything is sent: one write that is not allowed stops them all.
  session.guard({
    method: 'POST',
    route: '/Bulk',
    body: JSON.parse(JSON.stringify({ Operations: writes })) as unknown,
  });
  const names = writes.flatMap((write) => (write.method === 'POST' ? [write.bulkId] : []));
  if (new Set(names).size < names.length)
    throw new InputError('Two writes have the same `bulkId`.', { path: ['bulkId'] });
  for (const [index, write] of writes.entries()) {
    for (const name of referencesOf(write)) {
      if (!names.includes(name))
        throw new InputError('A `bulkId` is referred to that no write has.', { path: [index] });
    }
    const context = contextOf(write, contexts);
    if (context === undefined || (write.method !== 'POST' && write.method !== 'PUT')) continue;
    await checkResource(context.definition, session.profile, { ...write.data });
  }
}

/** Takes out what refers to something that was not created. */
function dropDependants(run: Run): void {
  if (run.lost.size === 0) return;
  run.queue = run.queue.filter((index) => {
    const write = run.writes[index];
    const names = [...(run.references[index] ?? [])];
    if (write === undefined || !names.some((name) => run.lost.has(name))) return true;
    if (write.method === 'POST' && write.bulkId !== undefined) run.lost.add(write.bulkId);
    return false;
  });
}

async function writeNext(run: Run): Promise<undefined> {
  const [index, ...rest] = run.queue;
  run.queue = rest;
  const write = index === undefined ? undefined : run.writes[index];
  if (index === undefined || write === undefined) return;
  const resolved = mapReferences(write, (name) => run.ids.get(name));
  record(run, index, await writePlainly(run.session, run.contexts, resolved, run.options));
}

async function writeBatch(run: Run, limits: BulkLimits): Promise<BulkLimits | undefined> {
  const batch = takeBatch(run, limits);
  const writes = batch.map(({ write }) => write);
  if (batch.length === 0) {
    // What is left refers to itself in a circle that no request can hold.
    run.queue = [];
    return limits;
  }
  const allowed = run.failOnErrors - run.failures;
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
    batch.forEach(({ index, write }, position) => {
      const failed: BulkResult = { ...nameOf(write), outcome: 'failed', status: response.status };
      record(run, index, results?.[position] ?? failed);
    });
  } catch (error) {
    if (!isSdkError(error)) throw error;
    if (error instanceof ResponseError && error.status === 413 && batch.length > 1) {
      return { ...limits, maxOperations: Math.ceil(batch.length / 2) };
    }
    if (error instanceof ResponseError && [404, 405, 501].includes(error.status)) {
      run.session.learned.bulk = false;
      return undefined;
    }
    if (run.results.every((result) => result === undefined) && !mayHaveActed(error)) throw error;
    giveUp(run, batch, error);
  }
  const done = new Set(batch.map(({ index }) => index));
  run.queue = run.queue.filter((index) => !done.has(index));
  return limits;
}

/** The next writes that fit into one request and refer to nothing outside it. */
function takeBatch(run: Run, { maxOperations, maxPayloadSize }: BulkLimits): { index: number; write: BulkWrite }[] {
  let batch: { index: number; write: BulkWrite }[] = [];
  let bytes = 200;
  for (const index of run.queue.slice(0, maxOperations)) {
    const write = mapReferences(run.writes[index] as BulkWrite, (name) => run.ids.get(name));
    bytes += new TextEncoder().encode(JSON.stringify(write)).length + 1;
    if (bytes > maxPayloadSize && batch.length > 0) break;
    batch.push({ index, write });
  }
  for (let before = -1; before !== batch.length; ) {
    before = batch.length;
    const names = new Set(batch.map(({ write }) => ('bulkId' in write ? write.bulkId : undefined)));
    batch = batch.filter(({ write }) => [...referencesOf(write)].every((name) => names.has(name)));
  }
  return batch;
}

function giveUp(run: Run, batch: readonly { index: number; write: BulkWrite }[], error: SdkError): void {
  const outcome = mayHaveActed(error) ? 'unknown' : 'not_attempted';
  for (const { index, write } of batch) run.results[index] = { ...nameOf(write), outcome, error };
  run.queue = [];
}

function record(run: Run, index: number, result: BulkResult): void {
  const write = run.writes[index];
  run.results[index] = write === undefined ? result : { ...result, ...nameOf(write) };
  if (result.outcome !== 'succeeded') run.failures += 1;
  if (write?.method !== 'POST' || write.bulkId === undefined) return;
  if (result.outcome === 'succeeded' && result.id !== undefined) run.ids.set(write.bulkId, result.id);
  else run.lost.add(write.bulkId);
}
