import { checkNumber, checkPositive } from '../errors/check-options.js';
import type { Clock } from '../internal/clock.js';

/** How one call is made, whatever it asks. Every public method takes these as its last argument. */
export interface RequestOptions {
  /** Cancels the call while it waits, queues or reads; it rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, body included. @default 30_000 */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for the whole call: every attempt and every wait between them. @default 300_000 */
  readonly deadlineMs?: number | undefined;
  /**
   * How many times a failed attempt may be repeated. `0` turns repeating off.
   *
   * Reads, PUT and DELETE are repeated after network faults and 408, 425, 429, 500, 502, 503 and 504; POST and PATCH only
   * where the server certainly did not act. A `Retry-After` is kept to, up to 60 seconds, and never waited for less than the
   * jittered back-off.
   * @default 3
   */
  readonly maxRetries?: number | undefined;
  /** Extra headers. `authorization` is not among them: the credential is the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** HTTP methods the library sends. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One authenticated request, named by its route and not by its URL. */
export interface TransportRequest extends RequestOptions {
  readonly method: HttpMethod;
  /** Route template below the base URL, such as `/Users/{id}`: the only spelling that reaches errors and events. */
  readonly route: string;
  /** Fills the template. Values are percent-encoded; empty, `.` and `..` are refused. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** In order, repeated keys allowed, encoded with `%20` and `%2B`. */
  readonly query?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Content type of the body. @default 'application/json' */
  readonly contentType?: string | undefined;
  /** Says that sending it twice does no more than sending it once, whatever its method. */
  readonly safeToRepeat?: boolean | undefined;
  /** For a body that was derived here from what was read: the guard goes by the change where it is nothing but that. */
  readonly derivedFrom?: DerivedFrom | undefined;
  /** Statuses that come back as a response instead of an error, besides 2xx: 304, or a redirect followed by hand. */
  readonly acceptStatuses?: readonly number[] | undefined;
}

/** What a body was derived from. Neither may be reached by anyone who could change it. */
export interface DerivedFrom {
  readonly before: Readonly<Record<string, unknown>>;
  readonly operations: readonly unknown[];
}

/** An answer, read whole. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON; `undefined` when it is empty. A 2xx that is not JSON is a `ResponseValidationError`. */
  readonly body: unknown;
  readonly requestId: string | undefined;
}

/** A request to a URL that carries its own permission (a signed URL), sent without the credential. */
export interface SignedDownloadRequest extends RequestOptions {
  /** https URL, or one relative to the base URL, as a `Location` may be. It never reaches an error or an event. */
  readonly url: string;
  /** What to call it in errors and events, such as `/logs/{log_file_id} (storage)`. */
  readonly route: string;
  /** Refuses more bytes than this. */
  readonly maxBytes: number;
  /** Memory to read into, where it is large enough: what comes back is then a view of it. */
  readonly into?: ArrayBuffer | undefined;
}

/** A secret, or a function that brings one (called for each attempt, so that a rotated token is picked up). */
export type Credential = string | (() => string | Promise<string>);

/** Runs a call when its turn has come. Rejects with the signal's reason when aborted while queued. */
export type Throttle = <T>(run: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** What both clients take, set once. A call's own {@link RequestOptions} win over these. */
export interface ClientOptions extends Omit<RequestOptions, 'signal'> {
  /** Replaces the global `fetch`: a proxy, an emulator, a test double. @default the global one, looked up at each call */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The time, and what waits and time limits go by. @default the machine's clock */
  readonly clock?: Clock | undefined;
  /** Gives a number from 0 up to, but not including, 1: for the jitter of waits before a retry. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** At most this many requests start within any interval of this length; `false` for no limit. @default 10 a second for SCIM */
  readonly rateLimit?: { readonly requests: number; readonly intervalMs: number } | false | undefined;
  /** Refuses an answer with more bytes than this, before they fill the memory. Log files have a limit of their own. @default 10 MiB */
  readonly maxResponseBytes?: number | undefined;
  /** Replaces the rate limit: a limiter that several clients or processes share. */
  readonly throttle?: Throttle | undefined;
  /** Told of each request, response, retry and wait. Redacted by construction: route templates, never URLs or bodies. */
  readonly onEvent?: ((event: TransportEvent) => void) | undefined;
  /** Allows `http:` for 127.0.0.1, [::1] and localhost only: for an emulator, never for a real service. */
  readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
  /** Cancels everything the client has under way when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export const clientOptionNames: Readonly<Record<keyof ClientOptions, true>> = {
  timeoutMs: true,
  deadlineMs: true,
  maxRetries: true,
  headers: true,
  fetch: true,
  clock: true,
  random: true,
  rateLimit: true,
  maxResponseBytes: true,
  throttle: true,
  onEvent: true,
  dangerouslyAllowHttpLoopback: true,
  signal: true,
};

/** How a call is limited, every default filled in. */
export interface CallLimits {
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly maxRetries: number;
}

const libraryDefaults: CallLimits = { timeoutMs: 30_000, deadlineMs: 300_000, maxRetries: 3 };

/**
 * Fills in what was not given: the call's own wins over the client's, the client's over the library's.
 *
 * @throws InputError for a limit that is not a positive number, or a count that is not a whole one.
 */
export function resolveOptions(
  given: Pick<RequestOptions, keyof CallLimits>,
  { timeoutMs, deadlineMs, maxRetries }: CallLimits = libraryDefaults,
): CallLimits {
  const resolved = {
    timeoutMs: given.timeoutMs ?? timeoutMs,
    deadlineMs: given.deadlineMs ?? deadlineMs,
    maxRetries: given.maxRetries ?? maxRetries,
  };
  checkPositive('timeoutMs', resolved.timeoutMs);
  checkPositive('deadlineMs', resolved.deadlineMs);
  checkNumber('maxRetries', resolved.maxRetries, 0);
  return resolved;
}

/** What every event of the transport says. */
interface EventFacts {
  /** The service asked. */
  readonly service: 'scim' | 'compliance';
  /** The same for all attempts of one call, unique within the client. */
  readonly callId: number;
  /** HTTP method. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`: no ids, no filter. */
  readonly route: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** An attempt leaves. */
export interface RequestEvent extends EventFacts {
  readonly type: 'request';
}

/** An attempt was answered, or failed without an answer. */
export interface ResponseEvent extends EventFacts {
  readonly type: 'response';
  /** Absent when no answer came. */
  readonly status?: number;
  /** The error's code, when the attempt failed; `aborted` when the caller's signal ended it. */
  readonly errorCode?: string;
  /** From when the attempt left to the end of the answer's body. */
  readonly durationMs: number;
  /** The server's own id of the exchange, where it gives one. */
  readonly requestId?: string;
  /** Bytes of the answer's body. */
  readonly bytes?: number;
}

/** The call will be tried again. */
export interface RetryEvent extends EventFacts {
  readonly type: 'retry';
  /** How long it waits before that. */
  readonly waitMs: number;
  /** The code of the error that the attempt ended in. */
  readonly errorCode: string;
}

/**
 * The call had to wait for its turn, which has now come: the rate limit, or a `Retry-After` that another call was given.
 * How long the server was silent is not part of it.
 */
export interface ThrottledEvent extends EventFacts {
  readonly type: 'throttled';
  /** How long it waited. */
  readonly waitMs: number;
}

/** What the transport does, as it does it. Enough for logs, metrics or spans; holds no secret and no personal data. */
export type TransportEvent = RequestEvent | ResponseEvent | RetryEvent | ThrottledEvent;
