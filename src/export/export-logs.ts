import type { AuditLogCheckpoint } from '../audit-logs/checkpoint.js';
import type { PrincipalIds } from '../audit-logs/options.js';
import { typesFor } from '../audit-logs/plan.js';
import type { AllEventTypes, EventTypeName } from '../audit-logs/readable-types.js';
import type { LineStream } from '../audit-logs/reading/lines.js';
import { storeFailed } from '../errors/export-error.js';
import { tracedFromHere } from '../errors/sdk-error.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import { untilAnswered } from '../internal/callbacks.js';
import { instantOf, msOf } from '../internal/dates.js';
import { type AuditLogPrincipal, principalKey } from '../transport/principal.js';
import { BatchRows } from './batch-rows.js';
import { Budget } from './budget.js';
import { type ExportJob, type ExportOptions, readExportOptions } from './export-options.js';
import type { ExportCounts, ExportLag, ExportResult } from './export-result.js';
import { HeldLease } from './held-lease.js';
import { columnsOf, type LineRow } from './line-row.js';
import { checkGivenLease } from './sink.js';
import { ToldFailures } from './told-failures.js';

/**
 * Reads audit logs on from where the store ends, and writes events and checkpoint into it, batch by batch: each event is there
 * once, whenever the work ends. Call it every ten minutes or so, from as many processes as you like: one at a time exports a
 * workspace, the others are told (`held`).
 *
 * @returns when everything that the service lists is in the store (`done: true`), the budget is spent, or what is left is for a
 * later call.
 * @throws InputError for options that make no sense, before anything is asked; and for a sink that does not answer as `LogSink`
 * says. ExportError when the store fails, or another process has taken over. What `events()` of the client throws while it
 * reads; what was read before is written by then. With `onFailedPrincipal`, that of a workspace which fails as a whole only
 * where every one does. The signal's own reason; what a function of yours throws.
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite';
 * import { AuditLogClient } from 'chatgpt-enterprise-sdk/audit-logs';
 * import { exportLogs, sqliteSink } from 'chatgpt-enterprise-sdk/export';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * const sink = sqliteSink(new DatabaseSync('audit.db'));
 * const { done, counts, lag } = await exportLogs({ client, query: { eventTypes: ['AUTH_LOG', 'AUDIT_LOG'] }, sink });
 * console.log(done, counts.written, lag.ms);
 * ```
 */
export async function exportLogs<
  const Options extends PrincipalIds,
  const Type extends EventTypeName = AllEventTypes<Options>,
>(options: ExportOptions<Options, Type>): Promise<ExportResult> {
  const { principals, ...job } = readExportOptions(options);
  const counts = { written: 0, repeated: 0, files: 0, bytes: 0, invalidLines: 0, gaps: 0 };
  const outcomes: Outcome[] = [];
  const held: AuditLogPrincipal[] = [];
  try {
    for (const principal of principals) {
      const outcome = await exportPrincipal({ ...job, principal, counts });
      if (outcome === undefined) held.push(principal);
      else outcomes.push(outcome);
    }
    const failures = outcomes.flatMap(({ failed }) => failed ?? []);
    if (held.length === 0 && failures.length === principals.length) throw failures[0]?.error;
  } catch (failure) {
    // A lease that a timer could not renew leads to nobody.
    throw tracedFromHere(failure);
  }
  const partitions = outcomes.flatMap(({ checkpoint }) => checkpoint.partitions);
  return {
    done: held.length === 0 && outcomes.every(({ isWhole }) => isWhole),
    budgetSpent: outcomes.some(({ isSpent }) => isSpent),
    held,
    checkpoint: { version: 1, partitions },
    lag: lagOf(
      outcomes.flatMap(({ completeUntil }) => completeUntil),
      held,
    ),
    counts: { ...counts },
  };
}

interface PrincipalJob extends ExportJob {
  readonly principal: AuditLogPrincipal;
  /** Of all principals together. */
  readonly counts: { -readonly [Name in keyof ExportCounts]: number };
}

/** What became of one principal. */
interface Outcome {
  readonly checkpoint: AuditLogCheckpoint;
  readonly completeUntil: ReturnType<LineStream<unknown>['completeUntil']>;
  /** Whether all that was listed was written. */
  readonly isWhole: boolean;
  readonly isSpent: boolean;
  /** What its reading failed with, as a whole, and the caller was told. */
  readonly failed: { readonly error: unknown } | undefined;
}

