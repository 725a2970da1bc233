import { adminKeys, directorySync, workspaceDetails } from '../../errors/remedies.js';
import type { FormFieldName } from '../form.js';
import type { CheckFinding, ObservedCode } from './report.js';

/** What is said about a finding, whatever it rests on. */
export interface Advice {
  readonly severity: CheckFinding['severity'];
  /** The field, or `baseUrl` for the address of whichever service was asked. */
  readonly field?: FormFieldName | 'baseUrl';
  /** `{principals}` and `{eventTypes}` stand for those that it is about. */
  readonly message: string;
  readonly remedy: string;
  readonly link?: string;
}

const help = 'https://help.openai.com/en/articles';
const scimHelp = `${help}/10011769`;
const complianceHelp = `${help}/9261474`;
const adminKeyHelp = `${help}/20001407`;
const allowlistHelp = `${help}/12111596`;
const statusPage = 'https://status.openai.com';

/** Everything a check can say beyond what the form itself shows. */
export const advice: Readonly<Record<ObservedCode, Advice>> = {
  dns_failed: {
    severity: 'error',
    field: 'baseUrl',
    message: 'The name of the server cannot be resolved.',
    remedy: 'Check the host name in the URL. If it is right, this machine has no working name service (DNS).',
  },
  connection_refused: {
    severity: 'error',
    field: 'baseUrl',
    message: 'Nothing answers at the address.',
    remedy: 'Check the host and the port in the URL, and that no firewall between here and there closes the way.',
  },
  tls_failed: {
    severity: 'error',
    field: 'baseUrl',
    message: "The server's certificate is not trusted.",
    remedy:
      'If a proxy here inspects encrypted traffic, install its certificate for this program (Node: NODE_EXTRA_CA_CERTS). Else the URL leads to the wrong server.',
  },
  proxy_refused: {
    severity: 'error',
    message: 'The proxy did not let the request through.',
    remedy: "Check the proxy's address and credentials, and let it allow the hosts of both services.",
  },
  network_failed: {
    severity: 'error',
    message: 'The connection broke before an answer came.',
    remedy: 'Try again. If it stays, look for a firewall or a proxy that cuts connections.',
  },
  web_page_answered: {
    severity: 'error',
    field: 'baseUrl',
    message: 'A web page answered instead of the service: a sign-in page, a firewall, or a page for people.',
    remedy:
      'Copy the URL again, whole. If it is right, let the proxy or firewall here pass the service through untouched.',
  },
  redirected: {
    severity: 'error',
    field: 'baseUrl',
    message: 'The server sends requests elsewhere. The secret was not sent there.',
    remedy: 'Copy the URL again, whole. If it is right, a sign-in page of the network here stands in the way.',
  },
  unreadable_answer: {
    severity: 'error',
    field: 'baseUrl',
    message: 'The answer could not be read: it was cut, too large, or no JSON.',
    remedy: 'Check that the URL is that of the service, and that no proxy changes its answers.',
  },
  no_answer_in_time: {
    severity: 'error',
    field: 'baseUrl',
    message: 'No answer came in time.',
    remedy: 'Try again later or allow more time. If it stays, a firewall here may swallow the requests.',
    link: statusPage,
  },
  server_slow: {
    severity: 'warning',
    message: 'The server takes long to answer.',
    remedy: 'Nothing has to be changed here. Reading everything will take longer than usual.',
    link: statusPage,
  },
  server_error: {
    severity: 'warning',
    message: 'The server has a fault of its own, so this could not be told.',
    remedy: 'Check again later. If it stays, ask OpenAI support and quote the request id.',
    link: statusPage,
  },
  rate_limited: {
    severity: 'warning',
    message: 'The server has had too many requests, so this could not be told.',
    remedy: 'Check again in a minute. If it stays, another program uses the same secret.',
  },
  clock_skew: {
    severity: 'warning',
    message: "This machine's clock and the server's differ.",
    remedy: 'Let the clock be set over the network (NTP). Times given for reading logs are off by as much.',
  },
  unexpected_answer: {
    severity: 'error',
    field: 'baseUrl',
    message: 'The server gave an answer that this check has no explanation for.',
    remedy: 'Check the URL. If it is right, ask OpenAI support and quote the request id.',
  },

  scim_token_cut: {
    severity: 'error',
    field: 'scimToken',
    message: 'The SCIM token was refused, and it is shorter than such tokens are: a part of it is missing.',
    remedy: `Copy the token again, whole. If it is not shown any more, make a new one in ChatGPT under ${directorySync}.`,
    link: scimHelp,
  },
  scim_token_refused: {
    severity: 'error',
    field: 'scimToken',
    message: 'The SCIM token was refused: it is wrong, was made anew since, or is that of another directory.',
    remedy: `Copy URL and token together in ChatGPT under ${directorySync} → Custom SCIM. A new token puts the old one out of use wherever else it is.`,
    link: scimHelp,
  },
  scim_forbidden: {
    severity: 'error',
    field: 'scimToken',
    message: 'The SCIM token is known but may not do this: it may belong to another directory.',
    remedy: `Copy URL and token together in ChatGPT under ${directorySync} → Custom SCIM.`,
    link: scimHelp,
  },
  directory_key_missing: {
    severity: 'error',
    field: 'scimBaseUrl',
    message: 'The SCIM URL ends before the part that names your directory.',
    remedy: `Copy the URL whole in ChatGPT under ${directorySync}: after /scim/v2.0/ it has one more part.`,
    link: scimHelp,
  },
  resource_url: {
    severity: 'error',
    field: 'scimBaseUrl',
    message: 'The SCIM URL goes on after the directory, to a list or to one resource.',
    remedy: 'Remove what follows the directory: /Users, /Groups and anything after them.',
    link: scimHelp,
  },
  directory_unknown: {
    severity: 'error',
    field: 'scimBaseUrl',
    message: 'There is no directory at the SCIM URL: it is mistyped, or the directory was deleted.',
    remedy: `Copy the URL again, whole, in ChatGPT under ${directorySync} → Custom SCIM.`,
    link: scimHelp,
  },
  not_scim: {
    severity: 'error',
    field: 'scimBaseUrl',
    message: 'Something answers at the SCIM URL, but it is not a SCIM directory.',
    remedy: `Copy the URL again, whole, in ChatGPT under ${directorySync} → Custom SCIM.`,
    link: scimHelp,
  },
  compliance_key_in_scim_field: {
    severity: 'error',
    field: 'scimToken',
    message: 'The SCIM token starts like an OpenAI key (sk-…).',
    remedy: `Put the key into the field of the Compliance API key, and copy the SCIM token in ChatGPT under ${directorySync}.`,
    link: scimHelp,
  },
  groups_not_readable: {
    severity: 'warning',
    field: 'scimBaseUrl',
    message: 'Users can be read, groups cannot.',
    remedy: `Check in ChatGPT under ${directorySync} that groups are part of the directory.`,
    link: scimHelp,
  },
  probe_user_not_found: {
    severity: 'warning',
    message: 'The probe user is not in the directory, so writing could not be tried.',
    remedy: 'Name a user whom the directory has.',
  },
  probe_not_allowed: {
    severity: 'info',
    field: 'provisioning',
    message: 'Writing was not tried: Provisioning is not ticked.',
    remedy: 'Tick Provisioning if this program is to write, then check again.',
  },
  write_refused: {
    severity: 'error',
    field: 'provisioning',
    message: 'The directory refused to write.',
    remedy: `Check in ChatGPT under ${directorySync} that the directory is connected as Custom SCIM, and that no other source manages it.`,
    link: scimHelp,
  },

  scim_token_in_compliance_field: {
    severity: 'error',
    field: 'complianceApiKey',
    message: 'The Compliance API key starts like a SCIM token (se_…).',
    remedy:
      'Put the token into the field of the SCIM token, and give the key that a workspace owner made for the Compliance API.',
    link: complianceHelp,
  },
  project_key_refused: {
    severity: 'error',
    field: 'complianceApiKey',
    message: 'The Compliance API refused the key. It is the key of a project, which OpenAI must enable by hand.',
    remedy: `Create an admin key for the workspace under ${adminKeys}, or ask OpenAI support to enable this key for the Compliance API.`,
    link: complianceHelp,
  },
  admin_key_refused: {
    severity: 'error',
    field: 'complianceApiKey',
    message:
      'The Compliance API refused the admin key: it was revoked, or made on platform.openai.com for the API platform.',
    remedy: `Create the key under ${adminKeys}, and choose the workspace there.`,
    link: adminKeyHelp,
  },
  compliance_key_refused: {
    severity: 'error',
    field: 'complianceApiKey',
    message: 'The Compliance API refused the key: it is mistyped, revoked, or of another kind.',
    remedy: `Create an admin key for the workspace under ${adminKeys}, and copy it whole.`,
    link: adminKeyHelp,
  },
  compliance_key_not_enabled: {
    severity: 'error',
    field: 'complianceApiKey',
    message: 'The key is valid, but OpenAI has not enabled it for the Compliance API yet.',
    remedy: `Write to OpenAI support with the key's name, its last four characters and its creator's name, and ask for compliance access. Or create an admin key under ${adminKeys}.`,
    link: complianceHelp,
  },
  nothing_allowed: {
    severity: 'error',
    field: 'complianceApiKey',
    message: 'The key is valid but may read nothing here: it lacks the scope, or this address is not on the allowlist.',
    remedy: `Under ${adminKeys} give it Compliance logging platform → Read for this workspace, and see whether the Compliance API has an IP allowlist.`,
    link: adminKeyHelp,
  },
  log_scope_missing: {
    severity: 'error',
    field: 'complianceApiKey',
    message: 'The key may not read these event types: {eventTypes}.',
    remedy: `Under ${adminKeys} give it Compliance logging platform → Read.`,
    link: adminKeyHelp,
  },
  member_scope_missing: {
    severity: 'warning',
    field: 'complianceApiKey',
    message: "The key may read logs, but not the list of the workspace's people.",
    remedy: `Under ${adminKeys} let an owner give it the scope compliance_export.read, if people are to be listed.`,
    link: adminKeyHelp,
  },
  ip_not_allowed: {
    severity: 'error',
    field: 'complianceApiKey',
    message: 'This address is not on the IP allowlist of the Compliance API.',
    remedy:
      'Let a workspace owner add the address that this program calls from to the IP allowlist of the Compliance API.',
    link: allowlistHelp,
  },
  workspace_of_another_organization: {
    severity: 'error',
    field: 'workspaceIds',
    message: 'The key may not see {principals}: it belongs to another organization.',
    remedy: `Use a key that was made for this workspace, or copy the right ID in ChatGPT under ${workspaceDetails}.`,
    link: complianceHelp,
  },
  workspace_unknown: {
    severity: 'error',
    field: 'workspaceIds',
    message: 'There is no workspace {principals}: the ID is wrong, or the workspace was renamed, moved or deleted.',
    remedy: `Copy the workspace ID again in ChatGPT under ${workspaceDetails}. If it is right, see that the plan is Enterprise or Edu.`,
    link: complianceHelp,
  },
  no_workspace_known: {
    severity: 'error',
    field: 'workspaceIds',
    message: 'None of the workspaces is known: the IDs are wrong, or the plan has no Compliance API.',
    remedy: `Copy each ID again in ChatGPT under ${workspaceDetails}. If they are right, see that the plan is Enterprise or Edu and that OpenAI has enabled the API.`,
    link: complianceHelp,
  },
  event_type_refused: {
    severity: 'error',
    message: 'The service does not have these event types, at least not here: {eventTypes}.',
    remedy: 'Check how they are spelt. COSTS needs the organization ID; most others need a workspace.',
    link: complianceHelp,
  },
  no_events_yet: {
    severity: 'info',
    message: 'There are no events of these types yet.',
    remedy: 'Nothing has to be changed: the log begins when access is given, and events take up to half an hour.',
    link: complianceHelp,
  },
};
