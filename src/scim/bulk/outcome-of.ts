import { ConnectionError } from '../../errors/connection-error.js';
import { PendingWriteError } from '../../errors/pending-write-error.js';
import { ResponseError } from '../../errors/response-error.js';
import { ResponseValidationError } from '../../errors/response-validation-error.js';
import type { SdkError } from '../../errors/sdk-error.js';
import type { BulkResult } from './bulk-request.js';

/** What became of a write that was answered with this status; `undefined` where the answer has none. */
export function outcomeOfStatus(status: number | undefined): BulkResult['outcome'] {
  // 202 promises, and a server that fails, or a proxy that waited too long, says nothing about what was done before.
  if (status === undefined || status === 202 || status === 408 || (status >= 500 && status !== 501)) return 'unknown';
  return status >= 200 && status < 300 ? 'succeeded' : 'failed';
}

/** What became of a write whose request failed like this. */
export function outcomeOf(error: SdkError): BulkResult['outcome'] {
  if (error instanceof ResponseError) return outcomeOfStatus(error.status);
  if (error instanceof PendingWriteError || error instanceof ResponseValidationError) return 'unknown';
  return error instanceof ConnectionError && error.delivery === 'unknown' ? 'unknown' : 'not_attempted';
}
