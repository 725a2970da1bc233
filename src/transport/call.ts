import { isSdkError } from '../errors/is-sdk-error.js';
import { type RequestDelivery, ResponseError } from '../errors/response-errors.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import { Attempt, type AttemptContext } from './attempt.js';
import { readCredential } from './headers.js';
import { type CallFacts, timeoutError } from './network-failure.js';
import type { CallLimits, Credential, TransportRequest, TransportResponse } from './options.js';
import type { RequestGate } from './rate-limit.js';
import { sensitiveValues } from './redact.js';
import type { Explain } from './response-failure.js';
import { retry, retryAfterOf, waitBeforeRetry, wasNotProcessed } from './retry.js';

export interface CallContext extends AttemptContext {
  readonly credential: Credential;
  readonly gate: RequestGate;
  readonly random: () => number;
  readonly maxResponseBytes: number;
  readonly explain: Explain | undefined;
  readonly clientSignal: AbortSignal | undefined;
}

export interface PreparedCall extends CallLimits {
  readonly callId: number;
  readonly request: TransportRequest;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string | undefined;
}

/** One call: its attempts, the waits between them, and the deadline over all of it. */
export class Call {
  readonly #context: CallContext;
  readonly #call: PreparedCall;
  #attempts = 0;
  /** Whether any attempt may have reached the server. */
  #delivery: RequestDelivery = 'not_sent';
  #lastError: Error | undefined;
  /** Whether the credential was read again after it was refused. */
  #isRefreshed = false;

  constructor(context: CallContext, call: PreparedCall) {
    this.#context = context;
    this.#call = call;
  }

  async run(): Promise<TransportResponse> {
    const { clock, clientSignal, credential } = this.#context;
    const { request, deadlineMs, maxRetries } = this.#call;
    const parents = [request.signal, clientSignal];
    for (const parent of parents) parent?.throwIfAborted();
    const scope = openAbortScope(parents, deadlineMs, clock);
    try {
      return await retry(() => this.#attemptInTurn(scope.signal), {
        // The one repeat with a fresh credential does not count.
        maxRetries: typeof credential === 'function' ? maxRetries + 1 : maxRetries,
        clock,
        signal: scope.signal,
        endsAtMs: clock.now() + deadlineMs,
        delayAfter: (failure, attempt) => this.#delayAfter(failure, attempt),
        onRetry: (failure, waitMs) => this.#tellRetry(failure, waitMs),
      });
    } catch (failure) {
      if (!scope.expired) throw failure;
      const what = `the call did not succeed within ${deadlineMs} ms`;
      throw timeoutError(this.#facts(), what, this.#delivery, this.#lastError);
    } finally {
      scope.end();
    }
  }

  #attemptInTurn(signal: AbortSignal): Promise<TransportResponse> {
    return this.#context.gate.pass((waitMs) => {
      // A millisecond is noise.
      if (waitMs > 1) this.#context.emit({ type: 'throttled', ...this.#eventFacts(this.#attempts + 1), waitMs });
      return this.#attempt(signal);
    }, signal);
  }

  async #attempt(signal: AbortSignal): Promise<TransportResponse> {
    const { service, credential, gate, maxResponseBytes, explain } = this.#context;
    const { callId, request, url, headers, content, timeoutMs } = this.#call;
    const secret = await untilAborted(readCredential(credential, service), signal);
    this.#attempts += 1;
    const attempt = new Attempt(this.#context, {
      callId,
      facts: this.#facts(),
      url,
      method: request.method,
      headers: { ...headers, authorization: `Bearer ${secret}` },
      body: content,
      answeredBy: service,
      accepts: (status) => request.acceptStatuses?.includes(status) === true,
      reads: request.asBytes ? 'bytes' : 'json',
      timeoutMs,
      maxBytes: request.asBytes?.maxBytes ?? maxResponseBytes,
      into: request.asBytes?.into,
      signal,
      sensitive: () => [secret, ...sensitiveValues(request, url)],
      explain,
    });
    try {
      const { status, headers: answered, requestId, body, bytes } = await attempt.run();
      return { status, headers: answered, requestId, body, bytes };
    } catch (failure) {
      // Before the next call can start.
      gate.coolDown(retryAfterOf(failure));
      if (!wasNotProcessed(failure)) this.#delivery = 'unknown';
      if (isSdkError(failure)) this.#lastError = failure;
      throw failure;
    }
  }

  #delayAfter(failure: unknown, attempt: number): number | undefined {
    const { credential, random } = this.#context;
    const isRefused = failure instanceof ResponseError && failure.status === 401;
    if (isRefused && typeof credential === 'function' && !this.#isRefreshed) {
      // The secret may have been replaced since. A refused request did nothing, whatever its method.
      this.#isRefreshed = true;
      return 0;
    }
    const counted = this.#isRefreshed ? attempt - 1 : attempt;
    return counted > this.#call.maxRetries ? undefined : waitBeforeRetry(failure, this.#call.request, counted, random);
  }

  #tellRetry(failure: unknown, waitMs: number): void {
    const errorCode = isSdkError(failure) ? failure.code : 'unknown';
    this.#context.emit({ type: 'retry', ...this.#eventFacts(this.#attempts), waitMs, errorCode });
  }

  #facts(): CallFacts {
    const { method, route } = this.#call.request;
    return { method, route, attempts: this.#attempts, delivery: this.#delivery };
  }

  #eventFacts(attempt: number) {
    const { callId, request } = this.#call;
    return { service: this.#context.service, callId, method: request.method, route: request.route, attempt };
  }
}
