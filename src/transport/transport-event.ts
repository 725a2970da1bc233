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
