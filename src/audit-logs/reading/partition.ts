import { ConnectionError, ResponseError } from '../../errors/response-errors.js';
import { instantOf } from '../../internal/dates.js';
import type { AuditLogGap, CompletedFile, PartitionCheckpoint, PartlyDeliveredFile } from '../checkpoint.js';
import { type AskForPage, listLogFiles } from '../files/list.js';
import type { LogFile } from '../files/log-file.js';
import type { JsonLinesPosition } from '../json-lines.js';
import type { AuditLogPrincipal } from '../principal.js';
import { SeenEvents } from './seen-events.js';

const nanosecondsPerMs = 1_000_000;

/** A checkpoint holds no more gaps than this: then something is wrong with more than a file. */
export const maxGaps = 100;

/** How a partition remembers. */
export interface PartitionMemory {
  /** How far behind the newest file the list is taken up again. */
  readonly overlapMs: number;
  /** Event ids to remember; 0 for none. */
  readonly window: number;
}

/** What has been delivered of one event type of one principal: the moving part that checkpoints are taken of. */
export class Partition {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
  readonly seen: SeenEvents | undefined;
  readonly #overlapMs: number;
  readonly #seenBefore: readonly string[];
  // Each is replaced and never changed, so that a snapshot is a few references.
  #after: string;
  #completedFiles: readonly CompletedFile[];
  #gaps: readonly AuditLogGap[];
  #caughtUpAt: string | undefined;
  #file: LogFile | undefined;
  #position: JsonLinesPosition | undefined;

  constructor(begin: PartitionCheckpoint, memory: PartitionMemory) {
    this.principal = begin.principal;
    this.eventType = begin.eventType;
    this.#overlapMs = memory.overlapMs;
    this.#after = begin.after;
    this.#completedFiles = begin.completedFiles;
    this.#gaps = begin.gaps;
    this.#caughtUpAt = begin.caughtUpAt;
    this.#file = begin.current?.file;
    this.#position = begin.current;
    this.#seenBefore = begin.seen;
    this.seen = memory.window > 0 ? new SeenEvents(memory.window, begin.seen) : undefined;
  }

  get after(): string {
    return this.#after;
  }

  get gaps(): readonly AuditLogGap[] {
    return this.#gaps;
  }

  /** The last time that the list was read to its end and everything on it was done with. */
  get caughtUpAt(): string | undefined {
    return this.#caughtUpAt;
  }

