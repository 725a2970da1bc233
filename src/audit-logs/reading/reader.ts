import { retentionGap } from '../../errors/log-errors.js';
import { openAbortScope } from '../../internal/abort.js';
import type { Clock } from '../../internal/clock.js';
import { formatInstant, instantOf, instantOfMs, msOf } from '../../internal/dates.js';
import type { RequestOptions } from '../../transport/options.js';
import type { AuditLogCheckpoint, PartitionCheckpoint } from '../checkpoint.js';
import { AuditLogFileError } from '../errors.js';
import type { LogSource } from '../files/download.js';
import type { AuditLogFile } from '../files/log-file.js';
import { BufferPool, prefetch, WeightedSemaphore } from '../files/prefetch.js';
import type { JsonLinesPosition } from '../json-lines.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { AuditLogFollowQuery, RetentionGap } from '../query.js';
import type { EventValidator } from '../validator.js';
import { FileCursor, type InvalidLine, newStats, type RecordRules } from './file-cursor.js';
import { type EventSlice, inFileOrder, inTimeOrder, type OpenFiles, yieldToEventLoop } from './order.js';
import { isOutage, maxGaps, Partition, type PartitionItem, type PartitionMemory, partitionItems } from './partition.js';

/** How one iteration reads, every default filled in. */
export interface ReadingPlan
  extends Pick<
    AuditLogFollowQuery,
    'invalidLine' | 'onFailedFile' | 'onRetentionGap' | 'onProgress' | 'onCaughtUp' | 'onOutage'
  > {
  readonly clock: Clock;
  readonly begin: readonly PartitionCheckpoint[];
  /** Lanes of the checkpoint that are not read: handed on as they are. */
  readonly rest: readonly PartitionCheckpoint[];
  readonly before: string | undefined;
  readonly memory: PartitionMemory;
  readonly logsOf: (principal: AuditLogPrincipal) => LogSource;
  readonly ordering: 'file' | 'time';
  readonly concurrency: number;
  readonly maxBytesInFlight: number;
  readonly maxFileBytes: number;
  readonly loadValidator: () => Promise<EventValidator | undefined>;
  /** Absent to stop at the end of the list. */
  readonly intervalMs: number | undefined;
  readonly signals: readonly (AbortSignal | undefined)[];
  readonly requestOptions: RequestOptions;
}

/** A file that was downloaded. */
interface FileOnHand {
  readonly file: AuditLogFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly start: JsonLinesPosition | undefined;
  readonly release: () => void;
}

/** What became of an item of a lane. */
type Fetched = { readonly caughtUpAt: string } | { readonly failure: AuditLogFileError } | FileOnHand;

/** One iteration over the events of some lanes. */
export class LogReader {
  readonly stats = newStats();
  readonly #plan: ReadingPlan;
  readonly #lanes: readonly Partition[];
  readonly #bytes: WeightedSemaphore;
  readonly #spare: BufferPool;
  /** Downloads at a time, for each principal: a slow one does not hold up the others. */
  readonly #slots: ReadonlyMap<string, WeightedSemaphore>;
  /** Ends whatever is under way when the iteration ends. */
  readonly #ended = new AbortController();
  #signal: AbortSignal = this.#ended.signal;
  /** Whether the caller has an event, or a batch, that it may not be done with. */
  #isOut = false;
  #hasCaughtUp = false;

