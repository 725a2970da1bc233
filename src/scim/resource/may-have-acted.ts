import { isFailure } from '../../errors/is-sdk-error.js';
import { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';

/** Whether a request that failed like this may have been carried out all the same. */
export function mayHaveActed(error: unknown): boolean {
  if (!isFailure(error)) return false;
  if (error instanceof ConnectionError) return error.delivery === 'unknown';
  if (error instanceof ResponseError) return leavesOpen(error.status);
  return error instanceof ResponseValidationError;
}

/** Whether a refusal with this status says nothing about what was done before it. */
export function leavesOpen(status: number): boolean {
  // Whatever stands before the server may give up on it with a number of its own, such as 524.
  return status === 408 || (status >= 500 && status !== 501);
}