  /** The file that was or is being delivered, when something of it was. */
  get current(): PartlyDeliveredFile | undefined {
    if (this.#file === undefined || this.#position === undefined) return undefined;
    const { line, byteOffset } = this.#position;
    return { file: this.#file, line, byteOffset };
  }

  /** Files that the list may show again and that must not be read from it. */
  get known(): string[] {
    const current = this.#file === undefined ? [] : [this.#file.id];
    return [...this.#completedFiles.map(({ id }) => id), ...this.#gaps.map(({ file }) => file.id), ...current];
  }

  /** The latest point in time up to which everything is known to be done with, the current file aside. */
  get completeUntil(): string {
    const times = [
      this.#after,
      ...this.#completedFiles.map(({ endTime }) => endTime),
      this.#caughtUpAt ?? this.#after,
      // The list is oldest first: whatever ended before the file that was begun is done with.
      this.current?.file.end_time ?? this.#after,
    ];
    return times.reduce((latest, time) => (instantOf(time) > instantOf(latest) ? time : latest));
  }

  /** A file is begun, or gone on with. */
  begin(file: LogFile): void {
    if (this.#file?.id === file.id) return;
    this.#file = file;
    this.#position = undefined;
  }

  /** Everything in the current file before this place is done with. */
  moveTo(position: JsonLinesPosition): void {
    this.#position = position;
  }

  /** A file is done with. */
  complete(file: LogFile): void {
    this.#gaps = this.#gaps.filter((gap) => gap.file.id !== file.id);
    if (this.#file?.id === file.id) this.#file = undefined;
    this.#remember({ id: file.id, endTime: file.end_time });
  }

  /** A file is left out for now. */
  leaveOut(file: LogFile, code: string): void {
    const others = this.#gaps.filter((gap) => gap.file.id !== file.id);
    const known = this.#gaps.find((gap) => gap.file.id === file.id)?.start;
    const start = this.#file?.id === file.id ? (this.#position ?? known) : known;
    this.#gaps = [
      ...others,
      { file, code, ...(start !== undefined && { start: { line: start.line, byteOffset: start.byteOffset } }) },
    ];
    if (this.#file?.id === file.id) this.#file = undefined;
    this.#remember({ id: file.id, endTime: file.end_time });
  }

  /** The list was read to its end at this time, and all of it is done with. */
  markCaughtUp(at: string): void {
    if (this.#caughtUpAt === undefined || instantOf(at) > instantOf(this.#caughtUpAt)) this.#caughtUpAt = at;
  }

  /** Gives up what is older: it cannot be read any more. */
  forgetBefore(time: string): void {
    const isRetained = (file: LogFile) => instantOf(file.end_time) >= instantOf(time);
    this.#gaps = this.#gaps.filter((gap) => isRetained(gap.file));
    if (this.#file !== undefined && !isRetained(this.#file)) this.#file = undefined;
  }

  /** Takes note of where the partition stands now. What it returns writes that down, whenever it is called. */
  snapshot(): () => PartitionCheckpoint {
    const { principal, eventType, current } = this;
    const [after, completedFiles, gaps, caughtUpAt] = [this.#after, this.#completedFiles, this.#gaps, this.#caughtUpAt];
    const seen = this.seen?.snapshot() ?? (() => [...this.#seenBefore]);
    return () => ({
      principal,
      eventType,
      after,
      completedFiles,
      ...(current !== undefined && { current }),
      gaps,
      ...(caughtUpAt !== undefined && { caughtUpAt }),
      seen: seen(),
    });
  }

  #remember(file: CompletedFile): void {
    const files = [...this.#completedFiles.filter(({ id }) => id !== file.id), file];
    ({ after: this.#after, files: this.#completedFiles } = moveOn(this.#after, files, this.#overlapMs));
  }
}

/**
 * Where to take up the list again: a time that a file had, verbatim, before the newest file and so far behind it.
 * Before it, because the server leaves out files of the very time that it is asked for.
 */
export function resumeAfter(after: string, completedFiles: readonly CompletedFile[], overlapMs: number): string {
  const newest = completedFiles.reduce((latest, { endTime }) => {
    const end = instantOf(endTime);
    return end > latest ? end : latest;
  }, instantOf(after));
  const latestAllowed = newest - BigInt(Math.floor(overlapMs * nanosecondsPerMs));
  return completedFiles.reduce((latest, { endTime }) => {
    const end = instantOf(endTime);
    return end < newest && end <= latestAllowed && end > instantOf(latest) ? endTime : latest;
  }, after);
}

/** Moves the place where the list is resumed, and keeps the files that it may then show again. */
function moveOn(after: string, files: readonly CompletedFile[], overlapMs: number) {
  const next = resumeAfter(after, files, overlapMs);
  // Those of that very time, too: a server may list them again.
  return { after: next, files: files.filter(({ endTime }) => instantOf(endTime) >= instantOf(next)) };
}

/** What comes next in a partition: a file, or the news that the list was read to its end. */
export type PartitionItem = FileItem | { readonly caughtUpAt: string };

/** A file, and where to go on in it when some of it was delivered before. */
export interface FileItem {
  readonly file: LogFile;
  readonly start?: JsonLinesPosition | undefined;
}

/** How a partition's files are found. */
interface PartitionPlan {
  readonly ask: AskForPage;
  readonly route: string;
  readonly before: string | undefined;
  /** The time now, as ISO 8601. */
  readonly now: () => string;
  /** Waits until the list is asked for again; absent to stop at its end. */
  readonly waitForMore?: (() => Promise<void>) | undefined;
  /** Told of an outage while following: the list is then asked for again, after a wait. */
  readonly onOutage?: ((error: ResponseError | ConnectionError) => void) | undefined;
  readonly overlapMs: number;
}

/** The files of a partition in the order they are to be delivered: the one begun, what was left out before, then the list. */
export async function* partitionItems(
  partition: Partition,
  plan: PartitionPlan,
): AsyncGenerator<PartitionItem, void, undefined> {
  // Read before anything is delivered: delivering moves the partition while this lists ahead of it.
  const knownBefore = partition.known;
  const begun = partition.current;
  const gaps = partition.gaps.filter(({ file }) => file.id !== begun?.file.id);
  let after = partition.after;
  let listed: CompletedFile[] = [];

  if (begun !== undefined) yield { file: begun.file, start: begun };
  yield* gapItems(gaps);

  for (let caughtUpAt: string | undefined; ; ) {
    const { ask, route, before } = plan;
    // Not before all that came earlier was done with: a gap that is still being read is not to be read twice.
    if (caughtUpAt !== undefined && partition.caughtUpAt === caughtUpAt) yield* gapItems(partition.gaps);
    const askedAt = plan.now();
    const known = [...knownBefore, ...listed.map(({ id }) => id)];
    try {
      for await (const files of listLogFiles({ ask, route, after, before, known })) {
        for (const file of files) {
          listed.push({ id: file.id, endTime: file.end_time });
          yield { file };
        }
      }
    } catch (error) {
      if (plan.waitForMore === undefined || !isOutage(error)) throw error;
      plan.onOutage?.(error);
      await plan.waitForMore();
      continue;
    }
    caughtUpAt = before !== undefined && instantOf(before) < instantOf(askedAt) ? before : askedAt;
    yield { caughtUpAt };
    if (plan.waitForMore === undefined) return;
    ({ after, files: listed } = moveOn(after, listed, plan.overlapMs));
    await plan.waitForMore();
  }
}

function* gapItems(gaps: readonly AuditLogGap[]): Generator<PartitionItem, void, undefined> {
  for (const { file, start } of gaps) yield { file, start };
}

/** Whether the service is down or out of reach, which may pass: it was repeated as long as that helps. */
export function isOutage(error: unknown): error is ResponseError | ConnectionError {
  return (error instanceof ResponseError || error instanceof ConnectionError) && error.retryable;
}
