/** Where an administrator finds things, spelled as in the menus. */
export const directorySync = 'Workspace settings → Identity & Provisioning → Directory Sync (SCIM)';
export const workspaceDetails = 'Settings → General → Workspace details';
export const adminKeys = 'admin.openai.com → Credentials → Admin keys';
export const customScim = 'Workspace settings → Identity & Provisioning → Directory Sync (SCIM) → Custom SCIM';

export const copyWorkspaceId = 'Copy the workspace ID in ChatGPT under Settings → General → Workspace details.';

export const enterSecretItself =
  'Enter the secret itself. A program that stores connections stores `{ ...config }`: the JSON of a config is redacted.';

const scimHelp = 'https://help.openai.com/en/articles/10011769';
const complianceHelp = 'https://help.openai.com/en/articles/9261474';
const adminKeyHelp = 'https://help.openai.com/en/articles/20001407';
const allowlistHelp = 'https://help.openai.com/en/articles/12111596';
const statusPage = 'https://status.openai.com';

/** Something that can be wrong, and what a person can do about it. */
export interface Remedy {
  /** `{principals}` and `{eventTypes}` are filled in by who knows them. */
  readonly message: string;
  readonly remedy: string;
  /** @default 'error' */
  readonly severity?: 'warning' | 'info';
  /** The field of the form, or `baseUrl` for the address of whichever service was asked. */
  readonly field?: 'baseUrl' | 'scimBaseUrl' | 'scimToken' | 'provisioning' | 'complianceApiKey' | 'workspaceIds';
  readonly link?: string;
}

/** Both sentences in one, for an error that cannot name what it is about. */
export function explain({ message, remedy }: Remedy): string {
  return `${message.replace(/:? \{\w+\}/, '')} ${remedy}`;
}

// A function, so that a bundler can leave out what nobody uses: it does not trust template literals.
function catalogue<Code extends string>(create: () => Record<Code, Remedy>): Readonly<Record<Code, Remedy>> {
  return create();
}

/** What can be wrong on the way to either service. */
export const networkRemedies = /* @__PURE__ */ catalogue(() => ({
  dns_failed: {
    field: 'baseUrl',
    message: 'The host name cannot be resolved.',
    remedy: 'Check the host name in the URL. If it is correct, check that this machine can resolve names (DNS).',
  },
  host_not_allowed: {
    field: 'baseUrl',
    message: 'This program does not connect to the host in the URL.',
    remedy:
      'Check the host name: it must be that of the service, which is reached over the internet. If it is correct, ask whoever runs this program to allow it (`allowHost`).',
  },
  connection_refused: {
    field: 'baseUrl',
    message: 'Nothing is listening at the address.',
    remedy: 'Check the host and port in the URL, and that no firewall blocks the connection.',
  },
  tls_failed: {
    field: 'baseUrl',
    message: "The server's certificate is not trusted.",
    remedy:
      'If a proxy inspects encrypted traffic, install its certificate for this program (Node: NODE_EXTRA_CA_CERTS). Otherwise the URL leads to the wrong server.',
  },
  proxy_refused: {
    message: 'The proxy refused the request.',
    remedy: "Check the proxy's address and credentials, and make it allow the hosts of both services.",
  },
  network_failed: {
    message: 'The connection failed before an answer arrived.',
    remedy: 'Try again. If it persists, look for a firewall or proxy that drops connections.',
  },
  web_page_answered: {
    field: 'baseUrl',
    message: 'A web page answered instead of the service: a sign-in page, a firewall, or a page for people.',
    remedy: 'Copy the whole URL again. If it is correct, let the proxy or firewall pass the service through unchanged.',
  },
  redirected: {
    field: 'baseUrl',
    message: 'The server redirects to another address.',
    remedy:
      'The secret was not sent there. If that address is the right one, use it as the URL. Otherwise copy the whole URL again, and look for a sign-in page of your network.',
  },
  no_answer_in_time: {
    field: 'baseUrl',
    message: 'No answer arrived in time.',
    remedy: 'Try again later or allow more time. If it persists, a firewall may be dropping the requests.',
    link: statusPage,
  },
}));

