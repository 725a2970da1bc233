import { instantOf } from '../../internal/dates.js';
import { ownCopy } from '../../internal/json.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { AuditLogGap, PartitionCheckpoint, PartlyDeliveredFile } from '../checkpoint.js';
import type { LogFile } from '../files/log-file.js';
import type { JsonLinesPosition } from '../json-lines.js';
import { type CompletedFile, hashFileId, isSameMicrosecond, packFiles, unpackFiles } from './completed-files.js';
import {
  beforeAllEvents,
  beforeAllFiles,
  defaultOverlapMs,
  earlierBy,
  isInFuture,
  keptTime,
  laterOf,
  moveOn,
  newestOf,
} from './overlap.js';
import { SeenEvents } from './seen-events.js';
import { type LookedAt, writeShort } from './short-checkpoint.js';

/** A checkpoint holds no more gaps than this: beyond it, more is wrong than a few files. */
export const maxGaps = 100;

/** What a file is downloaded and verified by. */
const describing = ['file_size', 'file_sha256', 'end_time'] as const;

export interface PartitionMemory {
  /** How far behind the newest file the list is resumed. Absent for the default of the event type. */
  readonly overlapMs: number | undefined;
  /** Event ids to remember; 0 for none. */
  readonly window: number;
  /**
   * The caller's store leaves out what comes twice: no id is written down, nor more completed files than there is room for,
   * which cost a download on resuming, and no event. @default false
   */
  readonly isShort?: boolean | undefined;
  /** The time now, as ISO 8601. A file that is dated later moves nothing. @default no limit */
  readonly now?: (() => string) | undefined;
}

type PartitionState = Omit<PartitionCheckpoint, 'current' | 'seen' | 'completedFiles' | 'listFrom'> & {
  readonly completedFiles: readonly CompletedFile[];
};

/** What has been delivered of one event type of one principal: the moving part that checkpoints are taken of. */
export class Partition {
  readonly seen: SeenEvents | undefined;
  /** How far behind the newest file the list is resumed. */
  readonly overlapMs: number;
  readonly #now: () => string | undefined;
  readonly #isShort: boolean;
  readonly #seenBefore: readonly string[];
  /** Replaced and never changed, so that a snapshot is a reference. */
  #state: PartitionState;
  // Apart, since they move with each event.
  #file: LogFile | undefined;
  #position: JsonLinesPosition | undefined;
  /** What stands on the lines of a stretch of the platform's log: no file, but events that are done with one by one. */
  #events: readonly CompletedFile[] | undefined;
  #looks = 0;
  /** Replaced and never changed too. */
  #look: LookedAt;

