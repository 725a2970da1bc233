import type { UserActionData } from '../../../audit-logs/events/audit-user-actions.js';
import { api, type Rule, type Thing } from '../rule.js';

const conversation = ['conversation', 'conversation_id'] as const;
const message = ['message', 'message_id'] as const;
const skill = ['skill', 'skill_id', 'skill_name'] as const;
const accessToken: Rule = {
  class: 'account_change',
  activity: 'other',
  user: { id: 'owner_user_id', credential: 'credential_id' },
};
/** Who ends a session of their own is the one who is signed out. */
const logoff = { class: 'authentication', activity: 'logoff', user: 'actor' } as const;

function web(activity: 'read' | 'export' | 'share', resource: Thing): Rule {
  return { class: 'web_resources_activity', activity, resource };
}

/** What members do. */
export const userRules: Readonly<Record<keyof UserActionData, Rule>> = {
  PERSONAL_ACCESS_TOKEN_CREATE: accessToken,
  PERSONAL_ACCESS_TOKEN_REVOKE: accessToken,
  SESSION_LOGOUT_ALL: logoff,
  SESSION_REVOKE: { ...logoff, session: 'session_id' },
  CONVERSATION_DELETE: api('delete', conversation),
  CONVERSATION_SHARE: web('share', conversation),
  CONVERSATION_VIEW_OF_SHARED: web('read', conversation),
  CONVERSATION_MESSAGE_RATING: api('create', message, conversation),
  CONVERSATION_MESSAGE_RATING_DELETE: api('delete', message, conversation),
  CUSTOM_GPT_UPDATE_SHARING: web('share', ['gpt', 'id']),
  PROJECT_UPDATE_SHARING: web('share', ['project', 'id']),
  SITE_UPDATE_ACCESS_POLICY: web('share', ['site', 'project_id']),
  FILE_DOWNLOAD: web('export', ['file', 'file_id', 'file_name']),
  INVITE_ACCEPT: { class: 'account_change', activity: 'create', user: 'actor' },
  SKILL_CREATE: api('create', skill),
  SKILL_UPDATE: api('update', skill),
  SKILL_DELETE: api('delete', skill),
  SKILL_SHARE: web('share', skill),
  SKILL_UNSHARE: api('update', skill),
  SKILL_WORKSPACE_ACCESS: api('update', skill),
  WORKSPACE_POLICY_ACKNOWLEDGEMENT: api('other'),
};
