import type { Clock } from '../../internal/clock.js';
import { createPrivateTag } from '../../internal/private-tag.js';
import type { RequestOptions } from '../../transport/options.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { AuditLogCheckpoint } from '../checkpoint.js';
import type { AuditLogFile } from '../files/log-file.js';
import { decodeUtf8, searchable } from '../line-bytes.js';
import type { AuditLogBatchesQuery } from '../query.js';
import type { AuditLogStats, EventRecord, FileCursor } from './file-cursor.js';
import type { BatchBuilder } from './fill.js';
import type { PartitionKey } from './reading-plan.js';

/** An event, and what it was read from. */
export interface EventLine<Kept> {
  /** What is kept of the event. */
  readonly event: Kept;
  readonly file: AuditLogFile;
  /** The line in the file, from 1. Several events may stand on one. */
  readonly line: number;
  /** Bytes from the beginning of the file to where the event begins. */
  readonly byteOffset: number;
  /** Bytes from the beginning of the file to behind it. */
  readonly endOffset: number;
  /** The event as the service wrote it, without what is blank around it. Good until the next batch is asked for. */
  readonly bytes: Uint8Array;
  /** The same as text, good for ever; what is not UTF-8 in it is U+FFFD. Read each time, so ask once. */
  readonly text: string;
}

/**
 * Events that stand in a row in one file, with one newline between them and nothing else: to be written by one call, and a
 * newline behind it.
 */
export interface LineRun {
  readonly file: AuditLogFile;
  /** Bytes from the beginning of the file to where the first event begins. */
  readonly byteOffset: number;
  /** Bytes from the beginning of the file to behind the last event. */
  readonly endOffset: number;
  /** Where in the lines of the batch it begins, and how many of them it is. */
  readonly first: number;
  readonly count: number;
  /** All of it, as the service wrote it. Good until the next batch is asked for. */
  readonly bytes: Uint8Array;
}

/** Some events, and the lines they were read from. */
export interface LineBatch<Kept> {
  /** At least one, in the order they are delivered. */
  readonly lines: readonly EventLine<Kept>[];
  /** The same lines by the bytes they stand in. */
  readonly runs: readonly LineRun[];
  /** The files that they stand in, each once. */
  readonly files: readonly AuditLogFile[];
  /** What has been delivered up to and including this batch. Written down when it is asked for. */
  readonly checkpoint: AuditLogCheckpoint;
}

/** Batches of lines. As with `batches()`, nothing is requested before the first one is asked for. */
export interface LineStream<Kept> extends AsyncIterable<LineBatch<Kept>> {
  /** What was handed out up to now. */
  checkpoint(): AuditLogCheckpoint;
  readonly stats: AuditLogStats;
  /** Hands out what is in hand, without waiting for more; where nothing is, the iteration ends at once. */
  wrapUp(): void;
  /** Up to when everything is delivered, for each partition; of one with a gap, no later than the end of that file. */
  completeUntil(): readonly CompleteUntil[];
}

/** Up to when everything of a partition is delivered; where that is known. */
export interface CompleteUntil extends PartitionKey {
  readonly time: string | undefined;
  /** Files that were left out. */
  readonly gaps: number;
  /** The time by the service's clock. */
  readonly now: string;
}

/**
 * Reads lines as `batches({ fill: true })` reads events. `of` names the caller's method in what is thrown. Without
 * `principals`, of all that the client has.
 */
export type ReadLines = <Kept>(
  of: string,
  query: AuditLogBatchesQuery,
  keep: Keep<Kept>,
  options?: RequestOptions,
  principals?: readonly AuditLogPrincipal[],
) => LineStream<Kept>;

/** Says what is kept of an event, as `events()` gives it, until its batch is full: whole, it would live long enough to be dear to the garbage collector. */
export type Keep<Kept> = (event: EventRecord, at: Pick<FileCursor, 'eventId' | 'isOfPlatform'>) => Kept;

/** What stores events has of a client. */
interface LineReader {
  readonly readLines: ReadLines;
  /** What the client goes by. */
  readonly clock: Clock;
  /** The one of its principals that is the same: it may have thousands, and each is exported by itself. */
  readonly find: (principal: AuditLogPrincipal) => AuditLogPrincipal | undefined;
}

