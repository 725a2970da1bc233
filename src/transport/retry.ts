import pRetry from 'p-retry';
import { ConnectionError, ResponseError, ResponseValidationError } from '../errors/response-errors.js';
import { type Clock, monotonicNow, systemClock } from '../internal/clock.js';
import { parseHttpDate } from '../internal/dates.js';
import { ownCopy } from '../internal/json.js';
import { createPrivateTag } from '../internal/private-tag.js';
import type { TransportRequest } from './options.js';

// Every repeat of a request goes through this module. p-retry counts the attempts and ends with an abort. The waits are
// done here, by the client's own clock, with full jitter and `Retry-After`; and a failure that is not an Error stays as it is.

export interface RetryOptions {
  readonly maxRetries: number;
  /** @default the machine's clock */
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
  /** In monotonic time. No wait begins that would not end before: it would only hide why the last attempt failed. */
  readonly endsAtMs?: number | undefined;
  /** Milliseconds; `undefined` where the failure is final. Attempts count from 1. */
  readonly delayAfter: (failure: unknown, attempt: number) => number | undefined;
  readonly onRetry?: ((failure: unknown, waitMs: number) => void) | undefined;
}

/** Runs until it succeeds or a failure is final; rejects with that failure, whatever it is. */
export async function retry<T>(run: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const own = ownCopy(options, ['clock', 'signal', 'endsAtMs', 'onRetry']);
  const { maxRetries, clock = systemClock, signal, endsAtMs = Number.POSITIVE_INFINITY, delayAfter, onRetry } = own;
  let failure: unknown;
  const noted = async <Result>(step: () => Promise<Result>): Promise<Result> => {
    try {
      return await step();
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
  };
  try {
    return await pRetry((attempt) => noted(() => run(attempt)), {
      retries: maxRetries,
      minTimeout: 0,
      signal,
      shouldRetry: ({ attemptNumber }) =>
        noted(async () => {
          const waitMs = delayAfter(failure, attemptNumber);
          if (waitMs === undefined || monotonicNow(clock) + waitMs >= endsAtMs) return false;
          onRetry?.(failure, waitMs);
          if (waitMs > 0) await clock.sleep(waitMs, signal);
          return true;
        }),
    });
  } catch {
    signal?.throwIfAborted();
    throw failure;
  }
}

/** Repeats until the result will do. Returns the last one in any case. */
export async function retryUntil<T>(
  run: () => Promise<T>,
  isDone: (result: T) => boolean,
  options: Pick<RetryOptions, 'maxRetries' | 'clock' | 'signal' | 'endsAtMs'> & {
    readonly delayAfter: (attempt: number) => number;
    readonly onRetry?: (result: T) => void;
  },
): Promise<T> {
  const { delayAfter, onRetry, ...limits } = options;
  const unfinished = new Error('Not done yet.');
  let last: { readonly result: T } | undefined;
  const runOnce = async () => {
    last = { result: await run() };
    if (!isDone(last.result)) throw unfinished;
  };
  await retry(runOnce, {
    ...limits,
    delayAfter: (failure, attempt) => (failure === unfinished ? delayAfter(attempt) : undefined),
    onRetry: () => last && onRetry?.(last.result),
  }).catch((failure: unknown) => {
    if (failure !== unfinished) throw failure;
  });
  return (last as { readonly result: T }).result;
}

const firstBackoffMs = 500;
const longestBackoffMs = 8_000;
const longestRetryAfterMs = 60_000;

/** Before a request is repeated: doubles up to a ceiling, with full jitter (anything from 0 to all of it). */
export function backoff(attempt: number, random: () => number): number {
  return Math.floor(random() * backoffCeiling(attempt));
}

/** Before looking up what became of a write: at least half of a back-off, as it may still be under way. */
export function lookupBackoff(attempt: number, random: () => number): number {
  return backoffCeiling(attempt + 1) * (0.5 + random() / 2);
}

function backoffCeiling(attempt: number): number {
  return Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1));
}

/** Before reading again what a replica may not have yet. */
export function replicaDelay(attempt: number): number {
  return attempt === 1 ? firstBackoffMs : 3 * firstBackoffMs;
}

/** The failure's `Retry-After`, as far as it is obeyed, in milliseconds. */
export function retryAfterOf(failure: unknown): number {
  return Math.min((failure instanceof ResponseError && failure.retryAfterMs) || 0, longestRetryAfterMs);
}

/** What no repeating changes: not implemented, another HTTP version or extension, a network that wants a sign-in. */
const final5xx: readonly number[] = [501, 505, 510, 511];

/** Whether a status can pass by itself. A 5xx does unless it is known not to: gateways have many of their own (520-530). */
export function isRetryableStatus(status: number): boolean {
  if (status >= 500 && status < 600) return !final5xx.includes(status);
  return status === 408 || status === 425 || status === 429;
}

/** Whether the server certainly did not act, so that sending it again cannot act twice. */
export function wasNotProcessed(failure: unknown): boolean {
  if (failure instanceof ConnectionError) return failure.delivery === 'not_sent';
  if (!(failure instanceof ResponseError)) return false;
  // Not 503 with `Retry-After`: what stands before the server says so too, after the server has acted.
  return [401, 429].includes(failure.status);
}

/** Marks a refusal of a request that was sent before, and may have been carried out then. */
export const repeatTag = /* @__PURE__ */ createPrivateTag<true>();

/** Whether the same request may succeed later by itself. */
export function isRetryable(failure: unknown): failure is ConnectionError | ResponseError | ResponseValidationError {
  const isOfTransport =
    failure instanceof ConnectionError ||
    failure instanceof ResponseError ||
    failure instanceof ResponseValidationError;
  return isOfTransport && failure.retryable;
}

/** Milliseconds; `undefined` when the failure is final. What can act twice is repeated only if it was not acted on. */
export function waitBeforeRetry(
  failure: unknown,
  request: Pick<TransportRequest, 'method' | 'safeToRepeat' | 'isSeveralWrites'>,
  attempt: number,
  random: () => number,
): number | undefined {
  if (!isRetryable(failure)) return undefined;
  const canRepeat = request.safeToRepeat === true || ['GET', 'PUT', 'DELETE'].includes(request.method);
  const mayBeOfOnePart = request.isSeveralWrites === true && failure instanceof ResponseError;
  if (!canRepeat && (mayBeOfOnePart || !wasNotProcessed(failure))) return undefined;
  // Even where the server asks for no wait at all.
  return Math.max(backoff(attempt, random), retryAfterOf(failure));
}

/**
 * Reads `Retry-After`, seconds or HTTP date (RFC 9110 §10.2.3), as milliseconds from now. A date is compared with the
 * answer's own `Date`, so that clocks that disagree do not matter.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const value = sentOnce(headers.get('retry-after')?.trim() ?? '');
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1_000, Number.MAX_SAFE_INTEGER);
  const at = parseHttpDate(value, nowMs);
  if (at === undefined) return undefined;
  const serverNowMs = parseHttpDate(headers.get('date') ?? '', nowMs) ?? nowMs;
  return Math.max(0, at - serverNowMs);
}

/** A header that is sent twice arrives with both values, joined by a comma: the same one is one. */
function sentOnce(value: string): string {
  if (value.length > 200) return value;
  const parts = value.split(/\s*,\s*/);
  // A date has a comma of its own.
  for (const length of [1, 2]) {
    const first = parts.slice(0, length);
    if (parts.length % length === 0 && parts.every((part, index) => part === first[index % length]))
      return first.join(', ');
  }
  return value;
}
