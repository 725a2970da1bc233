import * as z from 'zod/mini';
import { type ResponseIssue, ResponseValidationError } from '../../errors/response-errors.js';
import { readInstant } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import type { AuditLogPrincipal } from '../principal.js';

/** One log file, as the list describes it (OpenAI, Compliance Logs Platform). */
export const logFileSchema = z.looseObject({
  /** Names the file for the download. */
  id: z.string(),
  /** The one type of event in the file. */
  event_type: z.string(),
  /** When the file was closed: no event in it is later. Microseconds; kept as the server spelled it. */
  end_time: z.string(),
  /** A name to save it under, extension included. */
  file_name: z.string(),
  /** Bytes. */
  file_size: z.number(),
  /** SHA-256 of the bytes, in hexadecimal. The case of the letters is not promised. */
  file_sha256: z.string(),
});

/** One log file, as the list describes it. The file itself never changes once it is listed. */
export type LogFile = z.infer<typeof logFileSchema>;

/** One page of the list of log files. */
export const logFilePageSchema = z.looseObject({
  /** Oldest first, by `end_time`. */
  data: z.array(logFileSchema),
  /** Whether another page follows. */
  has_more: z.boolean(),
  /** The `end_time` of the last file here, to be sent verbatim as the next `after`. Null or absent on an empty page. */
  last_end_time: z.nullish(z.string()),
});

/** One page of the list of log files. */
export type LogFilePage = z.infer<typeof logFilePageSchema>;

/** A log file, and whose it is. */
export type AuditLogFile = LogFile & {
  /** The workspace or organization whose log it is. */
  readonly principal: AuditLogPrincipal;
};

const texts = ['id', 'event_type', 'end_time', 'file_name', 'file_sha256'] as const;

/**
 * Checks a page of the list by hand: what is used must be there, everything else is kept as it is.
 *
 * @throws ResponseValidationError
 */
export function readLogFilePage(
  body: unknown,
  facts: { readonly route: string; readonly status: number },
): LogFilePage {
  const issues = [...issuesOfPage(body)];
  if (issues.length === 0) return body as LogFilePage;
  throw new ResponseValidationError(`GET ${facts.route} did not answer with a list of log files.`, {
    method: 'GET',
    ...facts,
    issues,
    remedy: 'Check that the base URL leads to the Compliance API and that no proxy answers in its place.',
  });
}

function* issuesOfPage(body: unknown): Generator<ResponseIssue> {
  if (!isRecord(body)) return yield { path: [], message: 'expected an object' };
  const { data, has_more: hasMore, last_end_time: lastEndTime } = body;
  if (typeof hasMore !== 'boolean') yield { path: ['has_more'], message: 'expected a boolean' };
  if (lastEndTime != null && !isTime(lastEndTime)) yield { path: ['last_end_time'], message: 'expected a date-time' };
  if (!Array.isArray(data)) return yield { path: ['data'], message: 'expected an array' };
  for (const [index, file] of data.entries()) yield* issuesOfFile(file, ['data', index]);
}

function* issuesOfFile(file: unknown, path: readonly (string | number)[]): Generator<ResponseIssue> {
  if (!isRecord(file)) return yield { path, message: 'expected an object' };
  for (const key of texts)
    if (typeof file[key] !== 'string' || file[key] === '') yield { path: [...path, key], message: 'expected text' };
  if (!isTime(file.end_time)) yield { path: [...path, 'end_time'], message: 'expected a date-time' };
  const size = file.file_size;
  if (!Number.isSafeInteger(size) || (size as number) < 0)
    yield { path: [...path, 'file_size'], message: 'expected a number of bytes' };
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && readInstant(value) !== undefined;
}
