import {
  adminKeys,
  conversationPermission,
  logPermission,
  projectKeys,
  usersPermission,
  workspaceDetails,
} from '../menus.js';
import { lookRefusedKeyUp } from './admin.js';
import type { KeyKind } from './key-kind.js';
import { adminKeyHelp, allowlistHelp, complianceHelp } from './pages.js';
import { catalogue, explain, giveItsOwnKey, keysExchanged, ofKind } from './remedy.js';

/** What gives the list of people that the Compliance API has. */
export const exportByOwner =
  'For the list of the Compliance API, ask an owner to create a key with compliance_export.read, which an admin cannot tick. OpenAI does not say what its checkbox is called there: this is the name of its scope.';

/** What can be wrong with the compliance half of a connection. */
export const complianceRemedies = /* @__PURE__ */ catalogue(() => ({
  compliance_key_refused: {
    field: 'complianceApiKey',
    message:
      'The Compliance API refused {the key}: it has expired, its creator has left or is no longer an owner or admin, it was revoked, it is mistyped, it was made for another workspace, or its permission is not ticked or needs a key made by an owner; or it is of another kind: an Admin key of the API platform, a project key, a token of a service account, an older key that OpenAI has not enabled yet, or the SCIM token.',
    remedy: `Look the key up under ${adminKeys}: it opens only the workspace that it is listed in, and the list shows its status, creator and expiry. If it is not there, create an Admin key for the workspace and copy it whole. Check also the workspace ID: ${workspaceDetails}.`,
    several: keysExchanged,
    link: adminKeyHelp,
  },
  project_key_refused: {
    field: 'complianceApiKey',
    message:
      'The Compliance API refused {the key}: it was revoked, it is mistyped, it was made for another workspace, its permission is missing, it is an ordinary project key, a key or token of a service account, or an older Compliance API key that OpenAI has not enabled yet.',
    remedy: `Look the key up under ${projectKeys}: one that is not there was revoked or is mistyped. In its place create an Admin key for the workspace under ${adminKeys}. One that is there OpenAI support has to enable for the Compliance API. Check also the workspace ID: ${workspaceDetails}.`,
    several: keysExchanged,
    link: complianceHelp,
  },
  admin_key_refused: {
    field: 'complianceApiKey',
    message:
      'The Compliance API refused {the Admin key}: it has expired, its creator has left or is no longer an owner or admin of the workspace, it was revoked, it is mistyped, it was made for another workspace, its permission is not ticked or needs a key made by an owner, or it was created on platform.openai.com for the API platform.',
    remedy: lookRefusedKeyUp(),
    several: keysExchanged,
    link: adminKeyHelp,
  },
  log_scope_missing: {
    field: 'complianceApiKey',
    message: '{The key} may not read these event types: {eventTypes}.',
    unnamed: 'The key may not read events of this type.',
    remedy: `${tickTypes()} ${olderPermissions()}`,
    of: {
      admin_key: {
        remedy: tickTypes(),
      },
      project_key: {
        remedy: `${olderPermissions()} Or create an Admin key in the workspace under ${adminKeys}, with the permission for each type.`,
      },
    },
    link: adminKeyHelp,
  },
  owner_key_needed: {
    field: 'complianceApiKey',
    message:
      '{The key} may not read these event types: {eventTypes}. The permission is not ticked, and takes a key made by an owner.',
    unnamed:
      'The key may not read events of this type: the permission is not ticked, and takes a key made by an owner.',
    remedy: `If conversation messages are to be read, ask an owner of the workspace to create a key with ${conversationPermission}, or with ${logPermission}, under ${adminKeys}. An admin cannot tick these.`,
    link: adminKeyHelp,
  },
  member_scope_missing: {
    severity: 'warning',
    field: 'complianceApiKey',
    message:
      '{The key} may not list the people of the workspace: the permission (compliance_export.read) is not ticked, and takes a key made by an owner.',
    remedy: `${tickUsers()} ${exportByOwner} ${olderPermissions()}`,
    of: {
      admin_key: {
        message: `{The key} may not list the people of the workspace: its permission ${usersPermission} is not ticked, and neither is that for the list of the Compliance API (compliance_export.read), which takes a key made by an owner.`,
        remedy: `${tickUsers()} ${exportByOwner}`,
      },
      project_key: {
        message:
          '{The key} may not list the people of the workspace: its permission for that (compliance_export.read) is missing.',
        remedy: `If people are to be listed, ask OpenAI support to give the key (${projectKeys}) that permission. Or create an Admin key in the workspace under ${adminKeys}, with ${usersPermission}, which an admin may tick.`,
      },
    },
    link: adminKeyHelp,
  },
  ip_not_allowed: {
    field: 'complianceApiKey',
    message: 'This address is not on the IP allowlist of the Compliance API.',
    remedy: 'Ask a workspace owner to add the address that this program calls from to that allowlist.',
    link: allowlistHelp,
  },
  key_not_of_this_workspace: {
    field: 'complianceApiKey',
    message: '{The key} was made for another workspace, and may not read this one.',
    remedy: `Enter the key that was created in the workspace itself (${adminKeys}). If it is that one, copy the workspace ID again in ChatGPT under ${workspaceDetails}.`,
    shared: `${giveItsOwnKey(adminKeys)} If a workspace refuses its own key too, copy its ID again in ChatGPT under ${workspaceDetails}.`,
    several: keysExchanged,
    link: adminKeyHelp,
  },
  workspace_of_another_organization: {
    field: 'workspaceIds',
    message: 'The key may not read {principals}: it was made for another workspace, or for another organization.',
    unnamed:
      'The key may not read this workspace or organization: it was made for another workspace, or for another organization.',
    remedy: `Use a key that was created in the workspace itself (${adminKeys}), or copy the correct ID in ChatGPT under ${workspaceDetails}.`,
    shared: `${giveItsOwnKey(adminKeys)} Or copy the correct ID in ChatGPT under ${workspaceDetails}.`,
    several: keysExchanged,
    link: complianceHelp,
  },
  workspace_unknown: {
    field: 'workspaceIds',
    message:
      'Unknown workspace or organization {principals}: the ID is wrong, the workspace was renamed, moved or deleted, or the key was made for another one.',
    unnamed:
      'Unknown workspace or organization: the ID is wrong, the workspace was renamed, moved or deleted, or the key was made for another one.',
    remedy: `Copy the ID again in ChatGPT under ${workspaceDetails}. If it is correct, check that the key was created in this workspace (${adminKeys}), and that the plan is Enterprise or Edu.`,
    several: keysExchanged,
    link: complianceHelp,
  },
  event_type_refused: {
    message: 'The service does not offer these event types here: {eventTypes}.',
    unnamed: 'The service does not offer events of this type here.',
    remedy:
      'Check the spelling: event types are written like AUTH_LOG. COSTS needs the organization ID; most others need a workspace.',
    link: complianceHelp,
  },
}));

