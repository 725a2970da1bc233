import { checkPositive } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { Call, type CallContext } from './call.js';
import { download } from './download.js';
import { checkSecret, mergeHeaders, userAgentHeader } from './headers.js';
import {
  type CallLimits,
  type ClientOptions,
  type Credential,
  resolveOptions,
  type SignedDownloadRequest,
  type TransportRequest,
  type TransportResponse,
} from './options.js';
import { type Cooldown, createRateLimiter, RequestGate } from './rate-limit.js';
import type { Explain } from './response-failure.js';
import { buildUrl, parseBaseUrl } from './url.js';
import { createWire } from './wire.js';

/** What a client opens its transport with. */
export interface TransportOptions extends ClientOptions {
  readonly service: 'scim' | 'compliance';
  /** Its path and query are kept, whatever slashes it ends in. */
  readonly baseUrl: string;
  readonly credential: Credential;
  /** Judges a request just before it is sent or queued, and throws to stop it. It sees the body as it will be sent. */
  readonly guard?: ((request: TransportRequest) => void) | undefined;
  /** Adds to a failure what a person can do about it. */
  readonly explain?: Explain | undefined;
  /** Shared by transports of one client: a `Retry-After` given to one holds back all. @default one of its own */
  readonly cooldown?: Cooldown | undefined;
  readonly defaultHeaders?: Readonly<Record<string, string>> | undefined;
  /** @default both SCIM media types for SCIM, else `application/json` */
  readonly accept?: string | undefined;
}

const longestAnswerBytes = 10 * 1024 * 1024;
const scimRateLimit = { requests: 10, intervalMs: 1_000 };
const scimAccept = 'application/scim+json, application/json;q=0.9';

/**
 * The way to one service with one credential: `retry(throttle(attempt))`, so that every attempt waits for its turn.
 * {@link send} -> `Call` -> `Attempt` -> `Wire`.
 */
export class Transport {
  /** The clock this transport waits on, for those who wait beside it. */
  readonly clock: Clock;
  /** Number in [0, 1), for jitter. */
  readonly random: () => number;
  readonly #base: URL;
  readonly #allowHttpLoopback: boolean;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #limits: CallLimits;
  readonly #guard: TransportOptions['guard'];
  readonly #context: CallContext;
  #lastCallId = 0;

  /**
   * @throws InputError for a base URL that is not https (or http on loopback, where allowed), a credential that cannot be
   * sent, or options that make no sense.
   */
  constructor(options: TransportOptions) {
    const { service, credential, clock = systemClock, random = Math.random } = options;
    const isScim = service === 'scim';
    this.clock = clock;
    this.random = random;
    this.#allowHttpLoopback = options.dangerouslyAllowHttpLoopback ?? false;
    this.#base = parseBaseUrl(options.baseUrl, this.#allowHttpLoopback);
    if (typeof credential !== 'function') checkSecret(credential, service);
    if (options.fetch !== undefined && typeof options.fetch !== 'function') {
      throw new InputError('`fetch` must be a function.', { path: ['fetch'] });
    }
    this.#limits = resolveOptions(options);
    const accept = options.accept ?? (isScim ? scimAccept : 'application/json');
    this.#headers = mergeHeaders({ accept }, userAgentHeader(), options.defaultHeaders, options.headers);
    this.#guard = options.guard;
    const throttle = options.throttle ?? createRateLimiter(options.rateLimit ?? (isScim && scimRateLimit), clock);
    this.#context = {
      service,
      clock,
      random,
      credential,
      maxResponseBytes: checkPositive('maxResponseBytes', options.maxResponseBytes ?? longestAnswerBytes),
      explain: options.explain,
      clientSignal: options.signal,
      gate: new RequestGate(throttle, clock, options.cooldown),
      wire: createWire(options.fetch),
      emit: createEmitter(options.onEvent),
    };
  }

  /**
   * Sends a request and reads the answer whole.
   *
   * @throws ConnectionError, ResponseError (ScimError where the service is SCIM), ResponseValidationError,
   * AccessDeniedError or InputError; or the signal's own reason.
   */
  async send(given: TransportRequest): Promise<TransportResponse> {
    const guard = this.#guard;
    const content = serialise(given.body);
    // The guard judges what will be sent, and not an object that may read differently the next time.
    const request = guard && content !== undefined ? { ...given, body: JSON.parse(content) as unknown } : { ...given };
    const limits = resolveOptions(request, this.#limits);
    const url = buildUrl(this.#base, request);
    const headers = mergeHeaders(this.#headers, request.headers);
    if (content !== undefined) headers['content-type'] = request.contentType ?? 'application/json';
    // Also what the client adds to every request may make a server take it for another.
    guard?.({ ...request, headers, query: [...new URL(url).searchParams] });
    return new Call(this.#context, { ...limits, callId: ++this.#lastCallId, request, url, headers, content }).run();
  }

  /**
   * One attempt at a signed URL, without the credential and without retries: only the caller knows how to get a new URL.
   *
   * @throws ConnectionError, ResponseError; or the signal's own reason.
   */
  async download(request: SignedDownloadRequest): Promise<Uint8Array<ArrayBuffer>> {
    const { timeoutMs, deadlineMs } = resolveOptions(request, this.#limits);
    return download(this.#context, {
      request,
      callId: ++this.#lastCallId,
      timeoutMs: Math.min(timeoutMs, deadlineMs),
      clientSignal: this.#context.clientSignal,
      base: this.#base,
      allowHttpLoopback: this.#allowHttpLoopback,
    });
  }
}

/** A listener that fails, at once or later, must not fail the call it listens to, nor the process. */
function createEmitter(onEvent: ClientOptions['onEvent']): CallContext['emit'] {
  return async (event) => {
    try {
      await onEvent?.(event);
    } catch {
      // Nobody is there to be told.
    }
  };
}

function serialise(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  try {
    const content = JSON.stringify(body) as string | undefined;
    if (content !== undefined) return content;
  } catch {
    // A cycle or a BigInt: said below, without the text of the value.
  }
  throw new InputError('`body` must be JSON-serializable.', { path: ['body'] });
}
