import { ResponseError } from '../../errors/response-errors.js';
import { isPending } from '../../errors/scim-errors.js';
import type { SdkError } from '../../errors/sdk-error.js';
import { leavesOpen, mayHaveActed } from '../resource/may-have-acted.js';
import type { BulkResult } from './bulk-request.js';

/** What became of a write that was answered with this status; `undefined` where the answer has none. */
export function outcomeOfStatus(status: number | undefined): BulkResult['outcome'] {
  // 202 promises, and nothing more.
  if (status === undefined || status === 202 || leavesOpen(status)) return 'unknown';
  return status >= 200 && status < 300 ? 'succeeded' : 'failed';
}

/** What became of a write whose request failed like this. */
export function outcomeOf(error: SdkError): BulkResult['outcome'] {
  if (error instanceof ResponseError) return outcomeOfStatus(error.status);
  return isPending(error) || mayHaveActed(error) ? 'unknown' : 'not_attempted';
}
