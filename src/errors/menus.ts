// Every way through the menus of OpenAI that a message may name, spelled as there: whoever sees one change, changes it here.
// Not built of each other: a bundler could leave out none that nobody uses. In August 2026 OpenAI moved much of ChatGPT's
// settings to admin.openai.com. Where an administrator may be shown either place, both are named.

/** Seen 2026-11-29. It was called Identity & Provisioning until August 2026, as in other vendors' guides to this day. */
export const directorySync =
  'Workspace settings → Identity & access (formerly Identity & Provisioning) → Directory Sync (SCIM)';

/** Seen 2026-11-29. It shows the SCIM URL and, once, the token. */
export const customScim =
  'Workspace settings → Identity & access (formerly Identity & Provisioning) → Directory Sync (SCIM) → Custom SCIM';

/** Seen 2026-11-29. Where the page offers to rotate the token, two are valid at a time. */
export const tokenShownOnce =
  'The token is shown only once, when it is generated, and generating a new one invalidates the old one, unless the page offers to rotate it.';

/** Seen 2026-11-29, new since August 2026: a directory of the whole tenant leaves the workspace's page without controls. */
export const directoryOfTenant =
  'If that page is read-only and shows Cloud Console ↗, ask a global admin to look under admin.openai.com → Global settings → Access → Directory → Directory Sync (SCIM).';

/** Seen 2026-11-29. Until August 2026 the workspace was chosen while the key was made, and not before. */
export const adminKeys = 'admin.openai.com → tenant → workspace → Credentials → Admin keys';

/** Seen 2026-11-29. Older Compliance API keys were made here. */
export const projectKeys = 'platform.openai.com/api-keys';

/** Seen 2026-11-29. Admin keys of the API Platform, which an organization owner makes: other ones than {@link adminKeys}. */
export const platformAdminKeys = 'platform.openai.com → Settings → Organization → Admin keys';

/** Seen 2026-11-29. Once it is on, it cannot be switched off there. */
export const auditLogging =
  'platform.openai.com → organization settings → Data controls → Data retention → Audit logging';

/** Seen 2026-11-29. A permission of an Admin key. */
export const logPermission = 'Compliance logging platform → Read';

/** Seen 2026-11-29. Permissions of an Admin key, each on its own; some are hidden while their feature is off. */
export const usersPermission = 'Users → Read';

/** Seen as {@link usersPermission}. */
export const groupsPermission = 'Group Management → Read';

/** Seen as {@link usersPermission}. */
export const invitationsPermission = 'Invitations → Read';

/** Seen as {@link usersPermission}. */
export const serviceAccountsPermission = 'Service accounts → Read';

/** Seen as {@link usersPermission}. */
export const usageLimitsPermission = 'Usage limits → Read';

/** Seen as {@link usersPermission}. */
export const usagePermission = 'Enterprise analytics API → Read';

/** Seen as {@link usersPermission}. It is not part of {@link usagePermission}. */
export const codexUsagePermission = 'Codex analytics API → Read';

/** Seen 2026-11-29. A permission of an Admin key that an owner makes: an admin is not offered it. */
export const rolesPermission = 'Roles and permissions → Read';

/** Seen 2026-11-29. A permission of an Admin key that an owner makes: an admin is not offered it. */
export const conversationPermission = 'Conversation messages';

/** Seen 2026-11-29 in the new console; in ChatGPT, as it was until August 2026. */
export const workspaceDetails =
  'Settings → General → Workspace details, or under admin.openai.com → workspace → General';

/** Seen as {@link workspaceDetails}. */
export const copyWorkspaceId =
  'Copy the workspace ID in ChatGPT under Settings → General → Workspace details, or under admin.openai.com → workspace → General.';

/** Seen as {@link workspaceDetails}. */
export const copyOrganizationId =
  'Copy the organization ID (org-…) in ChatGPT under Settings → General → Workspace details, or under admin.openai.com → workspace → General.';

/** Seen 2026-11-29, new since August 2026. It gives a group of the tenant's directory access to a workspace. */
export const productAccess = 'admin.openai.com → Users & groups → SCIM Groups → the group → Product access';
