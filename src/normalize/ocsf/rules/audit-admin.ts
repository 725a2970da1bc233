import type { AdminActionData } from '../../../audit-logs/events/audit-admin-actions.js';
import type { UndescribedAuditAction } from '../../../audit-logs/events/audit-log.js';
import { api, type Rule, type Rules } from '../rule.js';

const app = ['app', 'app_id', 'app_name'] as const;
const plugin = ['plugin', 'plugin_id'] as const;
const gpt = ['gpt', 'id'] as const;
const thirdPartyGpt = ['gpt', 'third_party_gizmo_id'] as const;
const domain = ['domain', 'domain_id', 'hostname'] as const;
const group = { id: 'group_id', name: ['name', 'new_name'] } as const;
const feature = ['feature', 'feature'] as const;

const invitation: Rule = {
  class: 'account_change',
  activity: 'other',
  user: { email: ['email_addresses', 'email_address'] },
};
const role = ['role', 'role_id', ['role_name', 'name']] as const;
const roleUpdated: Rule = { class: 'entity_management', activity: 'update', entity: role };
const newRole: Rules = [
  { class: 'user_access', activity: 'assign', where: 'new_role', user: { id: 'user_id' }, privileges: 'new_role' },
  // A change of a usage limit is called so too, and gives no role.
  api('update', ['user', 'user_id']),
];

function rolesOf(activity: 'assign' | 'revoke'): Rules {
  const privileges = ['role_name', 'role_id'] as const;
  return [
    { class: 'user_access', activity, where: 'user_id', user: { id: 'user_id' }, privileges },
    { class: 'group_management', activity, where: 'group_id', group, privileges },
    roleUpdated,
  ];
}

/** What administrators do. */
export const adminRules: Readonly<Record<keyof AdminActionData, Rules>> = {
  APP_ACTIVATE: api('create', app),
  APP_CREATE: api('create', app),
  APP_DELETE: api('delete', app),
  APP_PUBLISH: api('create', app),
  APP_UPDATE_NAME: api('update', app),
  APP_ALLOW_USER: api('update', app, ['user', 'allowed_user_id']),
  APP_DISALLOW_USER: api('update', app, ['user', 'disallowed_user_id']),
  APP_UPDATE_ACCESS_POLICY: api('update', app),
  PLUGIN_UPDATE_INSTALLATION_POLICY: api('update', plugin),
  CUSTOM_GPT_SET_ALLOWED_ACTION_DOMAINS: api('update'),
  CUSTOM_GPT_DELETE: api('delete', gpt),
  CUSTOM_GPT_CHANGE_OWNER: api('update', gpt),
  CUSTOM_GPT_CHANGE_VISIBILITY: { class: 'web_resources_activity', activity: 'share', resource: gpt },
  CUSTOM_GPT_ALLOW_THIRD_PARTY: api('update'),
  CUSTOM_GPT_APPROVE_THIRD_PARTY_FOR_WORKSPACE: api('update', thirdPartyGpt),
  CUSTOM_GPT_REMOVE_THIRD_PARTY_FOR_WORKSPACE: api('delete', thirdPartyGpt),
  DOMAIN_CREATE: api('create', domain),
  DOMAIN_DELETE: api('delete', domain),
  DOMAIN_CHECK: api('read', domain),
  GROUP_CREATE: { class: 'group_management', activity: 'create', group },
  GROUP_EDIT: [
    { class: 'group_management', activity: 'add_user', where: 'added_user_id', group, user: { id: 'added_user_id' } },
    { class: 'group_management', activity: 'other', group },
  ],
  GROUP_ADD_USERS: { class: 'group_management', activity: 'add_user', group, user: { email: 'email_addresses' } },
  GROUP_REMOVE_USER: { class: 'group_management', activity: 'remove_user', group, user: { id: 'removed_user_id' } },
  GROUP_DELETE: { class: 'group_management', activity: 'delete', group },
  INVITE_USERS: invitation,
  INVITE_SEND: invitation,
  INVITE_DELETE: invitation,
  INVITE_USER_REQUEST: invitation,
  INVITE_ACCEPT_ALL: { class: 'account_change', activity: 'create', user: {} },
  INVITE_SET_AUTO_ACCEPT_JOIN_REQUESTS: api('update'),
  INVITE_SET_ALLOW_EXTERNAL_DOMAINS: api('update'),
  SAML_CREATE_CONNECTION: api('create'),
  SCIM_SET_EMAIL_INVITES_ENABLED: api('update'),
  SUBSCRIPTION_SET_OVERAGE_LIMIT: api('update'),
  SUBSCRIPTION_SET_USAGE_ALERTS: api('update'),
  USER_DELETE: { class: 'account_change', activity: 'delete', user: { id: 'deleted_user_id' } },
  USER_ROLE_UPDATED: newRole,
  USER_LOGGED_OUT_BY_ADMIN: { class: 'authentication', activity: 'logoff', user: { id: 'logged_out_user_id' } },
  WORKSPACE_TOGGLE_FEATURE: api('update', feature, app),
  WORKSPACE_SET_SHARING_PERMISSION: api('update', feature),
  WORKSPACE_SET_SYSTEM_INSTRUCTION: api('update'),
  WORKSPACE_SET_POLICY: api('update'),
  WORKSPACE_SET_FEDRAMP_BANNER: api('update'),
  WORKSPACE_SET_AUTO_PROVISION: api('update'),
  WORKSPACE_SET_COMPLIANCE_API_IP_ALLOWLIST: api('update'),
  WORKSPACE_SET_IP_ALLOWLIST: api('update'),
  WORKSPACE_SET_IS_DISCOVERABLE: api('update'),
};

