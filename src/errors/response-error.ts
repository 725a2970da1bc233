import { SdkError } from './sdk-error.js';

/** What the server's status means to the caller. */
export type ResponseErrorCode =
  /** The request was not understood, or something in it was not allowed (400). */
  | 'bad_request'
  /** The credential was not accepted (401). */
  | 'unauthorized'
  /** The credential is valid and may not do this (403). */
  | 'forbidden'
  /** There is no such thing, or the credential may not know of it (404). */
  | 'not_found'
  /** The server does not take this method here (405). */
  | 'method_not_allowed'
  /** It does not fit with what the server holds (409). */
  | 'conflict'
  /** Another resource holds one of the values: `scimType` is `uniqueness`, whatever the status. */
  | 'uniqueness'
  /** It was there, and is gone for good (410). */
  | 'gone'
  /** The resource was changed since it was read (412). */
  | 'precondition_failed'
  /** What was sent is larger than the server takes (413). */
  | 'payload_too_large'
  /** The request was understood, and its values were refused (422). */
  | 'unprocessable'
  /** The server wants `ifMatch` (428). */
  | 'precondition_required'
  /** Too many requests (429); `retryAfterMs` says how long to wait, where the server said it. */
  | 'rate_limited'
  /** The server failed (500 to 599, but for 501). */
  | 'server_error'
  /** The server does not offer that (501). */
  | 'not_implemented'
  /** A redirect, which is not followed with the credential. */
  | 'unexpected_redirect'
  /** Any other status. */
  | 'unexpected_status';

/** Facts about an answer that says no. Allow-listed: nothing else of the exchange is kept. */
export interface ResponseErrorFacts {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly attempts: number;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly retryable: boolean;
  /** What the server said, with addresses, quoted values and anything like a secret masked. May still name a person. */
  readonly serverMessage?: string | undefined;
  /** The server's own word for the failure, such as `invalid_api_key` or `scim_managed_resource`: one word, no prose. */
  readonly serverCode?: string | undefined;
  /** The answer's body as text, as it came, at most 64 KiB. May hold personal data. */
  readonly body?: string | undefined;
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The server answered, and the answer is no. {@link ScimError} is the one of a SCIM server.
 *
 * @example
 * ```ts
 * import { AuditLogClient, ResponseError } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * try {
 *   await client.maxEventTime({ eventTypes: ['AUTH_LOG'] });
 * } catch (error) {
 *   if (!(error instanceof ResponseError)) throw error;
 *   if (error.code === 'unauthorized') console.error('The key was not accepted.', error.remedy);
 *   else console.error(error.status, error.serverCode, error.requestId);
 * }
 * ```
 */
export class ResponseError extends SdkError<ResponseErrorCode> {
  override readonly name: 'ResponseError' | 'ScimError' = 'ResponseError';
  /** HTTP method, such as `GET`. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. */
  readonly route: string;
  /** HTTP status of the answer. `code` says what it means. */
  readonly status: number;
  /** How many times the request was tried. */
  readonly attempts: number;
  /** Whether the same request can succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** The server's own id of the exchange, to quote in a support request. */
  declare readonly requestId?: string;
  /** How long the server asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /** The server's own word for the failure, such as `invalid_api_key` or `scim_managed_resource`. */
  declare readonly serverCode?: string;
  // Private, so that neither `util.inspect` with `showHidden` nor a JSON of the error can reach them.
  readonly #serverMessage: string | undefined;
  readonly #body: string | undefined;

  /** @hidden */
  constructor(code: ResponseErrorCode, message: string, facts: ResponseErrorFacts) {
    super(code, message, facts);
    this.method = facts.method;
    this.route = facts.route;
    this.status = facts.status;
    this.attempts = facts.attempts;
    this.retryable = facts.retryable;
    if (facts.requestId !== undefined) this.requestId = facts.requestId;
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs;
    if (facts.serverCode !== undefined) this.serverCode = facts.serverCode;
    this.#serverMessage = facts.serverMessage;
    this.#body = facts.body;
  }

  /**
   * What the server said, on one line, without addresses, quoted values, secrets and what the call sent. It may still name
   * a person in words nobody can foresee: it is never printed, inspected or serialised with the error.
   */
  get serverMessage(): string | undefined {
    return this.#serverMessage;
  }

  /**
   * The answer's body as the server sent it, cut at 64 KiB. It may hold personal data: it is never printed, inspected
   * or serialised with the error, so read it only where you mean to.
   */
  get body(): string | undefined {
    return this.#body;
  }
}
