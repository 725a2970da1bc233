import { SdkError } from './sdk-error.js';

/** Why no answer came back. */
export type ConnectionErrorCode =
  /** The network failed before an answer: no such host, refused, reset. `reason` has the runtime's own code. */
  | 'network_error'
  /** `timeoutMs` or `deadlineMs` ran out. */
  | 'timeout'
  /** The answer is larger than is read. */
  | 'response_too_large'
  /** The address to download from is not https: nothing is fetched from there. */
  | 'insecure_url'
  /** The connection ended in the middle of the answer. */
  | 'response_cut';

/** Whether the server can have acted on a request that got no answer. */
export type RequestDelivery =
  /** The request did not leave: repeating it cannot act twice. */
  | 'not_sent'
  /** It left, or may have: the server may have acted on it. */
  | 'unknown';

/** Facts about a request that got no answer. */
export interface ConnectionErrorFacts {
  readonly method: string;
  readonly route: string;
  readonly delivery: RequestDelivery;
  readonly attempts: number;
  readonly reason?: string | undefined;
  /** @default true for network_error, timeout and response_cut */
  readonly retryable?: boolean | undefined;
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

/**
 * No usable answer came back: the network failed, time ran out, or the answer was cut or too large.
 *
 * @example
 * ```ts
 * import { ConnectionError, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
 * try {
 *   await client.users.list();
 * } catch (error) {
 *   if (!(error instanceof ConnectionError)) throw error;
 *   console.error(error.code, error.reason, error.retryable ? 'Later it may work.' : error.remedy);
 * }
 * ```
 */
export class ConnectionError extends SdkError<ConnectionErrorCode> {
  override readonly name = 'ConnectionError';
  /** HTTP method, such as `GET`. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. */
  readonly route: string;
  /** `not_sent` when the connection was refused, so that repeating cannot act twice. */
  readonly delivery: RequestDelivery;
  /** How many times the request was tried. */
  readonly attempts: number;
  /** Whether the same request can succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** The runtime's own code, such as `ECONNREFUSED`, where it gives one. */
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
