import type { ConfigIssueCode } from '../../errors/input-errors.js';

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
