import pRetry from 'p-retry';
import { ConnectionError, ResponseError } from '../errors/response-errors.js';
import type { Clock } from '../internal/clock.js';
import { parseHttpDate } from '../internal/dates.js';
import type { TransportRequest } from './options.js';

/** How a call is repeated. */
interface RetryPlan {
  readonly maxRetries: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long to wait before the next attempt; `undefined` to give up. */
  readonly waitFor: (failure: unknown, attempt: number) => number | undefined;
}

/** Runs until it succeeds or the plan gives up; then rejects with the last failure, whatever it is. */
export async function retry<T>(run: () => Promise<T>, { maxRetries, clock, signal, waitFor }: RetryPlan): Promise<T> {
  let waitMs = 0;
  let failure: unknown;
  const runOnce = async () => {
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    try {
      return await run();
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
  };
  try {
    return await pRetry(runOnce, {
      retries: maxRetries,
      // The only wait is the one above: on the injected clock, as long as the plan says.
      minTimeout: 0,
      signal,
      shouldRetry: ({ attemptNumber }) => {
        const wait = waitFor(failure, attemptNumber);
        waitMs = wait ?? 0;
        return wait !== undefined;
      },
    });
  } catch {
    // Not what p-retry throws: it puts the text of anything but an error into an error of its own.
    signal.throwIfAborted();
    throw failure;
  }
}

/** No server makes us wait longer than this for one attempt. */
export const longestRetryAfterMs = 60_000;
const firstBackoffMs = 500;
const longestBackoffMs = 8_000;

/** Statuses after which the same request may succeed without anyone changing anything. */
export const retryableStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Tells whether the server certainly did nothing about the request, so that sending it again cannot act twice. */
export function wasNotProcessed(failure: unknown): boolean {
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
  if (!canRepeat && !wasNotProcessed(failure)) return undefined;
  // Full jitter: anything from nothing to the whole back-off.
  const jitterMs = Math.floor(random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1)));
  // A server that asks for no wait at all is still not asked again at once, and again.
  const askedMs = (failure instanceof ResponseError && failure.retryAfterMs) || 0;
  return Math.max(jitterMs, Math.min(askedMs, longestRetryAfterMs));
}

/**
 * Reads `Retry-After` in both its forms, seconds and HTTP date (RFC 9110 §10.2.3).
 *
 * A date is read against the answer's own `Date` where it has one, so that two clocks that disagree do not matter.
 *
 * @returns Milliseconds to wait, 0 for a moment already past; `undefined` where there is nothing readable.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1_000, Number.MAX_SAFE_INTEGER);
  const at = parseHttpDate(value, nowMs);
  if (at === undefined) return undefined;
  const serverNowMs = parseHttpDate(headers.get('date') ?? '', nowMs) ?? nowMs;
  return Math.max(0, at - serverNowMs);
}
