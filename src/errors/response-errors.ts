import {
  type ConnectionErrorCode,
  type IncompleteListErrorCode,
  type ResponseErrorCode,
  SdkError,
  type SdkErrorOptions,
} from './sdk-error.js';

/** Whether the server can have acted on a request without an answer: `not_sent` can be repeated without acting twice. */
export type RequestDelivery = 'not_sent' | 'unknown';

export interface ConnectionErrorFacts extends SdkErrorOptions, Pick<ConnectionError, 'delivery' | 'attempts'> {
  readonly method?: string | undefined;
  readonly route?: string | undefined;
  readonly reason?: string | undefined;
  /** @default true for network_error, timeout and response_cut */
  readonly retryable?: boolean | undefined;
}

/** No usable answer: the network failed, time ran out, the answer was cut or too large, or the connection was closed. */
export class ConnectionError extends SdkError<ConnectionErrorCode> {
  override readonly name = 'ConnectionError';
  /** HTTP method. Absent where the connection was closed, like `route`. */
  declare readonly method?: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. */
  declare readonly route?: string;
  /** `not_sent` where the connection was refused: repeating cannot act twice. */
  readonly delivery: RequestDelivery;
  readonly attempts: number;
  /** Whether the same request can succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** The runtime's own code, such as `ECONNREFUSED`. */
  declare readonly reason?: string;

  /** @hidden */
  constructor(code: ConnectionErrorCode, message: string, facts: ConnectionErrorFacts) {
    super(code, message, facts);
    if (facts.method !== undefined) this.method = facts.method;
    if (facts.route !== undefined) this.route = facts.route;
    this.delivery = facts.delivery;
    this.attempts = facts.attempts;
    this.retryable = facts.retryable ?? !['response_too_large', 'insecure_url', 'host_not_allowed'].includes(code);
    if (facts.reason !== undefined) this.reason = facts.reason;
  }
}

/** @internal */
export function connectionClosed(): ConnectionError {
  const message = 'The connection was closed, which cancelled everything it had under way.';
  const remedy = 'Open a new connection, or close this one only when the work is done.';
  const facts = { delivery: 'unknown', attempts: 0, retryable: false, remedy } as const;
  return new ConnectionError('connection_closed', message, facts);
}

/** Facts about an answer that says no. Allow-listed: nothing else of the exchange is kept. */
export interface ResponseErrorFacts
  extends SdkErrorOptions,
    Pick<ResponseError, 'method' | 'route' | 'status' | 'attempts' | 'retryable'> {
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Masked. */
  readonly serverMessage?: string | undefined;
  readonly serverCode?: string | undefined;
  readonly body?: string | undefined;
}

/** The server answered with an error. {@link ScimError} is that of a SCIM server. */
export class ResponseError extends SdkError<ResponseErrorCode> {
  override readonly name: 'ResponseError' | 'ScimError' = 'ResponseError';
  readonly method: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. */
  readonly route: string;
  readonly status: number;
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
   * What the server said, on one line, with addresses, quoted values, secrets and what the call sent masked. It may still
   * name a person: it is never printed, inspected or serialised with the error.
   */
  serverMessage(): string | undefined {
    return this.#serverMessage;
  }

