import * as z from 'zod/mini';
import { CheckpointError } from '../errors/log-errors.js';
import { isRecord } from '../internal/json.js';
import { isNestedTooDeep } from '../internal/json-limits.js';
import type { AuditLogPrincipal } from '../transport/principal.js';
import { count, dateTime, type LogFile, logFileSchema, text } from './files/log-file.js';
import { parseWith } from './parse-with.js';
import { unpackFiles } from './reading/completed-files.js';

/** A file that could not be read and was left out. A run that resumes from the checkpoint reads it first. */
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

/** What has been delivered of one event type of one workspace or organization. */
export interface PartitionCheckpoint {
  /** The workspace or organization. */
  readonly principal: AuditLogPrincipal;
  /** The event type, such as `AUTH_LOG`. */
  readonly eventType: string;
  /** Where the list is taken up: a time as the server spelled it, or as the query gave it. */
  readonly after: string;
  /**
   * Files later than `after` that are done with: of each, 48 bits of a hash of its id, and its `end_time` in microseconds, in
   * base64. It is 13 to 18 characters a file. With `deduplicate: 'store'`, as many of the latest as there is room for.
   */
  readonly completedFiles: string;
  /**
   * Where the list is taken up first, in the middle of reading it, when `completedFiles` had no room for all: so a run that
   * does little goes on where the last one stopped. What was listed late is looked for once the list was read to its end.
   */
  readonly listFrom?: string | undefined;
  /** The file in the middle of which delivery stopped. */
  readonly current?: PartlyDeliveredFile | undefined;
  /** Files that were left out, to be taken up first. */
  readonly gaps: readonly AuditLogGap[];
  /**
   * ISO 8601: when the list was last read to its end and everything on it was done with. What is gone after 30 days is
   * judged from here on, so that a log without events leaves no gap.
   */
  readonly caughtUpAt?: string | undefined;
  /** The last event ids, as hashes of 64 bits in base64, for de-duplication; none with `deduplicate: 'store'`. */
  readonly seen: readonly string[];
}

/**
 * Exactly what has been delivered, down to the line. Plain JSON: keep it wherever you like, and give it to `resumeFrom`.
 * It holds ids of workspaces and files, and no event. An event type takes 1 to 2 KB, and 11 characters for each of the last
 * 10,000 event ids, which tell what comes twice; with `deduplicate: 'store'` it holds none of them, and is 2 KB at most,
 * files aside that were left out. Of the API Platform it holds all events of the second where it stands, which a burst makes longer:
 * 10 characters for each.
 */
export interface AuditLogCheckpoint {
  /** Version of this form of checkpoints. */
  readonly version: 1;
  /** One for each event type of each workspace or organization. */
  readonly partitions: readonly PartitionCheckpoint[];
}

const principalType = z.custom<AuditLogPrincipal['type']>(
  (type) => type === 'workspace' || type === 'organization' || type === 'platform',
  'expected workspace, organization or platform',
);

const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const hashes = z.custom<string>((value) => typeof value === 'string' && base64.test(value), 'expected base64');

const completedFiles = z.custom<string>(
  (value) => typeof value === 'string' && base64.test(value) && unpackFiles(value) !== undefined,
  'expected completed files in base64',
);

const object = <const Shape extends z.core.$ZodShape>(shape: Shape) => z.object(shape, 'expected an object');
const list = <Item extends z.ZodMiniType>(item: Item) => z.array(item, 'expected an array');

const position = { line: count, byteOffset: count };
const isInside = ({ byteOffset }: { readonly byteOffset: number }, file: LogFile) =>
  byteOffset <= (file.file_size ?? Number.POSITIVE_INFINITY);
const beyondTheEnd = 'expected a place before the end of the file';

/** Made when a checkpoint is read, which few programs do more than once: at import, all would pay for it. */
function checkpointSchema() {
  // In a checkpoint a file has the documented fields only.
  const file = object(logFileSchema.shape);
  const current = object({ file, ...position }).check(
    z.refine((current) => isInside(current, current.file), { path: ['byteOffset'], error: beyondTheEnd }),
  );
  const gap = object({ file, code: text, start: z.optional(object(position)) }).check(
    z.refine(({ file, start }) => start === undefined || isInside(start, file), {
      path: ['start', 'byteOffset'],
      error: beyondTheEnd,
    }),
  );
  const partition = object({
    principal: object({ type: principalType, id: text }),
    eventType: text,
    after: dateTime,
    completedFiles,
    listFrom: z.optional(dateTime),
    current: z.optional(current),
    gaps: list(gap),
    caughtUpAt: z.optional(dateTime),
    seen: list(hashes),
  });
  return object({
    version: z.custom<1>((value) => value === 1, 'expected 1'),
    partitions: list(partition),
  });
}

/** Reads what comes back from a store. A checkpoint that is wrong in one place is not used. @throws CheckpointError */
export function readCheckpoint(value: unknown): AuditLogCheckpoint {
  if (typeof value === 'string') throw unusable([], 'expected an object: give what `JSON.parse` makes of the text');
  if (isNestedTooDeep(value)) throw unusable([], 'expected less nesting');
  const version = isRecord(value) ? value.version : undefined;
  if (typeof version === 'number' && version > 1) {
    throw new CheckpointError(
      'unknown_checkpoint_version',
      `The checkpoint has version ${version}; this library knows 1.`,
      { path: ['version'] },
    );
  }
  const { value: checkpoint, issues } = parseWith(checkpointSchema(), value);
  if (checkpoint !== undefined) return checkpoint;
  const [{ path, message } = { path: [], message: 'expected a checkpoint' }] = issues;
  throw unusable(path, message);
}

function unusable(path: readonly (string | number)[], message: string): CheckpointError {
  const where = path.length === 0 ? '' : `\`${path.join('.')}\`: `;
  return new CheckpointError('invalid_checkpoint', `The checkpoint cannot be used. ${where}${message}.`, { path });
}
