import { type ResponseIssue, ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/is-record.js';
import { readInstant } from '../instant.js';
import type { LogFilePage } from '../schemas/log-file.js';

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
