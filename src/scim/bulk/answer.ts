import { ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { NaturalKeyConflictError, WriteNotConfirmedError } from '../../errors/scim-errors.js';
import type { SdkError } from '../../errors/sdk-error.js';
import { isEmpty, isRecord } from '../../internal/json.js';
import { failureIn } from '../../transport/error-body.js';
import type { TransportResponse } from '../../transport/options.js';
import { isSameButForCase } from '../filter/compare.js';
import { isAlike } from '../proven-filters.js';
import { isIndeterminateStatus, isOutcomeUnknown } from '../write/lost-answer.js';
import { type Entry, endpointOf, idOfWrite, idUnder, matchEntries, readId, valueAt } from './match.js';
import type { BulkWrite } from './writes.js';

/** What became of one write. */
export interface BulkResult {
  /**
   * `not_attempted`: it was not sent, or the server did not reach it. `unknown`: no answer says whether it was carried out
   * (none came, or a 202, 408, 5xx but 501, a body that cannot be read, does not say which write it is about or shows
   * another resource; or all of a request was refused for one of its operations, and what came of this one cannot be
   * looked up). Look before it is sent again.
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
  /** `id` of the resource, where the server says which, and nothing it says disagrees. */
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

/**
 * Reads what became of each write, in their order. Of a write that has no entry the server says that it was not reached,
 * where it stopped after a failure; anything else does not say what became of it.
 */
export function readBulkResponse(writes: readonly BulkWrite[], response: TransportResponse): readonly Outcome[] {
  const entries = isRecord(response.body) ? valueAt(response.body, 'operations') : undefined;
  if (!Array.isArray(entries)) return writes.map(() => withoutResult(response, writes.length));
  const { found, isWhole } = matchEntries(writes, entries);
  const outcomes = writes.map((write, index) => {
    const entry = found.get(index);
    return entry === undefined ? undefined : readEntry(entry, write);
  });
  const hasStopped = isWhole && outcomes.some((one) => one?.outcome === 'failed' || (one?.status ?? 0) >= 400);
  const missing: Outcome = hasStopped ? { outcome: 'not_attempted' } : withoutResult(response, writes.length);
  return outcomes.map((one) => one ?? missing);
}

function readEntry(entry: Entry, write: BulkWrite): Outcome {
  const response = valueAt(entry, 'response');
  const said = statusIn(valueAt(entry, 'status'));
  // A success that holds an error is none.
  const failure = outcomeOfStatus(said) === 'succeeded' ? failureIn(response) : undefined;
  const status = failure?.status ?? said;
  const outcome = failure !== undefined && failure.status === undefined ? 'failed' : outcomeOfStatus(status);
  if (outcome === 'succeeded' && isOfAnother(response, write)) return ofAnother(status);
  const location = valueAt(entry, 'location');
  const version = valueAt(entry, 'version');
  const { id: given, scimType } = isRecord(response) ? response : ({} as Entry);
  const where = typeof location === 'string' ? location : undefined;
  // What is answered to a failure may have an id of its own.
  const known = knownId(write, where, outcome === 'succeeded' ? given : undefined);
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

/** The id of the resource, unless what is said of it disagrees: none at all is better than somebody else's. */
function knownId(write: BulkWrite, location: string | undefined, given: unknown): string | undefined {
  const ids = [idOfWrite(write), readId(given), location && idUnder(location, endpointOf(write))].filter(Boolean);
  const isNamed = given !== undefined || location !== undefined;
  return isNamed && new Set(ids).size === 1 ? ids[0] : undefined;
}

/** Whether a resource is certainly not the one that was written. */
function isOfAnother(response: unknown, write: BulkWrite): boolean {
  if (!isRecord(response)) return false;
  if (write.method === 'POST') {
    const compared = naturalKeys.flatMap((attribute) => {
      const [shown, sent] = [response, write.data as Entry].map((one) => valueAt(one, attribute.toLowerCase()));
      return isEmpty(shown) || isEmpty(sent) ? [] : [isAlike(attribute, shown, String(sent))];
    });
    return compared.length > 0 && !compared.includes(true);
  }
  const id = valueAt(response, 'id');
  const own = idOfWrite(write);
  // A number that JSON has rounded is not the same either.
  return !isEmpty(id) && own !== undefined && !isSameButForCase(String(id), own);
}

const naturalKeys = ['userName', 'externalId', 'displayName'];

function ofAnother(status: number | undefined): Outcome {
  const issues = [{ path: ['Operations', 'response'], message: 'expected the resource that was written' }];
  const error = new ResponseValidationError('POST /Bulk was answered with another resource than was written.', {
    method: 'POST',
    route: '/Bulk',
    status: 200,
    issues,
    remedy:
      'A cache or the server mixes up resources: look whether the write was made before anything else is written.',
  });
  return { outcome: 'unknown', status, error };
}

/** The status in any of its shapes: `201`, `"201"`, `{ "code": "201" }`, `"201 Created"`, `"HTTP/1.1 201"`. */
function statusIn(given: unknown): number | undefined {
  const said = isRecord(given) ? valueAt(given, 'code') : given;
  const digits = /^(?:HTTP\/[\d.]+\s+)?([1-5]\d\d)(?!\d)/i.exec(String(said).trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What became of a write, one of so many, of which the answer does not say. */
function withoutResult({ status }: TransportResponse, writes: number): Outcome {
  const facts = { method: 'POST', route: '/Bulk', status };
  if (status === 412 && writes === 1) return { outcome: 'failed', status };
  if (status === 202) return { outcome: 'unknown', error: new WriteNotConfirmedError('write_pending', facts) };
  const issues = [{ path: ['Operations'], message: 'expected the outcome of each operation' }];
  const message = `POST /Bulk was answered ${status} without the outcome of each operation.`;
  return { outcome: 'unknown', error: new ResponseValidationError(message, { ...facts, issues }) };
}

/** Why what refers to a creation is not attempted, where it has no id that is certainly its own. */
export function withoutId(): SdkError {
  const issues = [{ path: ['Operations'], message: 'expected the id of each new resource' }];
  const facts = { method: 'POST', route: '/Bulk', status: 200, issues };
  return new ResponseValidationError('POST /Bulk was answered without the id of a resource that others refer to.', {
    ...facts,
    remedy: 'The resource was created. Look up its id, then send the writes that refer to it.',
  });
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
  // What was answered with success, and is then not seen, or is somebody else's, was sent.
  const isDoubtful = error instanceof WriteNotConfirmedError || error instanceof NaturalKeyConflictError;
  return isDoubtful || isOutcomeUnknown(error) ? 'unknown' : 'not_attempted';
}
