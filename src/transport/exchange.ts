import { isSdkError } from '../errors/sdk-error.js';
import { openAbortScope } from '../internal/abort-scope.js';
import type { Clock } from '../internal/clock.js';
import { untilAborted } from '../internal/until-aborted.js';
import { type CallFacts, networkError, timeoutError, unreadableAnswer } from './connection-failure.js';
import { readBody } from './read-body.js';
import { readRequestId } from './response-to-error.js';
import type { OutgoingRequest, SendOnce } from './send-with-ky.js';
import type { TransportEvent } from './transport-event.js';

/** What every attempt of one transport shares. */
export interface ExchangeContext {
  readonly service: 'scim' | 'compliance';
  readonly send: SendOnce;
  readonly clock: Clock;
  readonly emit: (event: TransportEvent) => void;
}

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** One attempt. */
export interface Attempt<T> extends Omit<OutgoingRequest, 'signal'> {
  readonly callId: number;
  readonly facts: CallFacts;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** What errors must not repeat. */
  readonly known: () => readonly string[];
  /** Makes of an answer what the caller gets, or throws. */
  readonly judge: (answer: Answer) => T;
}

/**
 * Sends once and reads the answer, within the attempt's time and size.
 *
 * @throws ConnectionError, what `judge` throws, or the signal's reason.
 */
export async function exchange<T>(context: ExchangeContext, attempt: Attempt<T>): Promise<T> {
  const { clock, emit } = context;
  const { facts, signal, maxBytes } = attempt;
  const eventFacts = {
    service: context.service,
    callId: attempt.callId,
    method: facts.method,
    route: facts.route,
    attempt: facts.attempts,
  };
  const startMs = clock.now();
  const scope = openAbortScope([signal], attempt.timeoutMs, clock);
  let answered: { status: number; requestId?: string; bytes?: number } | undefined;
  let errorCode: string | undefined;
  emit({ type: 'request', ...eventFacts });
  try {
    const { url, method, headers, body } = attempt;
    const response = await receive(context.send({ url, method, headers, body, signal: scope.signal }), scope.signal);
    const { status } = response;
    const requestId = readRequestId(response.headers);
    answered = { status, ...(requestId !== undefined && { requestId }) };
    // What a redirect has to say is in its headers.
    if (status >= 300 && status < 400) response.body?.cancel().catch(() => {});
    const read =
      status >= 300 && status < 400
        ? { bytes: new Uint8Array(0), fault: undefined }
        : await readBody(response, maxBytes, scope.signal);
    answered.bytes = read.bytes.byteLength;
    // A failure is reported from as much of its body as came.
    if (response.ok && read.fault === 'cut') throw unreadableAnswer('response_cut', facts, 'the answer was cut short');
    if (response.ok && read.fault === 'too_large') {
      throw unreadableAnswer('response_too_large', facts, `the answer is larger than ${maxBytes} bytes`);
    }
    return attempt.judge({ status, headers: response.headers, bytes: read.bytes });
  } catch (thrown) {
    errorCode = signal.reason?.name === 'TimeoutError' ? 'timeout' : 'aborted';
    signal.throwIfAborted();
    const failure = isSdkError(thrown)
      ? thrown
      : scope.expired
        ? timeoutError(facts, `no whole answer came within ${attempt.timeoutMs} ms`, 'unknown')
        : networkError(facts, thrown, attempt.known());
    errorCode = failure.code;
    throw failure;
  } finally {
    scope.end();
    emit({
      type: 'response',
      ...eventFacts,
      ...answered,
      ...(errorCode !== undefined && { errorCode }),
      durationMs: clock.now() - startMs,
    });
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
