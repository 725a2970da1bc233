import type { AuditLogPrincipal } from '../../audit-logs/principal.js';
import type { ConfigIssueCode } from '../../errors/input-errors.js';
import type { FormFieldName } from '../form.js';

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
  /** Which of the two. */
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
  /** What is to be done: the reads that every connection makes, and the two checkboxes. */
  readonly permission: 'read_users' | 'read_groups' | 'provisioning' | 'deprovisioning' | 'read_logs' | 'read_members';
  /**
   * `ok` where it was seen to work; `unknown` where nothing could be tried, as with writing but for a `probeUser`; `partial`
   * where it works for some workspaces or event types and not for others, as `workspaces` tells.
   */
  readonly verdict: Verdict | 'partial';
  /** The scope that OpenAI gives it by, where it has one. */
  readonly scope?: string;
}

/** Whether the events of one type can be read. */
export interface EventTypeVerdict {
  /** The type, such as `AUTH_LOG`. */
  readonly eventType: string;
  /** Whether its events can be read. */
  readonly verdict: Verdict;
  /** Time of the newest event as the service spells it; null when there is none; absent when the service did not say. */
  readonly newestEventAt?: string | null;
  /** How long ago that was, in milliseconds. */
  readonly lagMs?: number;
}

/** What was found out about one workspace, or about the organization. */
export interface WorkspaceVerdict {
  /** Which one. */
  readonly principal: AuditLogPrincipal;
  /** Whether the service knows it and lets this key see it. */
  readonly known: Verdict;
  /** Whether the list of its people can be read. */
  readonly members: Verdict;
  /** One for each event type that was asked for. */
  readonly logs: readonly EventTypeVerdict[];
}

/** What a finding rests on. Holds no secret, no personal data and no URL. */
export interface CheckEvidence {
  /** HTTP method of the request that showed it. */
  readonly method?: string;
  /** Route template. */
  readonly route?: string;
  /** HTTP status of the answer. */
  readonly status?: number;
  /** The runtime's own code where no answer came, such as `ENOTFOUND`. */
  readonly reason?: string;
  /** The server's own word for the failure. What it said besides may name people. */
  readonly serverCode?: string;
  /** To quote in a support request. */
  readonly requestId?: string;
  /** The server's clock minus this machine's, in milliseconds. */
  readonly skewMs?: number;
  /** How long the request took. */
  readonly durationMs?: number;
}

/** Something an administrator should know, and what to do about it. */
export interface CheckFinding {
  /** What it is, as a stable literal to branch on. */
  readonly code: CheckCode;
  /** `error`: something does not work. `warning`: it works, and should be looked at. `info`: good to know. */
  readonly severity: 'error' | 'warning' | 'info';
  /** The service it was seen at, where it was one of them. */
  readonly service?: 'scim' | 'compliance';
  /** The field of the form it is about. */
  readonly field?: FormFieldName;
  /** The workspaces and organizations it is about, where it is not about all. */
  readonly principals?: readonly AuditLogPrincipal[];
  /** The event types it is about, where it is not about all. */
  readonly eventTypes?: readonly string[];
  /** What was found, in one sentence for a person. */
  readonly message: string;
  /** One or two sentences to follow in ChatGPT's own menus. */
  readonly remedy: string;
  /** A page of OpenAI or WorkOS that says more. */
  readonly link?: string;
  /** What the finding rests on. */
  readonly evidence: CheckEvidence;
}

/** What a check found, as plain data. */
export interface CheckReport {
  /** `failed` with any error, `warning` with any warning. */
  readonly verdict: 'ok' | 'warning' | 'failed';
  /** When the check began, as ISO 8601. */
  readonly startedAt: string;
  /** How long the check took. */
  readonly durationMs: number;
  /** One for each secret that the form has. */
  readonly credentials: readonly CredentialVerdict[];
  /** One for each thing the connection may want to do. */
  readonly permissions: readonly PermissionVerdict[];
  /** One for each workspace, and one for the organization where it is given. */
  readonly workspaces: readonly WorkspaceVerdict[];
  /** Errors first. */
  readonly findings: readonly CheckFinding[];
}

