import type { AgentDetails } from './agent-details.js';
import type { AppAuthEvent } from './app-auth-log.js';
import type { AppCallEvent } from './app-log.js';
import type { AuditActionData, UndescribedAuditAction } from './audit-actions.js';
import type { AuditFrame } from './audit-log.js';
import type { AuthEvent } from './auth-log.js';
import type { SpreadsheetDetails, SpreadsheetFrame } from './chatgpt-plugin-spreadsheet.js';
import type { CodexDetails } from './codex-details.js';
import type { CodexFrame } from './codex-log.js';
import type { CodexSecurityDetails, CodexSecurityFrame } from './codex-security-log.js';
import type { CodexTurnEvent } from './codex-turn.js';
import type { ConversationMessageEvent } from './conversation-message.js';
import type { CostsEvent } from './costs.js';
import type { AgentFrame } from './custom-agents-log.js';
import type { OtherName } from './open-enum.js';
import type { UnknownEvent } from './unknown-event.js';
import type { WorkspaceAnalyticsEvent } from './workspace-analytics.js';

/** One event for each known action, and one for all others, so that comparing `action` types `action_data`. */
export type ByAction<Frame, Data> =
  | { [Action in keyof Data]: Frame & { readonly action: Action; readonly action_data: Data[Action] } }[keyof Data]
  | (Frame & { readonly action: UndescribedAuditAction | OtherName });

/** One event for each known `event_type`, and one for all others, so that comparing it types `event_details`. */
export type ByEventType<Frame, Details> =
  | {
      [Type in keyof Details]: Frame & { readonly event_type: Type; readonly event_details: Details[Type] };
    }[keyof Details]
  | (Frame & { readonly event_type: OtherName });

/**
 * `AUDIT_LOG`: someone changed something in the workspace or used its APIs. Compare `action` to type `action_data`.
 *
 * {@link AuditFrame} has the fields of every such event, {@link AuditActionData} what `action_data` holds by `action`.
 */
export type AuditActionEvent = ByAction<AuditFrame, AuditActionData>;
/**
 * `CODEX_LOG`: something happened in Codex. Compare `event_type` to type `event_details`.
 *
 * {@link CodexFrame} has the fields of every such event, {@link CodexDetails} what `event_details` holds by `event_type`.
 */
export type CodexEvent = ByEventType<CodexFrame, CodexDetails>;
/**
 * `CODEX_SECURITY_LOG`: something happened in Codex Security. Compare `event_type` to type `event_details`.
 *
 * {@link CodexSecurityFrame} has the fields of every such event, {@link CodexSecurityDetails} what `event_details` holds
 * by `event_type`.
 */
export type CodexSecurityEvent = ByEventType<CodexSecurityFrame, CodexSecurityDetails>;
/**
 * `CHATGPT_PLUGIN_SPREADSHEET`: a prompt or an answer in a spreadsheet. Compare `event_type` to type `event_details`.
 *
 * {@link SpreadsheetFrame} has the fields of every such event, {@link SpreadsheetDetails} what `event_details` holds by
 * `event_type`.
 */
export type SpreadsheetEvent = ByEventType<SpreadsheetFrame, SpreadsheetDetails>;
/**
 * `CUSTOM_AGENTS_LOG`: something happened with a workspace agent. Compare `event_type` to type `event_details`.
 *
 * {@link AgentFrame} has the fields of every such event, {@link AgentDetails} what `event_details` holds by `event_type`.
 */
export type AgentEvent = ByEventType<AgentFrame, AgentDetails>;

/** The events of every known type, by their `type`. */
export interface EventsByType {
  CONVERSATION_MESSAGE: ConversationMessageEvent;
  AUDIT_LOG: AuditActionEvent;
  AUTH_LOG: AuthEvent;
  CODEX_LOG: CodexEvent;
  CODEX_SECURITY_LOG: CodexSecurityEvent;
  CHATGPT_PLUGIN_SPREADSHEET: SpreadsheetEvent;
  CUSTOM_AGENTS_LOG: AgentEvent;
  APP_LOG: AppCallEvent;
  APP_AUTH_LOG: AppAuthEvent;
  COSTS: CostsEvent;
  CODEX_TURN: CodexTurnEvent;
  CHATGPT_USER_ANALYTICS: WorkspaceAnalyticsEvent & { readonly type: 'CHATGPT_USER_ANALYTICS' };
  CHATGPT_PROJECT_ANALYTICS: WorkspaceAnalyticsEvent & { readonly type: 'CHATGPT_PROJECT_ANALYTICS' };
  CHATGPT_GPT_ANALYTICS: WorkspaceAnalyticsEvent & { readonly type: 'CHATGPT_GPT_ANALYTICS' };
  CHATGPT_SURVEY_ANALYTICS: WorkspaceAnalyticsEvent & { readonly type: 'CHATGPT_SURVEY_ANALYTICS' };
}

/** Event types this version knows. */
export type KnownEventType = keyof EventsByType;

/**
 * The event of one type, or of several; a type this version does not know gives {@link UnknownEvent}.
 *
 * @example
 * ```ts
 * import type { EventOf } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * function country(event: EventOf<'AUTH_LOG'>) {
 *   return event.request_metadata?.client_ip_details?.country;
 * }
 * ```
 */
export type EventOf<Type extends string> = Type extends KnownEventType
  ? EventsByType[Type]
  : string extends Type
    ? AuditLogEvent
    : UnknownEvent;

/**
 * An event of any type. Compare `type` with a known name to know the rest; what is left over is an
 * {@link UnknownEvent}, so code that handles every case keeps working when OpenAI adds a type.
 */
export type AuditLogEvent = EventsByType[KnownEventType] | UnknownEvent;
