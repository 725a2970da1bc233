import { isFailure } from '../../errors/is-sdk-error.js';
import { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import type { SdkError } from '../../errors/sdk-error.js';
import { repeatTag, retry } from '../../transport/retry.js';
import type { Server } from '../server.js';

/** Whether a request that failed like this may have been carried out all the same. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (!isFailure(error)) return false;
  if (error instanceof ConnectionError) return error.delivery === 'unknown';
  if (error instanceof ResponseError) return isIndeterminateStatus(error.status);
  return error instanceof ResponseValidationError;
}

/** Whether a refusal with this status says nothing about what was done before it. */
export function isIndeterminateStatus(status: number): boolean {
  // Whatever stands before the server may give up on it with a number of its own, such as 524.
  return status === 408 || (status >= 500 && status !== 501);
}

/**
 * Whether a refusal because the version has passed (412) may be the work of the same write: sent before, and done, it made
 * the version that is there now.
 */
export function mayHaveMadeVersion(error: unknown): error is ResponseError {
  return error instanceof ResponseError && error.status === 412 && wasRepeated(error);
}

/** Whether a refusal is that of a request that was sent before, and may have been carried out then. */
export function wasRepeated(error: ResponseError): boolean {
  return repeatTag.get(error) === true;
}

/** The error, with what to do about it where that is known better by now. */
export function withRemedy(error: SdkError, remedy: string): SdkError {
  return Object.assign(error, { remedy });
}

/** A write that is looked up before it is sent again. Attempts count from 1. */
export interface UncertainWrite<T> {
  send(): Promise<T>;
  /** Milliseconds to wait before it is looked up what became of it; `undefined` where the failure is final. */
  waitMs(error: unknown, attempt: number): number | undefined;
  /** What became of it: it is done, may be sent, has to be looked up again, or failed. */
  lookUp(error: unknown, attempt: number): Promise<{ readonly done: T } | 'send' | 'wait' | 'failed'>;
}

/** Sends a write until it is known what became of it. Where that cannot be looked up, the error of the write stands. */
export function settle<T>(
  { transport: { clock } }: Server,
  write: UncertainWrite<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  /** The failure that has to be looked into, and when. */
  let open: { readonly error: unknown; readonly waitMs: number } | undefined;
  const fail = (error: unknown, attempt?: number): never => {
    const waitMs = attempt === undefined ? undefined : write.waitMs(error, attempt);
    open = waitMs === undefined ? undefined : { error, waitMs };
    throw error;
  };
  const attemptOnce = async (attempt: number): Promise<T> => {
    if (open !== undefined) {
      const { error } = open;
      const found = await write
        .lookUp(error, attempt)
        .catch((failure: unknown) => fail(isFailure(failure) ? error : failure));
      if (typeof found === 'object') return found.done;
      if (found !== 'send') return fail(error, found === 'wait' ? attempt : undefined);
    }
    return write.send().catch((error: unknown) => fail(error, attempt));
  };
  return retry(attemptOnce, { maxRetries: Infinity, clock, signal, delayAfter: () => open?.waitMs });
}
