import type { UserActionData } from '../../audit-logs/events/audit-user-actions.js';
import { type DetailMakers, type EventContext, idOf, seconds } from './event-context.js';

const conversation = ({ random }: EventContext) => ({ conversation_id: random.uuid() });
const message = ({ random }: EventContext) => ({ conversation_id: random.uuid(), message_id: random.uuid() });
const shared = ({ random }: EventContext) => ({
  conversation_id: random.uuid(),
  shared_conversation_id: random.uuid(),
});
const skill = (context: EventContext) => ({ skill_id: idOf(context, 'skill_'), skill_name: 'handbook' });

function sharedSkill(context: EventContext) {
  return { ...skill(context), principal_type: 'user', principal_id: context.other.userId, role: 'viewer' };
}

function recipient({ other }: EventContext) {
  return { recipient_type: 'user', user_id: other.userId, user_email: other.email, capabilities: ['can_view'] };
}

function accessToken(context: EventContext) {
  return {
    credential_id: idOf(context, 'pat_', 24),
    credential_type: 'personal_access_token',
    credential_name: 'nightly report',
    owner_user_id: context.person.userId,
    workspace_id: context.owner.id,
    expires_at: seconds(context) + 30 * 86_400,
    scopes: ['codex.read'],
  };
}

/** What members do. The usual actions first. */
export const userActions: DetailMakers<UserActionData> = {
  CONVERSATION_DELETE: conversation,
  CONVERSATION_SHARE: (context) => ({ ...shared(context), already_exists: false }),
  CONVERSATION_VIEW_OF_SHARED: shared,
  CONVERSATION_MESSAGE_RATING: (context) => ({ ...message(context), rating: 'thumbs_up' }),
  CONVERSATION_MESSAGE_RATING_DELETE: message,
  FILE_DOWNLOAD: (context) => ({
    file_id: idOf(context, 'file-'),
    file_name: 'contract.pdf',
    mime_type: 'application/pdf',
  }),
  INVITE_ACCEPT: ({ person }) => ({ email_address: person.email }),
  SESSION_LOGOUT_ALL: () => ({}),
  SESSION_REVOKE: ({ random }) => ({ session_id: random.uuid(), revoked_unified_sessions: true }),
  PERSONAL_ACCESS_TOKEN_CREATE: accessToken,
  PERSONAL_ACCESS_TOKEN_REVOKE: (context) => ({
    ...accessToken(context),
    revoked_at: seconds(context),
    state_changed: true,
  }),
  CUSTOM_GPT_UPDATE_SHARING: (context) => ({ id: idOf(context, 'g-', 32), shared_to: [recipient(context)] }),
  PROJECT_UPDATE_SHARING: (context) => ({
    id: idOf(context, 'g-p-', 32),
    shared_to: [recipient(context)],
    requested_access_updates: [recipient(context)],
    requested_access_removals: [],
  }),
  SITE_UPDATE_ACCESS_POLICY: (context) => ({
    project_id: context.random.uuid(),
    revision: 4,
    access_mode_before: 'admins_only',
    access_mode: 'custom',
    added_user_ids: [context.other.userId],
    removed_user_ids: [],
    allowed_workspace_group_ids_before: [],
    allowed_workspace_group_ids: [idOf(context, 'group_', 24)],
    allowed_tenant_group_ids_before: [],
    allowed_tenant_group_ids: [],
    changed_fields: ['access_mode', 'direct_users', 'workspace_groups'],
    client_id: 'CODEX_WEB',
    triggering_action: 'update_site_access',
  }),
  SKILL_CREATE: skill,
  SKILL_UPDATE: skill,
  SKILL_DELETE: skill,
  SKILL_SHARE: (context) => ({ ...sharedSkill(context), previous_role: 'none' }),
  SKILL_UNSHARE: sharedSkill,
  SKILL_WORKSPACE_ACCESS: (context) => ({
    ...skill(context),
    workspace_id: context.owner.id,
    workspace_access_state: 'enabled',
  }),
  WORKSPACE_POLICY_ACKNOWLEDGEMENT: () => ({}),
};
