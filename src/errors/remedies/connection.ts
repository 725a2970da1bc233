import {
  adminKeys,
  customScim,
  directoryOfTenant,
  directorySync,
  logPermission,
  projectKeys,
  tokenShownOnce,
  workspaceDetails,
} from '../menus.js';
import { lookAdminKeyUp, tickPermission } from './admin.js';
import { adminKeyHelp, complianceHelp, scimHelp, statusPage } from './pages.js';
import { catalogue, keysExchanged } from './remedy.js';

/** What to do about a key where the SCIM token belongs. */
export function moveKeyOutOfScim(place: string): string {
  return `Move it to ${place}, and enter in its place the SCIM token, which is made in ChatGPT under ${customScim}. ${tokenShownOnce} ${directoryOfTenant}`;
}

/** What to do about a SCIM token where a key belongs. */
export function moveTokenToScim(place: string): string {
  return `Move it to ${place}, and enter the key that an owner or admin of the workspace created for the Compliance API.`;
}

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
  asked_to_wait: {
    severity: 'warning',
    message: 'The server has asked not to be asked again yet, so this could not be checked.',
    remedy:
      'Check again in a minute. If it persists, another program is using the same secret, or the server is overloaded.',
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
    remedy: `Copy the whole token from where it was kept. If it was not, generate a new one in ChatGPT under ${customScim}. ${tokenShownOnce} ${directoryOfTenant}`,
    link: scimHelp,
  },
  directory_key_missing: {
    field: 'scimBaseUrl',
    message: 'The SCIM URL ends before the part that identifies your directory.',
    remedy: `Copy the whole URL in ChatGPT under ${customScim}: after /scim/v2.0/ it has one more part, of letters and digits. ${directoryOfTenant}`,
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
    remedy: `Copy the whole SCIM URL again in ChatGPT under ${customScim}. If it is correct, look for a proxy or a sign-in page of your network that answers in its place. ${directoryOfTenant}`,
    link: scimHelp,
  },
  compliance_key_in_scim_field: {
    field: 'scimToken',
    message: 'The SCIM token starts like an OpenAI key (sk-…).',
    remedy: moveKeyOutOfScim('the field of the Compliance API key'),
    link: scimHelp,
  },
  groups_not_readable: {
    severity: 'warning',
    field: 'scimBaseUrl',
    message: 'Users can be read, but groups cannot.',
    remedy: `Check in ChatGPT under ${directorySync} that groups are part of the directory. ${directoryOfTenant}`,
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
    remedy: `Check in ChatGPT under ${directorySync} that the directory is connected as Custom SCIM, and that no other source manages it. ${directoryOfTenant}`,
    link: scimHelp,
  },
  scim_token_in_compliance_field: {
    field: 'complianceApiKey',
    message: 'The Compliance API key starts like a SCIM token (se_…).',
    remedy: moveTokenToScim('the field of the SCIM token'),
    link: complianceHelp,
  },
  not_compliance_api: {
    field: 'baseUrl',
    message: 'Something answers in the place of the Compliance API: it was asked for a list, and answered with none.',
    remedy:
      'Check the base URL. If it is correct, look for a proxy, a gateway or a sign-in page of your network that answers in its place, and let it pass the service through unchanged.',
    link: complianceHelp,
  },
  nothing_allowed: {
    field: 'complianceApiKey',
    message:
      '{The Admin key} may read nothing here: it has expired, its creator has left or is no longer an owner or admin of the workspace, it was revoked or mistyped, it was made for another workspace, its permission is not ticked or needs a key made by an owner, it was created on platform.openai.com for the API platform, the plan does not include the API, or this address is not on the allowlist.',
    remedy: `Look the key up under ${adminKeys}: it opens only the workspace that it is listed in, and needs a permission for each event type, or ${logPermission} for all of them, which only an owner can tick. Check also the workspace ID (${workspaceDetails}), whether the plan is Enterprise, Edu or Healthcare (Business, Plus and Pro have no Admin API), and whether the Compliance API has an IP allowlist.`,
    several: keysExchanged,
    link: adminKeyHelp,
  },
  compliance_key_not_enabled: {
    field: 'complianceApiKey',
    message:
      '{The key} may read nothing here: it was revoked or mistyped, it was made for another workspace or organization, its permission is missing, it is an ordinary project key, a key or token of a service account, or an older Compliance API key that OpenAI has not enabled yet, or this address is not on the allowlist.',
    remedy: `Look the key up under ${projectKeys}: one that is not there was revoked or is mistyped. Create an Admin key in its place under ${adminKeys}; or send OpenAI support the key's name, its last four characters and its creator's name, and ask for compliance access. Check also the workspace ID: ${workspaceDetails}.`,
    several: keysExchanged,
    link: complianceHelp,
  },
  key_not_allowed: {
    field: 'complianceApiKey',
    message:
      '{The key} may read nothing here: it has expired, its creator has left or is no longer an owner or admin of the workspace, it was revoked or mistyped, it was made for another workspace, its permission is not ticked or needs a key made by an owner, it is of another kind (an Admin key of the API platform, a project key, a token of a service account, an older key that OpenAI has not enabled yet, or the SCIM token), or this address is not on the allowlist.',
    remedy: `Look the key up under ${adminKeys}. If it is not there, create an Admin key in the workspace, with a permission for each event type, or as an owner with ${logPermission}. Check also the workspace ID (${workspaceDetails}), and whether the Compliance API has an IP allowlist.`,
    several: keysExchanged,
    link: adminKeyHelp,
  },
  key_of_another_workspace: {
    field: 'complianceApiKey',
    message: 'The Admin key is for workspace {opened} and opens no other one. It is entered for {principals} too.',
    unnamed: 'The Admin key is for another workspace, and opens no other one.',
    remedy: `In each of these workspaces create an Admin key under ${adminKeys}, and enter it with the workspace ID in the field Compliance API keys by workspace. If a workspace refuses its own key too, copy its ID again in ChatGPT under ${workspaceDetails}.`,
    link: adminKeyHelp,
  },
  organization_not_allowed: {
    field: 'organizationId',
    message:
      'The key may not read organization {principals}: the permission for {eventTypes} is not ticked, or it is not the organization of the workspace.',
    unnamed:
      'The key may not read the organization: the permission is not ticked, or it is not the organization of the workspace.',
    remedy: `Tick the permission under ${adminKeys}, or copy the organization ID again in ChatGPT under ${workspaceDetails}.`,
    link: adminKeyHelp,
  },
  no_workspace_known: {
    field: 'workspaceIds',
    message:
      'None of the workspace IDs is known: they are wrong, the keys were made for other workspaces, or the plan does not include the Compliance API.',
    remedy: `Copy each ID again in ChatGPT under ${workspaceDetails}. If they are correct, check that the plan is Enterprise or Edu and that OpenAI has enabled the API.`,
    several: keysExchanged,
    link: complianceHelp,
  },
  no_compliance_api: {
    message:
      'The Compliance API was not found for {principals}, though the ID and the key are right: the plan does not include it, or OpenAI has not enabled it.',
    unnamed:
      'The Compliance API was not found for this workspace, though the ID and the key are right: the plan does not include it, or OpenAI has not enabled it.',
    remedy:
      'If logs are to be read, check that the plan is Enterprise or Edu, and ask OpenAI support to enable the Compliance API.',
    link: complianceHelp,
  },
  admin_feature_missing: {
    message:
      'The workspace has nothing of this: {permissions}. The feature is off there, or the plan does not include it.',
    unnamed: 'The workspace has nothing of this: the feature is off there, or the plan does not include it.',
    remedy:
      'If it is to be read, ask an owner of the workspace whether the feature can be switched on. Service accounts belong to pay-as-you-go plans alone.',
    link: adminKeyHelp,
  },
  admin_permission_missing: {
    field: 'complianceApiKey',
    message: 'The Admin key may not read all of the Admin API. Not ticked: {permissions}.',
    unnamed: 'The Admin key may not read this: its permission is not ticked.',
    remedy: tickPermission(),
    link: adminKeyHelp,
  },
  admin_key_not_allowed: {
    field: 'complianceApiKey',
    message:
      'The Admin key may not read {permissions}: it has expired, its creator has left or is no longer an owner or admin of the workspace, it was revoked or mistyped, it was made for another workspace, its permission is not ticked or needs a key made by an owner, it was created on platform.openai.com for the API platform, or this address is not on the IP allowlist.',
    unnamed:
      'The Admin key may not read this: it has expired, its creator has left or is no longer an owner or admin of the workspace, it was revoked or mistyped, it was made for another workspace, its permission is not ticked or needs a key made by an owner, it was created on platform.openai.com for the API platform, or this address is not on the IP allowlist.',
    remedy: lookAdminKeyUp(),
    link: adminKeyHelp,
  },
  members_not_shown: {
    severity: 'warning',
    message:
      'The list of members is empty, and a workspace has at least the member who made it: who is in it is not known.',
    remedy:
      'Check again later. If it stays so, compare the workspace ID with the one in ChatGPT, and ask OpenAI why the list is empty. Until then, remove nobody.',
    link: complianceHelp,
  },
  no_events_yet: {
    severity: 'info',
    message: 'There are no events of these types yet.',
    remedy:
      'Nothing needs to be changed: the log begins when access is given, and events take up to half an hour, those of COSTS up to five hours.',
    link: complianceHelp,
  },
}));
