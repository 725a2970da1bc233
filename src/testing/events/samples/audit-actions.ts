import type { AdminActionData } from '../../../audit-logs/events/audit-admin-actions.js';
import type { UserActionData } from '../../../audit-logs/events/audit-user-actions.js';
import type { Template } from '../template.js';

const conversation = { conversation_id: '<uuid>' };
const message = { ...conversation, message_id: '<uuid>' };
const shared = { ...conversation, shared_conversation_id: '<uuid>' };
const skill = { skill_id: 'skill_<hex 12>', skill_name: 'handbook' };
const sharedSkill = { ...skill, principal_type: 'user', principal_id: '<other.userId>', role: 'viewer' };
const recipient = {
  recipient_type: 'user', user_id: '<other.userId>', user_email: '<other.email>', capabilities: ['can_view'],
} as const;
const accessToken: Template<UserActionData['PERSONAL_ACCESS_TOKEN_CREATE']> = {
  credential_id: 'pat_<hex 24>', credential_type: 'personal_access_token', credential_name: 'nightly report',
  owner_user_id: '<person.userId>', workspace_id: '<owner.id>',
  expires_at: ({ micros }) => Math.floor(micros / 1_000_000) + 30 * 86_400, scopes: ['codex.read'],
};

/** What members do. The usual actions first. */
export const userActions = {
  CONVERSATION_DELETE: conversation,
  CONVERSATION_SHARE: { ...shared, already_exists: false },
  CONVERSATION_VIEW_OF_SHARED: shared,
  CONVERSATION_MESSAGE_RATING: { ...message, rating: 'thumbs_up' },
  CONVERSATION_MESSAGE_RATING_DELETE: message,
  FILE_DOWNLOAD: { file_id: 'file-<hex 12>', file_name: 'contract.pdf', mime_type: 'application/pdf' },
  INVITE_ACCEPT: { email_address: '<person.email>' },
  SESSION_LOGOUT_ALL: {},
  SESSION_REVOKE: { session_id: '<uuid>', revoked_unified_sessions: true },
  PERSONAL_ACCESS_TOKEN_CREATE: accessToken,
  PERSONAL_ACCESS_TOKEN_REVOKE: {
    ...accessToken, revoked_at: ({ micros }) => Math.floor(micros / 1_000_000), state_changed: true,
  },
  CUSTOM_GPT_UPDATE_SHARING: { id: 'g-<hex 32>', shared_to: [recipient] },
  PROJECT_UPDATE_SHARING: {
    id: 'g-p-<hex 32>', shared_to: [recipient], requested_access_updates: [recipient], requested_access_removals: [],
  },
  SITE_UPDATE_ACCESS_POLICY: {
    project_id: '<uuid>', revision: 4, access_mode_before: 'admins_only', access_mode: 'custom',
    added_user_ids: ['<other.userId>'], removed_user_ids: [], allowed_workspace_group_ids_before: [],
    allowed_workspace_group_ids: ['group_<hex 24>'], allowed_tenant_group_ids_before: [], allowed_tenant_group_ids: [],
    changed_fields: ['access_mode', 'direct_users', 'workspace_groups'], client_id: 'CODEX_WEB',
    triggering_action: 'update_site_access',
  },
  SKILL_CREATE: skill,
  SKILL_UPDATE: skill,
  SKILL_DELETE: skill,
  SKILL_SHARE: { ...sharedSkill, previous_role: 'none' },
  SKILL_UNSHARE: sharedSkill,
  SKILL_WORKSPACE_ACCESS: { ...skill, workspace_id: '<owner.id>', workspace_access_state: 'enabled' },
  WORKSPACE_POLICY_ACKNOWLEDGEMENT: {},
} satisfies Template<UserActionData>;

const appId = { app_id: 'asdk_app_<hex 32>' };
const app = { ...appId, app_name: 'Wiki' };
const group = { group_id: 'group_<hex 24>' };
const gpt = { id: 'g-<hex 32>' };
const thirdParty = { third_party_gizmo_id: 'g-<hex 32>' };
const domain = { domain_id: 'dom_<hex 24>' };
const invitees = { email_addresses: ['<other.email>'], role: 'standard-user' };
const invitee = { email_address: '<other.email>' };
const on = { value: true };
const signIn = { sign_in_endpoint: 'https://idp.northwind.example/saml' };
const addresses = { allowed_ips: ['203.0.113.0/24', '198.51.100.7/32'] };
const connector = 'connector_<hex 32 #connector>';
const connectorChanges = {
  source_surface: 'admin_apps' as const, affected_connector_ids: [connector], changed_fields: ['actions'],
  changed_fields_by_connector: { [connector]: ['actions'] },
  previous_workspace_permissions_by_connector: { [connector]: { actions: 'ask' } },
  new_workspace_permissions_by_connector: { [connector]: { actions: 'allow' } },
};

