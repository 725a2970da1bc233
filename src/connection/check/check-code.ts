import type { ConfigIssueCode } from '../../errors/config-error.js';

/** What a check can find. What the form itself shows has the code it has in {@link ConfigIssueCode}. */
export type CheckCode = ConfigIssueCode | ObservedCode;

/** What only the services' answers show, or show too. */
export type ObservedCode =
  | 'directory_key_missing'
  | 'resource_url'
  | 'compliance_key_in_scim_field'
  | 'scim_token_in_compliance_field'
  // On the way.
  | 'dns_failed'
  | 'connection_refused'
  | 'tls_failed'
  | 'proxy_refused'
  | 'network_failed'
  /** A page for people came instead of an answer: a captive portal, a sign-in page, a firewall. */
  | 'web_page_answered'
  | 'redirected'
  | 'unreadable_answer'
  | 'no_answer_in_time'
  | 'server_slow'
  | 'server_error'
  | 'rate_limited'
  | 'clock_skew'
  | 'unexpected_answer'
  // SCIM.
  | 'scim_token_cut'
  /** Wrong, regenerated since, or of another directory. */
  | 'scim_token_refused'
  | 'scim_forbidden'
  | 'directory_unknown'
  | 'not_scim'
  | 'groups_not_readable'
  | 'probe_user_not_found'
  | 'probe_not_allowed'
  | 'write_refused'
  // Compliance API.
  /** An ordinary key of a project, or one that OpenAI has not enabled yet. */
  | 'project_key_refused'
  /** An admin key of the API platform, or one that was revoked. */
  | 'admin_key_refused'
  | 'compliance_key_refused'
  | 'compliance_key_not_enabled'
  | 'nothing_allowed'
  | 'log_scope_missing'
  | 'member_scope_missing'
  | 'ip_not_allowed'
  | 'workspace_of_another_organization'
  | 'workspace_unknown'
  /** None of the workspaces is known: wrong ids, or a plan without the API. */
  | 'no_workspace_known'
  | 'event_type_refused'
  | 'no_events_yet';
