import { SdkError } from './sdk-error.js';

/** Why a list cannot be read further. */
export type PaginationErrorReason =
  /** There is more, and the server gives no way on: an empty page, no cursor, or one that does not advance. */
  | 'cursor_stuck'
  /** More items share one time than fit on a page, so that no cursor reaches all of them. */
  | 'tie_larger_than_page';

const whatHappened: Record<PaginationErrorReason, string> = {
  cursor_stuck: 'The server says that there is more, but its cursor does not advance.',
  tie_larger_than_page: 'More items share one time than fit on a page: no cursor reaches all of them.',
};

/**
 * A list was not read to its end, because going on would repeat forever or leave something out.
 *
 * @example
 * ```ts
 * import { AuditLogClient, PaginationError } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * try {
 *   for await (const file of client.files({ eventTypes: ['AUTH_LOG'] })) console.log(file.id);
 * } catch (error) {
 *   if (!(error instanceof PaginationError)) throw error;
 *   console.error(error.reason, error.cursor, error.remedy);
 * }
 * ```
 */
export class PaginationError extends SdkError<'pagination_stuck'> {
  override readonly name = 'PaginationError';
  /** Why it cannot be read further. */
  readonly reason: PaginationErrorReason;
  /** HTTP method of the list. */
  readonly method: string;
  /** Route template, such as `/compliance/workspaces/{workspace_id}/logs`. */
  readonly route: string;
  /** The cursor that led here: a point in time. */
  readonly cursor: string;

  /** @hidden */
  constructor(
    reason: PaginationErrorReason,
    facts: { readonly method: string; readonly route: string; readonly cursor: string },
  ) {
    super('pagination_stuck', `${facts.method} ${facts.route} was not read to its end. ${whatHappened[reason]}`, {
      remedy:
        'Everything before was delivered. Go on from the last checkpoint later; if it stays, report it to OpenAI.',
    });
    this.reason = reason;
    this.method = facts.method;
    this.route = facts.route;
    this.cursor = facts.cursor;
  }
}