/** What administrators do. The usual actions first. */
export const adminActions = {
  USER_ROLE_UPDATED: { user_id: '<other.userId>', new_role: 'account-admin' },
  GROUP_ADD_USERS: { ...group, email_addresses: ['<other.email>'] },
  GROUP_REMOVE_USER: { ...group, removed_user_id: '<other.userId>' },
  INVITE_USERS: invitees,
  INVITE_SEND: invitees,
  USER_DELETE: { deleted_user_id: '<other.userId>' },
  GROUP_CREATE: { ...group, name: '<other.department>' },
  GROUP_EDIT: { ...group, new_name: 'Everyone', added_user_id: '<other.userId>' },
  GROUP_DELETE: group,
  INVITE_DELETE: invitee,
  INVITE_USER_REQUEST: invitee,
  INVITE_ACCEPT_ALL: { total_requested: 3 },
  INVITE_SET_AUTO_ACCEPT_JOIN_REQUESTS: on,
  INVITE_SET_ALLOW_EXTERNAL_DOMAINS: on,
  APP_ACTIVATE: app,
  APP_CREATE: { ...app, knowledge_app_type: 'mcp' },
  APP_DELETE: app,
  APP_PUBLISH: { ...appId, ...connectorChanges },
  APP_UPDATE_NAME: { ...appId, old_name: 'Wiki', new_name: 'Handbook' },
  APP_ALLOW_USER: { ...app, allowed_user_id: '<other.userId>' },
  APP_DISALLOW_USER: { ...appId, disallowed_user_id: '<other.userId>' },
  APP_UPDATE_ACCESS_POLICY: { ...app, allow_all_in_workspace: true },
  PLUGIN_UPDATE_INSTALLATION_POLICY: {
    plugin_id: 'plugin_<hex 12>', source_surface: 'admin_plugins', changed_fields: ['installation_policy'],
    installation_policy_before: 'available', installation_policy: 'installed_by_default',
    installed_by_default_role_ids_before: [], installed_by_default_role_ids: ['role_<hex 12>'],
  },
  CUSTOM_GPT_SET_ALLOWED_ACTION_DOMAINS: { domains: ['api.northwind.example'] },
  CUSTOM_GPT_DELETE: gpt,
  CUSTOM_GPT_CHANGE_OWNER: { ...gpt, new_owner_email: '<other.email>' },
  CUSTOM_GPT_CHANGE_VISIBILITY: {
    ...gpt, shared_to: [{ type: 'user', user_id: '<other.userId>' }, { type: 'workspace_link' }],
  },
  CUSTOM_GPT_ALLOW_THIRD_PARTY: { value: 'allow_approved' },
  CUSTOM_GPT_APPROVE_THIRD_PARTY_FOR_WORKSPACE: thirdParty,
  CUSTOM_GPT_REMOVE_THIRD_PARTY_FOR_WORKSPACE: thirdParty,
  DOMAIN_CREATE: { ...domain, hostname: 'northwind.example' },
  DOMAIN_DELETE: domain,
  DOMAIN_CHECK: domain,
  SAML_CREATE_CONNECTION: signIn,
  SCIM_SET_EMAIL_INVITES_ENABLED: signIn,
  SUBSCRIPTION_SET_OVERAGE_LIMIT: { overage_limit_credits: 50_000 },
  SUBSCRIPTION_SET_USAGE_ALERTS: {
    alert_recipients: [{ type: 'email', value: '<other.email>' }],
    alert_thresholds: [{ type: 'absolute', credits: 40_000 }],
  },
  USER_LOGGED_OUT_BY_ADMIN: { logged_out_user_id: '<other.userId>' },
  WORKSPACE_TOGGLE_FEATURE: { feature: 'connectors', value: true, ...connectorChanges },
  WORKSPACE_SET_SHARING_PERMISSION: { feature: 'gpt_sharing', value: 'workspace' },
  WORKSPACE_SET_SYSTEM_INSTRUCTION: { system_instruction: 'Never share customer names.' },
  WORKSPACE_SET_POLICY: { workspace_policy: 'Use approved sources only.' },
  WORKSPACE_SET_FEDRAMP_BANNER: { enabled: true, classification: 'CUI', markdown: 'Handle with care.' },
  WORKSPACE_SET_AUTO_PROVISION: on,
  WORKSPACE_SET_COMPLIANCE_API_IP_ALLOWLIST: addresses,
  WORKSPACE_SET_IP_ALLOWLIST: addresses,
  WORKSPACE_SET_IS_DISCOVERABLE: {
    value: true, public_display_name: 'Northwind', use_workspace_name_for_discovery: false,
  },
} satisfies Template<AdminActionData>;

/** Actions of administrators that are known by name only. */
export const undescribedActions: Readonly<Record<string, object>> = Object.fromEntries(
  `ROLE_CREATE ROLE_UPDATE ROLE_DELETE ROLE_ASSIGN ROLE_UNASSIGN ROLE_SET_PLUGIN_PERMISSIONS
    ROLE_SET_CONNECTOR_PERMISSIONS ROLE_SET_ALL_CONNECTOR_PERMISSIONS ROLE_UPDATE_BINDING_PERMISSIONS
    UPDATE_WORKSPACE_USER APP_SET_ENABLED_ACTIONS PLUGIN_SHARE INVITE_UPDATE DELETE_AND_DISABLE_USER_MEMORY
    DELETE_AND_DISABLE_WORKSPACE_MEMORY LIST_USER_LIBRARY_FILES GET_USER_LIBRARY_FILE DELETE_USER_LIBRARY_FILE
    LIST_USER_PETS GET_USER_PET DELETE_USER_PET LIST_USER_SHARED_PETS GET_USER_SHARED_PET DELETE_USER_SHARED_PET
    GET_WORKSPACE_USAGE_LIMIT UPDATE_WORKSPACE_USAGE_LIMIT LIST_GROUP_USAGE_LIMITS GET_GROUP_USAGE_LIMIT
    UPDATE_GROUP_USAGE_LIMIT LIST_USER_USAGE_LIMITS GET_USER_USAGE_LIMIT GET_USER_MONTHLY_USAGE_LIMIT_STATUS
    UPDATE_USER_USAGE_LIMIT LIST_USAGE_LIMIT_REQUESTS UPDATE_USAGE_LIMIT_REQUEST`
    .split(/\s+/)
    .map((action) => [action, {}]),
);
