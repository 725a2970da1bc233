import type { AuditLogClient } from '../audit-logs/client.js';
import type { PrincipalIds } from '../audit-logs/options.js';
import { checkLogQuery, resolvePartitions } from '../audit-logs/plan.js';
import type { AuditLogEventsQuery } from '../audit-logs/query.js';
import type { EventTypeFor } from '../audit-logs/readable-types.js';
import { lineReaderTag, type ReadLines } from '../audit-logs/reading/lines.js';
import {
  checkChoice,
  checkNumber,
  checkObject,
  checkOptions,
  type OptionNames,
  read,
} from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import type { Clock } from '../internal/clock.js';
import type { AuditLogPrincipal } from '../transport/principal.js';
import type { ExportProgress } from './export-result.js';
import type { LogSink } from './sink.js';

/**
 * Which events are exported, and how they are read. They are validated only where `validate` is given: nobody is told what is
 * not as documented. Where to go on, the sink knows; and one that keeps one row for each
 * `event_id` leaves out what comes twice: `deduplicate` is for the others.
 */
export type ExportQuery<Type extends string = string> = Omit<
  AuditLogEventsQuery<Type>,
  'resumeFrom' | 'ordering' | 'onCaughtUp' | 'onProgress'
>;

/** How much is read before the work ends, of each workspace or organization. Whatever is reached first ends it. */
export interface ExportBudget {
  /** Events, and at most one batch more. */
  readonly maxEvents?: number | undefined;
  /** Bytes of events, and at most one batch more. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds from the first request on; what was read when the time is up is written. */
  readonly maxMs?: number | undefined;
}

/** What is exported, from where and to where. */
export interface ExportOptions<Options extends PrincipalIds, Type extends string> {
  /** Reads the logs. Its workspaces and organization are exported one after the other; for many, call once for each. */
  readonly client: AuditLogClient<Options>;
  readonly query: ExportQuery<EventTypeFor<Options, Type>>;
  readonly sink: LogSink;
  /** Only this workspace or organization of the client. @default all of them */
  readonly principal?: AuditLogPrincipal | undefined;
  /** @default everything that there is */
  readonly budget?: ExportBudget | undefined;
  /** Events that are written at a time, while as many are read. @default 1_000 */
  readonly batchSize?: number | undefined;
  /**
   * Milliseconds after which another process may go on where this one died. It is renewed three times within. @default 60_000
   */
  readonly leaseMs?: number | undefined;
  /** Waited for. One that throws, or rejects, ends the work; what was written stays. */
  readonly onProgress?: ((progress: ExportProgress) => unknown) | undefined;
  /** Ends the work: what was read and not written is read again by the next call. */
  readonly signal?: AbortSignal | undefined;
}

const optionNames: OptionNames<ExportOptions<PrincipalIds, string>> = {
  client: true,
  query: true,
  sink: true,
  principal: true,
  budget: true,
  batchSize: true,
  leaseMs: true,
  onProgress: true,
  signal: true,
};

const budgetNames: OptionNames<ExportBudget> = { maxEvents: true, maxBytes: true, maxMs: true };

