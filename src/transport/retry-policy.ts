import { ConnectionError, ResponseError } from '../errors/response-errors.js';
import type { TransportRequest } from './transport.js';

/** No server makes us wait longer than this for one attempt. */
export const longestRetryAfterMs = 60_000;
const firstBackoffMs = 500;
const longestBackoffMs = 8_000;

/** Statuses after which the same request may succeed without anyone changing anything. */
export const retryableStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Tells whether the server certainly did nothing about the request, so that sending it again cannot act twice. */
export function didNotAct(failure: unknown): boolean {
  if (failure instanceof ConnectionError) return failure.delivery === 'not_sent';
  if (!(failure instanceof ResponseError)) return false;
  return [401, 429].includes(failure.status) || (failure.status === 503 && failure.retryAfterMs !== undefined);
}

/**
 * Says how long to wait before the next attempt; `undefined` when the failure is final.
 *
 * A request that can act twice is repeated only when the server certainly did not act.
 */
export function waitBeforeRetry(
  failure: unknown,
  request: Pick<TransportRequest, 'method' | 'safeToRepeat'>,
  attempt: number,
  random: () => number,
): number | undefined {
  if (!(failure instanceof ConnectionError || failure instanceof ResponseError) || !failure.retryable) return undefined;
  const canRepeat = request.safeToRepeat === true || ['GET', 'PUT', 'DELETE'].includes(request.method);
  if (!canRepeat && !didNotAct(failure)) return undefined;
  // Full jitter: anything from nothing to the whole back-off.
  const jitterMs = Math.floor(random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1)));
  // A server that asks for no wait at all is still not asked again at once, and again.
  const askedMs = (failure instanceof ResponseError && failure.retryAfterMs) || 0;
  return Math.max(jitterMs, Math.min(askedMs, longestRetryAfterMs));
}
