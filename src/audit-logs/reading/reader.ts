import { type PrincipalRetentionRange, retentionGap } from '../../errors/log-errors.js';
import { openAbortScope } from '../../internal/abort.js';
import type { Clock } from '../../internal/clock.js';
import { formatInstant, instantOf, instantOfMs, msOf } from '../../internal/dates.js';
import type { RequestOptions } from '../../transport/options.js';
import { retryUntil } from '../../transport/retry.js';
import type { LogSource } from '../api.js';
import type { AuditLogCheckpoint, PartitionCheckpoint } from '../checkpoint.js';
import { AuditLogFileError } from '../errors.js';
import type { AuditLogFile } from '../files/log-file.js';
import { BufferPool, prefetch, WeightedSemaphore } from '../files/prefetch.js';
import type { JsonLinesPosition } from '../json-lines.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { AuditLogFollowQuery } from '../query.js';
import type { EventValidator } from '../validator.js';
import { FileCursor, type InvalidLine, newStats, type RecordRules } from './file-cursor.js';
import { type EventSlice, inFileOrder, inTimeOrder, type OpenFiles, yieldToEventLoop } from './order.js';
import { beforeAllFiles } from './overlap.js';
import {
  type FileItem,
  isOutage,
  maxGaps,
  Partition,
  type PartitionItem,
  type PartitionMemory,
  partitionItems,
} from './partition.js';

/** One event type of one principal. */
export interface PartitionKey {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
}

/** How one iteration reads, every default filled in. */
export interface ReadingPlan
  extends Pick<
    AuditLogFollowQuery,
    'invalidLine' | 'onFailedFile' | 'onRetentionGap' | 'onProgress' | 'onCaughtUp' | 'onOutage' | 'onWarning'
  > {
  readonly clock: Clock;
  /** What is read: from where a checkpoint stopped, or else from `after` on. */
  readonly startFrom: readonly (PartitionKey | PartitionCheckpoint)[];
  /** Partitions of the checkpoint that are not read: handed on as they are. */
  readonly untouched: readonly PartitionCheckpoint[];
  /** Absent for everything that the service still has when the iteration begins. */
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly memory: PartitionMemory;
  readonly logsOf: (principal: AuditLogPrincipal) => LogSource;
  readonly ordering: 'file' | 'time';
  readonly concurrency: number;
  readonly maxBytesInFlight: number;
  readonly maxFileBytes: number;
  readonly validate: EventValidator | undefined;
  /** Absent to stop at the end of the list. */
  readonly intervalMs: number | undefined;
  readonly signals: readonly (AbortSignal | undefined)[];
  readonly requestOptions: RequestOptions;
}

interface FileOnHand {
  readonly file: AuditLogFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly start: JsonLinesPosition | undefined;
  readonly release: () => void;
}

/** What became of an item of a partition. */
type Fetched = { readonly caughtUpAt: string } | { readonly failure: AuditLogFileError } | FileOnHand;

/** One iteration over the events of some partitions. */
export class LogReader {
  readonly stats = newStats();
  readonly #plan: ReadingPlan;
  readonly #partitions: readonly Partition[];
  readonly #bytes: WeightedSemaphore;
  readonly #buffers: BufferPool;
  /** Downloads at a time, for each principal: a slow one does not hold up the others. */
  readonly #slots: ReadonlyMap<string, WeightedSemaphore>;
  /** Ends whatever is under way when the iteration ends. */
  readonly #ended = new AbortController();
  /** For each request; the signal is that of the iteration, once it has begun. */
  #requestOptions: RequestOptions & { readonly signal: AbortSignal };
  /** Whether the caller has an event, or a batch, that it may not be done with. */
  #isOut = false;
  #hasCaughtUp = false;

  constructor(plan: ReadingPlan) {
    const { startFrom, after = beforeAllFiles, maxBytesInFlight, concurrency } = plan;
    this.#plan = plan;
    this.#partitions = startFrom.map(
      (start) =>
        new Partition(
          { after, completedFiles: [], gaps: [], seen: [], ...start },
          { ...plan.memory, now: () => this.#now(start.principal) },
        ),
    );
    this.#bytes = new WeightedSemaphore(maxBytesInFlight);
    this.#buffers = new BufferPool(maxBytesInFlight);
    this.#slots = new Map(startFrom.map(({ principal }) => [nameOf(principal), new WeightedSemaphore(concurrency)]));
    this.#requestOptions = { ...plan.requestOptions, signal: this.#ended.signal };
  }

  /** Takes note of what has been delivered. What it returns writes that down, whenever it is called. */
  snapshot(): () => AuditLogCheckpoint {
    const partitions = this.#partitions.map((partition) => partition.snapshot());
    const { untouched } = this.#plan;
    return () => ({ version: 1, partitions: [...partitions.map((write) => write()), ...untouched] });
  }

