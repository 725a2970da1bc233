import { InputError } from '../../errors/input-errors.js';
import { ResponseError } from '../../errors/response-errors.js';
import { type Clock, monotonicNow } from '../../internal/clock.js';
import { has } from '../../internal/json.js';
import type { RequestOptions } from '../../transport/options.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { retryUntil } from '../../transport/retry.js';
import type { LogSource } from '../api.js';
import { AuditLogFileError } from '../errors.js';
import { type FailedPrincipals, isAboutTheCall } from '../failed-principals.js';
import type { AuditLogFile, LogFile } from '../files/log-file.js';
import { BufferPool, WeightedSemaphore } from '../files/prefetch.js';
import type { JsonLinesPosition } from '../json-lines.js';
import type { AuditLogFollowQuery } from '../query.js';
import type { CompletedFile } from './completed-files.js';
import type { Partition } from './partition.js';
import { type FileItem, isOutage } from './partition-items.js';

/** A file that was downloaded and verified. */
export interface FileOnHand {
  readonly file: AuditLogFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly start: JsonLinesPosition | undefined;
  /** Of a stretch of the platform's log: the events on its lines. */
  readonly events: readonly CompletedFile[] | undefined;
  /** By what these are told from all others. */
  readonly ids?: readonly string[] | undefined;
  readonly release: () => void;
}

interface FetchPlan extends Pick<AuditLogFollowQuery, 'onFailedFile'> {
  readonly clock: Clock;
  readonly startFrom: readonly { readonly principal: AuditLogPrincipal }[];
  readonly before: string | undefined;
  readonly logsOf: (principal: AuditLogPrincipal) => LogSource;
  readonly ordering: 'file' | 'time';
  readonly concurrency: number;
  readonly maxBytesInFlight: number;
  readonly maxFileBytes: number;
  /** Absent where nothing is followed. */
  readonly intervalMs: number | undefined;
  readonly requestOptions: RequestOptions;
}

export type OnOutage = (
  partition: Partition,
  error: Parameters<NonNullable<AuditLogFollowQuery['onOutage']>>[0],
) => void;

type Downloaded = Omit<FileOnHand, 'release'> | { readonly failure: AuditLogFileError };

/** One try at a file; without `downloaded` where its principal failed. */
interface Try {
  readonly isDone: boolean;
  readonly downloaded?: Downloaded;
  readonly outage?: Parameters<OnOutage>[1];
  readonly refusal?: object;
}

/** A file that was left out: how often it failed, when it is tried again (in monotonic time), and whether it may pass. */
interface LeftOut {
  readonly failures: number;
  readonly dueAtMs: number;
  readonly isOutage: boolean;
}

/** So often a follower tries a file, an interval apart, before it goes on without it. */
const triesWhileFollowing = 3;

/** With so many files left out that may be had later, it is no longer a matter of a file: all wait then, as for a service that is away. */
const mostGapsOfOutage = 50;

const longestBackoffMs = 3_600_000;

/** So many files in a row are refused by no chance: the key may not download, although it may list. */
const refusalsOfKey = 10;

/** Downloads the files of an iteration, and tells the failure of one file from that of all. */
export class FileFetcher {
  readonly #plan: FetchPlan;
  readonly #signal: AbortSignal;
  readonly #bytes: WeightedSemaphore;
  readonly #buffers: BufferPool;
  /** Downloads at a time, for each principal: a slow one does not hold up the others. */
  readonly #slots: ReadonlyMap<string, WeightedSemaphore>;
  readonly #leftOut = new Map<string, LeftOut>();
  readonly #onOutage: OnOutage;
  readonly #failed: FailedPrincipals;
  /** Ids of files that the key was refused, by partition, since it was last given one. */
  readonly #refused = new Map<Partition, Set<string>>();

  constructor(plan: FetchPlan, signal: AbortSignal, onOutage: OnOutage, failed: FailedPrincipals) {
    const { startFrom, maxBytesInFlight, concurrency } = plan;
    this.#plan = plan;
    this.#signal = signal;
    this.#onOutage = onOutage;
    this.#failed = failed;
    this.#bytes = new WeightedSemaphore(maxBytesInFlight);
    this.#buffers = new BufferPool(maxBytesInFlight);
    this.#slots = new Map(startFrom.map(({ principal }) => [nameOf(principal), new WeightedSemaphore(concurrency)]));
  }

