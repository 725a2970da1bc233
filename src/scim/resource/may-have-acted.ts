import { ConnectionError } from '../../errors/connection-error.js';
import { ResponseError } from '../../errors/response-error.js';
import { ResponseValidationError } from '../../errors/response-validation-error.js';

/** Whether a request that failed like this may have been carried out all the same. */
export function mayHaveActed(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.delivery === 'unknown';
  // Whatever stands before the server may give up on it with a number of its own, such as 524.
  if (error instanceof ResponseError) return error.status === 408 || (error.status >= 500 && error.status !== 501);
  return error instanceof ResponseValidationError;
}
