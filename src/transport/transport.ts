import { checkPositive } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { systemClock } from '../internal/clock.js';
import { type CallContext, sendCall } from './call.js';
import { checkSecret, mergeHeaders, userAgentHeader } from './headers.js';
import {
  type ClientOptions,
  type Credential,
  resolveOptions,
  type Transport,
  type TransportRequest,
} from './options.js';
import { type Cooldown, createRateLimiter, createRequestGate } from './rate-limit.js';
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
  /** Loads what adds to a failure what a person can do about it: with the first failure, as most programs never need it. */
  readonly loadExplain?: (() => Promise<Explain>) | undefined;
  /** Shared by transports of one client: a `Retry-After` given to one holds back all. @default one of its own */
  readonly holdBack?: Cooldown | undefined;
  readonly defaultHeaders?: Readonly<Record<string, string>> | undefined;
  /** @default both SCIM media types for SCIM, else `application/json` */
  readonly accept?: string | undefined;
}

const longestAnswerBytes = 10 * 1024 * 1024;
const scimRateLimit = { requests: 10, intervalMs: 1_000 };
const scimAccept = 'application/scim+json, application/json;q=0.9';

/**
 * Opens the way to one service with one credential: `retry(throttle(send))`, so that every attempt waits for its turn.
 *
 * @throws InputError for a base URL that is not https (or http on loopback, where allowed), a credential that cannot be
 * sent, or options that make no sense.
 */
export function openTransport(options: TransportOptions): Transport {
  const { service, credential, guard, onEvent } = options;
  const {
    clock = systemClock,
    random = Math.random,
    dangerouslyAllowHttpLoopback: allowHttpLoopback = false,
  } = options;
  const isScim = service === 'scim';
  const base = parseBaseUrl(options.baseUrl, allowHttpLoopback);
  if (typeof credential !== 'function') checkSecret(credential, service);
  if (options.fetch !== undefined && typeof options.fetch !== 'function') {
    throw new InputError('`fetch` must be a function.', { path: ['fetch'] });
  }
  const limits = resolveOptions(options);
  const accept = options.accept ?? (isScim ? scimAccept : 'application/json');
  const clientHeaders = mergeHeaders({ accept }, userAgentHeader(), options.defaultHeaders, options.headers);
  const throttle = options.throttle ?? createRateLimiter(options.rateLimit ?? (isScim && scimRateLimit), clock);
  const context: CallContext = {
    service,
    clock,
    random,
    maxResponseBytes: checkPositive('maxResponseBytes', options.maxResponseBytes ?? longestAnswerBytes),
    credential,
    loadExplain: options.loadExplain,
    clientSignal: options.signal,
    turns: createRequestGate(throttle, clock, options.holdBack),
    send: createWire(options.fetch),
    // A listener that fails, at once or later, must not fail the call it listens to, nor the process.
    emit: async (event) => {
      try {
        await onEvent?.(event);
      } catch {
        // Nobody is there to be told.
      }
    },
  };
  let lastCallId = 0;

  return {
    clock,
    random,
    send: async (given) => {
      const content = serialise(given.body);
      // The guard judges what will be sent, and not an object that may read differently the next time.
      const request =
        guard && content !== undefined ? { ...given, body: JSON.parse(content) as unknown } : { ...given };
      const callLimits = resolveOptions(request, limits);
      const url = buildUrl(base, request);
      const headers = mergeHeaders(clientHeaders, request.headers);
      if (content !== undefined) headers['content-type'] = request.contentType ?? 'application/json';
      // Also what the client adds to every request may make a server take it for another.
      guard?.({ ...request, headers, query: [...new URL(url).searchParams] });
      return sendCall(context, { ...callLimits, callId: ++lastCallId, request, url, headers, content });
    },
    download: async (request) => {
      const { timeoutMs, deadlineMs } = resolveOptions(request, limits);
      const { download } = await import('./download.js');
      return download(context, {
        request,
        callId: ++lastCallId,
        timeoutMs: Math.min(timeoutMs, deadlineMs),
        clientSignal: options.signal,
        base,
        allowHttpLoopback,
      });
    },
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
  throw new InputError('The body cannot be written as JSON.', { path: ['body'] });
}
