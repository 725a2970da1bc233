import { SdkError } from './sdk-error.js';

/** Why a list cannot be said to be complete. */
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
  | 'page_limit';

const whatHappened: Record<IncompleteListReason, string> = {
  rows_missing: 'the list ended early',
  stalled: 'the server repeats itself',
  changed: 'the list changed meanwhile',
  cursor_expired: 'cursors expire too soon',
  page_limit: '`maxPages` was reached',
};

/**
 * A list was read to the end, and what was read is not, or may not be, all of it. Every item read was delivered. Do not
 * take what is missing from such a list for gone.
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
export class IncompleteListError extends SdkError<'incomplete_list'> {
  override readonly name = 'IncompleteListError';
  /** Why it cannot be said to be complete. */
  readonly reason: IncompleteListReason;
  /** Different items delivered. */
  readonly received: number;
  /** What the server says there are, where it says so. */
  declare readonly totalResults?: number;
  /** Requests made. */
  readonly requests: number;

  /** @hidden */
  constructor(
    reason: IncompleteListReason,
    facts: { readonly received: number; readonly totalResults?: number | undefined; readonly requests: number },
  ) {
    const of = facts.totalResults === undefined ? '' : ` of ${facts.totalResults}`;
    super('incomplete_list', `Read ${facts.received}${of} items: ${whatHappened[reason]}.`, {
      remedy: 'Read it again later. Until then do not deactivate or delete what is missing from it.',
    });
    this.reason = reason;
    this.received = facts.received;
    if (facts.totalResults !== undefined) this.totalResults = facts.totalResults;
    this.requests = facts.requests;
  }
}