/** The options with every default filled in. */
export interface ExportJob {
  readonly readLines: ReadLines;
  /** What the client goes by. */
  readonly clock: Clock;
  readonly query: ExportQuery;
  readonly sink: LogSink;
  readonly budget: ExportBudget;
  readonly batchSize: number;
  readonly leaseMs: number;
  readonly onProgress: ((progress: ExportProgress) => unknown) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** @throws InputError */
export function readExportOptions<Options extends PrincipalIds, Type extends string>(
  given: ExportOptions<Options, Type>,
): ExportJob & { readonly principals: readonly AuditLogPrincipal[] } {
  // Which client it is matters to the compiler alone.
  const own = checkOptions('exportLogs()', given as unknown as ExportOptions<PrincipalIds, string>, optionNames);
  const { client, query, sink, principal, budget, batchSize, leaseMs, onProgress, signal } = own;
  const reader = lineReaderTag.get(client);
  if (reader === undefined) {
    throw new InputError('`client` must be an AuditLogClient.', {
      path: ['client'],
      remedy: 'Give `new AuditLogClient(…)`, or `connection.auditLogs`.',
    });
  }
  checkObject('query', query);
  checkSink(sink);
  checkQuery(query, sink);
  if (onProgress !== undefined) checkChoice('onProgress', onProgress, [], true);
  const { maxEvents, maxBytes, maxMs } = checkOptions('`budget`', budget, budgetNames);
  const { readLines, clock, find } = reader;
  if (principal !== undefined) checkObject('principal', principal);
  const one = read('`principal`', () => (typeof principal?.id === 'string' ? find(principal) : undefined));
  const wanted = principal === undefined ? client.principals : one === undefined ? [] : [one];
  if (wanted.length === 0) {
    throw new InputError('`principal` is none that the client reads.', {
      path: ['principal'],
      remedy: 'Give one of `client.principals`.',
    });
  }
  const takers = resolvePartitions(query.eventTypes, wanted).map((partition) => partition.principal);
  return {
    principals: wanted.filter((one) => takers.includes(one)),
    readLines,
    clock,
    query,
    sink,
    budget: {
      maxEvents: maxEvents === undefined ? undefined : checkNumber('maxEvents', maxEvents, 1),
      maxBytes: maxBytes === undefined ? undefined : checkNumber('maxBytes', maxBytes, 1),
      maxMs: maxMs === undefined ? undefined : checkNumber('maxMs', maxMs, 1, false),
    },
    batchSize: checkNumber('batchSize', batchSize ?? 1_000, 1),
    leaseMs: checkNumber('leaseMs', leaseMs ?? 60_000, 1_000, false),
    onProgress,
    signal,
  };
}

/** Why an option of other readings has no place in the query. */
const notTaken: Readonly<Record<string, string>> = {
  resumeFrom: 'Leave it out: the sink knows where to go on.',
  ordering: 'Leave it out: events are written file by file.',
  onCaughtUp: 'Leave it out: the sink keeps the checkpoint.',
  onProgress: 'Give it beside the query: `exportLogs({ client, query, sink, onProgress })`.',
  batchSize: 'Give it beside the query: `exportLogs({ client, query, sink, batchSize })`.',
  fill: 'Leave it out: batches fill across files.',
  maxWaitMs: 'Leave it out. How long a call takes, `budget.maxMs` says: `exportLogs({ client, query, sink, budget })`.',
  intervalMs: 'Leave it out: a call ends where the list does. Call again after as long as you like.',
};

function checkQuery(query: ExportQuery, { isUniqueByEventId }: LogSink): void {
  for (const [name, remedy] of Object.entries(notTaken)) {
    if (!(name in query)) continue;
    throw new InputError(`The query of exportLogs() takes no \`${name}\`.`, { path: ['query', name], remedy });
  }
  // Before any of it is judged: of a misspelt name, the option that is meant would be said to be missing.
  checkLogQuery('exportLogs()', query);
  const { deduplicate } = query;
  if (deduplicate === undefined || isUniqueByEventId !== (deduplicate !== 'store')) return;
  throw new InputError(
    isUniqueByEventId
      ? 'The query of exportLogs() takes no `deduplicate` where the sink keeps one row for each `event_id`.'
      : "The query of exportLogs() takes `deduplicate: 'store'` only where the sink keeps one row for each `event_id`.",
    {
      path: ['query', 'deduplicate'],
      remedy: isUniqueByEventId
        ? 'Leave it out: the sink leaves out what comes twice.'
        : 'Leave it out, or give how many event ids are to be remembered: nothing else tells what comes twice.',
    },
  );
}

function checkSink(sink: unknown): asserts sink is LogSink {
  checkObject('sink', sink);
  if ('lease' in sink && typeof sink.lease === 'function') return;
  throw new InputError('`sink` must be a sink.', {
    path: ['sink'],
    remedy: 'Give what `sqliteSink`, `postgresSink`, `ndjsonSink` or `objectSink` returns, or a `LogSink` of your own.',
  });
}
