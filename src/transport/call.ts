import { isSdkError } from '../errors/is-sdk-error.js';
import { type RequestDelivery, ResponseError } from '../errors/response-errors.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import { type Answer, type AttemptContext, sendAttempt } from './attempt.js';
import { decodeText } from './body.js';
import { readCredential } from './headers.js';
import type { CallLimits, Credential, TransportRequest, TransportResponse } from './options.js';
import type { RequestGate } from './rate-limit.js';
import type { Explain } from './response-failure.js';
import { longestRetryAfterMs, retry, waitBeforeRetry, wasNotProcessed } from './retry.js';

/** What the calls of one transport share. */
export interface CallContext extends AttemptContext {
  readonly credential: Credential;
  readonly turns: RequestGate;
  readonly random: () => number;
  readonly maxResponseBytes: number;
  readonly loadExplain: (() => Promise<Explain>) | undefined;
  readonly clientSignal: AbortSignal | undefined;
}

/** One call, checked and ready to be sent as often as it takes. */
interface PreparedCall extends CallLimits {
  readonly callId: number;
  readonly request: TransportRequest;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string | undefined;
}

/** Makes a call: attempts, the waits between them, and the deadline over all of it. */
export async function sendCall(context: CallContext, call: PreparedCall): Promise<TransportResponse> {
  const { service, clock, emit, credential, turns } = context;
  const { request, callId, deadlineMs } = call;
  const { method, route } = request;
  const parents = [request.signal, context.clientSignal];
  for (const parent of parents) parent?.throwIfAborted();
  const scope = openAbortScope(parents, deadlineMs, clock);
  const { signal } = scope;
  const deadlineAtMs = clock.now() + deadlineMs;
  const eventFacts = { service, callId, method, route };
  let attempts = 0;
  let delivery: RequestDelivery = 'not_sent';
  let lastError: Error | undefined;
  let askedAgain = false;

  const holdBack = (ms = 0) => {
    if (ms > 0) turns.holdBack(Math.min(ms, longestRetryAfterMs));
  };

  const attemptOnce = async () => {
    const secret = await untilAborted(readCredential(credential, service), signal);
    const facts = { method, route, attempts: ++attempts, delivery };
    const known = async () => {
      const { sensitiveValues } = await import('./redact.js');
      return [secret, ...sensitiveValues(request, call.url)];
    };
    try {
      return await sendAttempt(context, {
        callId,
        facts,
        url: call.url,
        method,
        headers: { ...call.headers, authorization: `Bearer ${secret}` },
        body: call.content,
        timeoutMs: call.timeoutMs,
        maxBytes: context.maxResponseBytes,
        signal,
        known,
        judge: async (answer) => {
          const { status, headers } = answer;
          if ((status >= 200 && status < 300) || request.acceptStatuses?.includes(status)) {
            return readAnswer(request, answer);
          }
          // Seconds at once, before anything is loaded: others are about to start. A date has to wait for what reads it.
          const nowMs = clock.now();
          holdBack(Number(headers.get('retry-after')) * 1_000);
          const [{ readRefusal }, values, explain] = await Promise.all([
            import('./response-failure.js'),
            known(),
            context.loadExplain?.(),
          ]);
          const error = readRefusal(answer, { ...facts, service, url: call.url, known: values, explain, nowMs });
          holdBack(error.retryAfterMs);
          throw error;
        },
      });
    } catch (failure) {
      if (!wasNotProcessed(failure)) delivery = 'unknown';
      if (isSdkError(failure)) lastError = failure;
      throw failure;
    }
  };

  const attempt = async (): Promise<TransportResponse> => {
    try {
      return await turns.take((waitMs) => {
        // A millisecond is the machine's own business.
        if (waitMs > 1) emit({ type: 'throttled', ...eventFacts, attempt: attempts + 1, waitMs });
        return attemptOnce();
      }, signal);
    } catch (failure) {
      const isRefused = failure instanceof ResponseError && failure.status === 401;
      if (!isRefused || typeof credential !== 'function' || askedAgain) throw failure;
      // The secret may have been replaced since it was read. A refused request did nothing, whatever its method.
      askedAgain = true;
      emit({ type: 'retry', ...eventFacts, attempt: attempts, waitMs: 0, errorCode: failure.code });
      return attempt();
    }
  };

  try {
    return await retry(attempt, {
      maxRetries: call.maxRetries,
      clock,
      signal,
      waitFor: (failure, attemptNumber) => {
        const waitMs = waitBeforeRetry(failure, request, attemptNumber, context.random);
        // A wait that outlasts the deadline would only hide why the call failed.
        if (waitMs === undefined || clock.now() + waitMs >= deadlineAtMs) return undefined;
        const errorCode = isSdkError(failure) ? failure.code : 'unknown';
        emit({ type: 'retry', ...eventFacts, attempt: attempts, waitMs, errorCode });
        return waitMs;
      },
    });
  } catch (failure) {
    if (!scope.expired) throw failure;
    const facts = { method, route, attempts, delivery };
    const { timeoutError } = await import('./network-failure.js');
    throw timeoutError(facts, `the call did not succeed within ${deadlineMs} ms`, delivery, lastError);
  } finally {
    scope.end();
  }
}

/**
 * Reads an accepted answer as JSON, whatever its content type says; an empty one is `undefined`.
 *
 * @throws ResponseValidationError for a 2xx that is something else.
 */
async function readAnswer(request: TransportRequest, answer: Answer): Promise<TransportResponse> {
  const { status, headers, bytes, requestId } = answer;
  // Drops a byte order mark, which JSON.parse would not take.
  const text = decodeText(bytes, headers).trim();
  let body: unknown;
  try {
    if (text !== '') body = JSON.parse(text);
  } catch {
    if (status >= 200 && status < 300) throw (await import('./response-failure.js')).notJson(request, status, text);
  }
  return { status, headers, requestId, body };
}
