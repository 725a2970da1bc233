import { SdkError } from './sdk-error.js';

/** Why no answer came back. */
export type ConnectionErrorCode = 'network_error' | 'timeout' | 'response_too_large' | 'insecure_url' | 'response_cut';

/** Whether the server can have acted on a request that got no answer. */
export type RequestDelivery = 'not_sent' | 'unknown';

/** Facts about a request that got no answer. */
export interface ConnectionErrorFacts {
  /** HTTP method. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. */
  readonly route: string;
  /** `not_sent` when the connection was refused, so that repeating cannot act twice. */
  readonly delivery: RequestDelivery;
  /** How many times the request was tried. */
  readonly attempts: number;
  /** The runtime's own code, such as `ECONNREFUSED`, where it gives one. */
  readonly reason?: string | undefined;
  /** Whether the same request can succeed later without anyone changing anything. @default true for network_error, timeout and response_cut */
  readonly retryable?: boolean | undefined;
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

/** No usable answer came back: the network failed, time ran out, or the answer was cut or too large. */
export class ConnectionError extends SdkError<ConnectionErrorCode> {
  override readonly name = 'ConnectionError';
  readonly method: string;
  readonly route: string;
  readonly delivery: RequestDelivery;
  readonly attempts: number;
  /** Whether the same request can succeed later without anyone changing anything. */
  readonly retryable: boolean;
  declare readonly reason?: string;

  /** @hidden */
  constructor(code: ConnectionErrorCode, message: string, facts: ConnectionErrorFacts) {
    super(code, message, facts);
    this.method = facts.method;
    this.route = facts.route;
    this.delivery = facts.delivery;
    this.attempts = facts.attempts;
    this.retryable = facts.retryable ?? !(code === 'response_too_large' || code === 'insecure_url');
    if (facts.reason !== undefined) this.reason = facts.reason;
  }
}
