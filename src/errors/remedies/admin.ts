import { adminKeys, projectKeys, rolesPermission, workspaceDetails } from '../menus.js';
import { adminKeyHelp, allowlistHelp } from './pages.js';
import { catalogue, giveItsOwnKey } from './remedy.js';

const plans = 'The plans Enterprise, Edu and Healthcare include the Admin API; Business, Plus and Pro do not.';

/** What can be wrong with an Admin key, by what the Admin API answers. */
export const adminRemedies = /* @__PURE__ */ catalogue(() => ({
  admin_api_key_refused: {
    field: 'complianceApiKey',
    message:
      'The Admin API refused the key: it has expired, its creator has left or is no longer an owner or admin of the workspace, it was revoked, it is mistyped, it was made for another workspace, its permission is not ticked or needs a key made by an owner, or it was created on platform.openai.com for the API platform.',
    remedy: lookRefusedKeyUp(),
    link: adminKeyHelp,
  },
  not_an_admin_key: {
    field: 'complianceApiKey',
    message:
      'The Admin API takes Admin keys of a workspace alone: this is a key of platform.openai.com, as older Compliance API keys are, a token of a service account or of a member, or the SCIM token.',
    remedy: explainNoAdminKey(),
    shared: giveItsOwnKey(adminKeys),
    link: adminKeyHelp,
  },
  admin_ip_not_allowed: {
    field: 'complianceApiKey',
    message: 'This address is not on the IP allowlist of the workspace.',
    remedy: 'Ask a workspace owner to add the address that this program calls from to that allowlist.',
    link: allowlistHelp,
  },
  admin_key_of_another_workspace: {
    field: 'complianceApiKey',
    message: '{The key} may not read this workspace: an Admin key opens the one workspace that it was created in.',
    remedy: `Enter the key that was created in the workspace itself (${adminKeys}). If it is that one, copy the workspace ID again in ChatGPT under ${workspaceDetails}.`,
    shared: `${giveItsOwnKey(adminKeys)} If a workspace refuses its own key too, copy its ID again in ChatGPT under ${workspaceDetails}.`,
    link: adminKeyHelp,
  },
  no_admin_api: {
    field: 'workspaceIds',
    message:
      'No Admin API was found for {principals}: the ID is wrong, the key was made for another workspace, the feature is off, or the plan does not include the Admin API.',
    unnamed:
      'No Admin API was found for this workspace: the ID is wrong, the key was made for another workspace, the feature is off, or the plan does not include the Admin API.',
    remedy: `Copy the workspace ID again in ChatGPT under ${workspaceDetails}, and check that the key was created in this workspace (${adminKeys}). ${plans}`,
    alive: {
      message:
        'No Admin API was found for {principals}, though the ID and the key are right: the plan does not include it, or the feature is off.',
      remedy: `If it is to be read, ask an owner of the workspace whether it can be switched on. ${plans}`,
    },
    link: adminKeyHelp,
  },
}));

/** Where to look for an Admin key that is refused and that nothing more is known of. */
export function lookRefusedKeyUp(): string {
  return `Look the key up under ${adminKeys}: it opens only the workspace that it is listed in, and the list shows its status, creator and expiry. If it is not there, or has ended, create a new one. Check also the workspace ID: ${workspaceDetails}.`;
}

/** What to do about a key of platform.openai.com, which its beginning shows it to be. */
export function projectKeyRefused(): string {
  return `The Admin API takes Admin keys of a workspace alone: this is a key of platform.openai.com (sk-proj-… or sk-svcacct-…), as older Compliance API keys are. ${explainNoAdminKey()}`;
}

/** What to do about a key or a token that is refused and does not begin like an Admin key. */
export function unknownKeyRefused(isOpenAiKey: boolean): string {
  const what = isOpenAiKey
    ? 'a key of a user or a project of platform.openai.com'
    : 'a token of a service account or of a member, or the SCIM token';
  return `The Admin API refused the key, which does not begin like an Admin key (sk-admin-…): it may be ${what}, or not the whole key. ${explainNoAdminKey()}`;
}

function explainNoAdminKey(): string {
  return `Create an Admin key in the workspace under ${adminKeys}. The older key (${projectKeys}) goes on opening the logs.`;
}

/** Who can tick a permission, and where. */
export function tickPermission(): string {
  return `The permissions of a key can be edited later: let its creator or an owner of the workspace tick it under ${adminKeys}. An admin may tick what the own role allows. A permission that is not shown there belongs to a feature that is off.`;
}

/** Where to look where nobody says what is wrong with a key. */
export function lookAdminKeyUp(): string {
  return `Look the key up under ${adminKeys}, where its creator or an owner can tick the permission. Check also that the workspace ID is correct (${workspaceDetails}).`;
}

/** What to do about a permission that an Admin key may lack, and who can. */
export function permissionMissing(permission: string): string {
  if (permission === rolesPermission) {
    return `The key may not read this: its permission ${permission} is not ticked. It needs a key made by an owner of the workspace: an admin is not offered this permission. Ask an owner to make one under ${adminKeys}.`;
  }
  return `The key may not read this: its permission ${permission} is not ticked. ${tickPermission()}`;
}

/** The same where nothing says that it is the permission. */
export function mayNotRead(permission: string): string {
  return `The key may not read this: it has expired, its creator has left or is no longer an owner or admin of the workspace, it was revoked or mistyped, it was made for another workspace, its permission ${permission} is not ticked or needs a key made by an owner, it was created on platform.openai.com for the API platform, or this address is not on the IP allowlist. ${lookAdminKeyUp()}`;
}

/** What to do about a request to the Admin API that was refused for what it asks. */
export const adminRequestRemedies = {
  address_as_id:
    'An e-mail address was given as the `id`. Look the member up with `members.find({ email })`, and pass its `id`.',
  not_found:
    'Nothing that this key can see has this `id`: read the list, and take an `id` from there. If the list is not found either, its error says what may be wrong with the workspace.',
  bad_request:
    'The service did not accept the query. A `cursor` belongs to the query that it came with: give it with the same one, or leave it out to begin anew.',
  scim_managed_resource: 'This is managed by the directory (SCIM): change it there, at the identity provider.',
  conflict: 'What was asked for does not fit what the workspace holds now. Read it again.',
  outage: 'The service is down or overloaded. Try again later.',
  rate_limited:
    'Too many requests with this key: OpenAI allows 100 a minute for each route. Lower `rateLimit`, and check that no other program uses the same key.',
} as const;