  /** The answer's body as it came, cut at 64 KiB. It may hold personal data: it is never printed with the error. */
  body(): string | undefined {
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

/** A success in the wrong shape: an HTML page, a list without rows, a resource without an id. */
export class ResponseValidationError extends SdkError<'invalid_response'> {
  override readonly name = 'ResponseValidationError';
  readonly method: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. */
  readonly route: string;
  readonly status: number;
  /** What does not fit, each with its place in the answer. */
  readonly issues: readonly ResponseIssue[];
  /** Whether asking again may bring the right answer: something on the way answered in place of the service. */
  readonly retryable: boolean;
  /** The status that the body gives, where it is an error that was sent as a success: 503 in an answer of 200. */
  declare readonly innerStatus?: number;

  /** @hidden */
  constructor(
    message: string,
    facts: SdkErrorOptions &
      Pick<ResponseValidationError, 'method' | 'route' | 'status' | 'issues'> & {
        /** @default false */
        readonly retryable?: boolean | undefined;
        readonly innerStatus?: number | undefined;
      },
  ) {
    super('invalid_response', message, facts);
    this.method = facts.method;
    this.route = facts.route;
    this.status = facts.status;
    this.issues = facts.issues;
    this.retryable = facts.retryable ?? false;
    if (facts.innerStatus !== undefined) this.innerStatus = facts.innerStatus;
  }
}

/** Why a list is not known to be complete. */
export type IncompleteListReason =
  /** The list ended before the total that the server reports. */
  | 'rows_missing'
  /** The server kept repeating rows. */
  | 'stalled'
  /** Rows vanished or moved faster than the pages could be read. */
  | 'changed'
  /** A row has no id: it was not delivered, and the others were. */
  | 'row_without_id'
  | 'cursor_expired'
  | 'page_limit'
  /** There is more, and neither the cursor nor a smaller range leads to it. */
  | 'cursor_stuck'
  /** There is more, and no cursor that leads to it. */
  | 'cursor_missing'
  /** There is more, and its cursor is one that was followed before. */
  | 'cursor_repeated'
  /** There is more, by a page that holds nothing. */
  | 'page_empty'
  /** A row was there before. */
  | 'row_repeated'
  /** Two rows have one id and say different things. */
  | 'row_contradicts'
  /** The cursor is not that of the last row: rows between the two would be skipped, or come again. */
  | 'cursor_elsewhere'
  /** What is said of the end contradicts itself, or nothing is: there may be more. */
  | 'end_unclear'
  /** What the list showed once was absent when that range was read again. */
  | 'row_vanished'
  /** By what the server says, more items share one time than fit on a page, so that no cursor reaches all of them. */
  | 'tie_larger_than_page';

const whatHappened: Record<IncompleteListReason, string> = {
  rows_missing: 'the list ended early',
  stalled: 'the server repeated itself',
  changed: 'the list changed while it was read',
  row_without_id: 'a row has no id',
  cursor_expired: 'its cursors expire too soon',
  page_limit: '`maxPages` was reached',
  cursor_stuck: 'The server says that there is more, and neither its cursor nor a smaller range leads to it.',
  cursor_missing: 'The server says that there is more, and gives no cursor that leads to it.',
  cursor_repeated: 'The server says that there is more, and gives a cursor that was followed before.',
  page_empty: 'The server says that there is more, on a page that holds nothing.',
  row_repeated: 'The server gave a row again that it had given before.',
  row_contradicts: 'The server gave two rows with one id that say different things.',
  cursor_elsewhere: 'The cursor of a page is not that of its last row: some rows may be left out.',
  end_unclear: 'What the server says does not show where the list ends.',
  row_vanished: 'What it showed once was absent when that range was read again.',
  tie_larger_than_page:
    'The server says that more items share one time than it puts on a page, so no cursor reaches all of them.',
};

const remedyForIncomplete = 'Read it again later. Until then, do not deactivate or delete anyone for not being on it.';
const remedyForLoop =
  'Read it again later; if this happens again, report it to OpenAI. Until then, do not take for gone what is missing from it.';
const remedyForStuck =
  'Everything before was delivered. Resume from the last checkpoint later; if this happens again, report it to OpenAI.';

/** A list is incomplete, or may be. Every item read was delivered. Do not take what is missing from it for gone. */
export class IncompleteListError extends SdkError<IncompleteListErrorCode> {
  override readonly name = 'IncompleteListError';
  readonly reason: IncompleteListReason;
  /** How many different items were delivered. */
  readonly received: number;
  /** How many there are, where the server says so. */
  declare readonly totalResults?: number;
  readonly requests: number;
  /** HTTP method, with `pagination_stuck` only, like `route` and `cursor`. */
  declare readonly method?: string;
  /** Route template, such as `/compliance/workspaces/{workspace_id}/logs`. */
  declare readonly route?: string;
  /** The cursor that led no further, where it is a point in time: others may hold an id. */
  declare readonly cursor?: string;

  /** @hidden */
  constructor(
    reason: IncompleteListReason,
    facts: Pick<IncompleteListError, 'received' | 'requests'> & {
      readonly totalResults?: number | undefined;
      /** The first row without an id, among those that were new on its page: both count from 1. */
      readonly invalid?: { readonly row: number; readonly page: number } | undefined;
      /** Of a list that was not read to its end. */
      readonly stuckAt?: { readonly method: string; readonly route: string; readonly cursor?: string } | undefined;
    },
  ) {
    const { received, totalResults, requests, stuckAt, invalid } = facts;
    const where = invalid === undefined ? '' : ` (row ${invalid.row} of page ${invalid.page})`;
    const of = totalResults === undefined ? '' : ` of ${totalResults}`;
    super(
      stuckAt === undefined ? 'incomplete_list' : 'pagination_stuck',
      stuckAt === undefined
        ? `Read ${received}${of} items: ${whatHappened[reason]}${where}.`
        : `${stuckAt.method} ${stuckAt.route} was not read to its end. ${whatHappened[reason]}`,
      {
        remedy:
          stuckAt === undefined ? remedyForIncomplete : stuckAt.cursor === undefined ? remedyForLoop : remedyForStuck,
      },
    );
    this.reason = reason;
    this.received = received;
    if (totalResults !== undefined) this.totalResults = totalResults;
    this.requests = requests;
    Object.assign(this, stuckAt);
  }
}
