import * as z from 'zod/mini';
import { ResponseValidationError } from '../../errors/response-errors.js';
import { readInstant } from '../../internal/dates.js';
import { parseWith } from '../parse-with.js';
import type { AuditLogPrincipal } from '../principal.js';

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
    /** The one type of event in the file. */
    event_type: text,
    /** When the file was closed: no event in it is later. Microseconds; kept as the server spelled it. */
    end_time: dateTime,
    /** A name to save it under, extension included. */
    file_name: text,
    /** Bytes. */
    file_size: count,
    /** SHA-256 of the bytes, in hexadecimal. The case of the letters is not promised. */
    file_sha256: text,
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

export const logFilePageSchema = z.looseObject(
  {
    /** Oldest first, by `end_time`. */
    data: z.array(logFileSchema, 'expected an array'),
    /** Whether another page follows. */
    has_more: z.custom<boolean>((value) => typeof value === 'boolean', 'expected a boolean'),
    /** The `end_time` of the last file here, to be sent verbatim as the next `after`. Null or absent on an empty page. */
    last_end_time: z.nullish(dateTime),
  },
  'expected an object',
);

/** One page of the list of log files. */
export type LogFilePage = z.infer<typeof logFilePageSchema>;

/** Which answer is read. */
export interface AnswerFacts {
  readonly route: string;
  readonly status: number;
}

/** Checks a page of the list, and keeps what it does not know. @throws ResponseValidationError */
export function readLogFilePage(body: unknown, facts: AnswerFacts): LogFilePage {
  const { issues } = parseWith(logFilePageSchema, body);
  if (issues.length === 0) return body as LogFilePage;
  throw new ResponseValidationError(`GET ${facts.route} did not answer with a list of log files.`, {
    method: 'GET',
    ...facts,
    issues,
    remedy: 'Check that the base URL leads to the Compliance API and that no proxy answers in its place.',
  });
}