  checkpoint(): AuditLogCheckpoint {
    return this.snapshot()();
  }

  /** The events, at most so many in a slice. */
  async *slices(longest: number): AsyncGenerator<EventSlice, void, undefined> {
    const { ordering, signals, validate } = this.#plan;
    const scope = openAbortScope([...signals, this.#ended.signal]);
    this.#requestOptions = { ...this.#requestOptions, signal: scope.signal };
    try {
      this.throwIfAborted();
      this.#reportRetentionGaps();
      const rules: RecordRules = { validate, onInvalidLine: (line) => this.#reportLine(line) };
      const partitions = this.#partitions.map((partition) => this.#openFiles(partition, rules));
      yield* ordering === 'time' ? inTimeOrder(partitions, longest) : inFileOrder(partitions, longest);
    } catch (error) {
      throw error instanceof AuditLogFileError ? this.#withCheckpoint(error) : error;
    } finally {
      this.#ended.abort();
      scope.end();
    }
  }

  /** @throws The reason of the caller's signal. */
  throwIfAborted(): void {
    this.#requestOptions.signal.throwIfAborted();
  }

  /** The caller is given something. */
  handOut(): void {
    this.#isOut = true;
  }

  /** The caller asks for more, and so is done with what it was given. @throws The reason of the caller's signal. */
  goOn(): void {
    this.#isOut = false;
    this.throwIfAborted();
    if (this.#hasCaughtUp) this.#tellCaughtUp();
  }

  /** Only while nothing is with the caller: what it is not done with would count as delivered. */
  #tellCaughtUp(): void {
    this.#hasCaughtUp = false;
    this.#plan.onCaughtUp?.(this.checkpoint());
  }

  #reportRetentionGaps(): void {
    const { clock, onRetentionGap = 'throw' } = this.#plan;
    const nowMs = clock.now();
    const gaps = this.#partitions.flatMap((partition) => retentionGaps(partition, nowMs));
    if (gaps.length === 0) return;
    if (onRetentionGap === 'throw') throw retentionGap(gaps);
    for (const gap of gaps) onRetentionGap(gap);
    for (const partition of this.#partitions) {
      for (const { to } of retentionGaps(partition, nowMs)) partition.forgetBefore(to);
    }
  }

  async *#openFiles(partition: Partition, rules: RecordRules): OpenFiles {
    const fetched = prefetch(this.#itemsOf(partition), this.#plan.concurrency, (item) =>
      this.#fetchThroughOutages(partition, item),
    );
    for await (const item of fetched) {
      if ('caughtUpAt' in item) this.#markCaughtUp(partition, item.caughtUpAt);
      else if ('failure' in item) this.#leaveOut(partition, item.failure);
      else {
        const onEnd = () => this.#complete(partition, item);
        yield new FileCursor({ ...item, partition, rules, stats: this.stats, onEnd });
        await yieldToEventLoop();
      }
    }
  }

  /** By the service's own clock, as soon as it has answered. */
  #now(principal: AuditLogPrincipal): string {
    const { clock, logsOf } = this.#plan;
    return formatInstant(instantOfMs(logsOf(principal).nowMs?.() ?? clock.now()));
  }

