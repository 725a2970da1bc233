import type { AdminActionData } from '../../audit-logs/events/audit-admin-actions.js';
import { type DetailMakers, type EventContext, idOf } from './event-context.js';

const app = (context: EventContext) => ({ app_id: idOf(context, 'asdk_app_', 32), app_name: 'Wiki' });
const group = (context: EventContext) => ({ group_id: idOf(context, 'group_', 24) });
const gpt = (context: EventContext) => ({ id: idOf(context, 'g-', 32) });
const thirdParty = (context: EventContext) => ({ third_party_gizmo_id: idOf(context, 'g-', 32) });
const domain = (context: EventContext) => ({ domain_id: idOf(context, 'dom_', 24) });
const invitees = ({ other }: EventContext) => ({ email_addresses: [other.email], role: 'standard-user' });
const invitee = ({ other }: EventContext) => ({ email_address: other.email });
const on = () => ({ value: true });
const addresses = () => ({ allowed_ips: ['203.0.113.0/24', '198.51.100.7/32'] });

function connectorChanges(context: EventContext) {
  const connector = idOf(context, 'connector_', 32);
  return {
    source_surface: 'admin_apps',
    affected_connector_ids: [connector],
    changed_fields: ['actions'],
    changed_fields_by_connector: { [connector]: ['actions'] },
    previous_workspace_permissions_by_connector: { [connector]: { actions: 'ask' } },
    new_workspace_permissions_by_connector: { [connector]: { actions: 'allow' } },
  };
}

/** What administrators do. The usual actions first. */
export const adminActions: DetailMakers<AdminActionData> = {
  USER_ROLE_UPDATED: ({ other }) => ({ user_id: other.userId, new_role: 'account-admin' }),
  GROUP_ADD_USERS: (context) => ({ ...group(context), email_addresses: [context.other.email] }),
  GROUP_REMOVE_USER: (context) => ({ ...group(context), removed_user_id: context.other.userId }),
  INVITE_USERS: invitees,
  INVITE_SEND: invitees,
  USER_DELETE: ({ other }) => ({ deleted_user_id: other.userId }),
  GROUP_CREATE: (context) => ({ ...group(context), name: context.other.department }),
  GROUP_EDIT: (context) => ({ ...group(context), new_name: 'Everyone', added_user_id: context.other.userId }),
  GROUP_DELETE: group,
  INVITE_DELETE: invitee,
  INVITE_USER_REQUEST: invitee,
  INVITE_ACCEPT_ALL: () => ({ total_requested: 3 }),
  INVITE_SET_AUTO_ACCEPT_JOIN_REQUESTS: on,
  INVITE_SET_ALLOW_EXTERNAL_DOMAINS: on,
  APP_ACTIVATE: app,
  APP_CREATE: (context) => ({ ...app(context), knowledge_app_type: 'mcp' }),
  APP_DELETE: app,
  APP_PUBLISH: (context) => ({ app_id: app(context).app_id, ...connectorChanges(context) }),
  APP_UPDATE_NAME: (context) => ({ app_id: app(context).app_id, old_name: 'Wiki', new_name: 'Handbook' }),
  APP_ALLOW_USER: (context) => ({ ...app(context), allowed_user_id: context.other.userId }),
  APP_DISALLOW_USER: (context) => ({ app_id: app(context).app_id, disallowed_user_id: context.other.userId }),
  APP_UPDATE_ACCESS_POLICY: (context) => ({ ...app(context), allow_all_in_workspace: true }),
  PLUGIN_UPDATE_INSTALLATION_POLICY: (context) => ({
    plugin_id: idOf(context, 'plugin_'),
    source_surface: 'admin_plugins',
    changed_fields: ['installation_policy'],
    installation_policy_before: 'available',
    installation_policy: 'installed_by_default',
    installed_by_default_role_ids_before: [],
    installed_by_default_role_ids: [idOf(context, 'role_')],
  }),
  CUSTOM_GPT_SET_ALLOWED_ACTION_DOMAINS: () => ({ domains: ['api.northwind.example'] }),
  CUSTOM_GPT_DELETE: gpt,
  CUSTOM_GPT_CHANGE_OWNER: (context) => ({ ...gpt(context), new_owner_email: context.other.email }),
  CUSTOM_GPT_CHANGE_VISIBILITY: (context) => ({
    ...gpt(context),
    shared_to: [{ type: 'user', user_id: context.other.userId }, { type: 'workspace_link' }],
  }),
  CUSTOM_GPT_ALLOW_THIRD_PARTY: () => ({ value: 'allow_approved' }),
  CUSTOM_GPT_APPROVE_THIRD_PARTY_FOR_WORKSPACE: thirdParty,
  CUSTOM_GPT_REMOVE_THIRD_PARTY_FOR_WORKSPACE: thirdParty,
  DOMAIN_CREATE: (context) => ({ ...domain(context), hostname: 'northwind.example' }),
  DOMAIN_DELETE: domain,
  DOMAIN_CHECK: domain,
  SAML_CREATE_CONNECTION: () => ({ sign_in_endpoint: 'https://idp.northwind.example/saml' }),
  SCIM_SET_EMAIL_INVITES_ENABLED: () => ({ sign_in_endpoint: 'https://idp.northwind.example/saml' }),
  SUBSCRIPTION_SET_OVERAGE_LIMIT: () => ({ overage_limit_credits: 50_000 }),
  SUBSCRIPTION_SET_USAGE_ALERTS: ({ other }) => ({
    alert_recipients: [{ type: 'email', value: other.email }],
    alert_thresholds: [{ type: 'absolute', credits: 40_000 }],
  }),
  USER_LOGGED_OUT_BY_ADMIN: ({ other }) => ({ logged_out_user_id: other.userId }),
  WORKSPACE_TOGGLE_FEATURE: (context) => ({ feature: 'connectors', value: true, ...connectorChanges(context) }),
  WORKSPACE_SET_SHARING_PERMISSION: () => ({ feature: 'gpt_sharing', value: 'workspace' }),
  WORKSPACE_SET_SYSTEM_INSTRUCTION: () => ({ system_instruction: 'Never share customer names.' }),
  WORKSPACE_SET_POLICY: () => ({ workspace_policy: 'Use approved sources only.' }),
  WORKSPACE_SET_FEDRAMP_BANNER: () => ({ enabled: true, classification: 'CUI', markdown: 'Handle with care.' }),
  WORKSPACE_SET_AUTO_PROVISION: on,
  WORKSPACE_SET_COMPLIANCE_API_IP_ALLOWLIST: addresses,
  WORKSPACE_SET_IP_ALLOWLIST: addresses,
  WORKSPACE_SET_IS_DISCOVERABLE: () => ({
    value: true,
    public_display_name: 'Northwind',
    use_workspace_name_for_discovery: false,
  }),
};
