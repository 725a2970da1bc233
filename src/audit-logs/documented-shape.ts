import * as z from 'zod/mini';
import { appAuthEventSchema, appCallEventSchema } from './events/app-log.js';
import { adminActionDataSchema } from './events/audit-admin-actions.js';
import { apiKeyActionDataSchema } from './events/audit-api-key-actions.js';
import { auditEventBaseSchema } from './events/audit-log.js';
import { userActionDataSchema } from './events/audit-user-actions.js';
import { authEventSchema } from './events/auth-log.js';
import { spreadsheetDetailsSchema, spreadsheetEventBaseSchema } from './events/chatgpt-plugin-spreadsheet.js';
import { codexDetailsSchema, codexEventBaseSchema, codexTurnEventSchema } from './events/codex-log.js';
import { codexSecurityDetailsSchema, codexSecurityEventBaseSchema } from './events/codex-security-log.js';
import { conversationMessageEventSchema } from './events/conversation-message.js';
import { costsEventSchema } from './events/costs.js';
import { agentDetailsSchema, agentEventBaseSchema } from './events/custom-agents-log.js';
import { unknownEventSchema } from './events/envelope.js';
import type { KnownEventType } from './events/event-types.js';
import { workspaceAnalyticsEventSchema } from './events/workspace-analytics.js';
import type { EventIssue, EventValidator } from './validator.js';

/**
 * Checks a record against everything that is documented about its type. Takes longer than reading the record, so it is
 * made on request; records of unknown types are checked for the envelope.
 */
export const documentedShape: EventValidator = (record) => {
  const { type } = record;
  const known = typeof type === 'string' && Object.hasOwn(eventSchemas, type);
  const schema: EventSchema = known ? eventSchemas[type as KnownEventType] : { record: unknownEventSchema };
  const issues = [...findIssues(schema.record, record, [])];
  if (schema.part !== undefined) {
    const { key, dependsOn, schemas } = schema.part;
    const name = record[dependsOn];
    const part = typeof name === 'string' && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (part !== undefined && isObjectValue(record[key])) issues.push(...findIssues(part, record[key], [key]));
  }
  return issues.length === 0 ? undefined : issues;
};

function findIssues(schema: z.ZodMiniType, value: unknown, path: readonly string[]): readonly EventIssue[] {
  const result = z.safeParse(schema, value);
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    path: [...path, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))],
    message: issue.code === 'invalid_type' ? `expected ${issue.expected}` : issue.message,
  }));
}

function isObjectValue(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Schemas by name. */
type Shape = Readonly<Record<string, z.ZodMiniType>>;

/** How one type of event is checked. */
export interface EventSchema {
  readonly record: z.ZodMiniType;
  /** The part whose shape depends on a name in the record. */
  readonly part?: { readonly key: string; readonly dependsOn: string; readonly schemas: Shape };
}

const details = (schemas: Shape) => ({ key: 'event_details', dependsOn: 'event_type', schemas });
const analytics: EventSchema = { record: workspaceAnalyticsEventSchema };

/** How each known type of event is checked. */
export const eventSchemas: Readonly<Record<KnownEventType, EventSchema>> = {
  CONVERSATION_MESSAGE: { record: conversationMessageEventSchema },
  AUDIT_LOG: {
    record: auditEventBaseSchema,
    part: {
      key: 'action_data',
      dependsOn: 'action',
      schemas: { ...adminActionDataSchema.shape, ...userActionDataSchema.shape, ...apiKeyActionDataSchema.shape },
    },
  },
  AUTH_LOG: { record: authEventSchema },
  CODEX_LOG: { record: codexEventBaseSchema, part: details(codexDetailsSchema.shape) },
  CODEX_SECURITY_LOG: { record: codexSecurityEventBaseSchema, part: details(codexSecurityDetailsSchema.shape) },
  CHATGPT_PLUGIN_SPREADSHEET: { record: spreadsheetEventBaseSchema, part: details(spreadsheetDetailsSchema.shape) },
  CUSTOM_AGENTS_LOG: { record: agentEventBaseSchema, part: details(agentDetailsSchema.shape) },
  APP_LOG: { record: appCallEventSchema },
  APP_AUTH_LOG: { record: appAuthEventSchema },
  COSTS: { record: costsEventSchema },
  CODEX_TURN: { record: codexTurnEventSchema },
  CHATGPT_USER_ANALYTICS: analytics,
  CHATGPT_PROJECT_ANALYTICS: analytics,
  CHATGPT_GPT_ANALYTICS: analytics,
  CHATGPT_SURVEY_ANALYTICS: analytics,
};
