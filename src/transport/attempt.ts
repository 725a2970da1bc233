import { isSdkError } from '../errors/is-sdk-error.js';
import type { ConnectionError } from '../errors/response-errors.js';
import { type AbortScope, openAbortScope, untilAborted } from '../internal/abort.js';
import { type Clock, monotonicNow } from '../internal/clock.js';
import { ownCopy } from '../internal/json.js';
import { bytesPerValue, excessOf } from '../internal/json-limits.js';
import { type Answer, decodeText, isWebPage, readBody } from './body.js';
import { failureIn } from './error-body.js';
import { readRequestId } from './headers.js';
import { checkHost } from './host.js';
import { type CallFacts, networkError, timeoutError, unreadableBody } from './network-failure.js';
import type { ClientOptions, ServiceName, TransportEvent } from './options.js';
import { type Explain, responseToError, wrongAnswer } from './response-failure.js';
import { parseRetryAfter } from './retry.js';
import type { OutgoingRequest, Wire } from './wire.js';

export interface AttemptContext {
  readonly service: ServiceName;
  readonly wire: Wire;
  readonly allowHost: ClientOptions['allowHost'];
  readonly clock: Clock;
  readonly emit: (event: TransportEvent) => void;
}

export interface AttemptRequest extends Omit<OutgoingRequest, 'signal'> {
  readonly callId: number;
  readonly facts: CallFacts;
  readonly answeredBy: ServiceName | 'storage';
  /** Whether an answer other than 2xx is no failure. */
  readonly accepts: (status: number, headers: Headers) => boolean;
  readonly reads: 'json' | 'bytes';
  /** Of silence where bytes are read: a file may take its time. Else for all of the answer. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly into?: ArrayBuffer | undefined;
  readonly onReceived?: (() => Promise<void>) | undefined;
  readonly signal: AbortSignal;
  readonly sensitive: () => readonly string[];
  readonly explain?: Explain | undefined;
}

/** Of an answer that says no: `body` keeps a part of it. */
const longestFailureBytes = 256 * 1024;

/** One attempt: one request over the wire, and its answer read whole. */
export class Attempt {
  readonly #context: AttemptContext;
  readonly #request: AttemptRequest;
  #answered: { status: number; requestId?: string; bytes?: number } | undefined;

  constructor(context: AttemptContext, request: AttemptRequest) {
    this.#context = context;
    this.#request = ownCopy(request, ['body', 'into', 'onReceived', 'onSend', 'explain']);
  }