/** On a client: reads its lines. What stores events needs them as they were written, and no parsed event tells that. */
export const lineReaderTag = /* @__PURE__ */ createPrivateTag<LineReader>();

const newline = 0x0a;

class Run implements LineRun {
  readonly file: AuditLogFile;
  readonly byteOffset: number;
  readonly first: number;
  endOffset: number;
  count = 1;
  readonly #decoder: TextDecoder;
  #source: Uint8Array;
  /** Where the source begins in the file. */
  #sourceOffset = 0;

  constructor({ file, byteOffset, endOffset, bytes }: FileCursor, first: number, decoder: TextDecoder) {
    this.file = file;
    this.byteOffset = byteOffset;
    this.endOffset = endOffset;
    this.first = first;
    this.#decoder = decoder;
    this.#source = searchable(bytes);
  }

  get bytes(): Uint8Array {
    return this.slice(this.byteOffset, this.endOffset);
  }

  slice(from: number, to: number): Uint8Array {
    return this.#source.subarray(from - this.#sourceOffset, to - this.#sourceOffset);
  }

  text(from: number, to: number): string {
    return decodeUtf8(this.#source, from - this.#sourceOffset, to - this.#sourceOffset, this.#decoder);
  }

  /** Takes up the event that the cursor stands at, where nothing but a newline is before it. */
  grow({ file, bytes, byteOffset, endOffset }: FileCursor): boolean {
    if (file !== this.file || byteOffset !== this.endOffset + 1 || bytes[this.endOffset] !== newline) return false;
    this.endOffset = endOffset;
    this.count += 1;
    return true;
  }

  /** Copies what it is of its file, whose memory is about to be used for another. */
  detach(): void {
    this.#source = searchable(new Uint8Array(this.bytes));
    this.#sourceOffset = this.byteOffset;
  }
}

class Line<Kept> implements EventLine<Kept> {
  readonly event: Kept;
  readonly file: AuditLogFile;
  readonly line: number;
  readonly byteOffset: number;
  readonly endOffset: number;
  readonly #run: Run;

  constructor(event: Kept, { file, line, byteOffset }: FileCursor, endOffset: number, run: Run) {
    this.event = event;
    this.file = file;
    this.line = line;
    this.byteOffset = byteOffset;
    this.endOffset = endOffset;
    this.#run = run;
  }

  get bytes(): Uint8Array {
    return this.#run.slice(this.byteOffset, this.endOffset);
  }

  get text(): string {
    return this.#run.text(this.byteOffset, this.endOffset);
  }
}

/**
 * Lines until they are a batch. They are views of the file while it is read. At its end its memory goes back at once, and what
 * the batch holds of it is copied: so no batch keeps room from the files it waits for, and a large file is not copied but for
 * its last lines.
 */
export class LineBuilder<Kept> implements BatchBuilder<Omit<LineBatch<Kept>, 'checkpoint'>> {
  readonly #decoder = new TextDecoder();
  readonly #keep: Keep<Kept>;
  #lines: Line<Kept>[] = [];
  #runs: Run[] = [];
  #files = new Set<AuditLogFile>();

  constructor(keep: Keep<Kept>) {
    this.#keep = keep;
  }

  get count(): number {
    return this.#lines.length;
  }

  add(event: EventRecord, cursor: FileCursor): void {
    const last = this.#runs.at(-1);
    const isSameRun = last?.grow(cursor) === true;
    const run = isSameRun ? last : new Run(cursor, this.#lines.length, this.#decoder);
    if (!isSameRun) this.#begin(run, cursor);
    this.#lines.push(new Line(this.#keep(event, cursor), cursor, run.endOffset, run));
  }

  take(): Omit<LineBatch<Kept>, 'checkpoint'> {
    const batch = { lines: this.#lines, runs: this.#runs, files: [...this.#files] };
    this.#lines = [];
    this.#runs = [];
    this.#files = new Set();
    return batch;
  }

  #begin(run: Run, cursor: FileCursor): void {
    this.#runs.push(run);
    this.#files.add(cursor.file);
    // Of the batch that is filling then: one that was handed out is done with by the end of the file.
    cursor.beforeTakingBack = () => {
      for (const one of this.#runs) if (one.file === cursor.file) one.detach();
    };
  }
}
