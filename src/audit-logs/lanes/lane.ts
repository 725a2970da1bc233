import type { AuditLogGap, LaneCheckpoint, PartlyDeliveredFile, PassedFile } from '../checkpoints/checkpoint.js';
import { SeenEvents } from '../checkpoints/seen-events.js';
import { instantOf } from '../instant.js';
import type { JsonLinesPosition } from '../json-lines/json-lines-reader.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { LogFile } from '../schemas/log-file.js';

const nanosecondsPerMs = 1_000_000;

/** A checkpoint holds no more gaps than this: then something is wrong with more than a file. */
export const mostGaps = 100;

/** How a lane remembers. */
export interface LaneMemory {
  /** How far behind the newest file the list is taken up again. */
  readonly overlapMs: number;
  /** Event ids to remember; 0 for none. */
  readonly window: number;
}

/** What has been delivered of one event type of one principal: the moving part that checkpoints are taken of. */
export class Lane {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
  readonly seen: SeenEvents | undefined;
  readonly #overlapMs: number;
  readonly #seenBefore: readonly string[];
  // Each is replaced and never changed, so that a snapshot is a few references.
  #after: string;
  #passed: readonly PassedFile[];
  #gaps: readonly AuditLogGap[];
  #caughtUpAt: string | undefined;
  #file: LogFile | undefined;
  #position: JsonLinesPosition | undefined;

  constructor(begin: LaneCheckpoint, memory: LaneMemory) {
    this.principal = begin.principal;
    this.eventType = begin.eventType;
    this.#overlapMs = memory.overlapMs;
    this.#after = begin.after;
    this.#passed = begin.passed;
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
    return [...this.#passed.map(({ id }) => id), ...this.#gaps.map(({ file }) => file.id), ...current];
  }

  /** The latest point in time up to which everything is known to be done with, the current file aside. */
  get doneUntil(): string {
    const times = [
      this.#after,
      ...this.#passed.map(({ endTime }) => endTime),
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
  pass(file: LogFile): void {
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
  catchUp(at: string): void {
    if (this.#caughtUpAt === undefined || instantOf(at) > instantOf(this.#caughtUpAt)) this.#caughtUpAt = at;
  }

  /** Gives up what is older: it cannot be read any more. */
  forgetBefore(time: string): void {
    const isRetained = (file: LogFile) => instantOf(file.end_time) >= instantOf(time);
    this.#gaps = this.#gaps.filter((gap) => isRetained(gap.file));
    if (this.#file !== undefined && !isRetained(this.#file)) this.#file = undefined;
  }

  /** Takes note of where the lane stands now. What it returns writes that down, whenever it is called. */
  snapshot(): () => LaneCheckpoint {
    const { principal, eventType, current } = this;
    const [after, passed, gaps, caughtUpAt] = [this.#after, this.#passed, this.#gaps, this.#caughtUpAt];
    const seen = this.seen?.snapshot() ?? (() => [...this.#seenBefore]);
    return () => ({
      principal,
      eventType,
      after,
      passed,
      ...(current !== undefined && { current }),
      gaps,
      ...(caughtUpAt !== undefined && { caughtUpAt }),
      seen: seen(),
    });
  }

  #remember(file: PassedFile): void {
    const passed = [...this.#passed.filter(({ id }) => id !== file.id), file];
    const next = takeUp(this.#after, passed, this.#overlapMs);
    this.#after = next;
    // Those of that very time, too: a server may list them again.
    this.#passed = passed.filter(({ endTime }) => instantOf(endTime) >= instantOf(next));
  }
}

/**
 * Where to take up the list again: a time that a file had, verbatim, before the newest file and so far behind it.
 * Before it, because the server leaves out files of the very time that it is asked for.
 */
export function takeUp(after: string, passed: readonly PassedFile[], overlapMs: number): string {
  const newest = passed.reduce((latest, { endTime }) => {
    const end = instantOf(endTime);
    return end > latest ? end : latest;
  }, instantOf(after));
  const latestAllowed = newest - BigInt(Math.floor(overlapMs * nanosecondsPerMs));
  return passed.reduce((latest, { endTime }) => {
    const end = instantOf(endTime);
    return end < newest && end <= latestAllowed && end > instantOf(latest) ? endTime : latest;
  }, after);
}