  /** @throws What is not the matter of this file. */
  async fetch(
    partition: Partition,
    { file: listed, start }: FileItem,
  ): Promise<FileOnHand | { readonly failure: AuditLogFileError }> {
    const { ordering, maxFileBytes } = this.#plan;
    const file = { ...listed, principal: partition.principal };
    const principal = nameOf(partition.principal);
    // Room before a slot: whoever holds a slot can go on, so that nobody waits for one for ever. And room for all tries: what
    // was downloaded behind this file waits for it, and would never make room again.
    const group = ordering === 'time' ? `${principal} ${partition.eventType}` : principal;
    const size = Math.min(file.file_size ?? maxFileBytes, maxFileBytes);
    const release = await this.#bytes.take(group, size, this.#signal);
    let isKept = false;
    try {
      const downloaded = await this.#tryThroughOutages(partition, file, start);
      if (has(downloaded, 'failure')) return downloaded;
      isKept = true;
      return { ...downloaded, release };
    } finally {
      if (!isKept) release();
    }
  }

  /** Takes back what a file was read from. */
  giveBack(partition: Partition, { file, bytes, release }: FileOnHand): void {
    this.#buffers.give(bytes.buffer);
    release();
    this.#leftOut.delete(keyOf(partition, file));
  }

  /** Takes note of a file that was left out. False when it was left out before, in this iteration. */
  leaveOut(partition: Partition, failure: AuditLogFileError): boolean {
    const key = keyOf(partition, failure.file());
    const failures = this.#leftOut.get(key)?.failures ?? 0;
    const { intervalMs = 0, clock } = this.#plan;
    const waitMs = Math.min(intervalMs * 2 ** failures, Math.max(intervalMs, longestBackoffMs));
    const isOutage = outageOf({ failure }) !== undefined;
    this.#leftOut.set(key, { failures: failures + 1, dueAtMs: monotonicNow(clock) + waitMs, isOutage });
    return failures === 0;
  }

