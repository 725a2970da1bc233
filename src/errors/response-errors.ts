import {
  type ConnectionErrorCode,
  type IncompleteListErrorCode,
  type ResponseErrorCode,
  SdkError,
} from './sdk-error.js';

/** Whether the server can have acted on a request that got no answer. */
export type RequestDelivery =
  /** The request did not leave: repeating it cannot act twice. */
  | 'not_sent'
  /** It left, or may have: the server may have acted on it. */
  | 'unknown';

/** Facts about a request that got no answer. */
export interface ConnectionErrorFacts {
  readonly method?: string | undefined;
  readonly route?: string | undefined;
  readonly delivery: RequestDelivery;
  readonly attempts: number;
  readonly reason?: string | undefined;
  /** @default true for network_error, timeout and response_cut */
  readonly retryable?: boolean | undefined;
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

/**
 * No usable answer came back: the network failed, time ran out, the answer was cut or too large, or the caller closed the
 * connection.
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
  /** HTTP method, such as `GET`. Missing where the connection was closed. */
  declare readonly method?: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. Missing like `method`. */
  declare readonly route?: string;
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
    if (facts.method !== undefined) this.method = facts.method;
    if (facts.route !== undefined) this.route = facts.route;
    this.delivery = facts.delivery;
    this.attempts = facts.attempts;
    this.retryable = facts.retryable ?? !(code === 'response_too_large' || code === 'insecure_url');
    if (facts.reason !== undefined) this.reason = facts.reason;
  }
}

/** @internal The error of whatever a connection that was closed had under way. */
export function connectionClosed(): ConnectionError {
  return new ConnectionError(
    'connection_closed',
    'The connection was closed, which cancelled everything it had under way.',
    {
      delivery: 'unknown',
      attempts: 0,
      retryable: false,
      remedy: 'Open a new connection, or close this one only when the work is done.',
    },
  );
}

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

/** One thing about an answer that does not fit the protocol. */
export interface ResponseIssue {
  /** Where in the answer, such as `['Resources', 3, 'id']`. */
  readonly path: readonly (string | number)[];
  /** What was expected there. Never quotes the answer. */
  readonly message: string;
}

/**
 * The server answered yes, but not in the agreed shape: an HTML page, a list without rows, a resource without an id.
 */
export class ResponseValidationError extends SdkError<'invalid_response'> {
  override readonly name = 'ResponseValidationError';
  /** HTTP method, such as `GET`. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. */
  readonly route: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** What does not fit, each with its place in the answer. */
  readonly issues: readonly ResponseIssue[];

  /** @hidden */
  constructor(
    message: string,
    facts: {
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly issues: readonly ResponseIssue[];
      readonly remedy?: string | undefined;
      readonly cause?: unknown;
    },
  ) {
    super('invalid_response', message, facts);
    this.method = facts.method;
    this.route = facts.route;
    this.status = facts.status;
    this.issues = facts.issues;
  }
}

/** Why a list is not known to be complete. */
export type IncompleteListReason =
  /** The server ended the list before the total it reports. */
  | 'rows_missing'
  /** The server went on sending rows it had sent before. */
  | 'stalled'
  /** Rows went away or moved faster than the pages could be read. */
  | 'changed'
  /** The server's cursors expired again and again. */
  | 'cursor_expired'
  /** The bound on requests was reached. */
  | 'page_limit'
  /** There is more, and the server gives no way on: an empty page, no cursor, or one that does not advance. */
  | 'cursor_stuck'
  /** More items share one time than fit on a page, so that no cursor reaches all of them. */
  | 'tie_larger_than_page';

const whatHappened: Record<IncompleteListReason, string> = {
  rows_missing: 'the list ended early',
  stalled: 'the server repeated itself',
  changed: 'the list changed while it was read',
  cursor_expired: 'its cursors expire too soon',
  page_limit: '`maxPages` was reached',
  cursor_stuck: 'The server says that there is more, but its cursor does not advance.',
  tie_larger_than_page: 'More items share one time than fit on a page, so no cursor reaches all of them.',
};

/**
 * What was read of a list is not, or may not be, all of it. Every item read was delivered. Do not take what is missing from
 * such a list for gone.
 *
 * @example
 * ```ts
 * import { IncompleteListError, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
 * try {
 *   for await (const user of client.users.iterate()) console.log(user.userName);
 * } catch (error) {
 *   if (!(error instanceof IncompleteListError)) throw error;
 *   console.error(`${error.received} of ${error.totalResults ?? '?'}: ${error.reason}`);
 * }
 * ```
 */
export class IncompleteListError extends SdkError<IncompleteListErrorCode> {
  override readonly name = 'IncompleteListError';
  /** Why it is not known to be complete. */
  readonly reason: IncompleteListReason;
  /** Different items delivered. */
  readonly received: number;
  /** What the server says there are, where it says so. */
  declare readonly totalResults?: number;
  /** Requests made. */
  readonly requests: number;
  /** HTTP method of a list that was not read to its end. */
  declare readonly method?: string;
  /** Route template of a list that was not read to its end, such as `/compliance/workspaces/{workspace_id}/logs`. */
  declare readonly route?: string;
  /** The cursor that led no further: a point in time. */
  declare readonly cursor?: string;

  /** @hidden */
  constructor(
    reason: IncompleteListReason,
    facts: {
      readonly received: number;
      readonly totalResults?: number | undefined;
      readonly requests: number;
      /** Of a list that was not read to its end. */
      readonly stuckAt?: { readonly method: string; readonly route: string; readonly cursor: string } | undefined;
    },
  ) {
    const { received, totalResults, requests, stuckAt } = facts;
    const of = totalResults === undefined ? '' : ` of ${totalResults}`;
    super(
      stuckAt === undefined ? 'incomplete_list' : 'pagination_stuck',
      stuckAt === undefined
        ? `Read ${received}${of} items: ${whatHappened[reason]}.`
        : `${stuckAt.method} ${stuckAt.route} was not read to its end. ${whatHappened[reason]}`,
      {
        remedy:
          stuckAt === undefined
            ? 'Read it again later. Until then, do not deactivate or delete anyone for not being on it.'
            : 'Everything before was delivered. Resume from the last checkpoint later; if this happens again, report it to OpenAI.',
      },
    );
    this.reason = reason;
    this.received = received;
    if (totalResults !== undefined) this.totalResults = totalResults;
    this.requests = requests;
    Object.assign(this, stuckAt);
  }
}
