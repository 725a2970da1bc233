import { isSdkError } from '../errors/is-sdk-error.js';
import { type RequestDelivery, ResponseError } from '../errors/response-errors.js';
import { openAbortScope, startTimer, untilAborted } from '../internal/abort.js';
import { type Clock, monotonicNow } from '../internal/clock.js';
import { Attempt, type AttemptContext } from './attempt.js';
import { readCredential, refusalTag } from './headers.js';
import { type CallFacts, credentialTimeout, patienceTimeout, timeoutError } from './network-failure.js';
import type { CallLimits, Credential, TransportRequest, TransportResponse } from './options.js';
import { sensitiveValues } from './redact.js';
import type { RequestGate } from './request-gate.js';
import type { Explain } from './response-failure.js';
import { repeatTag, retry, retryAfterOf, waitBeforeRetry, wasNotProcessed } from './retry.js';
import type { ThrottledRequest } from './throttle.js';

export interface CallContext extends AttemptContext {
  readonly credential: Credential;
  readonly gate: RequestGate;
  /** What a limiter of the caller's is told of each request. */
  readonly throttled: Pick<ThrottledRequest, 'principal'> & { readonly kind: 'list' | 'download' | undefined };
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

/** 429 and 503 are about the service; the `Retry-After` of another status is about its request. */
const isBusy = (status: number) => status === 429 || status === 503;

/** Ends a call when its time is up. */
class Deadline {
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  #endsAtMs: number;
  #pausedAtMs: number | undefined;
  #stopTimer: (() => void) | undefined;

  constructor(ms: number, clock: Clock) {
    this.#clock = clock;
    this.#endsAtMs = monotonicNow(clock) + ms;
    this.#startTimer();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isOver(): boolean {
    return this.#controller.signal.aborted;
  }