/** Reads the runtime's own code, such as `ENOTFOUND`. */
export function networkProblem(reason = '') {
  if (/^(?:ENOTFOUND|EAI_)/.test(reason)) return 'dns_failed';
  if (/CERT|SIGNED|LEAF|ISSUER|SSL|TLS|EPROTO/.test(reason)) return 'tls_failed';
  if (reason.startsWith('PROXY')) return 'proxy_refused';
  return reason === 'ECONNREFUSED' ? 'connection_refused' : 'network_failed';
}

/** What can be wrong with the SCIM half of a connection. */
export const scimRemedies = /* @__PURE__ */ catalogue(() => ({
  scim_token_refused: {
    field: 'scimToken',
    message: 'The SCIM token was refused: it is wrong, has been regenerated, or belongs to another directory.',
    remedy: `Copy the URL and the token together in ChatGPT under ${customScim}. Generating a new token invalidates the old one.`,
    link: scimHelp,
  },
  scim_forbidden: {
    field: 'scimToken',
    message: 'The SCIM token is valid but may not do this: it may belong to another directory.',
    remedy: `Copy the URL and the token together in ChatGPT under ${customScim}.`,
    link: scimHelp,
  },
  directory_unknown: {
    field: 'scimBaseUrl',
    message: 'The SCIM URL leads to no directory: it is mistyped, or the directory was deleted.',
    remedy: `Copy the whole SCIM URL again in ChatGPT under ${customScim}.`,
    link: scimHelp,
  },
}));

/** What can be wrong with the compliance half of a connection. */
export const complianceRemedies = /* @__PURE__ */ catalogue(() => ({
  compliance_key_refused: {
    field: 'complianceApiKey',
    message:
      'The Compliance API refused the key: it is mistyped, revoked, or of another kind, such as a SCIM token or a project key.',
    remedy: `Create an admin key for the workspace under ${adminKeys}, and copy the whole key.`,
    link: adminKeyHelp,
  },
  log_scope_missing: {
    field: 'complianceApiKey',
    message: 'The key may not read these event types: {eventTypes}.',
    remedy: `Give it Compliance logging platform → Read under ${adminKeys}.`,
    link: adminKeyHelp,
  },
  member_scope_missing: {
    severity: 'warning',
    field: 'complianceApiKey',
    message: 'The key may not list the people of the workspace.',
    remedy: `Ask an owner to give it the scope compliance_export.read under ${adminKeys}, if people are to be listed.`,
    link: adminKeyHelp,
  },
  ip_not_allowed: {
    field: 'complianceApiKey',
    message: 'This address is not on the IP allowlist of the Compliance API.',
    remedy: 'Ask a workspace owner to add the address that this program calls from to that allowlist.',
    link: allowlistHelp,
  },
  workspace_of_another_organization: {
    field: 'workspaceIds',
    message: 'The key may not read workspace {principals}: it belongs to another organization.',
    remedy: `Use a key that was created for this workspace, or copy the correct ID in ChatGPT under ${workspaceDetails}.`,
    link: complianceHelp,
  },
  workspace_unknown: {
    field: 'workspaceIds',
    message:
      'Unknown workspace or organization {principals}: the ID is wrong, or the workspace was renamed, moved or deleted.',
    remedy: `Copy the ID again in ChatGPT under ${workspaceDetails}. If it is correct, check that the plan is Enterprise or Edu.`,
    link: complianceHelp,
  },
  event_type_refused: {
    message: 'The service does not offer these event types here: {eventTypes}.',
    remedy:
      'Check the spelling: event types are written like AUTH_LOG. COSTS needs the organization ID; most others need a workspace.',
    link: complianceHelp,
  },
}));

