import { SdkError } from './sdk-error.js';

/** What the server's status means to the caller. */
export type ResponseErrorCode =
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'uniqueness'
  | 'gone'
  | 'precondition_failed'
  | 'payload_too_large'
  | 'unprocessable'
  | 'precondition_required'
  | 'rate_limited'
  | 'server_error'
  | 'not_implemented'
  | 'unexpected_redirect'
  | 'unexpected_status';

/** Facts about an answer that says no. Allow-listed: nothing else of the exchange is kept. */
export interface ResponseErrorFacts {
  readonly method: string;
  /** Route template, such as `/Users/{id}`. */
  readonly route: string;
  readonly status: number;
  readonly attempts: number;
  /** The server's own id of the exchange, to quote in a support request. */
  readonly requestId?: string | undefined;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Whether the same request can succeed later without anyone changing anything. */
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

/** The server answered, and the answer is no. */
export class ResponseError extends SdkError<ResponseErrorCode> {
  override readonly name: 'ResponseError' | 'ScimError' = 'ResponseError';
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly attempts: number;
  readonly retryable: boolean;
  declare readonly requestId?: string;
  declare readonly retryAfterMs?: number;
  /** The server's own word for the failure, such as `invalid_api_key` or `scim_managed_resource`. */
  declare readonly serverCode?: string;
  // Private, so that neither `util.inspect` with `showHidden` nor a JSON of the error can reach them.
  readonly #serverMessage: string | undefined;
  readonly #body: string | undefined;

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