/** What to do about a Compliance API request that was refused for what it asks. */
export const complianceRequestRemedies = {
  wrong_route:
    'This event type belongs to the other route: use `organizationId` for organization types, `workspaceIds` for workspace types.',
  bad_request: 'Check the event types, and that `after` and `before` are ISO 8601 date-times.',
  file_expired: `The file no longer exists: log files are kept for 30 days. If no file can be downloaded, copy the workspace ID again in ChatGPT under ${workspaceDetails}.`,
  gone: 'OpenAI has removed this. Read conversations as CONVERSATION_MESSAGE events.',
  unprocessable: 'The service did not accept the parameters. Check that `after` and `before` are ISO 8601 date-times.',
  outage:
    'The service is down or overloaded. Try again later; to go on with a log, resume from its last checkpoint. `follow` waits by itself.',
  rate_limited:
    'Too many requests with this key. Lower `rateLimit`, and check that no other program uses the same key.',
} as const;

/** The key lacks the permission for the list of people that the Compliance API has; of the other list nothing is known. */
export function peopleMissing(kind: KeyKind | undefined): string {
  if (kind !== 'admin_key') return explain(ofKind(complianceRemedies.member_scope_missing, kind));
  return `The key may not list the people of the workspace by the Compliance API. ${tickUsers()} ${exportByOwner}`;
}

/** The same where the list of the Compliance API is the only one. */
export function exportMissing(): string {
  return `The key may not list the people of the workspace: the permission for that is not ticked, and takes a key made by an owner. ${exportByOwner} The Admin API, which lists them too, was not found for this workspace.`;
}

/** What is asked for, as far as it has a permission of its own. */
export type AskedOfCompliance = 'log' | 'people' | 'other';

/** What may be wrong where a key may not read something and nobody says why, by what the key starts like. */
export function forbidden(kind: KeyKind | undefined, asked: AskedOfCompliance): string {
  const ending = ` Check also that the workspace ID is correct (${workspaceDetails}), and that this machine is on the IP allowlist of the Compliance API, if there is one.`;
  const gone = 'it has expired, its creator has left or is no longer an owner or admin';
  const lookUp = `Look the key up under ${adminKeys}.`;
  const permission = {
    log: `its permission (${logPermission}) is not ticked, it takes a key made by an owner, as for conversation messages`,
    people: `its permission is not ticked (${usersPermission} for the list of the Admin API, which an admin may tick; compliance_export.read for that of the Compliance API, which takes a key made by an owner)`,
    other: 'its permission is not ticked, it takes a key made by an owner',
  }[asked];
  switch (kind) {
    case 'admin_key':
      return `The key may not read this: ${gone} of the workspace, it was revoked or mistyped, it was made for another workspace, ${permission}, or it was created on platform.openai.com for the API platform. ${lookUp}${ending}`;
    case 'project_key':
      return `The key may not read this: it was revoked or mistyped, it was made for another workspace or organization, its permission${asked === 'people' ? ' (compliance_export.read)' : ''} is missing, it is an ordinary project key, a key or token of a service account, or an older Compliance API key that OpenAI has not enabled yet. Look the key up under ${projectKeys}: OpenAI support enables it, and gives it its permissions.${ending}`;
    case undefined:
      return `The key may not read this: ${gone}, it was revoked or mistyped, it was made for another workspace, ${permission}, or it is of another kind: an Admin key of the API platform, a project key, a token of a service account, an older key that OpenAI has not enabled yet, or the SCIM token. ${lookUp}${ending}`;
  }
}

// Functions, as the catalogue is.
function tickTypes(): string {
  return `The permissions of a key can be edited later: let its creator or an owner tick that of each type under ${adminKeys}, or an owner ${logPermission}.`;
}

function tickUsers(): string {
  return `If people are to be listed, let the creator of an Admin key or an owner of the workspace tick ${usersPermission} under ${adminKeys}, which an admin may: people are then read from the Admin API.`;
}

function olderPermissions(): string {
  return `An older key (${projectKeys}) gets its permissions from OpenAI support.`;
}