/** What only the form and the check of a connection can tell. */
export const connectionRemedies = /* @__PURE__ */ catalogue(() => ({
  server_slow: {
    severity: 'warning',
    message: 'The server is slow to answer.',
    remedy: 'Nothing needs to be changed. Reading everything will take longer than usual.',
    link: statusPage,
  },
  server_error: {
    severity: 'warning',
    message: 'The server failed, so this could not be checked.',
    remedy: 'Check again later. If it persists, contact OpenAI support and quote the request ID.',
    link: statusPage,
  },
  rate_limited: {
    severity: 'warning',
    message: 'The server received too many requests, so this could not be checked.',
    remedy: 'Check again in a minute. If it persists, another program is using the same secret.',
  },
  clock_skew: {
    severity: 'warning',
    message: "This machine's clock differs from the server's.",
    remedy: 'Synchronize the clock with NTP. Times given when reading logs are off by the same amount.',
  },
  unexpected_answer: {
    field: 'baseUrl',
    message: 'The server gave an unexpected answer.',
    remedy: 'Check the URL. If it is correct, contact OpenAI support and quote the request ID.',
  },
  unreadable_answer: {
    field: 'baseUrl',
    message: 'The answer could not be read: it was cut short, too large, or not JSON.',
    remedy: 'Check that the URL is that of the service, and that no proxy changes its answers.',
  },
  scim_token_cut: {
    field: 'scimToken',
    message: 'The SCIM token was refused and is shorter than such tokens are: part of it is missing.',
    remedy: `Copy the whole token again. If it is no longer shown, generate a new one in ChatGPT under ${directorySync}.`,
    link: scimHelp,
  },
  directory_key_missing: {
    field: 'scimBaseUrl',
    message: 'The SCIM URL ends before the part that identifies your directory.',
    remedy: `Copy the whole URL in ChatGPT under ${customScim}: after /scim/v2.0/ it has one more part, of letters and digits.`,
    link: scimHelp,
  },
  resource_url: {
    field: 'scimBaseUrl',
    message: 'The SCIM URL continues past the directory, to a list or to one resource.',
    remedy: 'Remove what follows the directory: /Users, /Groups and anything after them.',
    link: scimHelp,
  },
  not_scim: {
    field: 'scimBaseUrl',
    message: 'Something answers at the SCIM URL, but not with what a SCIM directory answers.',
    remedy: `Copy the whole SCIM URL again in ChatGPT under ${customScim}. If it is correct, look for a proxy or a sign-in page of your network that answers in its place.`,
    link: scimHelp,
  },
  compliance_key_in_scim_field: {
    field: 'scimToken',
    message: 'The SCIM token starts like an OpenAI key (sk-…).',
    remedy: `Move it to the field of the Compliance API key, and copy the SCIM token in ChatGPT under ${customScim}.`,
    link: scimHelp,
  },
  groups_not_readable: {
    severity: 'warning',
    field: 'scimBaseUrl',
    message: 'Users can be read, but groups cannot.',
    remedy: `Check in ChatGPT under ${directorySync} that groups are part of the directory.`,
    link: scimHelp,
  },
  probe_user_not_found: {
    severity: 'warning',
    message: 'The probe user is not in the directory, so writing could not be tried.',
    remedy: 'Name a user that exists in the directory.',
  },
  probe_not_allowed: {
    severity: 'info',
    field: 'provisioning',
    message: 'Writing was not tried: Provisioning is not ticked.',
    remedy: 'Tick Provisioning if this program should write, then check again.',
  },
  write_unproven: {
    severity: 'warning',
    field: 'provisioning',
    message: 'A write was tried, and no answer said that it was carried out, so it is not known whether writing works.',
    remedy:
      'Check again later. If it persists, let the program change one user and read it back before you rely on writing.',
  },
  write_refused: {
    field: 'provisioning',
    message: 'The directory refused a write.',
    remedy: `Check in ChatGPT under ${directorySync} that the directory is connected as Custom SCIM, and that no other source manages it.`,
    link: scimHelp,
  },
  scim_token_in_compliance_field: {
    field: 'complianceApiKey',
    message: 'The Compliance API key starts like a SCIM token (se_…).',
    remedy:
      'Move it to the field of the SCIM token, and enter the key that a workspace owner created for the Compliance API.',
    link: complianceHelp,
  },
  not_compliance_api: {
    field: 'baseUrl',
    message: 'Something answers in the place of the Compliance API: it was asked for a list, and answered with none.',
    remedy:
      'Check the base URL. If it is correct, look for a proxy, a gateway or a sign-in page of your network that answers in its place, and let it pass the service through unchanged.',
    link: complianceHelp,
  },
  project_key_refused: {
    field: 'complianceApiKey',
    message: 'The Compliance API refused the key. It is a project key, which OpenAI must enable by hand.',
    remedy: `Create an admin key for the workspace under ${adminKeys}, or ask OpenAI support to enable this key for the Compliance API.`,
    link: complianceHelp,
  },
  admin_key_refused: {
    field: 'complianceApiKey',
    message:
      'The Compliance API refused the admin key: it was revoked, or created on platform.openai.com for the API platform.',
    remedy: `Create the key under ${adminKeys}, and choose the workspace there.`,
    link: adminKeyHelp,
  },
  compliance_key_not_enabled: {
    field: 'complianceApiKey',
    message: 'The key is valid, but OpenAI has not enabled it for the Compliance API yet.',
    remedy: `Send OpenAI support the key's name, its last four characters and its creator's name, and ask for compliance access. Or create an admin key under ${adminKeys}.`,
    link: complianceHelp,
  },
  nothing_allowed: {
    field: 'complianceApiKey',
    message:
      'The key is valid but may not read anything here: it lacks the scope, or this address is not on the allowlist.',
    remedy: `Give it Compliance logging platform → Read for this workspace under ${adminKeys}, and check whether the Compliance API has an IP allowlist.`,
    link: adminKeyHelp,
  },
  no_workspace_known: {
    field: 'workspaceIds',
    message: 'None of the workspace IDs is known: they are wrong, or the plan does not include the Compliance API.',
    remedy: `Copy each ID again in ChatGPT under ${workspaceDetails}. If they are correct, check that the plan is Enterprise or Edu and that OpenAI has enabled the API.`,
    link: complianceHelp,
  },
  no_events_yet: {
    severity: 'info',
    message: 'There are no events of these types yet.',
    remedy: 'Nothing needs to be changed: the log begins when access is given, and events take up to half an hour.',
    link: complianceHelp,
  },
}));

