import { isSdkError } from '../errors/is-sdk-error.js';
import { ConnectionError } from '../errors/response-errors.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import type { Clock } from '../internal/clock.js';
import { readBody } from './body.js';
import { readRequestId } from './headers.js';
import type { CallFacts } from './network-failure.js';
import type { TransportEvent } from './options.js';
import type { OutgoingRequest, Wire } from './wire.js';

/** What every attempt of one transport shares. */
export interface AttemptContext {
  readonly service: 'scim' | 'compliance';
  readonly send: Wire;
  readonly clock: Clock;
  readonly emit: (event: TransportEvent) => void;
}

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly requestId: string | undefined;
}

/** One attempt. */
interface Attempt<T> extends Omit<OutgoingRequest, 'signal'> {
  readonly callId: number;
  readonly facts: CallFacts;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Memory to read into, where it is large enough. */
  readonly into?: ArrayBuffer | undefined;
  readonly signal: AbortSignal;
  /** What errors must not repeat. */
  readonly known: () => Promise<readonly string[]>;
  /** Makes of an answer what the caller gets, or throws. */
  readonly judge: (answer: Answer) => T | Promise<T>;
}

/**
 * Sends once and reads the answer, within the attempt's time and size.
 *
 * @throws ConnectionError, what `judge` throws, or the signal's reason.
 */
export async function sendAttempt<T>(context: AttemptContext, attempt: Attempt<T>): Promise<T> {
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
    const requestId = readRequestId(response.headers, [url, headers.authorization?.replace(/^\w+ /, '') ?? '']);
    answered = { status, ...(requestId !== undefined && { requestId }) };
    // What a redirect has to say is in its headers.
    if (status >= 300 && status < 400) response.body?.cancel().catch(() => {});
    const read =
      status >= 300 && status < 400
        ? { bytes: new Uint8Array(0), fault: undefined }
        : await readBody(response, maxBytes, scope.signal, attempt.into);
    answered.bytes = read.bytes.byteLength;
    // A failure is reported from as much of its body as came.
    if (response.ok && read.fault !== undefined) {
      throw (await import('./network-failure.js')).unreadableBody(facts, read.fault, maxBytes, context.service);
    }
    return await attempt.judge({ status, headers: response.headers, bytes: read.bytes, requestId });
  } catch (thrown) {
    errorCode = signal.reason?.name === 'TimeoutError' ? 'timeout' : 'aborted';
    signal.throwIfAborted();
    const failure = isSdkError(thrown) ? thrown : await noAnswer(attempt, scope.expired, thrown);
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

/** Says why no answer came. What says it is loaded only now: most programs never need it. */
async function noAnswer(attempt: Attempt<unknown>, isLate: boolean, thrown: unknown): Promise<ConnectionError> {
  const { facts, timeoutMs } = attempt;
  try {
    const { networkError, timeoutError } = await import('./network-failure.js');
    if (isLate) return timeoutError(facts, `no whole answer came within ${timeoutMs} ms`, 'unknown');
    return networkError(facts, thrown, await attempt.known());
  } catch {
    // In a browser the network may be gone before the rest of the library was loaded over it.
    return new ConnectionError('network_error', `${facts.method} ${facts.route} failed: no answer came.`, {
      ...facts,
      delivery: 'unknown',
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
