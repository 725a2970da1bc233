import { isSdkError } from '../errors/is-sdk-error.js';
import type { ConnectionError } from '../errors/response-errors.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import type { Clock } from '../internal/clock.js';
import { type Answer, decodeText, readBody } from './body.js';
import { readRequestId } from './headers.js';
import { type CallFacts, networkError, timeoutError, unreadableBody } from './network-failure.js';
import type { TransportEvent } from './options.js';
import { type Explain, notJson, readRefusal } from './response-failure.js';
import type { OutgoingRequest, Wire } from './wire.js';

/** What every attempt of one transport shares. */
export interface AttemptContext {
  readonly service: 'scim' | 'compliance';
  readonly wire: Wire;
  readonly clock: Clock;
  readonly emit: (event: TransportEvent) => void;
}

/** What one attempt sends, and what it takes for an answer. */
export interface AttemptRequest extends Omit<OutgoingRequest, 'signal'> {
  readonly callId: number;
  readonly facts: CallFacts;
  /** Who answers: log files are downloaded from elsewhere. */
  readonly answeredBy: 'scim' | 'compliance' | 'storage';
  /** Whether an answer that is not 2xx is one, too. */
  readonly accepts: (status: number, headers: Headers) => boolean;
  readonly reads: 'json' | 'bytes';
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Memory to read into, where it is large enough. */
  readonly into?: ArrayBuffer | undefined;
  readonly signal: AbortSignal;
  /** Collects what errors must not repeat. */
  readonly sensitive: () => readonly string[];
  readonly explain?: Explain | undefined;
}

/** One attempt: one request over the wire, and its answer read whole. */
export class Attempt {
  readonly #context: AttemptContext;
  readonly #request: AttemptRequest;
  /** What events say of the answer. */
  #answered: { status: number; requestId?: string; bytes?: number } | undefined;

  constructor(context: AttemptContext, request: AttemptRequest) {
    this.#context = context;
    this.#request = request;
  }

  /**
   * Sends once and reads the answer, within the attempt's time and size.
   *
   * @throws ConnectionError, ResponseError, ResponseValidationError, or the signal's reason.
   */
  async run(): Promise<Answer> {
    const { service, clock, emit } = this.#context;
    const { callId, facts, signal, timeoutMs } = this.#request;
    const { method, route, attempts: attempt } = facts;
    const eventFacts = { service, callId, method, route, attempt };
    const startMs = clock.now();
    const scope = openAbortScope([signal], timeoutMs, clock);
    let errorCode: string | undefined;
    emit({ type: 'request', ...eventFacts });
    try {
      return this.#accept(await this.#exchange(scope.signal));
    } catch (thrown) {
      errorCode = signal.reason?.name === 'TimeoutError' ? 'timeout' : 'aborted';
      signal.throwIfAborted();
      const failure = isSdkError(thrown) ? thrown : this.#noAnswer(thrown, scope.expired);
      errorCode = failure.code;
      throw failure;
    } finally {
      scope.end();
      const durationMs = clock.now() - startMs;
      emit({ type: 'response', ...eventFacts, ...this.#answered, ...(errorCode && { errorCode }), durationMs });
    }
  }

  async #exchange(signal: AbortSignal): Promise<Answer> {
    const { url, method, headers, body, facts, maxBytes, into } = this.#request;
    const response = await receive(this.#context.wire({ url, method, headers, body, signal }), signal);
    const { status } = response;
    const requestId = readRequestId(response.headers, [url, headers.authorization?.replace(/^\w+ /, '') ?? '']);
    this.#answered = { status, ...(requestId !== undefined && { requestId }) };
    const answer = { status, headers: response.headers, requestId };
    if (status >= 300 && status < 400) {
      // What a redirect has to say is in its headers.
      response.body?.cancel().catch(() => {});
      this.#answered.bytes = 0;
      return { ...answer, bytes: new Uint8Array(0) };
    }
    const { bytes, fault } = await readBody(response, maxBytes, signal, into);
    this.#answered.bytes = bytes.byteLength;
    // A failure is reported from as much of its body as came.
    if (response.ok && fault !== undefined) throw unreadableBody(facts, fault, maxBytes, this.#context.service);
    return { ...answer, bytes };
  }

  #accept(answer: Answer): Answer {
    const { facts, url, answeredBy, accepts, reads, explain, sensitive } = this.#request;
    const { status, headers } = answer;
    const isSuccess = status >= 200 && status < 300;
    if (!isSuccess && !accepts(status, headers)) {
      const nowMs = this.#context.clock.now();
      throw readRefusal(answer, { ...facts, service: answeredBy, url, known: sensitive(), explain, nowMs });
    }
    return reads === 'bytes' ? answer : { ...answer, body: readJson(answer, facts) };
  }

  #noAnswer(thrown: unknown, isLate: boolean): ConnectionError {
    const { facts, timeoutMs, sensitive } = this.#request;
    if (isLate) return timeoutError(facts, `no complete answer came within ${timeoutMs} ms`, 'unknown');
    return networkError(facts, thrown, sensitive());
  }
}

/** The answer's head; one that comes after the abort is let go, so that no connection stays open behind it. */
async function receive(sending: Promise<Response>, signal: AbortSignal): Promise<Response> {
  try {
    return await untilAborted(sending, signal);
  } catch (thrown) {
    sending
      .then(
        (late) => late.body?.cancel(),
        () => {},
      )
      .catch(() => {});
    throw thrown;
  }
}

/**
 * Reads an accepted answer as JSON, whatever its content type says; an empty one is `undefined`.
 *
 * @throws ResponseValidationError for a 2xx that is something else.
 */
function readJson({ status, headers, bytes }: Answer, facts: CallFacts): unknown {
  // Drops a byte order mark, which JSON.parse would not take.
  const text = decodeText(bytes, headers).trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    if (status >= 200 && status < 300) throw notJson(facts, status, text);
    return undefined;
  }
}