  /** Whether it is time to try a file again that was left out. */
  isDue(partition: Partition, file: LogFile): boolean {
    const dueAtMs = this.#leftOut.get(keyOf(partition, file))?.dueAtMs;
    return dueAtMs === undefined || monotonicNow(this.#plan.clock) >= dueAtMs;
  }

  /** What is followed waits for the service to come back, as it does for new files; not for one file, for long. */
  async #tryThroughOutages(
    partition: Partition,
    file: AuditLogFile,
    start: JsonLinesPosition | undefined,
  ): Promise<Downloaded> {
    const { intervalMs, clock } = this.#plan;
    const isGap = partition.gaps.some((gap) => gap.file.id === file.id);
    let tries = 0;
    const run = async (): Promise<Try> => {
      const downloaded = await this.#download(partition, file, start).catch((failure: unknown) => {
        if (intervalMs === undefined || !this.#failed.isOne(failure)) throw failure;
        return { refusal: failure };
      });
      if (has(downloaded, 'refusal')) return { ...downloaded, isDone: false };
      this.#failed.recover(partition, 'downloads');
      tries += 1;
      const outage = outageOf(downloaded);
      if (intervalMs === undefined || outage === undefined || isGap) return { downloaded, isDone: true };
      // Where the list answers it is the matter of this file, which is told when it is left out.
      if (!(await this.#canGoOnWithout(partition))) return { downloaded, isDone: false, outage };
      return { downloaded, isDone: tries >= triesWhileFollowing };
    };
    const { downloaded } = await retryUntil(run, ({ isDone }) => isDone, {
      maxRetries: Number.POSITIVE_INFINITY,
      clock,
      signal: this.#signal,
      delayAfter: () => intervalMs ?? 0,
      onRetry: ({ outage, refusal }) => {
        if (outage !== undefined) this.#onOutage(partition, outage);
        if (refusal !== undefined) this.#failed.report(partition, refusal, 'downloads');
      },
    });
    // Repeated until there is one, which the compiler cannot see.
    return downloaded as Downloaded;
  }

  async #canGoOnWithout(partition: Partition): Promise<boolean> {
    // Not those that are refused for good: they tell nothing of the others.
    const outages = partition.gaps.filter(({ file }) => this.#leftOut.get(keyOf(partition, file))?.isOutage);
    if (this.#plan.onFailedFile === 'throw' || outages.length >= mostGapsOfOutage) return false;
    return (await this.#listFailure(partition)) === undefined;
  }

  async #download(partition: Partition, file: AuditLogFile, start: JsonLinesPosition | undefined): Promise<Downloaded> {
    const { intervalMs, maxFileBytes, logsOf, requestOptions } = this.#plan;
    const principal = nameOf(partition.principal);
    const leave = await this.#slots.get(principal)?.take(principal, 1, this.#signal);
    try {
      // What is too large is refused below, and needs no memory for that.
      const { file_size: size = Number.POSITIVE_INFINITY } = file;
      const into = size <= maxFileBytes ? this.#buffers.take(size) : undefined;
      const options = { ...requestOptions, signal: this.#signal };
      const bytes = await logsOf(partition.principal).download(file, { maxFileBytes, into }, options);
      this.#refused.delete(partition);
      return { file, bytes, start, events: undefined };
    } catch (failure) {
      if (failure instanceof AuditLogFileError) return this.#failureOfFile(partition, failure);
      if (!isRefusal(failure)) throw failure;
      const listFailure = await this.#listFailure(partition);
      if (listFailure !== undefined && !isOutage(listFailure)) throw failure;
      // A follower waits for a list that is out of reach.
      if (listFailure !== undefined && this.#failed.goesOn && intervalMs === undefined) throw listFailure;
      if (listFailure === undefined && this.#isOfKey(partition, file)) throw failure;
      // The key is good for the list: what was refused is this file.
      const cause = listFailure ?? failure;
      return { failure: new AuditLogFileError('download_failed', { file, attempts: 1, cause }) };
    } finally {
      leave?.();
    }
  }

  /** @throws What its principal failed with, where that is why. */
  async #failureOfFile(
    partition: Partition,
    failure: AuditLogFileError,
  ): Promise<{ readonly failure: AuditLogFileError }> {
    this.#refused.delete(partition);
    if (!this.#failed.goesOn) return { failure };
    const { cause } = failure;
    if (cause instanceof InputError && !isAboutTheCall(cause)) throw this.#failed.ofRequest(cause);
    // A follower waits, and asks the list itself.
    if (this.#plan.intervalMs === undefined && isOutage(cause)) {
      const listFailure = await this.#listFailure(partition);
      if (listFailure !== undefined) throw listFailure;
    }
    return { failure };
  }

  /** Whether it is no matter of a file that the key is refused it, although the list answers. */
  #isOfKey(partition: Partition, { id }: LogFile): boolean {
    if (!this.#failed.goesOn) return false;
    const refused = this.#refused.get(partition) ?? new Set();
    this.#refused.set(partition, refused.add(id));
    const { intervalMs, onFailedFile = intervalMs === undefined ? 'throw' : undefined } = this.#plan;
    return onFailedFile === 'throw' || refused.size >= refusalsOfKey;
  }

  /** What the list of the partition fails with; `undefined` when it answers. */
  async #listFailure({ principal, eventType, after }: Partition): Promise<unknown> {
    const { logsOf, before, requestOptions } = this.#plan;
    try {
      await logsOf(principal).list({ eventType, after, before }, { ...requestOptions, signal: this.#signal });
      return undefined;
    } catch (failure) {
      this.#signal.throwIfAborted();
      return failure;
    }
  }
}

/** What a file failed with, where that may pass. Another size is that of another answer: a page of a proxy, or nothing. */
function outageOf(downloaded: Downloaded) {
  if (!has(downloaded, 'failure')) return undefined;
  const { failure } = downloaded;
  if (isOutage(failure.cause)) return failure.cause;
  return failure.code === 'size_mismatch' ? failure : undefined;
}

function keyOf({ principal, eventType }: Partition, { id }: LogFile): string {
  return `${nameOf(principal)} ${eventType} ${id}`;
}

function isRefusal(failure: unknown): failure is ResponseError {
  return failure instanceof ResponseError && [401, 403].includes(failure.status);
}

function nameOf({ type, id }: AuditLogPrincipal): string {
  return `${type} ${id}`;
}
