import { ConnectionError, ResponseError } from '../../errors/response-errors.js';

/** Whether the service is down or out of reach, which may pass: it was repeated as long as that helps. */
export function isOutage(error: unknown): error is ResponseError | ConnectionError {
  return (error instanceof ResponseError || error instanceof ConnectionError) && error.retryable;
}
