import { SdkError } from './sdk-error.js';

/** A stretch of time whose files are gone. */
export interface RetentionRange {
  /** The type of event, such as `AUTH_LOG`. */
  readonly eventType: string;
  /** The last time up to which everything was delivered, as ISO 8601. */
  readonly from: string;
  /** Files that ended before this are gone. */
  readonly to: string;
}

/** The same, with whose files they were. */
export interface PrincipalRetentionRange extends RetentionRange {
  /** The workspace or the organization. */
  readonly principal: { readonly type: 'workspace' | 'organization'; readonly id: string };
}

/**
 * Files that should be read are older than the service keeps them (30 days). Nothing was requested.
 *
 * @example
 * ```ts
 * import { AuditLogClient, RetentionGapError } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * try {
 *   const events = client.events({ eventTypes: ['AUTH_LOG'], after: '2026-01-01T00:00:00Z' });
 *   for await (const event of events) console.log(event.event_id);
 * } catch (error) {
 *   if (!(error instanceof RetentionGapError)) throw error;
 *   for (const { eventType, from, to } of error.ranges) console.error(`${eventType}: gone from ${from} to ${to}`);
 * }
 * ```
 */
export class RetentionGapError extends SdkError<'retention_gap'> {
  override readonly name = 'RetentionGapError';
  /** What is gone, by event type. */
  readonly ranges: readonly RetentionRange[];
  // Private: it holds the ids of workspaces, which a printed error must not.
  readonly #gaps: readonly PrincipalRetentionRange[];

  /** @hidden */
  constructor(gaps: readonly PrincipalRetentionRange[]) {
    const [first] = gaps;
    const more = gaps.length > 1 ? ` and ${gaps.length - 1} more` : '';
    const what = first === undefined ? '' : ` ${first.eventType} from ${first.from} to ${first.to}${more}.`;
    super('retention_gap', `Log files are kept for 30 days, and some that should be read are gone:${what}`, {
      remedy:
        'Note the range as lost, then go on with what is left by `onRetentionGap`. Read more often than every 30 days.',
    });
    this.ranges = gaps.map(({ eventType, from, to }) => ({ eventType, from, to }));
    this.#gaps = gaps;
  }

  /** The same with the workspace or the organization of each. It is never printed with the error. */
  get gaps(): readonly PrincipalRetentionRange[] {
    return this.#gaps;
  }
}
