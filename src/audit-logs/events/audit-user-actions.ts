import * as z from 'zod/mini';
import {
  documentedString,
  nullishBoolean,
  nullishNumber,
  nullishString,
  nullishStringOrNumber,
  nullishStrings,
  openEnum,
  optionalUnknown,
} from './fields.js';

const nothing = z.looseObject({});
const accessToken = z.looseObject({
  /** Names the token; not the secret. */
  credential_id: documentedString,
  credential_type: z.nullish(openEnum<'personal_access_token'>()),
  credential_name: nullishString,
  owner_user_id: nullishString,
  workspace_id: nullishString,
  /** Seconds since the epoch. Null: never. */
  expires_at: nullishNumber,
  scopes: nullishStrings,
});
const sharedConversation = z.looseObject({
  conversation_id: documentedString,
  shared_conversation_id: documentedString,
});
const ratedMessage = z.looseObject({ conversation_id: documentedString, message_id: documentedString });
const skill = z.looseObject({ skill_id: documentedString, skill_name: nullishString });
const sharedSkill = z.looseObject({
  ...skill.shape,
  principal_type: nullishString,
  principal_id: nullishString,
  /** What the receiver may do with it, or could. */
  role: nullishString,
});
const recipients = z.nullish(
  z.array(
    z.looseObject({
      recipient_type: z.nullish(
        openEnum<'private' | 'email' | 'user' | 'group' | 'workspace' | 'workspace_link' | 'link' | 'marketplace'>(),
      ),
      user_email: nullishString,
      user_id: nullishString,
      group_id: nullishString,
      capabilities: optionalUnknown,
    }),
  ),
);
const accessMode = z.nullish(openEnum<'admins_only' | 'workspace_all' | 'custom' | 'public'>());

export const userActionDataSchema = z.object({
  PERSONAL_ACCESS_TOKEN_CREATE: accessToken,
  /** By the owner, or by an administrator: `actor` says who. */
  PERSONAL_ACCESS_TOKEN_REVOKE: z.looseObject({
    ...accessToken.shape,
    /** Seconds since the epoch. Null on old tokens. */
    revoked_at: nullishNumber,
    /** False when it was revoked already. */
    state_changed: nullishBoolean,
  }),
  SESSION_LOGOUT_ALL: nothing,
  SESSION_REVOKE: z.looseObject({ session_id: nullishString, revoked_unified_sessions: optionalUnknown }),
  CONVERSATION_DELETE: z.looseObject({ conversation_id: documentedString }),
  CONVERSATION_SHARE: z.looseObject({
    ...sharedConversation.shape,
    /** True when there was a link before. */
    already_exists: nullishBoolean,
  }),
  CONVERSATION_VIEW_OF_SHARED: sharedConversation,
  CUSTOM_GPT_UPDATE_SHARING: z.looseObject({ id: documentedString, shared_to: recipients }),
  PROJECT_UPDATE_SHARING: z.looseObject({
    id: documentedString,
    /** Everyone who has access afterwards. */
    shared_to: recipients,
    requested_access_updates: recipients,
    requested_access_removals: recipients,
  }),
  SITE_UPDATE_ACCESS_POLICY: z.looseObject({
    project_id: documentedString,
    revision: nullishStringOrNumber,
    access_mode_before: accessMode,
    access_mode: accessMode,
    added_user_ids: nullishStrings,
    removed_user_ids: nullishStrings,
    allowed_workspace_group_ids_before: nullishStrings,
    allowed_workspace_group_ids: nullishStrings,
    /** All groups across workspaces that had access. */
    allowed_tenant_group_ids_before: nullishStrings,
    allowed_tenant_group_ids: nullishStrings,
    changed_fields: z.nullish(
      z.array(openEnum<'access_mode' | 'direct_users' | 'workspace_groups' | 'tenant_groups'>()),
    ),
    client_id: nullishString,
    triggering_action: z.nullish(openEnum<'update_site_access' | 'transfer_site_ownership'>()),
  }),
  CONVERSATION_MESSAGE_RATING: z.looseObject({
    ...ratedMessage.shape,
    rating: z.nullish(openEnum<'thumbs_up' | 'thumbs_down'>()),
  }),
  CONVERSATION_MESSAGE_RATING_DELETE: ratedMessage,
  FILE_DOWNLOAD: z.looseObject({ file_id: nullishString, file_name: nullishString, mime_type: nullishString }),
  INVITE_ACCEPT: z.looseObject({ email_address: nullishString }),
  SKILL_CREATE: skill,
  SKILL_UPDATE: skill,
  SKILL_DELETE: skill,
  SKILL_SHARE: z.looseObject({ ...sharedSkill.shape, previous_role: nullishString }),
  SKILL_UNSHARE: sharedSkill,
  SKILL_WORKSPACE_ACCESS: z.looseObject({
    ...skill.shape,
    workspace_id: nullishString,
    workspace_access_state: z.nullish(openEnum<'restricted' | 'discoverable' | 'enabled'>()),
  }),
  WORKSPACE_POLICY_ACKNOWLEDGEMENT: nothing,
});

/** `action_data` of `AUDIT_LOG` for what members do, by `action`. */
export type UserActionData = z.infer<typeof userActionDataSchema>;