/** What a check can find. What the form itself shows has the code it has in {@link ConfigIssueCode}. */
export type CheckCode = ConfigIssueCode | ObservedCode;

/** What only the services' answers show, or show too. */
export type ObservedCode =
  /** The SCIM URL ends before the part that names the directory. */
  | 'directory_key_missing'
  /** The SCIM URL goes on to a list or to one resource. */
  | 'resource_url'
  /** An OpenAI key stands in the field of the SCIM token. */
  | 'compliance_key_in_scim_field'
  /** A SCIM token stands in the field of the Compliance API key. */
  | 'scim_token_in_compliance_field'
  // On the way.
  /** The name of the server cannot be resolved. */
  | 'dns_failed'
  /** Nothing answers at the address. */
  | 'connection_refused'
  /** The certificate is not trusted. */
  | 'tls_failed'
  /** The proxy did not let the request through. */
  | 'proxy_refused'
  /** The connection broke before an answer came. */
  | 'network_failed'
  /** A page for people came instead of an answer: a captive portal, a sign-in page, a firewall. */
  | 'web_page_answered'
  /** The server sends requests elsewhere; the secret was not sent there. */
  | 'redirected'
  /** The answer was cut, too large, or no JSON. */
  | 'unreadable_answer'
  /** No answer came in time. */
  | 'no_answer_in_time'
  /** The server takes long to answer. */
  | 'server_slow'
  /** The server has a fault of its own. */
  | 'server_error'
  /** The server has had too many requests. */
  | 'rate_limited'
  /** The clocks of this machine and of the server differ. */
  | 'clock_skew'
  /** An answer that the check has no explanation for. */
  | 'unexpected_answer'
  // SCIM.
  /** The SCIM token was refused, and a part of it is missing. */
  | 'scim_token_cut'
  /** Wrong, regenerated since, or of another directory. */
  | 'scim_token_refused'
  /** The SCIM token is known and may not do this. */
  | 'scim_forbidden'
  /** There is no directory at the SCIM URL. */
  | 'directory_unknown'
  /** What answers is no SCIM directory. */
  | 'not_scim'
  /** Users can be read, groups cannot. */
  | 'groups_not_readable'
  /** The probe user is not in the directory. */
  | 'probe_user_not_found'
  /** Writing was not tried: Provisioning is not ticked. */
  | 'probe_not_allowed'
  /** The directory refused to write. */
  | 'write_refused'
  // Compliance API.
  /** An ordinary key of a project, or one that OpenAI has not enabled yet. */
  | 'project_key_refused'
  /** An admin key of the API platform, or one that was revoked. */
  | 'admin_key_refused'
  /** The key is mistyped, revoked, or of another kind. */
  | 'compliance_key_refused'
  /** The key is valid, and OpenAI has not enabled it for the Compliance API yet. */
  | 'compliance_key_not_enabled'
  /** The key is valid and may read nothing here. */
  | 'nothing_allowed'
  /** The key may not read some of the event types. */
  | 'log_scope_missing'
  /** The key may not list the workspace's people. */
  | 'member_scope_missing'
  /** This address is not on the IP allowlist of the Compliance API. */
  | 'ip_not_allowed'
  /** The key belongs to another organization than the workspace. */
  | 'workspace_of_another_organization'
  /** There is no such workspace: a wrong id, or one that was renamed, moved or deleted. */
  | 'workspace_unknown'
  /** None of the workspaces is known: wrong ids, or a plan without the API. */
  | 'no_workspace_known'
  /** The service does not have some of the event types, at least not here. */
  | 'event_type_refused'
  /** There are no events of these types yet. */
  | 'no_events_yet';
