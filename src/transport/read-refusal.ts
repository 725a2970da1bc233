import type { ResponseError } from '../errors/response-errors.js';
import { decodeText } from './decode-text.js';
import type { Answer } from './exchange.js';
import { type FailedResponse, responseToError } from './response-to-error.js';
import { parseRetryAfter } from './retry-after.js';

/** Turns the answer to a call, when it says no, into the error that reports it. */
export function readRefusal(
  { bytes, ...answer }: Answer,
  call: Omit<FailedResponse, keyof Answer | 'text' | 'retryAfterMs'> & { readonly nowMs: number },
): ResponseError {
  const text = decodeText(bytes, answer.headers);
  return responseToError({ ...answer, ...call, text, retryAfterMs: parseRetryAfter(answer.headers, call.nowMs) });
}
