import * as z from 'zod/mini';
import { InputError } from '../../errors/input-errors.js';
import { ResponseValidationError } from '../../errors/response-errors.js';
import { readInstant } from '../../internal/dates.js';
import { has, isRecord } from '../../internal/json.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { parseWith } from '../parse-with.js';

// Leaves are checked by a function each: zod's own checks would double what it adds to a bundle.

/** Text that is not empty. */
export const text = z.custom<string>((value) => typeof value === 'string' && value !== '', 'expected text');

/** ISO 8601, kept as it is spelled. */
export const dateTime = z.custom<string>(
  (value) => typeof value === 'string' && readInstant(value) !== undefined,
  'expected a date-time',
);

/** A whole number from 0. */
export const count = z.custom<number>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'expected a whole number from 0',
);

export const logFileSchema = z.looseObject(
  {
    /** Names the file for the download. */
    id: text,
    /** The one type of event in the file: the one that was asked for, where the list does not say. */
    event_type: text,
    /** When the file was closed: no event in it is later. Microseconds; kept as the server spelled it. */
    end_time: dateTime,
    /** A name to save it under, extension included. */
    file_name: z.optional(text),
    /** Bytes. Where the list does not say, the size of the download is not checked. */
    file_size: z.optional(count),
    /** SHA-256 of the bytes, in hexadecimal; the case of the letters is not promised. Absent, the file cannot be verified. */
    file_sha256: z.optional(text),
  },
  'expected an object',
);

/** One log file, as the list describes it. The file itself never changes once it is listed. */
export type LogFile = z.infer<typeof logFileSchema>;

/** A log file, and whose it is. */
export type AuditLogFile = LogFile & {
  /** The workspace or organization whose log it is. */
  readonly principal: AuditLogPrincipal;
};

/** The page around the rows: each row is judged by itself. */
export const logFilePageSchema = z.looseObject(
  {
    data: z.array(z.unknown(), 'expected an array'),
    has_more: z.custom<boolean>((value) => typeof value === 'boolean', 'expected a boolean'),
  },
  'expected an object',
);

/** A row of the list without the id or the time that reading it needs. */
export type InvalidRow = Readonly<Record<string, unknown>>;

/** One page of the list of log files. */
export interface LogFilePage {
  /** Oldest first, by `end_time`. */
  readonly data: readonly LogFile[];
  /** Rows that name no file, or no time. */
  readonly invalidRows?: readonly InvalidRow[] | undefined;
  /** Whether another page follows. */
  readonly has_more: boolean;
  /** The `end_time` of the last file here. Null or absent on an empty page, and where it is no date-time. */
  readonly last_end_time?: string | null | undefined;
}

/** Which answer is read. */
export interface AnswerFacts {
  readonly route: string;
  readonly status: number;
}

/**
 * Checks a page of the list, and keeps what it does not know. A row that cannot be read fails alone, not the list.
 *
 * @throws ResponseValidationError
 */
export function readLogFilePage(body: unknown, facts: AnswerFacts, eventType: string): LogFilePage {
  const { value, issues } = parseWith(logFilePageSchema, body);
  if (value === undefined) {
    throw new ResponseValidationError(`GET ${facts.route} did not answer with a list of log files.`, {
      method: 'GET',
      ...facts,
      issues,
      // Something on the way answers in place of the service: that may pass.
      retryable: true,
      remedy: 'Check that the base URL leads to the Compliance API and that no proxy answers in its place.',
    });
  }
  const rows = value.data.map((row) => (isRecord(row) ? readRow(row, eventType) : { invalid: {} }));
  const invalidRows = rows.flatMap((row) => (has(row, 'invalid') ? [row.invalid] : []));
  const data = rows.flatMap((row) => (has(row, 'file') ? [row.file] : []));
  const { data: said, error: notSaid } = z.safeParse(z.nullish(dateTime), value.last_end_time);
  return {
    ...value,
    data,
    last_end_time: notSaid ? undefined : said,
    invalidRows: invalidRows.length > 0 ? invalidRows : undefined,
  };
}

function readRow(row: InvalidRow, eventType: string): { readonly file: LogFile } | { readonly invalid: InvalidRow } {
  const { data: file, error } = z.safeParse(logFileSchema, { event_type: eventType, ...row });
  if (file !== undefined) return { file };
  const wrong = new Set(error.issues.map(({ path: [key] }) => key));
  if (wrong.has('id') || wrong.has('end_time')) return { invalid: row };
  // Nobody needs the rest: what is not as documented counts as not said.
  const kept = Object.fromEntries(Object.entries(row).filter(([key]) => !wrong.has(key)));
  return readRow({ ...kept }, eventType);
}

/** A copy of what a caller gave as a file. An id alone names none: it is its workspace's. @throws InputError */
export function fileOf(file: AuditLogFile): AuditLogFile {
  const { id, principal } = isRecord(file) ? file : {};
  const missing = typeof id !== 'string' || id === '' ? 'id' : isRecord(principal) ? undefined : 'principal';
  if (missing === undefined) return { ...file, principal: { ...file.principal } };
  throw new InputError(`\`download\` needs a file with its \`${missing}\`.`, {
    path: [missing],
    remedy:
      'Give a file as `files()` lists it. Of a file that you kept, give `principal` too: `{ ...file, principal }`.',
  });
}
