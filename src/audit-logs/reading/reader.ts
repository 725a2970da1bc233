import { openAbortScope, untilAborted } from '../../internal/abort.js';
import { Callbacks } from '../../internal/callbacks.js';
import { yieldToEventLoop } from '../../internal/clock.js';
import { compareDateTimes, formatInstant, instantOf, instantOfMs, msOf } from '../../internal/dates.js';
import { has } from '../../internal/json.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { LogSource } from '../api.js';
import type { AuditLogCheckpoint } from '../checkpoint.js';
import { AuditLogFileError } from '../errors.js';
import { FailedPrincipals } from '../failed-principals.js';
import { prefetch } from '../files/prefetch.js';
import type { AskForEvents } from '../platform/windows.js';
import { FileCursor, type InvalidLine, newStats, type RecordRules } from './file-cursor.js';
import { FileFetcher, type FileOnHand, type OnOutage } from './file-fetcher.js';
import { HandOver } from './hand-over.js';
import type { CompleteUntil } from './lines.js';
import { type EventSlice, inFileOrder, inTimeOrder, type OpenFiles } from './order.js';
import { OutageReports } from './outage-reports.js';
import { beforeAllEvents, beforeAllFiles } from './overlap.js';
import { maxGaps, Partition } from './partition.js';
import { type PartitionItem, partitionItems } from './partition-items.js';
import { platformItems, type WindowItem } from './platform-items.js';
import type { ReadingPlan } from './reading-plan.js';
import { RetentionWatch } from './retention.js';

/** One iteration over the events of some partitions. */
export class LogReader {
  readonly stats = newStats();
  readonly handOver: HandOver;
  readonly #plan: ReadingPlan;
  readonly #partitions: readonly Partition[];
  /** Ends whatever is under way when the iteration ends. */
  readonly #ended = new AbortController();
  readonly #callbacks: Callbacks;
  /** Of the iteration, once it has begun. */
  #signal: AbortSignal = this.#ended.signal;
  /** By the caller, before its end. */
  readonly #left = new AbortController();
  readonly #retention: RetentionWatch;
  readonly #failed: FailedPrincipals;
  readonly #outages: OutageReports;