  endsWithin(ms: number): boolean {
    return monotonicNow(this.#clock) + ms >= this.#endsAtMs;
  }

  pause(): void {
    this.#pausedAtMs ??= monotonicNow(this.#clock);
  }

  resume(): void {
    if (this.#pausedAtMs === undefined) return;
    const pausedMs = monotonicNow(this.#clock) - this.#pausedAtMs;
    this.#pausedAtMs = undefined;
    const isRunning = this.#stopTimer !== undefined || this.#endsAtMs === Number.POSITIVE_INFINITY;
    if (pausedMs <= 0 && isRunning) return;
    this.#endsAtMs += Math.max(0, pausedMs);
    this.#startTimer();
  }

  stop(): void {
    this.#stopTimer?.();
  }

  #startTimer(): void {
    this.stop();
    const ms = this.#endsAtMs - monotonicNow(this.#clock);
    if (ms === Number.POSITIVE_INFINITY) return;
    const end = () => {
      this.#stopTimer = undefined;
      if (this.#pausedAtMs === undefined) this.#controller.abort(new DOMException('Time is up.', 'TimeoutError'));
    };
    const clock = this.#clock;
    this.#stopTimer = clock.setTimer ? clock.setTimer(Math.max(0, ms), end) : startTimer(Math.max(0, ms), end);
  }
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
  #awaitsCredential = false;
  /** Whether what it waits for is the end of a `Retry-After` that was given to another call. */
  #isPatient = false;

  constructor(context: CallContext, call: PreparedCall) {
    this.#context = context;
    this.#call = call;
  }

  async run(): Promise<TransportResponse> {
    const { service, clock, clientSignal, credential } = this.#context;
    const { request, deadlineMs, maxRetries } = this.#call;
    const parents = [request.signal, clientSignal];
    for (const parent of parents) parent?.throwIfAborted();
    const deadline = new Deadline(deadlineMs, clock);
    const scope = openAbortScope([...parents, deadline.signal]);
    try {
      return await retry(() => this.#attemptInTurn(scope.signal, deadline), {
        // The one repeat with a fresh credential does not count.
        maxRetries: typeof credential === 'function' ? maxRetries + 1 : maxRetries,
        clock,
        signal: scope.signal,
        delayAfter: (failure, attempt) => {
          const waitMs = this.#delayAfter(failure, attempt);
          // It would only hide why the last attempt failed.
          return waitMs === undefined || deadline.endsWithin(waitMs) ? undefined : waitMs;
        },
        onRetry: (failure, waitMs) => this.#tellRetry(failure, waitMs),
      });
    } catch (failure) {
      if (!deadline.isOver || failure !== deadline.signal.reason) throw failure;
      const ms = request.wholeDeadlineMs ?? deadlineMs;
      if (this.#awaitsCredential) throw credentialTimeout(this.#facts(), service, ms, this.#lastError);
      if (this.#isPatient) throw patienceTimeout(this.#facts(), ms, this.#lastError);
      const what = `the call did not succeed within ${ms} ms`;
      throw timeoutError(this.#facts(), what, this.#delivery, 'deadlineMs', this.#lastError);
    } finally {
      deadline.stop();
      scope.end();
    }
  }

  #attemptInTurn(signal: AbortSignal, deadline: Deadline): Promise<TransportResponse> {
    const { gate, throttled, emit } = this.#context;
    const { method, route } = this.#call.request;
    const kind = throttled.kind ?? (method === 'GET' ? 'read' : 'write');
    this.#isPatient = gate.isCoolingDown;
    return gate.pass(
      (waitMs, onSend) => {
        this.#isPatient = false;
        // A millisecond is noise.
        if (waitMs > 1) emit({ type: 'throttled', ...this.#eventFacts(this.#attempts + 1), waitMs });
        return this.#attempt(signal, onSend);
      },
      { request: { principal: throttled.principal, kind, route }, signal, deadline },
    );
  }

  async #attempt(signal: AbortSignal, onSend: (() => void) | undefined): Promise<TransportResponse> {
    const { service, credential, gate, maxResponseBytes, explain, emit } = this.#context;
    const { callId, request, url, headers, content, timeoutMs } = this.#call;
    this.#awaitsCredential = true;
    const reading = readCredential(credential, service).finally(() => {
      this.#awaitsCredential = false;
    });
    const secret = await untilAborted(reading, signal);
    this.#attempts += 1;
    const mayBeDone = this.#delivery === 'unknown';
    const attempt = new Attempt(this.#context, {
      callId,
      facts: this.#facts(),
      url,
      method: request.method,
      headers: { ...headers, authorization: `Bearer ${secret}` },
      body: content,
      onSend,
      answeredBy: service,
      accepts: (status) => request.acceptStatuses?.includes(status) === true,
      reads: request.asBytes ? 'bytes' : 'json',
      timeoutMs,
      maxBytes: request.asBytes?.maxBytes ?? maxResponseBytes,
      into: request.asBytes?.into,
      onReceived: request.onReceived,
      signal,
      sensitive: () => [secret, ...sensitiveValues(request, url)],
      explain: explain && ((failure) => explain(failure, request.params)),
    });
    try {
      const { status, headers: answered, requestId, body, bytes } = await attempt.run();
      const response = { status, headers: answered, requestId, body, bytes };
      request.check?.(response);
      return response;
    } catch (failure) {
      // Before the next call can start.
      const askedMs = failure instanceof ResponseError && isBusy(failure.status) ? retryAfterOf(failure) : 0;
      const cooldownMs = gate.coolDown(askedMs);
      if (cooldownMs > 0) emit({ type: 'cooldown', ...this.#eventFacts(this.#attempts), waitMs: cooldownMs });
      const isRefused = failure instanceof ResponseError && failure.status === 401;
      if (isRefused && typeof credential === 'function') refusalTag.get(credential)?.(secret);
      if (!wasNotProcessed(failure)) this.#delivery = 'unknown';
      if (isSdkError(failure)) this.#lastError = failure;
      if (mayBeDone && failure instanceof ResponseError) repeatTag.set(failure, true);
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
