import type { FailedPrincipal } from '../../audit-logs/query.js';
import type { EventTypeName } from '../../audit-logs/readable-types.js';
import type { ConfigIssueCode, FormFieldName } from '../../errors/input-errors.js';
import type { adminRemedies } from '../../errors/remedies/admin.js';
import type { complianceRemedies } from '../../errors/remedies/compliance.js';
import type { connectionRemedies } from '../../errors/remedies/connection.js';
import type { networkRemedies } from '../../errors/remedies/network.js';
import type { platformFindings } from '../../errors/remedies/platform-findings.js';
import type { scimRemedies } from '../../errors/remedies/scim.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';

/** What of a connection is checked. */
export interface CheckQuery {
  /** Event types to ask each workspace and the organization for. @default AUTH_LOG, AUDIT_LOG and CONVERSATION_MESSAGE; COSTS */
  readonly eventTypes?: readonly EventTypeName[] | 'all' | undefined;
  /**
   * Which categories of the Admin API each workspace is asked for that has an Admin key, one small request for each.
   * `undefined`: all, and what may not be read is good to know and no more. `true`: all, and what may not be read is wrong; a
   * list: the same, of these alone. A workspace whose key is no Admin key is then wrong too. `false`: none, but for the members
   * where the Compliance API refuses to list them: either list will do to read people.
   */
  readonly admin?: boolean | readonly AdminCategory[] | undefined;
  /**
   * `userName` of an existing user on whom writing is tried, with Provisioning: one of the user's values is replaced by
   * itself. Without a probe user the check writes nothing at all.
   */
  readonly probeUser?: string | undefined;
  /**
   * Told of each workspace and of the organization of which no log and no list of people could be read: its key is refused or opens another one, its
   * id is unknown, or it did not answer; with the error that reading its logs would be rejected with. It is waited for, and what
   * it throws rejects the check. The report is given all the same, and says it too.
   * @default nobody is told: the report says it, and nothing is thrown
   */
  readonly onFailedPrincipal?: ((failed: FailedPrincipal) => unknown) | undefined;
}

/** A part of the Admin API that has a permission of its own, by the name it has in an `AdminClient`. */
export type AdminCategory = 'members' | 'invites' | 'groups' | 'serviceAccounts' | 'usageLimits' | 'usage';

/** `unknown`: it was not possible to tell. `off`: the form does not ask for it. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'unknown' | 'off';

/** What was found out about one secret, which is never shown: the SCIM token, a compliance key, or the key of the API Platform. */
export interface CredentialVerdict {
  /** Which of the three. There may be several compliance keys. */
  readonly credential: 'scim_token' | 'compliance_api_key' | 'platform_api_key';
  /** What it starts like. Only the service knows for sure. */
  readonly looksLike: 'scim_token' | 'admin_key' | 'project_key' | 'openai_key' | 'unknown';
  /** Whether the service answered at all. */
  readonly reachable: Verdict;
  /** Whether the service accepted the secret. */
  readonly authenticated: Verdict;
  /** The workspaces and the organization that a compliance key is used for. Absent for the other two. */
  readonly principals?: readonly AuditLogPrincipal[];
  /** Milliseconds of the slowest answer. */
  readonly latencyMs?: number;
}

