import { InputError } from '../../errors/input-errors.js';
import { isPromise, letGo } from '../../internal/callbacks.js';
import { timeOf } from '../events/event-identity.js';
import type { AuditLogFile } from '../files/log-file.js';
import { type JsonLinesPosition, type JsonLinesProblem, JsonLinesReader } from '../json-lines.js';
import type { EventIssue, EventValidator } from '../validator.js';
import type { CompletedFile } from './completed-files.js';
import { tagOrigin } from './event-source.js';
import type { Partition } from './partition.js';

/** A line that is not a record. */
export interface InvalidLine {
  /** The log file it stands in. */
  readonly file: AuditLogFile;
  /** Line number, from 1. */
  readonly line: number;
  /** Bytes from the beginning of the file. */
  readonly byteOffset: number;
  /** What is wrong with it. */
  readonly problem: JsonLinesProblem;
}

/** How records become events. */
export interface RecordRules {
  readonly validate: EventValidator | undefined;
  /** Whether keys that an object has twice are reported. */
  readonly reportsRepeatedKeys: boolean;
  readonly bigIntegers: 'number' | 'string';
  /** Told of a line that is not a record; throws to stop there. */
  readonly onInvalidLine: (line: InvalidLine) => void;
}

/** A record as it is delivered: an object, whatever else it turns out to be. */
export type EventRecord = Record<string, unknown>;

/** No white space of JSON is above it, and nothing below it ends a record. */
const space = 0x20;

interface CursorContext {
  readonly partition: Partition;
  readonly file: AuditLogFile;
  readonly bytes: Uint8Array;
  /** Where to go on, when some of it was delivered before. */
  readonly start: JsonLinesPosition | undefined;
  /** Of a stretch of the platform's log: the events on its lines. */
  readonly events: readonly CompletedFile[] | undefined;
  /** By what these are told from all others. */
  readonly ids?: readonly string[] | undefined;
  readonly rules: RecordRules;
  readonly stats: RunningStats;
  readonly onEnd: () => void;
}

/** Reads the events of one verified file, and moves its partition along with what it delivers. */
export class FileCursor {
  readonly partition: Partition;
  readonly file: AuditLogFile;
  /** What it is read from: taken back, and soon overwritten, once the file is done with. */
  readonly bytes: Uint8Array;
  /** Called before its bytes are taken back. */
  beforeTakingBack: (() => void) | undefined;
  readonly #reader: JsonLinesReader;
  readonly #context: CursorContext;
  #isDone = false;

