import { ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { isPending, WriteNotConfirmedError } from '../../errors/scim-errors.js';
import type { SdkError } from '../../errors/sdk-error.js';
import { isEmpty, isRecord } from '../../internal/json.js';
import { failureIn } from '../../transport/error-body.js';
import type { TransportResponse } from '../../transport/options.js';
import { idIn } from '../resource.js';
import { findKey } from '../schemas/names.js';
import { isIndeterminateStatus, isOutcomeUnknown } from '../write/lost-answer.js';
import type { BulkWrite } from './writes.js';

/** What became of one write. */
export interface BulkResult {
  /**
   * `not_attempted`: it was not sent, or the server did not reach it. `unknown`: no answer says whether it was carried out
   * (none came, or a 202, 408, 5xx but 501, a body that cannot be read). Look before it is sent again.
   */
  readonly outcome: 'succeeded' | 'failed' | 'not_attempted' | 'unknown';
  /** Method of the write, as it was given. */
  readonly method: BulkWrite['method'];
  /** Path of the write, as it was given. */
  readonly path: string;
  /** Name by which the others refer to it, as it was given. */
  readonly bulkId?: string | undefined;
  /** HTTP status of the write by itself. */
  readonly status?: number | undefined;
  /** `id` of the resource, where the server says which. */
  readonly id?: string | undefined;
  /** Address of the resource, as the server spells it. */
  readonly location?: string | undefined;
  /** Version of the resource after the write, for `ifMatch`. */
  readonly version?: string | undefined;
  /** Keyword of the failure (RFC 7644 §3.12). */
  readonly scimType?: string | undefined;
  /** The body of the answer. May hold personal data. */
  readonly response?: unknown;
  /**
   * What kept the write from being answered or attempted: a WriteNotConfirmedError where it was accepted (202), an InputError
   * where writes refer to one another in a cycle that cannot be sent, or the error of the write referred to.
   */
  readonly error?: SdkError | undefined;
}

/** What became of a write that is named elsewhere. */
export type Outcome = Omit<BulkResult, 'method' | 'path' | 'bulkId'>;

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads what became of each write, in their order: by `bulkId` for those that create, by location or path for the others,
 * and only then by position, since the server may answer in another order (RFC 7644 §3.7). `undefined` for a body that is
 * no answer to a bulk request.
 */
export function readBulkResponse(writes: readonly BulkWrite[], body: unknown): Outcome[] | undefined {
  const entries = isRecord(body) ? valueAt(body, 'operations') : undefined;
  if (!Array.isArray(entries)) return undefined;
  const found = new Map<number, Entry>();
  const unnamed = entries.filter((entry) => !isRecord(entry) || !place(entry, isTheSame));
  const unplaced = unnamed.filter((entry) => !isRecord(entry) || !place(entry, isAlike));
  // Of a write without an answer the server says that it was not reached; but not while there is an answer left over.
  const outcome = unplaced.length > 0 ? 'unknown' : 'not_attempted';
  return writes.map((_, index) => {
    const entry = found.get(index);
    return entry === undefined ? { outcome } : readEntry(entry);
  });

  function place(entry: Entry, matches: (entry: Entry, write: BulkWrite) => boolean): boolean {
    const index = writes.findIndex((write, at) => !found.has(at) && matches(entry, write));
    if (index !== -1) found.set(index, entry);
    return index !== -1;
  }
}

function isTheSame(entry: Entry, write: BulkWrite): boolean {
  if (write.method === 'POST') return bulkIdOf(entry) === write.bulkId;
  const location = valueAt(entry, 'location');
  const where = typeof location === 'string' ? location : valueAt(entry, 'path');
  const isMethod = isEmpty(valueAt(entry, 'method')) || hasMethod(entry, write);
  return isMethod && typeof where === 'string' && where.endsWith(write.path);
}

function isAlike(entry: Entry, write: BulkWrite): boolean {
  // With a name it is another's, and its id must not be taken for this one's.
  return hasMethod(entry, write) && (write.method !== 'POST' || bulkIdOf(entry) === undefined);
}

function hasMethod(entry: Entry, { method }: BulkWrite): boolean {
  const said = valueAt(entry, 'method');
  return typeof said === 'string' && said.toUpperCase() === method;
}

function bulkIdOf(entry: Entry): string | undefined {
  const bulkId = valueAt(entry, 'bulkid');
  return isEmpty(bulkId) ? undefined : String(bulkId);
}

function readEntry(entry: Entry): Outcome {
  const response = valueAt(entry, 'response');
  const said = statusIn(valueAt(entry, 'status'));
  // A success that holds an error is none.
  const failure = outcomeOfStatus(said) === 'succeeded' ? failureIn(response) : undefined;
  const status = failure?.status ?? said;
  const outcome = failure !== undefined && failure.status === undefined ? 'failed' : outcomeOfStatus(status);
  const location = valueAt(entry, 'location');
  const version = valueAt(entry, 'version');
  const { id, scimType } = isRecord(response) ? response : ({} as Entry);
  const where = typeof location === 'string' ? location : undefined;
  const known = typeof id === 'string' ? id : idIn(where);
  return {
    outcome,
    status,
    ...(where !== undefined && { location: where }),
    ...(known !== undefined && { id: known }),
    ...(typeof version === 'string' && { version }),
    ...(typeof scimType === 'string' && { scimType }),
    ...(response !== undefined && { response }),
    ...(status === 202 && { error: new WriteNotConfirmedError('write_pending', { method: 'POST', route: '/Bulk' }) }),
  };
}

/** The status in any of its shapes: `201`, `"201"`, `{ "code": "201" }`, `"201 Created"`, `"HTTP/1.1 201"`. */
function statusIn(given: unknown): number | undefined {
  const said = isRecord(given) ? valueAt(given, 'code') : given;
  const digits = /^(?:HTTP\/[\d.]+\s+)?([1-5]\d\d)(?!\d)/i.exec(String(said).trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function valueAt(entry: Entry, lowerName: string): unknown {
  const key = findKey(entry, lowerName);
  return key === undefined ? undefined : entry[key];
}

/** What became of each write of a request whose answer does not say. */
export function withoutResults({ status }: TransportResponse): Outcome {
  const facts = { method: 'POST', route: '/Bulk', status };
  if (status === 412) return { outcome: 'failed', status };
  if (status === 202) return { outcome: 'unknown', error: new WriteNotConfirmedError('write_pending', facts) };
  const issues = [{ path: ['Operations'], message: 'expected the outcome of each operation' }];
  const message = `POST /Bulk was answered ${status} without the outcome of each operation.`;
  return { outcome: 'unknown', error: new ResponseValidationError(message, { ...facts, issues }) };
}

/** What became of a write that was answered with this status; `undefined` where the answer has none. */
export function outcomeOfStatus(status: number | undefined): BulkResult['outcome'] {
  // 202 promises, and nothing more.
  if (status === undefined || status === 202 || isIndeterminateStatus(status)) return 'unknown';
  return status >= 200 && status < 300 ? 'succeeded' : 'failed';
}

/** What became of a write whose request failed like this. */
export function outcomeOf(error: SdkError): BulkResult['outcome'] {
  if (error instanceof ResponseError) return outcomeOfStatus(error.status);
  return isPending(error) || isOutcomeUnknown(error) ? 'unknown' : 'not_attempted';
}