/** Whether the connection may do something. */
export interface PermissionVerdict {
  /** What is to be done: the reads that every connection makes, the two checkboxes, and the log of the API Platform where it has a key. */
  readonly permission:
    | 'read_users'
    | 'read_groups'
    | 'provisioning'
    | 'deprovisioning'
    | 'read_logs'
    | 'read_members'
    | 'read_platform_log';
  /**
   * `ok`: it was seen to work. `unknown`: it could not be tried, as writing without a `probeUser`, and never is, as
   * deprovisioning; or what was seen proves nothing, as an empty log of the API Platform. `partial`: it works for some workspaces or event types only, as `workspaces` tells.
   */
  readonly verdict: Verdict | 'partial';
  /**
   * The scope that OpenAI gives it by, where it has one. People can be listed by two: that of the list that could be read, else
   * of the one that the key can be given most easily; both, with a space between, where the workspaces differ.
   */
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

/** Whether one part of the Admin API can be read. */
export interface AdminVerdict {
  /** Which part. */
  readonly category: AdminCategory;
  /** The permission that it needs, in the words of the console. */
  readonly permission: string;
  /** `off`: the permission is not ticked, or the workspace has nothing of the kind, and nobody asked for it. */
  readonly verdict: Verdict;
  /** Why it is not `ok`: mostly there is a finding with this code. */
  readonly code?: CheckCode;
}

/** What was found out about one workspace, or about the organization. */
export interface WorkspaceVerdict {
  /** Which one. */
  readonly principal: AuditLogPrincipal;
  /** Whether the service knows it, as far as its key can see. */
  readonly known: Verdict;
  /** Whether its key opens it: something of it could be read. */
  readonly opened: Verdict;
  /** Whether a list of its people can be read: that of the Admin API, or that of the Compliance API. */
  readonly members: Verdict;
  /** Which of the two can be: a roster reads that of the Admin API where it can. Absent where neither was seen to be. */
  readonly membersListedBy?: 'admin' | 'compliance';
  /** One for each event type that was asked for. */
  readonly logs: readonly EventTypeVerdict[];
  /** One for each category of the Admin API that was asked for. None where the key is no Admin key, unless `admin` asks for some. */
  readonly admin: readonly AdminVerdict[];
}

/** What a finding rests on. Holds no secret, no personal data and no URL. */
export interface CheckEvidence {
  /** HTTP method of the request that showed it. */
  readonly method?: string;
  /** Route template. */
  readonly route?: string;
  /** HTTP status of the answer. */
  readonly status?: number;
  /** The status that an answer itself gives, where it is an error that was sent as a success. */
  readonly innerStatus?: number;
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
  readonly service?: 'scim' | 'compliance' | 'admin' | 'platform';
  /** The field of the form to show it at. Missing where it is about no field. */
  readonly field?: FormFieldName;
  /** The workspaces and organizations it is about. Absent where it is about none of them, such as the directory. */
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
  /** `failed` with any error, and where nothing of a service could be checked; `warning` with any warning. */
  readonly verdict: 'ok' | 'warning' | 'failed';
  /** When the check began, as ISO 8601. */
  readonly startedAt: string;
  /** How long the check took. */
  readonly durationMs: number;
  /** One for each different secret that the form has. */
  readonly credentials: readonly CredentialVerdict[];
  /** One for each thing the connection may want to do. */
  readonly permissions: readonly PermissionVerdict[];
  /** One for each workspace, and one for the organization where it is given. */
  readonly workspaces: readonly WorkspaceVerdict[];
  /** Errors first. */
  readonly findings: readonly CheckFinding[];
}

/** What says nothing about the connection: it could not be checked, and may be later. */
export const notCheckedCodes: readonly (CheckCode | undefined)[] = [
  'server_error',
  'rate_limited',
  'asked_to_wait',
  'no_answer_in_time',
];

/** The service was not reached at all: of a secret, and of what it opens, that says nothing. */
export const notReachedCodes: readonly (CheckCode | undefined)[] = [
  'dns_failed',
  'connection_refused',
  'tls_failed',
  'proxy_refused',
  'network_failed',
];

/** What a check can find. What the form itself shows has the code it has in {@link ConfigIssueCode}. */
export type CheckCode = ConfigIssueCode | ObservedCode;

/** What only the services' answers show, or show too. */
export type ObservedCode =
  | keyof typeof networkRemedies
  | keyof typeof scimRemedies
  | keyof typeof complianceRemedies
  | keyof typeof adminRemedies
  | keyof typeof connectionRemedies
  | keyof typeof platformFindings;