  /** @throws ConnectionError, ResponseError, ResponseValidationError; or the signal's reason. */
  async run(): Promise<Answer> {
    const { allowHost, clock } = this.#context;
    const scope = openAbortScope([this.#request.signal], this.#request.timeoutMs, clock);
    try {
      await checkHost({ allowHost, ...this.#request }, scope);
      return await this.#send(scope);
    } finally {
      scope.end();
    }
  }

  async #send(scope: AbortScope): Promise<Answer> {
    const { service, clock, emit } = this.#context;
    const { callId, facts, signal, onReceived } = this.#request;
    const { method, route, attempts: attempt } = facts;
    const eventFacts = { service, callId, method, route, attempt };
    const startMs = monotonicNow(clock);
    let errorCode: string | undefined;
    emit({ type: 'request', ...eventFacts });
    try {
      const answer = await this.#exchange(scope);
      if (answer.status < 300) await onReceived?.();
      return this.#accept(answer);
    } catch (thrown) {
      errorCode = signal.reason?.name === 'TimeoutError' ? 'timeout' : 'aborted';
      signal.throwIfAborted();
      const failure = isSdkError(thrown) ? thrown : this.#noAnswer(thrown, scope.expired);
      errorCode = failure.code;
      throw failure;
    } finally {
      const durationMs = Math.round(monotonicNow(clock) - startMs);
      emit({ type: 'response', ...eventFacts, ...this.#answered, ...(errorCode && { errorCode }), durationMs });
    }
  }

  async #exchange({ signal, restart }: AbortScope): Promise<Answer> {
    const { url, method, headers, body, onSend, facts, reads, maxBytes, into, sensitive } = this.#request;
    const response = await receive(this.#context.wire({ url, method, headers, body, signal, onSend }), signal);
    const { status } = response;
    const requestId = readRequestId(response.headers, url, sensitive);
    this.#answered = { status, ...(requestId !== undefined && { requestId }) };
    const answer = { status, headers: response.headers, requestId };
    if (status >= 300 && status < 400) {
      response.body?.cancel().catch(() => {});
      this.#answered.bytes = 0;
      return { ...answer, bytes: new Uint8Array(0) };
    }
    // What is kept of a failure is short, and so is what is read of it.
    const mostBytes = response.ok ? maxBytes : Math.min(maxBytes, longestFailureBytes);
    const { bytes, fault } = await readBody(response, mostBytes, signal, into, reads === 'bytes' ? restart : undefined);
    this.#answered.bytes = bytes.byteLength;
    // A failure is reported even from a part of its body.
    if (response.ok && fault !== undefined) {
      const encoding = response.headers.get('content-encoding');
      throw unreadableBody(facts, fault, { maxBytes, service: this.#context.service, encoding });
    }
    return { ...answer, bytes };
  }

  #accept(answer: Answer): Answer {
    const { facts, url, answeredBy, accepts, reads, explain, sensitive } = this.#request;
    const { status, headers } = answer;
    const isSuccess = status >= 200 && status < 300;
    if (!isSuccess && !accepts(status, headers)) {
      const text = decodeText(answer.bytes, headers);
      const retryAfterMs = parseRetryAfter(headers, this.#context.clock.now());
      const known = sensitive();
      throw responseToError({ ...answer, ...facts, service: answeredBy, url, text, retryAfterMs, known, explain });
    }
    return reads === 'bytes' ? answer : { ...answer, body: this.#readJson(answer) };
  }

  /** Whatever the content type says; `undefined` for an empty answer. */
  #readJson({ status, headers, bytes }: Answer): unknown {
    const { facts, maxBytes } = this.#request;
    // Drops a byte order mark, which JSON.parse would not take.
    const text = decodeText(bytes, headers).trim();
    const isSuccess = status >= 200 && status < 300;
    const isRead = isSuccess && facts.method === 'GET';
    if (text === '') {
      if (isRead) throw wrongAnswer(facts, status, 'nothing');
      return undefined;
    }
    const excess = /^[[{]/.test(text) ? excessOf(text, maxBytes / bytesPerValue) : undefined;
    if (excess !== undefined) {
      if (!isSuccess) return undefined;
      if (excess === 'too_deep') throw wrongAnswer(facts, status, 'too_deep');
      throw unreadableBody(facts, excess, { maxBytes, service: this.#context.service, encoding: null });
    }
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      if (!isSuccess) return undefined;
      throw wrongAnswer(facts, status, isWebPage(text) || text.startsWith('<') ? 'page' : 'text');
    }
    const failure = isRead ? failureIn(body) : undefined;
    if (failure !== undefined) throw wrongAnswer(facts, status, 'error', failure.status);
    return body;
  }

  #noAnswer(thrown: unknown, isLate: boolean): ConnectionError {
    const { facts, reads, timeoutMs, sensitive } = this.#request;
    const what =
      reads === 'bytes' ? `nothing came for ${timeoutMs} ms` : `no complete answer came within ${timeoutMs} ms`;
    if (isLate) return timeoutError(facts, what, 'unknown', 'timeoutMs');
    return networkError(facts, thrown, sensitive());
  }
}

/** Cancels an answer that comes after the abort, so that no connection stays open. */
export async function receive(sending: Promise<Response>, signal: AbortSignal): Promise<Response> {
  try {
    return await untilAborted(sending, signal);
  } catch (thrown) {
    sending.then((late) => late.body?.cancel()).catch(() => {});
    throw thrown;
  }
}