/** What to do about a refused request, where the client knows nothing better. */
export const responseRemedies = {
  unauthorized: 'The credential was not accepted: it is mistyped, expired or revoked. Enter a new one in the settings.',
  forbidden: 'The credential is valid but may not do this. Check what it has access to.',
  not_found: 'Check that the base URL is correct and that what was requested still exists.',
  rate_limited: 'Wait, then send fewer requests at a time: lower `rateLimit`.',
} as const;

/** What to do about other failures of a request. */
export const generalRemedies = {
  storage_host_not_allowed:
    'The service sends downloads to a storage host of its own: let `allowHost` return true for that one too. If it refuses nothing but internal hosts, do not follow the download, and report it to OpenAI.',
  allow_host_failed: 'Let `allowHost` return true or false.',
  url_expired: 'The address may have expired or been used: ask for a new one.',
  outage: 'The service is down or overloaded. Try again later.',
  wrong_answer: 'Check that the base URL is that of the API, and that no proxy answers in its place.',
  error_in_success:
    'What failed was sent as a success, by the service or by a gateway before it. Try again later; if it persists, report it to who runs that gateway.',
  read_server_message:
    'See `serverMessage()` for what the server said. It may name people, so it is not printed with the error.',
  response_too_large:
    'Ask for less at a time: lower `count`, or leave out `members` with `excludedAttributes`. Or raise `maxResponseBytes`.',
} as const;

/** What to do where `clientCredentials` gets no token. */
export const tokenRemedies = {
  wrong_client:
    "Check `clientId` and `clientSecret`. If they are right, the server may want them in the body: set `authentication: 'post'`.",
  wrong_scope: 'Check `scope`: it must be one that the client was registered for.',
  wrong_grant: 'Allow this client the grant `client_credentials` where it was registered.',
  wrong_request:
    "Check `tokenUrl` and `scope`. If they are right, the server may want the secret in the body: set `authentication: 'post'`.",
  redirected: 'Enter as `tokenUrl` the address that gives the token, once you know that it is the right one.',
  no_token: 'Check that `tokenUrl` is the address of a token endpoint, and that no proxy answers in its place.',
  refused_again: 'Check that the directory accepts the tokens of this client. If so, have the old token revoked.',
  late: 'Try again later. If it persists, check `tokenUrl`, and that no firewall blocks it.',
} as const;

