import type { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { instantOf } from '../../internal/dates.js';
import { isRetryable } from '../../transport/retry.js';
import type { AuditLogGap, CompletedFile, PartitionCheckpoint, PartlyDeliveredFile } from '../checkpoint.js';
import type { AuditLogFileError } from '../errors.js';
import { type AskForPage, listLogFiles, rowFailure } from '../files/list.js';
import type { InvalidRow, LogFile } from '../files/log-file.js';
import type { JsonLinesPosition } from '../json-lines.js';
import type { AuditLogPrincipal } from '../principal.js';
import {
  beforeAllFiles,
  defaultOverlapMs,
  earlierBy,
  isInFuture,
  lateByMs,
  laterOf,
  moveOn,
  newestOf,
} from './overlap.js';
import { SeenEvents } from './seen-events.js';

/** A checkpoint holds no more gaps than this: beyond it, more is wrong than a few files. */
export const maxGaps = 100;

export interface PartitionMemory {
  /** How far behind the newest file the list is resumed. Absent for the default of the event type. */
  readonly overlapMs: number | undefined;
  /** Event ids to remember; 0 for none. */
  readonly window: number;
  /** The time now, as ISO 8601. A file that is dated later moves nothing. @default no limit */
  readonly now?: (() => string) | undefined;
}

/** What has been delivered of one event type of one principal: the moving part that checkpoints are taken of. */
export class Partition {
  readonly seen: SeenEvents | undefined;
  /** How far behind the newest file the list is resumed. */
  readonly overlapMs: number;
  readonly #now: () => string | undefined;
  readonly #seenBefore: readonly string[];
  /** Replaced and never changed, so that a snapshot is a reference. */
  #state: Omit<PartitionCheckpoint, 'current' | 'seen'>;
  // Apart, since they move with each event.
  #file: LogFile | undefined;
  #position: JsonLinesPosition | undefined;

  constructor({ current, seen, ...state }: PartitionCheckpoint, { overlapMs, window, now }: PartitionMemory) {
    this.#state = state;
    this.#file = current?.file;
    this.#position = current;
    this.overlapMs = overlapMs ?? defaultOverlapMs(state.eventType);
    this.#now = now ?? (() => undefined);
    this.#seenBefore = seen;
    this.seen = window > 0 ? new SeenEvents(window, seen) : undefined;
  }

  get principal(): AuditLogPrincipal {
    return this.#state.principal;
  }

  get eventType(): string {
    return this.#state.eventType;
  }

  get after(): string {
    return this.#state.after;
  }

  get gaps(): readonly AuditLogGap[] {
    return this.#state.gaps;
  }

  /** The last time that the list was read to its end and everything on it was done with. */
  get caughtUpAt(): string | undefined {
    return this.#state.caughtUpAt;
  }

  /** The file that was or is being delivered, when something of it was. */
  get current(): PartlyDeliveredFile | undefined {
    if (this.#file === undefined || this.#position === undefined) return undefined;
    const { line, byteOffset } = this.#position;
    return { file: this.#file, line, byteOffset };
  }

  /** Files that the list may show again and that must not be read from it. */
  get known(): string[] {
    const { completedFiles, gaps } = this.#state;
    const files = [
      ...completedFiles,
      ...gaps.map(({ file }) => file),
      ...(this.#file === undefined ? [] : [this.#file]),
    ];
    return files.map(({ id }) => id);
  }

  /**
   * The latest point in time up to which everything is known to be done with, the current file aside; `undefined` where none
   * is known. What is dated in the future was dated by a clock that was wrong, and says nothing.
   */
  completeUntil(now: string): string | undefined {
    const { after, completedFiles, caughtUpAt = after } = this.#state;
    // The list is oldest first: whatever ended before the file that was begun is done with.
    const begun = this.current?.file.end_time ?? after;
    const times = [after, caughtUpAt, begun, ...completedFiles.map(({ endTime }) => endTime)];
    const known = times.filter((time) => time !== beforeAllFiles && !isInFuture(time, now));
    return known.length === 0 ? undefined : known.reduce(laterOf);
  }

  /** The end of the newest file that was listed. */
  get newest(): string {
    return newestOf(this.after, this.#state.completedFiles, this.#now());
  }

  /** Where the list is taken up instead of a time in the future, which a wrong clock made: nothing is to be left out. */
  mendAfter(now: string): void {
    const { caughtUpAt } = this;
    const isKnown = caughtUpAt !== undefined && !isInFuture(caughtUpAt, now);
    const after = isKnown ? earlierBy(caughtUpAt, this.overlapMs) : caughtUpAt === undefined ? now : beforeAllFiles;
    this.#state = { ...this.#state, after };
  }

  begin(file: LogFile): void {
    if (this.#file?.id === file.id) return;
    this.#file = file;
    this.#position = undefined;
  }

  /** Everything in the current file before this place is done with. */
  moveTo(position: JsonLinesPosition): void {
    this.#position = position;
  }

  complete(file: LogFile): void {
    this.#close(
      file,
      this.gaps.filter((gap) => gap.file.id !== file.id),
    );
  }

  leaveOut(file: LogFile, code: string): void {
    const known = this.gaps.find((gap) => gap.file.id === file.id)?.start;
    const { line, byteOffset } = (this.#file?.id === file.id ? this.#position : undefined) ?? known ?? {};
    const start = line === undefined || byteOffset === undefined ? {} : { start: { line, byteOffset } };
    this.#close(file, [...this.gaps.filter((gap) => gap.file.id !== file.id), { file, code, ...start }]);
  }

  /** The list was read to its end at this time, and all of it is done with. */
  markCaughtUp(at: string): void {
    const last = this.caughtUpAt;
    const isWrong = last !== undefined && isInFuture(last, this.#now() ?? last);
    this.#state = { ...this.#state, caughtUpAt: last === undefined || isWrong ? at : laterOf(last, at) };
  }

  /** Gives up what is older: it cannot be read any more. */
  forgetBefore(time: string): void {
    const isRetained = (file: LogFile) => instantOf(file.end_time) >= instantOf(time);
    this.#state = { ...this.#state, gaps: this.gaps.filter((gap) => isRetained(gap.file)) };
    if (this.#file !== undefined && !isRetained(this.#file)) this.#file = undefined;
  }

  /** Takes note of where the partition stands now. What it returns writes that down, whenever it is called. */
  snapshot(): () => PartitionCheckpoint {
    const state = this.#state;
    const current = this.current;
    const seen = this.seen?.snapshot() ?? (() => [...this.#seenBefore]);
    return () => ({ ...state, ...(current !== undefined && { current }), seen: seen() });
  }

  /** Nothing of a file is to come now. */
  #close({ id, end_time: endTime }: LogFile, gaps: readonly AuditLogGap[]): void {
    if (this.#file?.id === id) this.#file = undefined;
    const files = [...this.#state.completedFiles.filter((file) => file.id !== id), { id, endTime }];
    this.#state = { ...this.#state, gaps, ...moveOn(this.after, files, this.overlapMs, this.#now()) };
  }
}

/** What comes next in a partition: a file, a row that is none, or the news that the list was read to its end. */
export type PartitionItem = FileItem | { readonly failure: AuditLogFileError } | { readonly caughtUpAt: string };

/** A file, and where to go on in it when some of it was delivered before. */
export interface FileItem {
  readonly file: LogFile;
  readonly start?: JsonLinesPosition | undefined;
}

interface PartitionPlan {
  readonly ask: AskForPage;
  readonly route: string;
  readonly before: string | undefined;
  /** The time now, as ISO 8601. */
  readonly now: () => string;
  /** Waits until the list is asked for again; absent to stop at its end. */
  readonly waitForMore?: (() => Promise<void>) | undefined;
  /** Whether it is time to try a file again that was left out. */
  readonly isDue: (file: LogFile) => boolean;
  /** Told of an outage while following: the list is then asked for again, after a wait. */
  readonly onOutage?: ((error: ResponseError | ConnectionError | ResponseValidationError) => void) | undefined;
  readonly onOtherType?: ((file: LogFile) => void) | undefined;
  /** Told of the first file outside of the range that was asked for. */
  readonly onOutsideRange?: ((file: LogFile) => void) | undefined;
  /** Told of a file that was listed so much later than a newer one. */
  readonly onLateFile?: ((file: LogFile, lateByMs: number) => void) | undefined;
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
  let newest = partition.newest;
  // Each of them is told once, however often it is listed.
  const told = new Set<string>();
  const isNews = (text: string) => !told.has(text) && told.add(text) !== undefined;
  const newRows: InvalidRow[] = [];
  const onInvalidRow = (row: InvalidRow) => {
    if (isNews(JSON.stringify(row))) newRows.push(row);
  };
  const onOtherType = (file: LogFile) => {
    if (isNews(file.id)) plan.onOtherType?.(file);
  };
  const onOutsideRange = (file: LogFile) => {
    if (isNews('outside_range')) plan.onOutsideRange?.(file);
  };

  if (begun !== undefined) yield { file: begun.file, start: begun };
  yield* gapItems(gaps);

  for (let caughtUpAt: string | undefined; ; ) {
    const { route, before } = plan;
    const { eventType } = partition;
    // Not before all that came earlier was done with: a gap that is still being read is not to be read twice.
    if (caughtUpAt !== undefined && partition.caughtUpAt === caughtUpAt) {
      yield* gapItems(partition.gaps.filter(({ file }) => plan.isDue(file)));
    }
    let askedAt = plan.now();
    const ask: AskForPage = async (range) => {
      const page = await plan.ask(range);
      // The first answer tells how far ahead the clock of the machine was.
      const now = plan.now();
      if (instantOf(now) < instantOf(askedAt)) askedAt = now;
      return page;
    };
    const known = [...knownBefore, ...listed.map(({ id }) => id)];
    try {
      const list = { ask, route, after, before, known, eventType, onOtherType, onOutsideRange, onInvalidRow };
      for await (const files of listLogFiles(list)) {
        for (const file of files) {
          listed.push({ id: file.id, endTime: file.end_time });
          const lateMs = lateByMs(file.end_time, newest);
          if (lateMs > 0 && newest !== after) plan.onLateFile?.(file, lateMs);
          yield { file };
        }
        for (const row of newRows.splice(0)) yield { failure: rowFailure(row, partition.principal, eventType) };
      }
    } catch (error) {
      if (plan.waitForMore === undefined || !isOutage(error)) throw error;
      plan.onOutage?.(error);
      await plan.waitForMore();
      continue;
    }
    // What time it is, the answers have told: where the list was taken up in the future, it has not been read.
    if (isInFuture(after, plan.now()) && (plan.waitForMore !== undefined || partition.caughtUpAt !== undefined)) {
      partition.mendAfter(plan.now());
      after = partition.after;
      newest = after;
      continue;
    }
    caughtUpAt = before !== undefined && instantOf(before) < instantOf(askedAt) ? before : askedAt;
    yield { caughtUpAt };
    if (plan.waitForMore === undefined) return;
    newest = newestOf(newest, listed, plan.now());
    ({ after, completedFiles: listed } = moveOn(after, listed, partition.overlapMs, plan.now()));
    await plan.waitForMore();
  }
}

function* gapItems(gaps: readonly AuditLogGap[]): Generator<PartitionItem, void, undefined> {
  for (const { file, start } of gaps) yield { file, start };
}

/** Whether the service is down or out of reach, which may pass: it was repeated as long as that helps. */
export function isOutage(error: unknown): error is ResponseError | ConnectionError | ResponseValidationError {
  return isRetryable(error);
}
