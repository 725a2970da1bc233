import type { AppAuthEvent, AppCallEvent } from './app-log.js';
import type { AuditActionData, AuditEventBase, UndescribedAuditAction } from './audit-log.js';
import type { AuthEvent } from './auth-log.js';
import type { SpreadsheetDetails, SpreadsheetEventBase } from './chatgpt-plugin-spreadsheet.js';
import type { CodexDetails, CodexEventBase, CodexTurnEvent } from './codex-log.js';
import type { CodexSecurityDetails, CodexSecurityEventBase } from './codex-security-log.js';
import type { ConversationMessageEvent } from './conversation-message.js';
import type { CostsEvent } from './costs.js';
import type { AgentDetails, AgentEventBase } from './custom-agents-log.js';
import type { EventEnvelope, UnknownEvent } from './envelope.js';
import type { OtherName } from './fields.js';
import type { PlatformLogType } from './platform-event-types.js';
import type { PlatformEvent } from './platform-events.js';
import type { WorkspaceAnalyticsEvent } from './workspace-analytics.js';

/** One event for each known action, and one for all others, so that comparing `action` types `action_data`. */
export type ByAction<Base, Data> =
  | {
      [Action in keyof Data]: Base & { readonly action: Action; readonly action_data?: Data[Action] | undefined };
    }[keyof Data]
  | (Base & { readonly action?: UndescribedAuditAction | OtherName | undefined });

/** One event for each known `event_type`, and one for all others, so that comparing it types `event_details`. */
export type ByEventType<Base, Details> =
  | {
      [Type in keyof Details]: Base & { readonly event_type: Type; readonly event_details?: Details[Type] | undefined };
    }[keyof Details]
  | (Base & { readonly event_type?: OtherName | undefined });

/**
 * `AUDIT_LOG`: someone changed something in the workspace or used its APIs. Compare `action` to type `action_data`
 * ({@link AuditEventBase}, {@link AuditActionData}).
 */
export type AuditActionEvent = ByAction<AuditEventBase, AuditActionData>;
/** `CODEX_LOG`: something happened in Codex; `event_type` says what ({@link CodexEventBase}, {@link CodexDetails}). */
export type CodexEvent = ByEventType<CodexEventBase, CodexDetails>;
/**
 * `CODEX_SECURITY_LOG`: something happened in Codex Security; `event_type` says what ({@link CodexSecurityEventBase},
 * {@link CodexSecurityDetails}).
 */
export type CodexSecurityEvent = ByEventType<CodexSecurityEventBase, CodexSecurityDetails>;
/**
 * `CHATGPT_PLUGIN_SPREADSHEET`: a prompt or an answer in a spreadsheet; `event_type` says which
 * ({@link SpreadsheetEventBase}, {@link SpreadsheetDetails}).
 */
export type SpreadsheetEvent = ByEventType<SpreadsheetEventBase, SpreadsheetDetails>;
/**
 * `CUSTOM_AGENTS_LOG`: something happened with a workspace agent; `event_type` says what ({@link AgentEventBase},
 * {@link AgentDetails}).
 */
export type AgentEvent = ByEventType<AgentEventBase, AgentDetails>;

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

/** An event of a type that this version does not know and the caller does: the envelope is typed, the rest unknown. */
export type NewEvent<Type extends string> = EventEnvelope & { readonly type: Type };

/**
 * The event of one type, or of several; a type this version does not know gives {@link NewEvent}. Those of the API Platform have no
 * envelope: `PlatformEvent`.
 */
export type EventOf<Type extends string> = Type extends KnownEventType
  ? EventsByType[Type]
  : Type extends PlatformLogType
    ? PlatformEvent
    : string extends Type
      ? AuditLogEvent
      : NewEvent<Type>;

/**
 * An event of any type of the Compliance Logs Platform. Compare `type` with a known name to know the rest; what is left over is an
 * {@link UnknownEvent}, so code that handles every case keeps working when OpenAI adds a type. One that was added already is
 * given by its name, as in `AuditLogEvent<'COSTS_V2'>`, and can then be compared with, and written in a test.
 */
export type AuditLogEvent<NewType extends string = never> =
  | EventsByType[KnownEventType]
  | UnknownEvent
  | (NewType extends string ? NewEvent<NewType> : never);

/** What the workspace route has and the organization route is known to refuse (OpenAI, Compliance Logs Platform). */
export const workspaceOnlyEventTypes = [
  'CONVERSATION_MESSAGE',
  'AUDIT_LOG',
  'AUTH_LOG',
  'CODEX_LOG',
  'CODEX_SECURITY_LOG',
  'CHATGPT_PLUGIN_SPREADSHEET',
  'CUSTOM_AGENTS_LOG',
] as const satisfies readonly KnownEventType[];

/** Event types that only workspaces have. */
export type WorkspaceOnlyEventType = (typeof workspaceOnlyEventTypes)[number];

/** What the organization route has and the workspace route is known to refuse (OpenAI, "Costs"). */
export const organizationOnlyEventTypes = ['COSTS'] as const satisfies readonly KnownEventType[];

/** Event types that only organizations have. */
export type OrganizationOnlyEventType = (typeof organizationOnlyEventTypes)[number];

/** The event types of a workspace that this version knows: what `eventTypes: 'all'` asks each workspace for. */
export const workspaceEventTypes = [
  ...workspaceOnlyEventTypes,
  'APP_LOG',
  'APP_AUTH_LOG',
  'CODEX_TURN',
  'CHATGPT_USER_ANALYTICS',
  'CHATGPT_PROJECT_ANALYTICS',
  'CHATGPT_GPT_ANALYTICS',
  'CHATGPT_SURVEY_ANALYTICS',
] as const satisfies readonly KnownEventType[];

/** The event types of an organization that are documented: what `eventTypes: 'all'` asks the organization for. */
export const organizationEventTypes = [
  ...organizationOnlyEventTypes,
  'APP_LOG',
  'APP_AUTH_LOG',
] as const satisfies readonly KnownEventType[];

/** Event types of a workspace. Open: a new name is sent as it is. */
export type WorkspaceEventType = Exclude<KnownEventType, OrganizationOnlyEventType> | (string & {});
/** Event types of an organization. Open: a new name is sent as it is. */
export type OrganizationEventType = Exclude<KnownEventType, WorkspaceOnlyEventType> | (string & {});
