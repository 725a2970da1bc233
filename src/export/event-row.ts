import type { AuditLogPrincipal } from '../transport/principal.js';

/** One event as a sink takes it. */
export interface EventRow {
  /**
   * Its `event_id`, or the `id` of an event of the API Platform: one row is kept for each. A record without one has whose it is, the id of its file and where it
   * begins in it: `workspace:<id>/<file>#<byte>`; of the API Platform, which has no files, its second and a hash of its bytes.
   */
  readonly eventId: string;
  /** Its `type`, such as `AUTH_LOG`; of a record that says none, that of its file; of the API Platform `PLATFORM_AUDIT_LOG` or `PLATFORM_TENANT_LOG`. */
  readonly eventType: string;
  /** When it happened, as the service spelled it, or made of its seconds (`effective_at`); absent where that is no date-time. */
  readonly timestamp: string | undefined;
  /** Whose log it stands in. */
  readonly principal: AuditLogPrincipal;
  /** Who did it: `actor.user_id`, or of an agent whom it acted for; of the API Platform who was signed in, or whose key it was; where the event says. */
  readonly userId: string | undefined;
  /** What was done, where the event says: `action`, or `action_data.action`; of the API Platform its `type`, such as `invite.sent`. */
  readonly action: string | undefined;
  /** The log file; of the API Platform the first event of the stretch that it was read with. */
  readonly fileId: string;
  /** The line in it, from 1. */
  readonly line: number;
  /** The record as the service wrote it, without the end of its line. Made when it is first read: do so before `write` resolves. */
  readonly raw: string;
  /** The same in bytes: a view that is good until `write` has resolved. */
  readonly bytes: Uint8Array;
}
