import type { AuditLogPrincipal } from '../../audit-logs/principal.js';
import type { FormFieldName } from '../config/form-fields.js';
import type { CheckCode } from './check-code.js';

/** How a connection is checked. */
export interface CheckOptions {
  /** Milliseconds for the whole check. What has not answered by then is reported as such. @default 20_000 */
  readonly deadlineMs?: number | undefined;
  /** Event types to ask for in each workspace. @default AUTH_LOG, AUDIT_LOG and CONVERSATION_MESSAGE */
  readonly eventTypes?: readonly string[] | undefined;
  /**
   * `userName` of an existing user by whom writing is tried: one of the user's values is replaced by itself. Nothing is
   * created, and nothing is tried without Provisioning. Without a probe user the check writes nothing at all.
   */
  readonly probeUser?: string | undefined;
  /** Cancels the check; it rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
}

/** `unknown`: it was not possible to tell. `off`: the form does not ask for it. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'unknown' | 'off';

/** What was found out about one of the two secrets. */
export interface CredentialVerdict {
  readonly credential: 'scim_token' | 'compliance_api_key';
  /** What it starts like. Only the service knows for sure. */
  readonly looksLike: 'scim_token' | 'admin_key' | 'project_key' | 'openai_key' | 'unknown';
  /** Whether the service answered at all. */
  readonly reachable: Verdict;
  /** Whether the service accepted the secret. */
  readonly authenticated: Verdict;
  /** Milliseconds of the slowest answer. */
  readonly latencyMs?: number;
}

/** Whether the connection may do something. */
export interface PermissionVerdict {
  readonly permission: 'read_users' | 'read_groups' | 'provisioning' | 'deprovisioning' | 'read_logs' | 'read_members';
  readonly verdict: Verdict;
  /** The scope that OpenAI gives it by, where it has one. */
  readonly scope?: string;
}

/** Whether the events of one type can be read. */
export interface EventTypeVerdict {
  readonly eventType: string;
  readonly verdict: Verdict;
  /** Time of the newest event as the service spells it; null when there is none; absent when the service did not say. */
  readonly newestEventAt?: string | null;
  /** How long ago that was, in milliseconds. */
  readonly lagMs?: number;
}

/** What was found out about one workspace, or about the organization. */
export interface WorkspaceVerdict {
  readonly principal: AuditLogPrincipal;
  /** Whether the service knows it and lets this key see it. */
  readonly known: Verdict;
  /** Whether the list of its people can be read. */
  readonly members: Verdict;
  readonly logs: readonly EventTypeVerdict[];
}

/** What a finding rests on. Holds no secret, no personal data and no URL. */
export interface CheckEvidence {
  readonly method?: string;
  /** Route template. */
  readonly route?: string;
  readonly status?: number;
  /** The runtime's own code where no answer came, such as `ENOTFOUND`. */
  readonly reason?: string;
  /** The server's own word for the failure. What it said besides may name people. */
  readonly serverCode?: string;
  /** To quote in a support request. */
  readonly requestId?: string;
  /** The server's clock minus this machine's, in milliseconds. */
  readonly skewMs?: number;
  readonly durationMs?: number;
}

/** Something an administrator should know, and what to do about it. */
export interface CheckFinding {
  readonly code: CheckCode;
  readonly severity: 'error' | 'warning' | 'info';
  readonly service?: 'scim' | 'compliance';
  /** The field of the form it is about. */
  readonly field?: FormFieldName;
  /** The workspaces and organizations it is about, where it is not about all. */
  readonly principals?: readonly AuditLogPrincipal[];
  /** The event types it is about, where it is not about all. */
  readonly eventTypes?: readonly string[];
  readonly message: string;
  /** One or two sentences to follow in ChatGPT's own menus. */
  readonly remedy: string;
  readonly link?: string;
  readonly evidence: CheckEvidence;
}

/** What a check found, as plain data. */
export interface CheckReport {
  /** `failed` with any error, `warning` with any warning. */
  readonly verdict: 'ok' | 'warning' | 'failed';
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly credentials: readonly CredentialVerdict[];
  readonly permissions: readonly PermissionVerdict[];
  readonly workspaces: readonly WorkspaceVerdict[];
  /** Errors first. */
  readonly findings: readonly CheckFinding[];
}