/** Under its lease; `undefined` while another has that. */
async function exportPrincipal(job: PrincipalJob): Promise<Outcome | undefined> {
  const { sink, clock, leaseMs, principal, signal } = job;
  signal?.throwIfAborted();
  const leasing = (async () => sink.lease(principalKey(principal), leaseMs))();
  const lease = await untilAborted(leasing, signal).catch((failure: unknown) => {
    // Nobody else should have to wait for one that came too late.
    leasing.then((late) => late?.release()).catch(() => {});
    throw signal?.aborted ? failure : storeFailed('Taking the lease', failure);
  });
  checkGivenLease(lease);
  if (lease === undefined) return undefined;
  const kept = new HeldLease(lease, leaseMs, clock);
  const scope = openAbortScope([signal, kept.lost]);
  try {
    return await exportUnderLease(job, kept, scope.signal);
  } finally {
    scope.end();
    await kept.release(signal);
  }
}

async function exportUnderLease(job: PrincipalJob, lease: HeldLease, signal: AbortSignal): Promise<Outcome> {
  const { query, sink, batchSize, principal, counts, onProgress } = job;
  const told = new ToldFailures(query.onFailedPrincipal);
  const known = await untilAborted(lease.checkpoint(), signal);
  const lines = job.readLines(
    'exportLogs()',
    {
      ...query,
      eventTypes: typesFor(principal, query.eventTypes),
      onFailedPrincipal: told.onFailedPrincipal,
      // What a store holds is looked at as that of any other: it may have been changed.
      resumeFrom: known as AuditLogCheckpoint | undefined,
      // What is not as documented would be told to nobody.
      validate: query.validate ?? false,
      batchSize,
      fill: true,
      ...(sink.isUniqueByEventId && { deduplicate: 'store' }),
    },
    columnsOf,
    { signal },
    [principal],
  );
  const iterator = lines[Symbol.asyncIterator]();
  // What came in time is written: where files are slower than batches are patient, no call would come any further.
  const budget = new Budget(job.budget, job.clock, () => lines.wrapUp());
  const batchRows = new BatchRows();
  let isAtEnd = false;
  let failed: Outcome['failed'];
  let last: AuditLogCheckpoint | undefined;
  const write = async (rows: readonly LineRow[], bytes: number, checkpoint: AuditLogCheckpoint): Promise<void> => {
    const { added } = await untilAborted(lease.write(rows, checkpoint), signal);
    last = checkpoint;
    counts.written += added;
    counts.repeated += rows.length - added;
    counts.bytes += bytes;
    if (onProgress !== undefined) await untilAnswered(onProgress({ principal, counts: { ...counts } }), [signal]);
  };
  // Each batch is written while the next one is read: a store is waited for, and a log file is too.
  let writing: Promise<void> = Promise.resolve();
  try {
    while (!budget.isSpent) {
      const next = await unlessFailed(iterator.next(), writing).catch(async (error: unknown) => {
        // What was read before is written.
        await writing;
        if (signal.aborted || !told.has(error)) throw error;
        failed = { error };
      });
      if (next === undefined) break;
      isAtEnd = next.done === true && !budget.isSpent;
      if (next.done) break;
      const rows = batchRows.of(next.value);
      const bytes = rows.reduce((sum, row) => sum + row.bytes.byteLength, 0);
      budget.spend(rows.length, bytes);
      await writing;
      writing = write(rows, bytes, next.value.checkpoint);
    }
    await writing;
  } finally {
    budget.end();
    await iterator.return?.();
    const { files, invalidLines, gaps } = lines.stats;
    counts.files += files;
    counts.invalidLines += invalidLines;
    counts.gaps += gaps;
  }
  if (isAtEnd) {
    // It says that the log was read to its end, which a quiet one has no batch to say.
    last = lines.checkpoint();
    await untilAborted(lease.write([], last), signal);
  }
  const completeUntil = lines.completeUntil();
  const { failedPrincipals, invalidRows } = lines.stats;
  const isLeftOut = failedPrincipals > 0 || invalidRows > 0 || completeUntil.some(({ gaps }) => gaps > 0);
  return {
    ...{ checkpoint: last ?? lines.checkpoint(), completeUntil, failed },
    ...{ isWhole: isAtEnd && !isLeftOut, isSpent: budget.isSpent },
  };
}

/** What comes next; or what failed in the meantime, since that may be a long time. */
function unlessFailed<T>(next: Promise<T>, meanwhile: Promise<void>): Promise<T> {
  const failure = meanwhile.then(() => new Promise<never>(() => {}));
  return Promise.race([next, failure]);
}

function lagOf(known: Outcome['completeUntil'], held: readonly AuditLogPrincipal[]): ExportLag {
  const completeUntil = known.map(({ principal, eventType, time }) => ({ principal, eventType, time }));
  const behindMs = known.map(({ time, now }) =>
    time === undefined ? undefined : msOf(instantOf(now)) - msOf(instantOf(time)),
  );
  const ms = behindMs.reduce<number | undefined>(
    (longest, one) => (longest === undefined || one === undefined ? undefined : Math.max(longest, one)),
    0,
  );
  // Of what another process exports, nothing is known here.
  return { ms: held.length === 0 ? ms : undefined, completeUntil };
}