  constructor(context: CursorContext) {
    const { bytes, start } = context;
    this.partition = context.partition;
    this.file = context.file;
    this.bytes = bytes;
    this.#context = context;
    // The file was not refused for its size, so that no line of it is too long.
    this.#reader = new JsonLinesReader({
      start,
      maxLineBytes: bytes.byteLength,
      bigIntegers: context.rules.bigIntegers,
    });
    this.#reader.push(start === undefined ? bytes : bytes.subarray(start.byteOffset));
    this.#reader.end();
    this.partition.begin(this.file, context.events);
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Moves to the next record, without judging it. False at the end of the file, which is then done with. */
  advance(): boolean {
    if (this.#isDone) return false;
    if (this.#reader.next()) return true;
    this.#isDone = true;
    this.beforeTakingBack?.();
    this.#context.onEnd();
    return false;
  }

  /** The time of the record it stands at; empty where it says none. */
  get timestamp(): string {
    const { value } = this.#reader;
    const timestamp = value && timeOf(value, this.isOfPlatform);
    return typeof timestamp === 'string' ? timestamp : '';
  }

  /** Whether it reads the API Platform's log. */
  get isOfPlatform(): boolean {
    return this.partition.principal.type === 'platform';
  }

  /** What tells the record it stands at from all others: its `event_id`, or what its row of the platform's list is told by. */
  get eventId(): string | undefined {
    const id = this.isOfPlatform ? this.#context.ids?.[this.line - 1] : this.#reader.value?.event_id;
    return typeof id === 'string' && id !== '' ? id : undefined;
  }

  /** The number of the line it stands at, from 1. */
  get line(): number {
    return this.#reader.line;
  }

  /** Bytes from the beginning of the file to where the record begins. */
  get byteOffset(): number {
    return this.#reader.byteOffset;
  }

  /** Bytes from the beginning of the file to behind the record, what is blank left out. */
  get endOffset(): number {
    let end = this.#reader.nextPosition.byteOffset;
    while ((this.bytes[end - 1] ?? Number.POSITIVE_INFINITY) <= space) end -= 1;
    return end;
  }

  /** Delivers the record it stands at; `undefined` when it is left out. */
  deliver(): EventRecord | undefined {
    const reader = this.#reader;
    const event = reader.value;
    const delivered = event === undefined ? this.#leaveOut() : this.#checkRecord(event);
    this.partition.moveTo(reader.nextPosition);
    return delivered;
  }

  #checkRecord(event: EventRecord): EventRecord | undefined {
    const { partition, file } = this;
    const id = this.eventId;
    // Before it counts as seen: a validator of the caller's may throw.
    const { stats } = this.#context;
    const issues = this.#issuesOf(event);
    if (partition.seen !== undefined && id !== undefined && !partition.seen.add(id)) {
      stats.duplicates++;
      return undefined;
    }
    if (issues !== undefined) stats.eventsWithIssues++;
    stats.events++;
    tagOrigin(event, { principal: partition.principal, file, line: this.#reader.line, issues });
    return event;
  }

  #issuesOf(event: EventRecord): readonly EventIssue[] | undefined {
    const { validate, reportsRepeatedKeys } = this.#context.rules;
    if (validate === undefined) return undefined;
    const issues = validate(event);
    if (issues !== undefined) checkAnswer(issues);
    const losses = this.#reader.losses({ keys: reportsRepeatedKeys });
    return losses.length === 0 ? issues : [...(issues ?? []), ...losses];
  }

  #leaveOut(): undefined {
    const { line, byteOffset, problem = 'not_a_json_object' } = this.#reader;
    this.#context.rules.onInvalidLine({ file: this.file, line, byteOffset, problem });
    this.#context.stats.invalidLines++;
  }
}

/** A promise would pass for issues, and would end the process if it rejects. */
function checkAnswer(issues: unknown): void {
  if (!isPromise(issues)) return;
  letGo(issues);
  throw new InputError('`validate` must answer at once, and not with a promise.', { path: ['validate'] });
}

/** What an iteration has done so far. */
export interface AuditLogStats {
  /** Files done with. */
  readonly files: number;
  /** Bytes of the files done with. */
  readonly bytes: number;
  /** Events delivered. */
  readonly events: number;
  /** Events left out because they had been delivered before. */
  readonly duplicates: number;
  /** Events delivered although something about them is not as documented: see `issuesOf`. */
  readonly eventsWithIssues: number;
  /** Lines left out because they are not records. */
  readonly invalidLines: number;
  /** Files left out for a later run. */
  readonly gaps: number;
  /** Files delivered without being verified: the list gave no SHA-256 for them. */
  readonly unverifiedFiles: number;
  /** Rows of the list that name no file or no time. */
  readonly invalidRows: number;
  /** Files of another type than was asked for, which the list showed all the same: left out. */
  readonly filesOfOtherTypes: number;
  /** Files that were listed after a later one had been. */
  readonly lateFiles: number;
  /**
   * Workspaces and organizations of which something could not be read (`onFailedPrincipal`). With `follow`: cannot be read now.
   */
  readonly failedPrincipals: number;
}

type RunningStats = { -readonly [Key in keyof AuditLogStats]: AuditLogStats[Key] };

export function newStats(): RunningStats {
  const files = { files: 0, bytes: 0, gaps: 0, unverifiedFiles: 0, filesOfOtherTypes: 0, lateFiles: 0, invalidRows: 0 };
  return { ...files, events: 0, duplicates: 0, eventsWithIssues: 0, invalidLines: 0, failedPrincipals: 0 };
}
