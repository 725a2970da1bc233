import { CheckpointError } from '../errors/log-errors.js';
import { readInstant } from '../internal/dates.js';
import { isRecord } from '../internal/json.js';
import type { LogFile } from './files/log-file.js';
import type { AuditLogPrincipal } from './principal.js';

/** A file that could not be read and was left out. A later run that resumes from the checkpoint takes it up first. */
export interface AuditLogGap {
  /** The file, as the service lists it. */
  readonly file: LogFile;
  /** Why it could not be read: the code of the error. */
  readonly code: string;
  /** Where to go on, when some of it had been delivered before. */
  readonly start?: { readonly line: number; readonly byteOffset: number } | undefined;
}

/** The file that was being delivered. */
export interface PartlyDeliveredFile {
  /** The file, as the service lists it. */
  readonly file: LogFile;
  /** The line on which reading goes on, from 1. */
  readonly line: number;
  /** Bytes from the beginning of the file to where reading goes on. */
  readonly byteOffset: number;
}

/** A file that is done with: delivered whole, or recorded as a gap. */
export interface CompletedFile {
  /** Id of the file. */
  readonly id: string;
  /** Its `end_time`, as the server spelled it. */
  readonly endTime: string;
}

/** What has been delivered of one event type of one workspace or organization. */
export interface PartitionCheckpoint {
  /** The workspace or organization. */
  readonly principal: AuditLogPrincipal;
  /** The event type, such as `AUTH_LOG`. */
  readonly eventType: string;
  /** Where the list is taken up: a time as the server spelled it, or as the query gave it. */
  readonly after: string;
  /** Files later than `after` that are done with. */
  readonly passed: readonly CompletedFile[];
  /** The file in the middle of which delivery stopped. */
  readonly current?: PartlyDeliveredFile | undefined;
  /** Files that were left out, to be taken up first. */
  readonly gaps: readonly AuditLogGap[];
  /**
   * The last time that the list was read to its end and everything on it was done with, as ISO 8601. Whether
   * something is gone after 30 days is judged from here on, so that a log without events leaves no gap.
   */
  readonly caughtUpAt?: string | undefined;
  /** The last event ids, as hashes of 64 bits in base64, for de-duplication. */
  readonly seen: readonly string[];
}

/**
 * Exactly what has been delivered, down to the line. Plain JSON: keep it wherever you like, and give it to `resumeFrom`.
 *
 * It holds ids of workspaces and of files, and no event.
 */
export interface AuditLogCheckpoint {
  /** Version of this form of checkpoints. */
  readonly version: 1;
  /** One for each event type of each workspace or organization. */
  readonly lanes: readonly PartitionCheckpoint[];
}

type Path = readonly (string | number)[];

/**
 * Reads what comes back from a store, strictly: a checkpoint that is wrong in one place is not used at all.
 *
 * @throws CheckpointError that says where.
 */
export function readCheckpoint(value: unknown): AuditLogCheckpoint {
  if (typeof value === 'string') throw invalid([], 'is text: give what `JSON.parse` makes of it');
  const given = record(value, []);
  if (typeof given.version === 'number' && given.version > 1) {
    throw new CheckpointError(
      'unknown_checkpoint_version',
      `The checkpoint has version ${given.version}; this library knows 1.`,
      {
        path: ['version'],
      },
    );
  }
  if (given.version !== 1) throw invalid(['version'], 'is not 1');
  return { version: 1, lanes: list(given, 'lanes', [], readPartition) };
}

function readPartition(value: unknown, path: Path): PartitionCheckpoint {
  const lane = record(value, path);
  const { current, caughtUpAt } = lane;
  return {
    principal: readPrincipal(lane.principal, [...path, 'principal']),
    eventType: text(lane, 'eventType', path),
    after: time(lane, 'after', path),
    passed: list(lane, 'passed', path, readCompletedFile),
    ...(current !== undefined && { current: readCurrent(current, [...path, 'current']) }),
    gaps: list(lane, 'gaps', path, readGap),
    ...(caughtUpAt !== undefined && { caughtUpAt: time(lane, 'caughtUpAt', path) }),
    seen: list(lane, 'seen', path, readHashes),
  };
}

function readPrincipal(value: unknown, path: Path): AuditLogPrincipal {
  const principal = record(value, path);
  const { type } = principal;
  if (type !== 'workspace' && type !== 'organization')
    throw invalid([...path, 'type'], 'is neither workspace nor organization');
  return { type, id: text(principal, 'id', path) };
}

function readCompletedFile(value: unknown, path: Path): CompletedFile {
  const passed = record(value, path);
  return { id: text(passed, 'id', path), endTime: time(passed, 'endTime', path) };
}

function readCurrent(value: unknown, path: Path): PartlyDeliveredFile {
  const current = record(value, path);
  const file = readLogFile(current.file, [...path, 'file']);
  return { file, ...readPosition(current, file, path) };
}

function readPosition(value: unknown, file: LogFile, path: Path): { line: number; byteOffset: number } {
  const position = record(value, path);
  const byteOffset = count(position, 'byteOffset', path);
  if (byteOffset > file.file_size) throw invalid([...path, 'byteOffset'], 'is beyond the end of the file');
  return { line: count(position, 'line', path), byteOffset };
}

function readGap(value: unknown, path: Path): AuditLogGap {
  const gap = record(value, path);
  const file = readLogFile(gap.file, [...path, 'file']);
  const start = gap.start === undefined ? {} : { start: readPosition(gap.start, file, [...path, 'start']) };
  return { file, code: text(gap, 'code', path), ...start };
}

function readLogFile(value: unknown, path: Path): LogFile {
  const file = record(value, path);
  return {
    id: text(file, 'id', path),
    event_type: text(file, 'event_type', path),
    end_time: time(file, 'end_time', path),
    file_name: text(file, 'file_name', path),
    file_size: count(file, 'file_size', path),
    file_sha256: text(file, 'file_sha256', path),
  };
}

function readHashes(value: unknown, path: Path): string {
  // Hashes of eight bytes each: what is written is a multiple of that, padded.
  const isBase64 =
    typeof value === 'string' && /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(value);
  if (!isBase64) throw invalid(path, 'is not base64');
  return value;
}

function record(value: unknown, path: Path): Record<string, unknown> {
  if (!isRecord(value)) throw invalid(path, 'is not an object');
  return value;
}

function list<T>(owner: Record<string, unknown>, key: string, path: Path, read: (item: unknown, path: Path) => T): T[] {
  const value = owner[key];
  if (!Array.isArray(value)) throw invalid([...path, key], 'is not an array');
  return value.map((item, index) => read(item, [...path, key, index]));
}

function text(owner: Record<string, unknown>, key: string, path: Path): string {
  const value = owner[key];
  if (typeof value !== 'string' || value === '') throw invalid([...path, key], 'is not a text');
  return value;
}

function time(owner: Record<string, unknown>, key: string, path: Path): string {
  const value = text(owner, key, path);
  if (readInstant(value) === undefined) throw invalid([...path, key], 'is not a date-time');
  return value;
}

function count(owner: Record<string, unknown>, key: string, path: Path): number {
  const value = owner[key];
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw invalid([...path, key], 'is not a count');
  return value as number;
}

function invalid(path: Path, what: string): CheckpointError {
  const where = path.length === 0 ? 'It' : `\`${path.join('.')}\``;
  return new CheckpointError('invalid_checkpoint', `The checkpoint cannot be used. ${where} ${what}.`, { path });
}