  constructor(plan: ReadingPlan) {
    this.#plan = plan;
    this.#lanes = plan.begin.map((begin) => new Partition(begin, plan.memory));
    this.#bytes = new WeightedSemaphore(plan.maxBytesInFlight);
    this.#spare = new BufferPool(plan.maxBytesInFlight);
    this.#slots = new Map(
      plan.begin.map(({ principal }) => [nameOf(principal), new WeightedSemaphore(plan.concurrency)]),
    );
  }

  /** Takes note of what has been delivered. What it returns writes that down, whenever it is called. */
  snapshot(): () => AuditLogCheckpoint {
    const lanes = this.#lanes.map((lane) => lane.snapshot());
    const { rest } = this.#plan;
    return () => ({ version: 1, lanes: [...lanes.map((write) => write()), ...rest] });
  }

  /** The events, at most so many in a turn. */
  async *turns(longest: number): AsyncGenerator<EventSlice, void, undefined> {
    const { ordering, signals } = this.#plan;
    const scope = openAbortScope([...signals, this.#ended.signal]);
    this.#signal = scope.signal;
    try {
      this.throwIfAborted();
      this.#reportRetentionGaps();
      const validate = await this.#plan.loadValidator();
      const rules: RecordRules = { validate, onInvalidLine: (line) => this.#reportLine(line) };
      const lanes = this.#lanes.map((lane) => this.#openFiles(lane, rules));
      yield* ordering === 'time' ? inTimeOrder(lanes, longest) : inFileOrder(lanes, longest);
    } catch (error) {
      throw error instanceof AuditLogFileError ? this.#withCheckpoint(error) : error;
    } finally {
      this.#ended.abort();
      scope.end();
    }
  }

  /** @throws The reason of the caller's signal. */
  throwIfAborted(): void {
    this.#signal.throwIfAborted();
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
    this.#plan.onCaughtUp?.(this.snapshot()());
  }

  #reportRetentionGaps(): void {
    const { clock, onRetentionGap = 'throw' } = this.#plan;
    const nowMs = clock.now();
    const gaps = this.#lanes.flatMap((lane) => retentionGaps(lane, nowMs));
    if (gaps.length === 0) return;
    if (onRetentionGap === 'throw') throw retentionGap(gaps);
    for (const gap of gaps) onRetentionGap(gap);
    for (const lane of this.#lanes) for (const { to } of retentionGaps(lane, nowMs)) lane.forgetBefore(to);
  }

  async *#openFiles(lane: Partition, rules: RecordRules): OpenFiles {
    const { clock, before, intervalMs, concurrency, memory } = this.#plan;
    const signal = this.#signal;
    const logs = this.#plan.logsOf(lane.principal);
    const options = { ...this.#plan.requestOptions, signal };
    const items = partitionItems(lane, {
      ask: (range) => logs.list({ ...range, eventType: lane.eventType }, options),
      route: logs.route,
      before,
      now: () => formatInstant(instantOfMs(clock.now())),
      waitForMore: intervalMs === undefined ? undefined : () => clock.sleep(intervalMs, signal),
      onOutage: this.#plan.onOutage,
      overlapMs: memory.overlapMs,
    });
    for await (const fetched of prefetch(items, concurrency, (item) =>
      this.#fetchThroughOutages(lane, logs, item, options),
    )) {
      if ('caughtUpAt' in fetched) {
        lane.catchUp(fetched.caughtUpAt);
        this.#hasCaughtUp = true;
        if (!this.#isOut) this.#tellCaughtUp();
      } else if ('failure' in fetched) this.#leaveOut(lane, fetched.failure);
      else {
        const onEnd = () => this.#pass(lane, fetched);
        yield new FileCursor({ ...fetched, lane, rules, stats: this.stats, onEnd });
        await yieldToEventLoop();
      }
    }
  }

  /** What is followed waits for the service to come back, as it does for new files. */
  async #fetchThroughOutages(
    lane: Partition,
    logs: LogSource,
    item: PartitionItem,
    options: RequestOptions & { readonly signal: AbortSignal },
  ): Promise<Fetched> {
    const { intervalMs, clock, onOutage } = this.#plan;
    for (;;) {
      const fetched = await this.#fetch(lane, logs, item, options);
      const cause = 'failure' in fetched ? fetched.failure.cause : undefined;
      if (intervalMs === undefined || !isOutage(cause)) return fetched;
      onOutage?.(cause);
      await clock.sleep(intervalMs, options.signal);
    }
  }

  async #fetch(
    lane: Partition,
    logs: LogSource,
    item: PartitionItem,
    options: RequestOptions & { readonly signal: AbortSignal },
  ): Promise<Fetched> {
    if ('caughtUpAt' in item) return item;
    const { ordering, maxFileBytes } = this.#plan;
    const { signal } = options;
    const file = { ...item.file, principal: lane.principal };
    const principal = nameOf(lane.principal);

    // Room before a slot: whoever holds a slot can go on, so that nobody waits for one for ever.
    const group = ordering === 'time' ? `${principal} ${lane.eventType}` : principal;
    const release = await this.#bytes.take(group, Math.min(file.file_size, maxFileBytes), signal);
    try {
      const leave = await this.#slots.get(principal)?.take(principal, 1, signal);
      try {
        // What is too large is refused below, and needs no memory for that.
        const into = file.file_size <= maxFileBytes ? this.#spare.take(file.file_size) : undefined;
        const bytes = await logs.download(file, { maxFileBytes, into }, options);
        return { file, bytes, start: item.start, release };
      } finally {
        leave?.();
      }
    } catch (failure) {
      release();
      if (failure instanceof AuditLogFileError) return { failure };
      throw failure;
    }
  }

  #reportLine(line: InvalidLine): void {
    const { invalidLine = 'throw' } = this.#plan;
    if (invalidLine === 'throw') {
      throw new AuditLogFileError('invalid_line', { ...line, attempts: 1, checkpoint: this.snapshot()() });
    }
    if (invalidLine !== 'skip') invalidLine(line);
  }

  #pass(lane: Partition, { file, bytes, release }: FileOnHand): void {
    this.#spare.give(bytes.buffer);
    release();
    lane.pass(file);
    this.stats.files++;
    this.stats.bytes += file.file_size;
    const lagMs = this.#plan.clock.now() - msOf(instantOf(file.end_time));
    this.#plan.onProgress?.({ ...this.stats, lagMs });
  }

  /** Taken when the error is thrown: after the file failed, events of other lanes may have been delivered. */
  #withCheckpoint(error: AuditLogFileError): AuditLogFileError {
    const { code, file, cause } = error;
    return new AuditLogFileError(code, { ...error, file, cause, checkpoint: this.snapshot()() });
  }

  #leaveOut(lane: Partition, failure: AuditLogFileError): void {
    const { onFailedFile = 'throw' } = this.#plan;
    const others = lane.gaps.filter((gap) => gap.file.id !== failure.file.id);
    if (onFailedFile === 'throw' || others.length >= maxGaps) throw failure;
    const { file, code } = failure;
    lane.leaveOut(file, code);
    this.stats.gaps++;
    onFailedFile({ file, code });
  }
}

function nameOf({ type, id }: AuditLogPrincipal): string {
  return `${type} ${id}`;
}

/** How long log files are kept (OpenAI, Compliance Logs Platform). */
export const retentionMs = 30 * 24 * 60 * 60 * 1000;

// Who asks for the last 30 days has computed them a moment ago.
const toleranceMs = 60_000;

/** What a lane should still read and cannot any more; empty when nothing is missing. */
export function retentionGaps(lane: Partition, nowMs: number): readonly RetentionGap[] {
  const { principal, eventType, current } = lane;
  const limit = instantOfMs(nowMs - retentionMs - toleranceMs);
  const to = formatInstant(instantOfMs(nowMs - retentionMs));
  const files = [...(current === undefined ? [] : [current.file]), ...lane.gaps.map(({ file }) => file)];
  const starts = [lane.doneUntil, ...files.map((file) => file.end_time)];
  return starts.filter((from) => instantOf(from) < limit).map((from) => ({ principal, eventType, from, to }));
}