  constructor(start: PartitionCheckpoint, { overlapMs, window, isShort = false, now }: PartitionMemory) {
    const { current, seen, completedFiles, listFrom, ...state } = start;
    this.#state = { ...ownCopy(state, ['caughtUpAt']), completedFiles: unpackFiles(completedFiles) ?? [] };
    this.#isShort = isShort;
    this.#look = { from: listFrom, at: state.principal.type === 'platform' ? listFrom : undefined };
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

  /** Where the list is taken up first, in the middle of a look at it. */
  get listFrom(): string | undefined {
    return this.#look.from;
  }

  get gaps(): readonly AuditLogGap[] {
    return this.#state.gaps;
  }

  get completedFiles(): readonly CompletedFile[] {
    return this.#state.completedFiles;
  }

  /** The last time that the list was read to its end and everything on it was done with. */
  get caughtUpAt(): string | undefined {
    return this.#state.caughtUpAt;
  }

  /** How often, in this iteration, the list was read to its end and everything on it was done with. */
  get looks(): number {
    return this.#looks;
  }

  /** Whether the list is taken up behind a file that it has shown, and not at a time that only a clock made. */
  get isAfterOfFile(): boolean {
    const { after, completedFiles } = this.#state;
    return completedFiles.some(({ endTime }) => isSameMicrosecond(endTime, after));
  }

  /** The file that was or is being delivered, when something of it was. */
  get current(): PartlyDeliveredFile | undefined {
    if (this.#file === undefined || this.#position === undefined || this.#events !== undefined) return undefined;
    const { line, byteOffset } = this.#position;
    return { file: this.#file, line, byteOffset };
  }

  /** Ids of files that the list may show again and that must not be read from it, completed ones aside. */
  get known(): string[] {
    const files = [...this.gaps.map(({ file }) => file), ...(this.#file === undefined ? [] : [this.#file])];
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
    const known = times.filter((time) => time !== beforeAllFiles && time !== beforeAllEvents && !isInFuture(time, now));
    return known.length === 0 ? undefined : known.reduce(laterOf);
  }

  /** The end of the newest file that was listed. */
  get newest(): string {
    return newestOf(this.after, this.#state.completedFiles, this.#now());
  }

  /** The end of the oldest file that is known to be done with, where older ones may have been forgotten. */
  get forgotBefore(): string | undefined {
    const ends = this.completedFiles.map(({ endTime }) => endTime);
    if (!this.#isShort || ends.length === 0) return undefined;
    return ends.reduce((one, other) => (laterOf(one, other) === one ? other : one));
  }

  /** Where the list is taken up instead of a time in the future, which a wrong clock made: nothing is to be left out. */
  mendAfter(now: string): void {
    const { caughtUpAt } = this;
    const beforeAll = this.principal.type === 'platform' ? beforeAllEvents : beforeAllFiles;
    const isKnown = caughtUpAt !== undefined && !isInFuture(caughtUpAt, now);
    const after = isKnown ? earlierBy(caughtUpAt, this.overlapMs) : caughtUpAt === undefined ? now : beforeAll;
    this.#state = { ...this.#state, after };
  }

  begin(file: LogFile, events?: readonly CompletedFile[]): void {
    if (this.#file?.id === file.id) return;
    this.#file = file;
    this.#events = events;
    this.#position = undefined;
  }

  /** Everything in the current file before this place is done with. */
  moveTo(position: JsonLinesPosition): void {
    this.#position = position;
  }

  complete(file: LogFile): void {
    if (this.#events !== undefined) {
      [this.#state, this.#look] = this.#behind(this.#state, this.#look, this.#events);
      this.#file = undefined;
      this.#events = undefined;
      return;
    }
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

  /** What the list says of a file that was left out counts from now on: what it said before may have been the fault. */
  refreshGap(row: LogFile): void {
    const known = this.gaps.find((gap) => gap.file.id === row.id);
    const isNews = known !== undefined && describing.some((field) => known.file[field] !== row[field]);
    if (!isNews) return;
    const { start, ...gap } = { ...known, file: row };
    const isInside = start !== undefined && start.byteOffset <= (row.file_size ?? start.byteOffset);
    const fresh = isInside ? { ...gap, start } : gap;
    this.#state = { ...this.#state, gaps: this.gaps.map((other) => (other === known ? fresh : other)) };
  }

  /** The list was read to its end at this time, and all of it is done with. */
  markCaughtUp(at: string): void {
    this.#looks += 1;
    this.#look = { from: undefined, at: undefined };
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
    const whole = this.#state;
    const current = this.current;
    const lookedAt = this.#look;
    const events = this.#events;
    const line = this.#position?.line ?? 1;
    const standing = () =>
      events === undefined ? ([whole, lookedAt] as const) : this.#behind(whole, lookedAt, events.slice(0, line - 1));
    if (this.#isShort) {
      return () => {
        const [{ completedFiles: files, ...rest }, look] = standing();
        return writeShort({ ...rest, files, look, ...(current !== undefined && { current }) });
      };
    }
    const seen = this.seen?.snapshot() ?? (() => [...this.#seenBefore]);
    return () => {
      const [state] = standing();
      return {
        ...state,
        completedFiles: packFiles(state.completedFiles).packed,
        ...(current !== undefined && { current }),
        seen: seen(),
      };
    };
  }

  /** Where it stands once these events of the platform's log are done with too. */
  #behind(
    state: PartitionState,
    look: LookedAt,
    events: readonly CompletedFile[],
  ): readonly [PartitionState, LookedAt] {
    const at = events.at(-1)?.endTime;
    if (at === undefined) return [state, look];
    const files = [...state.completedFiles, ...events];
    // That list may be taken up at a time that it has shown: which of its events are done with, is known.
    return [
      { ...state, ...moveOn(state.after, files, this.overlapMs, this.#now()) },
      { at, from: at },
    ];
  }

  /** Nothing of a file is to come now. */
  #close({ id, end_time: end }: LogFile, gaps: readonly AuditLogGap[]): void {
    const endTime = keptTime(end);
    if (this.#file?.id === id) this.#file = undefined;
    // A gap is taken up out of its turn.
    if (!this.gaps.some((gap) => gap.file.id === id)) this.#lookOn(endTime);
    const hash = hashFileId(id);
    const files = [...this.completedFiles.filter((file) => file.hash !== hash), { hash, endTime }];
    this.#state = { ...this.#state, gaps, ...moveOn(this.after, files, this.overlapMs, this.#now()) };
  }

  #lookOn(endTime: string): void {
    const { at } = this.#look;
    if (at === undefined) this.#look = { ...this.#look, at: endTime };
    else if (instantOf(endTime) > instantOf(at)) this.#look = { at: endTime, from: at };
  }
}
