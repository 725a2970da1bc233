import * as z from 'zod/mini';
import {
  documented,
  documentedString,
  nullishBoolean,
  nullishNumber,
  nullishString,
  nullishStrings,
  openEnum,
  optionalUnknown,
} from './fields.js';

const group = z.looseObject({ group_id: documentedString });
const app = z.looseObject({ app_id: documentedString });
const namedApp = z.looseObject({ app_id: documentedString, app_name: nullishString });
const gpt = z.looseObject({ id: documentedString });
const thirdPartyGpt = z.looseObject({
  /** Id of a GPT made outside the workspace. */
  third_party_gizmo_id: documentedString,
});
const domain = z.looseObject({ domain_id: documentedString });
const invitee = z.looseObject({ email_address: nullishString });
const invitees = z.looseObject({ email_addresses: nullishStrings, role: nullishString });
const toggle = z.looseObject({
  /** The state after the change. */
  value: nullishBoolean,
});
const featureToggle = z.looseObject({
  feature: documentedString,
  /** The state after the change. */
  value: optionalUnknown,
});
const allowlist = z.looseObject({
  /** Addresses and ranges that may connect, all of them, as CIDR. */
  allowed_ips: nullishStrings,
});
const connection = z.looseObject({
  /** Where users sign in, or the connection that was changed. */
  sign_in_endpoint: nullishString,
});

const connectorChanges = z.looseObject({
  source_surface: z.nullish(openEnum<'admin_apps' | 'admin_plugins'>()),
  /** The plugin on whose page it was done. */
  context_plugin_id: nullishString,
  affected_connector_ids: nullishStrings,
  changed_fields: nullishStrings,
  changed_fields_by_connector: z.nullish(z.record(z.string(), z.unknown())),
  previous_workspace_permissions_by_connector: z.nullish(z.record(z.string(), z.unknown())),
  new_workspace_permissions_by_connector: z.nullish(z.record(z.string(), z.unknown())),
});