const libraryFile = ['library file', 'library_file_id'] as const;
const pet = ['pet', 'pet_id'] as const;

/** What is known by name only: the fields are those that its relatives have. */
export const undescribedRules: Readonly<Record<UndescribedAuditAction, Rules>> = {
  ROLE_CREATE: { class: 'entity_management', activity: 'create', entity: role },
  ROLE_UPDATE: roleUpdated,
  ROLE_DELETE: { class: 'entity_management', activity: 'delete', entity: role },
  ROLE_SET_PLUGIN_PERMISSIONS: roleUpdated,
  ROLE_SET_CONNECTOR_PERMISSIONS: roleUpdated,
  ROLE_SET_ALL_CONNECTOR_PERMISSIONS: roleUpdated,
  ROLE_UPDATE_BINDING_PERMISSIONS: roleUpdated,
  ROLE_ASSIGN: rolesOf('assign'),
  ROLE_UNASSIGN: rolesOf('revoke'),
  UPDATE_WORKSPACE_USER: newRole,
  APP_SET_ENABLED_ACTIONS: api('update', app),
  PLUGIN_SHARE: { class: 'web_resources_activity', activity: 'share', resource: plugin },
  INVITE_UPDATE: invitation,
  DELETE_AND_DISABLE_USER_MEMORY: api('delete', ['user', 'user_id']),
  DELETE_AND_DISABLE_WORKSPACE_MEMORY: api('delete'),
  LIST_USER_LIBRARY_FILES: api('read', ['user', 'user_id']),
  GET_USER_LIBRARY_FILE: api('read', libraryFile),
  DELETE_USER_LIBRARY_FILE: api('delete', libraryFile),
  LIST_USER_PETS: api('read'),
  GET_USER_PET: api('read', pet),
  DELETE_USER_PET: api('delete', pet),
  LIST_USER_SHARED_PETS: api('read'),
  GET_USER_SHARED_PET: api('read', pet),
  DELETE_USER_SHARED_PET: api('delete', pet),
  GET_WORKSPACE_USAGE_LIMIT: api('read'),
  UPDATE_WORKSPACE_USAGE_LIMIT: api('update'),
  LIST_GROUP_USAGE_LIMITS: api('read'),
  GET_GROUP_USAGE_LIMIT: api('read', ['group', 'group_id']),
  UPDATE_GROUP_USAGE_LIMIT: api('update', ['group', 'group_id']),
  LIST_USER_USAGE_LIMITS: api('read'),
  GET_USER_USAGE_LIMIT: api('read', ['user', 'user_id']),
  GET_USER_MONTHLY_USAGE_LIMIT_STATUS: api('read', ['user', 'user_id']),
  UPDATE_USER_USAGE_LIMIT: api('update', ['user', 'user_id']),
  LIST_USAGE_LIMIT_REQUESTS: api('read'),
  UPDATE_USAGE_LIMIT_REQUEST: api('update'),
};
