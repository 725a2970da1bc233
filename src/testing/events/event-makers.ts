import type { EventsByType, KnownEventType } from '../../audit-logs/events/event-types.js';
import { appAuthLog } from './app-auth-log.js';
import { appLog } from './app-log.js';
import { auditLog } from './audit-log.js';
import { authLog } from './auth-log.js';
import { codexLog } from './codex-log.js';
import { codexSecurityLog } from './codex-security-log.js';
import { conversationMessage } from './conversation-message.js';
import { costs } from './costs.js';
import { customAgentsLog } from './custom-agents-log.js';
import type { EventMaker } from './event-context.js';
import { spreadsheet } from './spreadsheet.js';
import { analytics, codexTurn } from './unpublished.js';

/** Who makes the events of each known type. */
export const eventMakers: { readonly [Type in KnownEventType]: EventMaker<EventsByType[Type]> } = {
  CONVERSATION_MESSAGE: conversationMessage,
  AUDIT_LOG: auditLog,
  AUTH_LOG: authLog,
  CODEX_LOG: codexLog,
  CODEX_SECURITY_LOG: codexSecurityLog,
  CHATGPT_PLUGIN_SPREADSHEET: spreadsheet,
  CUSTOM_AGENTS_LOG: customAgentsLog,
  APP_LOG: appLog,
  APP_AUTH_LOG: appAuthLog,
  COSTS: costs,
  CODEX_TURN: codexTurn,
  CHATGPT_USER_ANALYTICS: analytics('CHATGPT_USER_ANALYTICS'),
  CHATGPT_PROJECT_ANALYTICS: analytics('CHATGPT_PROJECT_ANALYTICS'),
  CHATGPT_GPT_ANALYTICS: analytics('CHATGPT_GPT_ANALYTICS'),
  CHATGPT_SURVEY_ANALYTICS: analytics('CHATGPT_SURVEY_ANALYTICS'),
};
