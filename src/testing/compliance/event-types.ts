/** Where a type of event can be asked for. */
export type EventScope = 'workspace' | 'organization' | 'both';

/** The documented event types and the routes that serve them. */
export const eventScopes: Readonly<Record<string, EventScope>> = {
  CONVERSATION_MESSAGE: 'workspace',
  AUDIT_LOG: 'workspace',
  AUTH_LOG: 'workspace',
  CODEX_LOG: 'workspace',
  CODEX_SECURITY_LOG: 'workspace',
  CHATGPT_PLUGIN_SPREADSHEET: 'workspace',
  CUSTOM_AGENTS_LOG: 'workspace',
  APP_LOG: 'both',
  APP_AUTH_LOG: 'both',
  COSTS: 'organization',
  CODEX_TURN: 'workspace',
  CHATGPT_USER_ANALYTICS: 'workspace',
  CHATGPT_PROJECT_ANALYTICS: 'workspace',
  CHATGPT_GPT_ANALYTICS: 'workspace',
  CHATGPT_SURVEY_ANALYTICS: 'workspace',
};

/** An event as the log stores it: the envelope every type shares, and whatever its type adds. */
export interface LogEvent {
  /** Names the event: the same in every file it stands in. */
  readonly event_id: string;
  /** The event type, such as `AUTH_LOG`. */
  readonly type: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  /** Whatever the type adds. */
  readonly [field: string]: unknown;
}