  constructor(plan: ReadingPlan) {
    const { startFrom } = plan;
    this.#plan = plan;
    this.#outages = new OutageReports(plan.clock, plan.intervalMs);
    this.#callbacks = new Callbacks((error) => this.#ended.abort(error), [...plan.signals, this.#left.signal]);
    this.#partitions = startFrom.map((start) => {
      const beforeAll = start.principal.type === 'platform' ? beforeAllEvents : beforeAllFiles;
      return new Partition(
        { after: plan.after ?? beforeAll, completedFiles: '', gaps: [], seen: [], ...start },
        { ...plan.memory, now: () => this.#now(start.principal) },
      );
    });
    this.handOver = new HandOver({
      snapshot: () => this.snapshot(),
      onCaughtUp: plan.onCaughtUp,
      callbacks: this.#callbacks,
      signal: () => this.#signal,
    });
    this.#retention = new RetentionWatch({
      partitions: this.#partitions,
      now: (principal) => this.#now(principal),
      onRetentionGap: plan.onRetentionGap,
      callbacks: this.#callbacks,
    });
    this.#failed = new FailedPrincipals({
      partitions: this.#partitions,
      onFailedPrincipal: plan.onFailedPrincipal,
      stats: this.stats,
      isOver: () => this.#signal.aborted,
      call: (tell) => this.#callbacks.callInTurn(tell),
    });
  }

  /** Takes note of what has been delivered. What it returns writes that down, whenever it is called. */
  snapshot(): () => AuditLogCheckpoint {
    const partitions = this.#partitions.map((partition) => partition.snapshot());
    const { untouched } = this.#plan;
    return () => ({ version: 1, partitions: [...partitions.map((write) => write()), ...untouched] });
  }

  completeUntil(): readonly CompleteUntil[] {
    return this.#partitions.map((partition) => {
      const { principal, eventType } = partition;
      const now = this.#now(principal);
      const time = partition.completeUntil(now);
      const ends = partition.gaps.map(({ file }) => file.end_time);
      const earliest = time === undefined ? [] : [time, ...ends].sort(compareDateTimes);
      return { principal, eventType, time: earliest[0], gaps: ends.length, now };
    });
  }

  /** The events, at most so many in a slice. */
  slices(longest: number): AsyncGenerator<EventSlice, void, undefined> {
    return this.read(longest, (slices) => slices);
  }

  /** What is made of the slices, before the iteration ends: at the end of them something may be left to hand out. */
  async *read<Item>(
    longest: number,
    make: (slices: AsyncGenerator<EventSlice, void, undefined>) => AsyncGenerator<Item, void, undefined>,
  ): AsyncGenerator<Item, void, undefined> {
    const { ordering, signals } = this.#plan;
    const scope = openAbortScope([...signals, this.#ended.signal]);
    this.#signal = scope.signal;
    try {
      this.#signal.throwIfAborted();
      const rules: RecordRules = { ...this.#plan, onInvalidLine: (line) => this.#reportLine(line) };
      const plan = { ...this.#plan, logsOf: (principal: AuditLogPrincipal) => this.#logsOf(principal) };
      const onOutage = (...outage: Parameters<OnOutage>) => this.#reportOutage(...outage);
      const fetcher = new FileFetcher(plan, scope.signal, onOutage, this.#failed);
      const partitions = this.#partitions.map((partition) => this.#openFiles(partition, fetcher, rules));
      yield* make(ordering === 'time' ? inTimeOrder(partitions, longest) : inFileOrder(partitions, longest));
      await this.#callbacks.allDone();
      this.#ended.signal.throwIfAborted();
      this.#failed.throwIfAll();
    } catch (error) {
      throw error instanceof AuditLogFileError ? this.#withCheckpoint(error) : error;
    } finally {
      this.#ended.abort();
      scope.end();
      // What is being saved is saved before the caller saves more.
      await this.#callbacks.inTurn;
    }
  }

  /** Whether the caller left the iteration before its end. */
  get isLeft(): boolean {
    return this.#left.signal.aborted;
  }

  /**
   * The caller wants no more: ends what is under way at once, and the wait for functions of the caller's, but for one that
   * saves. Nothing that comes after it counts as delivered.
   */
  leave(): void {
    this.#left.abort();
    this.#ended.abort();
  }

  /** Up to where its principal fails for good, when the others are to be read on. */
  async *#openFiles(partition: Partition, fetcher: FileFetcher, rules: RecordRules): OpenFiles {
    try {
      yield* this.#openEachFile(partition, fetcher, rules);
    } catch (error) {
      // Where more is waited for, so was this, in its place.
      if (this.#plan.intervalMs !== undefined || !this.#failed.isOne(error)) throw error;
      this.#failed.report(partition, error);
    }
  }

  async *#openEachFile(partition: Partition, fetcher: FileFetcher, rules: RecordRules): OpenFiles {
    const { principal } = partition;
    const fetched = prefetch(
      this.#itemsOf(partition, fetcher),
      // A stretch of the platform's log is in memory as soon as it is listed.
      principal.type === 'platform' ? 1 : this.#plan.concurrency,
      async (item) => {
        if (has(item, 'bytes')) return { ...item, file: { ...item.file, principal }, start: undefined, release() {} };
        return has(item, 'file') ? fetcher.fetch(partition, item) : item;
      },
      (left) => has(left, 'release') && left.release(),
    );
    for await (const item of fetched) {
      if (has(item, 'caughtUpAt')) this.#markCaughtUp(partition, item.caughtUpAt);
      else if (has(item, 'failure')) await this.#leaveOut(partition, fetcher, item.failure);
      else {
        const onEnd = () => this.#complete(partition, fetcher, item);
        yield new FileCursor({ ...item, partition, rules, stats: this.stats, onEnd });
        await yieldToEventLoop();
      }
    }
  }

  /** By the service's own clock, as soon as it has answered. */
  #now(principal: AuditLogPrincipal): string {
    const { clock, logsOf, platform } = this.#plan;
    const logs = principal.type === 'platform' ? platform : logsOf(principal);
    return formatInstant(instantOfMs(logs?.nowMs?.() ?? clock.now()));
  }

  #logsOf(principal: AuditLogPrincipal): LogSource {
    return this.#failed.watch(this.#plan.logsOf(principal));
  }

  #itemsOf(partition: Partition, fetcher: FileFetcher): AsyncGenerator<PartitionItem | WindowItem, void, undefined> {
    const { clock, before, intervalMs, onWarning, platform } = this.#plan;
    const { eventType, overlapMs, principal } = partition;
    const signal = this.#signal;
    const options = { ...this.#plan.requestOptions, signal };
    const failed = this.#failed;
    const watch = {
      before,
      now: () => this.#now(principal),
      waitForMore: intervalMs === undefined ? undefined : () => untilAborted(clock.sleep(intervalMs, signal), signal),
      onOutage: (error: Parameters<OnOutage>[1]) => {
        failed.begin(partition);
        this.#reportOutage(partition, error);
      },
      onFailure: (error: unknown) => {
        const isOne = failed.isOne(error);
        if (isOne) failed.report(partition, error);
        return isOne;
      },
      onRecovery: () => failed.recover(partition),
      onAnswer: () => failed.begin(partition),
    };
    if (platform !== undefined && principal.type === 'platform') {
      const { route } = platform;
      const ask: AskForEvents = (range) => failed.noted(platform.page({ ...range, eventType }, options));
      const onDisorder = () => this.#callbacks.note(onWarning?.({ code: 'not_newest_first', principal, eventType }));
      return platformItems(partition, { ...watch, route, ask, onDisorder });
    }
    const logs = this.#logsOf(principal);
    return partitionItems(partition, {
      ...watch,
      ask: (range) => logs.list({ ...range, eventType }, options),
      route: logs.route,
      isDue: (file) => fetcher.isDue(partition, file),
      checkRetention: (look) => this.#retention.check(partition, look),
      onOtherType: (file) => {
        this.stats.filesOfOtherTypes++;
        this.#callbacks.note(onWarning?.({ code: 'other_event_type', file: { ...file, principal }, eventType }));
      },
      onOutsideRange: (file) => {
        this.#callbacks.note(onWarning?.({ code: 'outside_range', file: { ...file, principal }, eventType }));
      },
      onChangedFile: (file) => {
        this.#callbacks.note(onWarning?.({ code: 'changed_file', file: { ...file, principal }, eventType }));
      },
      onLateFile: (file, lateByMs) => {
        this.stats.lateFiles++;
        if (lateByMs <= overlapMs / 2) return;
        this.#callbacks.note(onWarning?.({ code: 'late_file', file: { ...file, principal }, lateByMs, overlapMs }));
      },
    });
  }

  #markCaughtUp(partition: Partition, at: string): void {
    partition.markCaughtUp(at);
    this.handOver.catchUp();
  }

  #reportLine(line: InvalidLine): void {
    const { invalidLine = 'throw' } = this.#plan;
    if (invalidLine === 'throw') {
      throw new AuditLogFileError('invalid_line', { ...line, attempts: 1, checkpoint: this.snapshot()() });
    }
    if (invalidLine !== 'skip') this.#callbacks.note(invalidLine(line));
  }

  #reportOutage({ principal }: Partition, error: Parameters<OnOutage>[1]): void {
    if (this.#outages.isDue(principal)) this.#callbacks.note(this.#plan.onOutage?.(error));
  }

  #complete(partition: Partition, fetcher: FileFetcher, onHand: FileOnHand): void {
    const { file } = onHand;
    this.stats.bytes += onHand.bytes.byteLength;
    fetcher.giveBack(partition, onHand);
    partition.complete(file);
    this.stats.files++;
    // A stretch of the platform's log came with the list itself.
    if (file.file_sha256 === undefined && onHand.events === undefined) this.stats.unverifiedFiles++;
    const lagMs = this.#plan.clock.now() - msOf(instantOf(file.end_time));
    this.#callbacks.note(this.#plan.onProgress?.({ ...this.stats, lagMs }));
  }

  /** Taken when the error is thrown: after the file failed, events of other partitions may have been delivered. */
  #withCheckpoint(error: AuditLogFileError): AuditLogFileError {
    const { code, cause } = error;
    return new AuditLogFileError(code, { ...error, file: error.file(), cause, checkpoint: this.snapshot()() });
  }

  async #leaveOut(partition: Partition, fetcher: FileFetcher, failure: AuditLogFileError): Promise<void> {
    const { code } = failure;
    const file = failure.file();
    const { intervalMs, onFailedFile = intervalMs !== undefined && ofDownload.includes(code) ? undefined : 'throw' } =
      this.#plan;
    // No checkpoint can hold what has no id or no time.
    if (code === 'invalid_row') {
      this.stats.invalidRows++;
      if (onFailedFile === 'throw' || onFailedFile === undefined) throw failure;
      await this.#callbacks.callInTurn(() => onFailedFile({ file, code, error: failure }));
      return;
    }
    const others = partition.gaps.filter((gap) => gap.file.id !== file.id);
    if (onFailedFile === 'throw' || others.length >= maxGaps) throw failure;
    partition.leaveOut(file, code);
    if (!fetcher.leaveOut(partition, failure)) return;
    this.stats.gaps++;
    if (onFailedFile !== undefined)
      await this.#callbacks.callInTurn(() => onFailedFile({ file, code, error: failure }));
    else this.#callbacks.note(this.#plan.onOutage?.(this.#withCheckpoint(failure)));
  }
}

/** What is the matter of one file, and not of what is in it: a follower goes on without it. */
const ofDownload: readonly string[] = ['download_failed', 'size_mismatch', 'hash_mismatch'];