  #itemsOf(partition: Partition): AsyncGenerator<PartitionItem, void, undefined> {
    const { clock, before, intervalMs, onOutage, onWarning, logsOf } = this.#plan;
    const { eventType, overlapMs, principal } = partition;
    const options = this.#requestOptions;
    const logs = logsOf(partition.principal);
    return partitionItems(partition, {
      ask: (range) => logs.list({ ...range, eventType }, options),
      route: logs.route,
      before,
      now: () => this.#now(principal),
      waitForMore: intervalMs === undefined ? undefined : () => clock.sleep(intervalMs, options.signal),
      onOutage,
      onOtherType: (file) => {
        this.stats.filesOfOtherTypes++;
        onWarning?.({ code: 'other_event_type', file: { ...file, principal }, eventType });
      },
      onLateFile: (file, lateByMs) => {
        this.stats.lateFiles++;
        const isClose = lateByMs > overlapMs / 2;
        if (isClose) onWarning?.({ code: 'late_file', file: { ...file, principal }, lateByMs, overlapMs });
      },
    });
  }

  /** What is followed waits for the service to come back, as it does for new files. */
  async #fetchThroughOutages(partition: Partition, item: PartitionItem): Promise<Fetched> {
    const { intervalMs, clock, onOutage } = this.#plan;
    const requestOptions = this.#requestOptions;
    const outageOf = (fetched: Fetched) => {
      const cause = 'failure' in fetched ? fetched.failure.cause : undefined;
      return isOutage(cause) ? cause : undefined;
    };
    return retryUntil(
      async () => ('file' in item ? this.#fetch(partition, item) : item),
      (fetched) => intervalMs === undefined || outageOf(fetched) === undefined,
      {
        maxRetries: Number.POSITIVE_INFINITY,
        clock,
        signal: requestOptions.signal,
        delayAfter: () => intervalMs ?? 0,
        onRetry: (fetched) => {
          const outage = outageOf(fetched);
          if (outage !== undefined) onOutage?.(outage);
        },
      },
    );
  }

  async #fetch(partition: Partition, { file: listed, start }: FileItem): Promise<Fetched> {
    const { ordering, maxFileBytes, logsOf } = this.#plan;
    const options = this.#requestOptions;
    const file = { ...listed, principal: partition.principal };
    const principal = nameOf(partition.principal);

    // Room before a slot: whoever holds a slot can go on, so that nobody waits for one for ever.
    const group = ordering === 'time' ? `${principal} ${partition.eventType}` : principal;
    const { file_size: size = maxFileBytes } = file;
    const release = await this.#bytes.take(group, Math.min(size, maxFileBytes), options.signal);
    try {
      const leave = await this.#slots.get(principal)?.take(principal, 1, options.signal);
      try {
        // What is too large is refused below, and needs no memory for that.
        const into = size <= maxFileBytes && file.file_size !== undefined ? this.#buffers.take(size) : undefined;
        const bytes = await logsOf(partition.principal).download(file, { maxFileBytes, into }, options);
        return { file, bytes, start, release };
      } finally {
        leave?.();
      }
    } catch (failure) {
      release();
      if (failure instanceof AuditLogFileError) return { failure };
      throw failure;
    }
  }

  #markCaughtUp(partition: Partition, at: string): void {
    partition.markCaughtUp(at);
    this.#hasCaughtUp = true;
    if (!this.#isOut) this.#tellCaughtUp();
  }

  #reportLine(line: InvalidLine): void {
    const { invalidLine = 'throw' } = this.#plan;
    if (invalidLine === 'throw') {
      throw new AuditLogFileError('invalid_line', { ...line, attempts: 1, checkpoint: this.checkpoint() });
    }
    if (invalidLine !== 'skip') invalidLine(line);
  }

  #complete(partition: Partition, { file, bytes, release }: FileOnHand): void {
    this.stats.bytes += bytes.byteLength;
    this.#buffers.give(bytes.buffer);
    release();
    partition.complete(file);
    this.stats.files++;
    if (file.file_sha256 === undefined) this.stats.unverifiedFiles++;
    const lagMs = this.#plan.clock.now() - msOf(instantOf(file.end_time));
    this.#plan.onProgress?.({ ...this.stats, lagMs });
  }

  /** Taken when the error is thrown: after the file failed, events of other partitions may have been delivered. */
  #withCheckpoint(error: AuditLogFileError): AuditLogFileError {
    const { code, file, cause } = error;
    return new AuditLogFileError(code, { ...error, file, cause, checkpoint: this.checkpoint() });
  }

  #leaveOut(partition: Partition, failure: AuditLogFileError): void {
    const { onFailedFile = 'throw' } = this.#plan;
    const { file, code } = failure;
    // No checkpoint can hold what has no id or no time.
    if (code === 'invalid_row') {
      this.stats.invalidRows++;
      if (onFailedFile === 'throw') throw failure;
      onFailedFile({ file, code });
      return;
    }
    const others = partition.gaps.filter((gap) => gap.file.id !== file.id);
    if (onFailedFile === 'throw' || others.length >= maxGaps) throw failure;
    partition.leaveOut(file, code);
    this.stats.gaps++;
    onFailedFile({ file, code });
  }
}

function nameOf({ type, id }: AuditLogPrincipal): string {
  return `${type} ${id}`;
}

/** How long log files are kept (OpenAI, Compliance Logs Platform). */
const retentionMs = 30 * 24 * 60 * 60 * 1000;

// Who asks for the last 30 days has computed them a moment ago.
const toleranceMs = 60_000;

/** The time before which log files are gone. */
function oldestRetained(nowMs: number): string {
  return formatInstant(instantOfMs(nowMs - retentionMs));
}

/** What a partition should still read and cannot any more; empty when nothing is missing. */
function retentionGaps(partition: Partition, nowMs: number): readonly PrincipalRetentionRange[] {
  const { principal, eventType, current } = partition;
  const limit = instantOfMs(nowMs - retentionMs - toleranceMs);
  const to = oldestRetained(nowMs);
  const files = [...(current === undefined ? [] : [current.file]), ...partition.gaps.map(({ file }) => file)];
  const until = partition.completeUntil(formatInstant(instantOfMs(nowMs)));
  const starts = [...(until === undefined ? [] : [until]), ...files.map((file) => file.end_time)];
  return starts.filter((from) => instantOf(from) < limit).map((from) => ({ principal, eventType, from, to }));
}
