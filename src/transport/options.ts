import { checkNumber, checkOptions, checkPositive, type OptionNames } from '../errors/check-options.js';
import type { Clock } from '../internal/clock.js';
import type { Throttle } from './throttle.js';

/**
 * How a call is made: every method that sends requests takes these in its last argument, and in no other; what is asked for
 * stands before it, as in `events({ eventTypes }, { signal })`.
 */
export interface RequestOptions {
  /** Cancels the call while it waits, queues or reads; it rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds for one attempt, body included; of a log file that is downloaded, for how long nothing comes, as a large one
   * over a slow line may take longer. @default 30_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Milliseconds for the whole call: every attempt and every wait between them, but not the wait for the client's own
   * `rateLimit`. Reading audit logs has no limit as a whole: it is for each request for a list, and each download of a file.
   * @default 300_000
   */
  readonly deadlineMs?: number | undefined;
  /**
   * How often a failed attempt may be repeated. Reads, PUT and DELETE are repeated after network faults, 408, 425, 429 and
   * every 5xx but 501, 505, 510 and 511; POST and PATCH only where the server certainly did not act. The wait is a jittered
   * back-off, or the `Retry-After` of a 429 or 503 (up to 60 seconds) where that is longer. @default 3
   */
  readonly maxRetries?: number | undefined;
  /** Extra headers, except `authorization`: the credential is the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Of a request that is one of several under one limit. */
export interface SharedDeadline {
  /** What the caller gave, where `deadlineMs` is what is left of it: errors name this one, which can be looked up. */
  readonly wholeDeadlineMs?: number | undefined;
}

export interface TransportRequest extends RequestOptions, SharedDeadline {
  readonly method: HttpMethod;
  /** Template below the base URL, such as `/Users/{id}`: all that errors and events get to see. */
  readonly route: string;
  /** Fills the template, percent-encoded; empty, `.` and `..` are refused. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** In order, repeated keys allowed, encoded with `%20` and `%2B`. */
  readonly query?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string | undefined;
  /** Sending it twice does no more than sending it once, whatever its method. */
  readonly safeToRepeat?: boolean | undefined;
  /** A refusal may be that of one part, after others were carried out: not even a 429 then says that nothing was done. */
  readonly isSeveralWrites?: boolean | undefined;
  /** For a body derived here from what was read: the guard then judges the change. */
  readonly derivedFrom?: DerivedFrom | undefined;
  /** Besides 2xx, statuses that are no error: 304, or a redirect followed by hand. */
  readonly acceptStatuses?: readonly number[] | undefined;
  /** Judges an answer that is no failure: what it throws counts as one, and is repeated where it is `retryable`. */
  readonly check?: ((response: TransportResponse) => void) | undefined;
  /** Names of `query` whose values are about people, whole: a server's message may repeat them. */
  readonly personalQuery?: readonly string[] | undefined;
  /** Told when all of a success is there, and waited for before it is read. To end soon: the call keeps its place in every limit. */
  readonly onReceived?: (() => Promise<void>) | undefined;
  /** Takes a 2xx as it is, up to `maxBytes`, for an answer that is not JSON. */
  readonly asBytes?: Pick<SignedDownloadRequest, 'maxBytes' | 'into'> | undefined;
}

/** What a body was derived from. Nobody else may hold either of them. */
export interface DerivedFrom {
  readonly before: Readonly<Record<string, unknown>>;
  readonly operations: readonly unknown[];
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: Headers;
  /** JSON; `undefined` when it is empty, or was asked for as bytes. */
  readonly body: unknown;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly requestId: string | undefined;
}

/** A request to a signed URL, sent without the credential. */
export interface SignedDownloadRequest extends RequestOptions, SharedDeadline {
  /** https, or relative to the base URL, as a `Location` may be. It reaches no error and no event. */
  readonly url: string;
  /** Its name in errors and events, such as `/logs/{log_file_id} (storage)`. */
  readonly route: string;
  readonly maxBytes: number;
  /** Memory to read into where it is large enough: the result is then a view of it. */
  readonly into?: ArrayBuffer | undefined;
}

/**
 * A secret, or a function that returns one, called for each attempt, so that a rotated token is picked up. A request that is
 * refused (401) asks it once more. For OAuth 2.0 there is `clientCredentials`.
 */
export type Credential = string | (() => string | Promise<string>);

/** What both clients take. A call's own {@link RequestOptions} win over these. */
export interface ClientOptions extends Omit<RequestOptions, 'signal'> {
  /** Replaces the global `fetch`: a proxy, an emulator, a test double. @default the global one, looked up at each call */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** What waits and time limits go by. @default the machine's clock */
  readonly clock?: Clock | undefined;
  /** For the jitter of retries: at least 0, less than 1. @default Math.random */
  readonly random?: (() => number) | undefined;
  /**
   * How many requests may start within any such interval; `false` for no limit. Of those that wait, `maxQueued` at most
   * (10,000); one more is refused with `queue_full`. @default 10 a second for SCIM
   */
  readonly rateLimit?:
    | { readonly requests: number; readonly intervalMs: number; readonly maxQueued?: number | undefined }
    | false
    | undefined;
  /**
   * Bytes of the largest answer that is read; of its values, one for 32 bytes is parsed. Log files have a limit of their own.
   * One such answer takes up to 25 times as much memory while it is read: a heap of 256 MB holds one of the default size.
   * @default 10 MiB
   */
  readonly maxResponseBytes?: number | undefined;
  /**
   * A limiter that several clients or processes share, such as one in Redis. Each attempt passes the client's own `rateLimit`
   * first and then this one; `rateLimit: false` leaves it to this one alone.
   */
  readonly throttle?: Throttle | undefined;
  /** Told of each request, response, retry, wait and end of a call: by route templates, never URLs or bodies. */
  readonly onEvent?: ((event: TransportEvent) => void) | undefined;
  /** Allows `http:` for 127.0.0.1, [::1] and localhost only: for an emulator, never for a real service. */
  readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
  /**
   * Asked before each request, each attempt and each redirect of a download, with scheme, host and port of where it goes: a
   * URL without path and query. Anything but `true` refuses it with a ConnectionError (`host_not_allowed`), before a byte is
   * sent. For base URLs that others fill in: `publicHostsOnly`. @default every host
   */
  readonly allowHost?: ((url: URL) => boolean | Promise<boolean>) | undefined;
  /** Cancels everything the client has under way when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export const requestOptionNames: OptionNames<RequestOptions> = {
  signal: true,
  timeoutMs: true,
  deadlineMs: true,
  maxRetries: true,
  headers: true,
};

/** What a call asks for: its first argument, in which nothing says how it is made. @throws InputError */
export function checkQuery<Query extends object>(
  of: string,
  query: Query | undefined,
  names: OptionNames<Query>,
): Query {
  return checkOptions(of, query, names, { argument: 'last', names: requestOptionNames });
}

/** How a call is made: its last argument, in which nothing says what is asked for. @throws InputError */
export function checkCall(
  of: string,
  options: RequestOptions | undefined,
  queryNames: Readonly<Record<string, true>>,
): RequestOptions {
  return checkOptions(of, options, requestOptionNames, { argument: 'first', names: queryNames });
}

export const clientOptionNames: OptionNames<ClientOptions> = {
  ...requestOptionNames,
  fetch: true,
  clock: true,
  random: true,
  rateLimit: true,
  maxResponseBytes: true,
  throttle: true,
  onEvent: true,
  dangerouslyAllowHttpLoopback: true,
  allowHost: true,
};

// Of all that the transport reads: what is absent is looked for nowhere else.
const ofRequest: OptionNames<TransportRequest> = {
  ...requestOptionNames,
  method: true,
  route: true,
  params: true,
  query: true,
  body: true,
  contentType: true,
  safeToRepeat: true,
  derivedFrom: true,
  acceptStatuses: true,
  asBytes: true,
  check: true,
  onReceived: true,
  isSeveralWrites: true,
  personalQuery: true,
  wholeDeadlineMs: true,
};
const ofDownload: OptionNames<SignedDownloadRequest> = {
  ...requestOptionNames,
  url: true,
  route: true,
  maxBytes: true,
  into: true,
  wholeDeadlineMs: true,
};
export const requestNames = /* @__PURE__ */ Object.keys(ofRequest);
export const downloadNames = /* @__PURE__ */ Object.keys(ofDownload);

/** With every default filled in. */
export interface CallLimits {
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly maxRetries: number;
}

const libraryDefaults: CallLimits = { timeoutMs: 30_000, deadlineMs: 300_000, maxRetries: 3 };

/** Checks what was given and fills in the rest. */
export function resolveOptions(
  given: Pick<RequestOptions, keyof CallLimits>,
  defaults: CallLimits = libraryDefaults,
): CallLimits {
  return {
    timeoutMs: checkPositive('timeoutMs', given.timeoutMs ?? defaults.timeoutMs),
    deadlineMs: checkPositive('deadlineMs', given.deadlineMs ?? defaults.deadlineMs),
    maxRetries: checkNumber('maxRetries', given.maxRetries ?? defaults.maxRetries, 0),
  };
}

interface EventFacts {
  readonly service: 'scim' | 'compliance' | 'admin' | 'platform';
  /** Shared by all events of one call, and by no other call of any client in the process. */
  readonly callId: number;
  readonly method: string;
  /** Route template, such as `/Users/{id}`: no ids, no filter. */
  readonly route: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** An attempt is sent. */
export interface RequestEvent extends EventFacts {
  readonly type: 'request';
}

/** An attempt was answered, or failed without an answer. */
export interface ResponseEvent extends EventFacts {
  readonly type: 'response';
  /** Absent when no answer came. */
  readonly status?: number;
  /** The code of the attempt's error; `aborted` when the caller's signal ended it. */
  readonly errorCode?: string;
  /** To the end of the answer's body. */
  readonly durationMs: number;
  readonly requestId?: string;
  readonly bytes?: number;
}

/** The call will be tried again. */
export interface RetryEvent extends EventFacts {
  readonly type: 'retry';
  readonly waitMs: number;
  readonly errorCode: string;
}

/** The call had to wait for its turn: for the rate limit, or the `Retry-After` of another call. */
export interface ThrottledEvent extends EventFacts {
  readonly type: 'throttled';
  readonly waitMs: number;
}

/** The service asked for patience (`Retry-After` of a 429 or 503): no request of the client starts until it is over. */
export interface CooldownEvent extends EventFacts {
  readonly type: 'cooldown';
  /** At most 60 seconds, whatever the service asked for; and then all go on for as long as they stood still. */
  readonly waitMs: number;
}

/** A call has ended: the last of its events, and the only one of a call that ended before it was sent. */
export interface CallEvent extends EventFacts {
  readonly type: 'call';
  /** How many attempts there were: 0 where none was sent. */
  readonly attempt: number;
  /**
   * The code of the error that the caller gets; `aborted` when the caller's signal ended it, `timeout` when that was one of
   * `AbortSignal.timeout`. Absent when it succeeded.
   */
  readonly errorCode?: string;
  /** All of it: the waits before, between and after its attempts too. */
  readonly durationMs: number;
}

/** What the transport does, for logs, metrics or spans. Holds no secret and no personal data. */
export type TransportEvent = RequestEvent | ResponseEvent | RetryEvent | ThrottledEvent | CooldownEvent | CallEvent;

/** What a client speaks to. */
export type ServiceName = TransportEvent['service'];