/** What to do about a SCIM request that was refused for what it asks. */
export const scimRequestRemedies = {
  invalid_filter:
    'The server does not support this filter. Use a simpler one, and choose from what comes back with `matchesFilter`.',
  not_found: 'The resource does not exist (any more), or the SCIM URL is that of another directory.',
  still_there:
    'The resource is there, and can be read: the server does not have this method (`ServiceProviderConfig`), or misses something that the request names.',
  address_as_id:
    'An e-mail address was given as the `id`, and nothing has that id. Look the user up with `users.find({ userName: address })`, or with `users.find({ emails: address })` where names are no addresses, and pass its `id`.',
  conflict:
    'Another resource has the same `userName`, e-mail address or `externalId`. Use `upsert` to adopt it if it is the same one.',
  precondition_failed: 'The resource has changed since it was read. Read it again and repeat the change.',
  payload_too_large: 'Send less in one request.',
  precondition_required:
    'The server requires `ifMatch`: read the resource and pass its `etagOf` to `patch`, `replace` or `delete`.',
  not_implemented: 'This server does not support that.',
  list_not_implemented:
    'This server has no such filter or order. Read the whole list, and choose here with `matchesFilter`; `find` does so by itself.',
  creation_unknown:
    'It may have been created all the same. Look for it in the directory before you create it again, or use `upsert`, which looks first.',
  creation_unknown_without_key:
    'It may have been created all the same, and has no name to look it up by. Look at the directory before you create it again, and give it an `externalId`: then a lost answer is looked up.',
  creation_unlisted:
    'It was created. Whether another one has the same natural keys could not be seen: look at the directory, and do not create it again.',
} as const;

/** What to do about a Compliance API request that was refused for what it asks. */
export const complianceRequestRemedies = {
  wrong_route:
    'This event type belongs to the other route: use `organizationId` for organization types, `workspaceIds` for workspace types.',
  bad_request: 'Check the event types, and that `after` and `before` are ISO 8601 date-times.',
  forbidden:
    'The key may not read this. Give it Compliance logging platform → Read under admin.openai.com → Credentials → Admin keys; a Compliance API key works only after OpenAI has enabled it. Check also that the workspace belongs to the organization of the key, and that this machine is on the IP allowlist of the Compliance API, if there is one.',
  file_expired: 'The file no longer exists: log files are kept for 30 days.',
  gone: 'OpenAI has removed this. Read conversations as CONVERSATION_MESSAGE events.',
  unprocessable: 'The service did not accept the parameters. Check that `after` and `before` are ISO 8601 date-times.',
  outage:
    'The service is down or overloaded. Try again later; to go on with a log, resume from its last checkpoint. `follow` waits by itself.',
  rate_limited:
    'Too many requests with this key. Lower `rateLimit`, and check that no other program uses the same key.',
} as const;

const productAccess = 'admin.openai.com → Users & groups → SCIM Groups → the group → Product access';

/** What a roster can find that does not fit together. */
export const rosterRemedies = /* @__PURE__ */ catalogue(() => ({
  not_in_directory: {
    message: 'A member of a workspace is not in the directory: added by hand, or known there under another address.',
    remedy:
      'The directory neither changes nor removes such a member. To have it do so, add the person to it with this address. If the person has left, remove the member in ChatGPT.',
  },
  managed_but_not_in_directory: {
    message: 'The workspace says that a directory manages this member, and this directory has nobody with the address.',
    remedy:
      'Look in the directory for the person under another address. If there is nobody, check that the SCIM URL is that of the directory of this workspace: another one, such as that of the whole organization, may manage the member, and only there can the member be removed for good.',
  },
  not_in_workspace: {
    message:
      'An active entry of the directory is in none of the workspaces. Neither list tells whether an invitation is not accepted yet, or access is missing.',
    remedy: `Ask an owner to look for the address among the pending invitations. If it is there, the person has to accept it or sign in; the owner can have it sent again by entering the same address under Invite member. If it is not, and the directory is that of the whole organization, give a group of the person access to the workspace under ${productAccess}. If it has, the person may be a member under another address, or of a workspace that this connection does not have.`,
  },
  email_of_service_account: {
    message: 'A member of a workspace has an address that is the user name of a service account in the directory.',
    remedy:
      'Find out whether the member is a person. If so, give the service account another user name, which is the address of nobody. Until then, change neither of them for what is known of the other.',
  },
  inactive_but_active_in_workspace: {
    message: 'Somebody is switched off in the directory, and still active in a workspace.',
    remedy:
      'Look again after the next sync. If it stays so, there is another way in, such as an invitation by hand or an account from before the directory: remove the member in ChatGPT too.',
  },
  email_shared_in_directory: {
    message: 'Several entries of the directory have one address. The account in the workspace is shown with the first.',
    remedy: 'Find out whose address it is, and take it from the others, before any of them is changed or deactivated.',
  },
  email_shared_in_workspace: {
    message: 'Several accounts in the workspaces have one address.',
    remedy:
      'Find out which of them the person uses. What belongs to the others, such as chats and projects, stays behind when they are removed.',
  },
}));
