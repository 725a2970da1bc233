import { checkPositive } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { letGo } from '../internal/callbacks.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { ownCopy } from '../internal/json.js';
import { deepestNesting, excessOf } from '../internal/json-limits.js';
import { Call, type CallContext } from './call.js';
import { download } from './download.js';
import { checkSecret, mergeHeaders, userAgentHeader } from './headers.js';
import {
  type CallLimits,
  type ClientOptions,
  type Credential,
  clientOptionNames,
  downloadNames,
  requestNames,
  resolveOptions,
  type ServiceName,
  type SignedDownloadRequest,
  type TransportRequest,
  type TransportResponse,
} from './options.js';
import type { AuditLogPrincipal } from './principal.js';
import { createRateLimiter } from './rate-limit.js';
import { Cooldown, RequestGate } from './request-gate.js';
import type { Explain } from './response-failure.js';
import { tellCall } from './tell-call.js';
import type { Throttle } from './throttle.js';
import { buildUrl, parseBaseUrl } from './url.js';
import { createWire } from './wire.js';

export interface TransportOptions extends ClientOptions {
  readonly service: ServiceName;
  readonly baseUrl: string;
  readonly credential: Credential;
  /** Judges a request just before it is queued, with the body and the URL as they will be sent; throws to stop it. */
  readonly guard?: ((request: TransportRequest, url: string) => void) | undefined;
  readonly explain?: Explain | undefined;
  /** Whose workspace is asked, for a limiter of the caller's. */
  readonly principal?: AuditLogPrincipal | undefined;
  /** What all of its requests are to that limiter. @default by their method */
  readonly kind?: 'list' | 'download' | undefined;
  /** Shared by the transports of one client. @default one of its own */
  readonly cooldown?: Cooldown | undefined;
}

const transportOptionNames = [
  ...Object.keys(clientOptionNames),
  'service',
  'baseUrl',
  'credential',
  'guard',
  'explain',
  'cooldown',
  'principal',
  'kind',
];
const longestAnswerBytes = 10 * 1024 * 1024;
const scimRateLimit = { requests: 10, intervalMs: 1_000 };
const scimAccept = 'application/scim+json, application/json;q=0.9';

/** The way to one service with one credential. {@link send} -> `Call` -> `Attempt` -> `Wire`: each attempt waits its turn. */
export class Transport {
  readonly clock: Clock;
  readonly random: () => number;
  /** Until when the service asks for patience. */
  readonly cooldown: Cooldown;
  readonly #base: URL;
  readonly #allowHttpLoopback: boolean;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #limits: CallLimits;
  readonly #guard: TransportOptions['guard'];
  readonly #throttle: Throttle | undefined;
  readonly #context: CallContext;

  constructor(given: TransportOptions) {
    const options = ownCopy(given, transportOptionNames);
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
    if (options.allowHost !== undefined && typeof options.allowHost !== 'function') {
      throw new InputError('`allowHost` must be a function.', {
        path: ['allowHost'],
        remedy: 'Give one that returns true for a host that may be asked, such as `publicHostsOnly`.',
      });
    }
    this.cooldown = options.cooldown ?? new Cooldown();
    this.#limits = resolveOptions(options);
    const accept = isScim ? scimAccept : 'application/json';
    this.#headers = mergeHeaders({ accept }, userAgentHeader(), options.headers);
    this.#guard = options.guard;
    this.#throttle = options.throttle;
    const own = createRateLimiter(options.rateLimit ?? (isScim && scimRateLimit), clock);
    const { throttle: shared, principal, kind } = options;
    this.#context = {
      service,
      clock,
      random,
      credential,
      maxResponseBytes: checkPositive('maxResponseBytes', options.maxResponseBytes ?? longestAnswerBytes),
      explain: options.explain,
      clientSignal: options.signal,
      gate: new RequestGate({ own, shared }, clock, this.cooldown),
      throttled: { principal, kind },
      allowHost: options.allowHost,
      wire: createWire(options.fetch),
      emit: createEmitter(options.onEvent),
    };
  }

  /** What ends every call of the client. */
  get clientSignal(): AbortSignal | undefined {
    return this.#context.clientSignal;
  }

  /** Where the service is. Its path may name a directory: it is not for messages. */
  get baseUrl(): string {
    return this.#base.href;
  }

  /** @throws ConnectionError, ResponseError, ResponseValidationError, AccessDeniedError, InputError; the signal's reason. */
  async send(given: TransportRequest): Promise<TransportResponse> {
    const guard = this.#guard;
    const own = ownCopy(given, requestNames);
    const content = serialise(own.body);
    // The guard judges what will be sent, not an object that may read differently the next time.
    const request = guard && content !== undefined ? { ...own, body: JSON.parse(content) as unknown } : own;
    const limits = resolveOptions(request, this.#limits);
    const url = buildUrl(this.#base, request);
    const headers = mergeHeaders(this.#headers, request.headers);
    if (content !== undefined) headers['content-type'] = request.contentType ?? 'application/json';
    // Otherwise `fetch` adds `no-cache`, to which Express answers all of it, whatever has changed.
    if (headers['if-none-match'] !== undefined) headers['cache-control'] ??= 'max-age=0';
    // What the client adds may also make a server take the request for another.
    guard?.({ ...request, headers, query: [...new URL(url).searchParams] }, url);
    const callId = nextCallId();
    const prepared = { ...limits, callId, request, url, headers, content };
    return this.#tell(callId, request, (context) => new Call(context, prepared).run());
  }

  /** One attempt at a signed URL, without the credential: only the caller can get a new URL for another. */
  async download(given: SignedDownloadRequest): Promise<Uint8Array<ArrayBuffer>> {
    const request = ownCopy(given, downloadNames);
    const { timeoutMs, deadlineMs } = resolveOptions(request, this.#limits);
    const callId = nextCallId();
    const prepared = {
      request,
      callId,
      timeoutMs,
      deadlineMs,
      clientSignal: this.#context.clientSignal,
      base: this.#base,
      allowHttpLoopback: this.#allowHttpLoopback,
      principal: this.#context.throttled.principal,
      throttle: this.#throttle,
    };
    return this.#tell(callId, { ...request, method: 'GET' }, (context) => download(context, prepared));
  }

  #tell<Result>(
    callId: number,
    { method, route, signal }: Pick<TransportRequest, 'method' | 'route' | 'signal'>,
    run: (context: CallContext) => Promise<Result>,
  ): Promise<Result> {
    const signals = [signal, this.#context.clientSignal];
    return tellCall(this.#context, { callId, method, route, signals }, run);
  }
}

let lastCallId = 0;

/** Several transports may tell one listener: it must not take the calls of two for one. */
function nextCallId(): number {
  lastCallId += 1;
  return lastCallId;
}

/** A listener that fails, at once or later, must fail neither its call nor the process. */
function createEmitter(onEvent: ClientOptions['onEvent']): CallContext['emit'] {
  return (event) => {
    try {
      letGo(onEvent?.(event));
    } catch {
      // Nobody can be told.
    }
  };
}

function serialise(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  let content: string | undefined;
  try {
    content = JSON.stringify(body);
  } catch {
    // A cycle or a BigInt: reported below, without the value.
  }
  if (content === undefined) throw new InputError('`body` must be JSON-serializable.', { path: ['body'] });
  if (excessOf(content) === undefined) return content;
  throw new InputError(`\`body\` must not be nested deeper than ${deepestNesting} levels.`, { path: ['body'] });
}