export const adminActionDataSchema = z.object({
  APP_ACTIVATE: namedApp,
  APP_CREATE: z.looseObject({ ...namedApp.shape, knowledge_app_type: nullishString }),
  APP_DELETE: namedApp,
  APP_PUBLISH: z.looseObject({ ...app.shape, ...connectorChanges.shape }),
  APP_UPDATE_NAME: z.looseObject({ ...app.shape, old_name: nullishString, new_name: nullishString }),
  APP_ALLOW_USER: z.looseObject({ ...namedApp.shape, allowed_user_id: documentedString }),
  APP_DISALLOW_USER: z.looseObject({ ...app.shape, disallowed_user_id: documentedString }),
  APP_UPDATE_ACCESS_POLICY: z.looseObject({ ...namedApp.shape, allow_all_in_workspace: nullishBoolean }),
  PLUGIN_UPDATE_INSTALLATION_POLICY: z.looseObject({
    plugin_id: documentedString,
    source_surface: z.nullish(openEnum<'admin_plugins'>()),
    changed_fields: nullishStrings,
    installation_policy_before: optionalUnknown,
    installation_policy: optionalUnknown,
    installed_by_default_role_ids_before: nullishStrings,
    installed_by_default_role_ids: nullishStrings,
  }),
  CUSTOM_GPT_SET_ALLOWED_ACTION_DOMAINS: z.looseObject({
    /** Hosts that actions of GPTs may call. Null: the list was cleared. */
    domains: nullishStrings,
  }),
  CUSTOM_GPT_DELETE: gpt,
  CUSTOM_GPT_CHANGE_OWNER: z.looseObject({ ...gpt.shape, new_owner_email: nullishString }),
  CUSTOM_GPT_CHANGE_VISIBILITY: z.looseObject({
    ...gpt.shape,
    /** Everyone who may use it now. */
    shared_to: z.nullish(
      z.array(
        z.looseObject({
          type: documented(
            openEnum<
              'private' | 'email' | 'user' | 'group' | 'workspace' | 'workspace_link' | 'link' | 'marketplace'
            >(),
          ),
          user_email: nullishString,
          user_id: nullishString,
          group_id: nullishString,
        }),
      ),
    ),
  }),
  CUSTOM_GPT_ALLOW_THIRD_PARTY: z.looseObject({ value: optionalUnknown }),
  CUSTOM_GPT_APPROVE_THIRD_PARTY_FOR_WORKSPACE: thirdPartyGpt,
  CUSTOM_GPT_REMOVE_THIRD_PARTY_FOR_WORKSPACE: thirdPartyGpt,
  DOMAIN_CREATE: z.looseObject({ ...domain.shape, hostname: documentedString }),
  DOMAIN_DELETE: domain,
  DOMAIN_CHECK: domain,
  GROUP_CREATE: z.looseObject({ ...group.shape, name: nullishString }),
  GROUP_EDIT: z.looseObject({ ...group.shape, new_name: nullishString, added_user_id: nullishString }),
  GROUP_ADD_USERS: z.looseObject({ ...group.shape, email_addresses: nullishStrings }),
  GROUP_REMOVE_USER: z.looseObject({ ...group.shape, removed_user_id: documentedString }),
  GROUP_DELETE: group,
  INVITE_USERS: invitees,
  /** Live records use this name where the documentation has `INVITE_USERS`. */
  INVITE_SEND: invitees,
  INVITE_DELETE: invitee,
  INVITE_USER_REQUEST: invitee,
  INVITE_ACCEPT_ALL: z.looseObject({
    /** How many requests were accepted. */
    total_requested: nullishNumber,
  }),
  INVITE_SET_AUTO_ACCEPT_JOIN_REQUESTS: toggle,
  INVITE_SET_ALLOW_EXTERNAL_DOMAINS: toggle,
  SAML_CREATE_CONNECTION: connection,
  SCIM_SET_EMAIL_INVITES_ENABLED: connection,
  SUBSCRIPTION_SET_OVERAGE_LIMIT: z.looseObject({
    /** Credits, or `unlimited`. */
    overage_limit_credits: z.nullish(z.union([z.number(), openEnum<'unlimited'>()])),
  }),
  SUBSCRIPTION_SET_USAGE_ALERTS: z.looseObject({
    alert_recipients: z.nullish(
      z.array(z.looseObject({ type: documented(openEnum<'email'>()), value: nullishString })),
    ),
    alert_thresholds: z.nullish(
      z.array(z.looseObject({ type: documented(openEnum<'absolute'>()), credits: nullishNumber })),
    ),
  }),
  USER_DELETE: z.looseObject({ deleted_user_id: documentedString }),
  USER_ROLE_UPDATED: z.looseObject({
    user_id: documentedString,
    /** Such as `account-admin`. */
    new_role: documentedString,
  }),
  USER_LOGGED_OUT_BY_ADMIN: z.looseObject({ logged_out_user_id: documentedString }),
  WORKSPACE_TOGGLE_FEATURE: z.looseObject({
    ...featureToggle.shape,
    ...connectorChanges.shape,
    app_id: nullishString,
  }),
  WORKSPACE_SET_SHARING_PERMISSION: featureToggle,
  WORKSPACE_SET_SYSTEM_INSTRUCTION: z.looseObject({ system_instruction: nullishString }),
  WORKSPACE_SET_POLICY: z.looseObject({
    /** The text of the policy, or what names it. */
    workspace_policy: optionalUnknown,
  }),
  WORKSPACE_SET_FEDRAMP_BANNER: z.looseObject({
    enabled: nullishBoolean,
    classification: nullishString,
    markdown: nullishString,
  }),
  WORKSPACE_SET_AUTO_PROVISION: toggle,
  WORKSPACE_SET_COMPLIANCE_API_IP_ALLOWLIST: allowlist,
  WORKSPACE_SET_IP_ALLOWLIST: allowlist,
  WORKSPACE_SET_IS_DISCOVERABLE: z.looseObject({
    ...toggle.shape,
    public_display_name: nullishString,
    use_workspace_name_for_discovery: nullishBoolean,
  }),
});

/** `action_data` of `AUDIT_LOG` for what administrators do, by `action`. */
export type AdminActionData = z.infer<typeof adminActionDataSchema>;
