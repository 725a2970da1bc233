import * as z from 'zod/mini';
import { agentDetailsSchema } from '../schemas/agent-details.js';
import { appAuthEventSchema } from '../schemas/app-auth-log.js';
import { appCallEventSchema } from '../schemas/app-log.js';
import { adminActionDataSchema } from '../schemas/audit-admin-actions.js';
import { apiKeyActionDataSchema } from '../schemas/audit-api-key-actions.js';
import { auditFrameSchema } from '../schemas/audit-log.js';
import { userActionDataSchema } from '../schemas/audit-user-actions.js';
import { authEventSchema } from '../schemas/auth-log.js';
import { spreadsheetDetailsSchema, spreadsheetFrameSchema } from '../schemas/chatgpt-plugin-spreadsheet.js';
import { codexDetailsSchema } from '../schemas/codex-details.js';
import { codexFrameSchema } from '../schemas/codex-log.js';
import { codexSecurityDetailsSchema, codexSecurityFrameSchema } from '../schemas/codex-security-log.js';
import { codexTurnEventSchema } from '../schemas/codex-turn.js';
import { conversationMessageEventSchema } from '../schemas/conversation-message.js';
import { costsEventSchema } from '../schemas/costs.js';
import { agentFrameSchema } from '../schemas/custom-agents-log.js';
import type { KnownEventType } from '../schemas/event-types.js';
import { unknownEventSchema } from '../schemas/unknown-event.js';
import { workspaceAnalyticsEventSchema } from '../schemas/workspace-analytics.js';
import type { EventIssue, EventValidator } from './event-validator.js';

type Shape = Readonly<Record<string, z.ZodMiniType>>;

/** How one type of event is checked. */
interface EventSchema {
  readonly record: z.ZodMiniType;
  /** The part whose shape depends on a name in the record. */
  readonly part?: { readonly key: string; readonly dependsOn: string; readonly schemas: Shape };
}

const details = (schemas: Shape) => ({ key: 'event_details', dependsOn: 'event_type', schemas });
const analytics: EventSchema = { record: workspaceAnalyticsEventSchema };

const eventSchemas: Readonly<Record<KnownEventType, EventSchema>> = {
  CONVERSATION_MESSAGE: { record: conversationMessageEventSchema },
  AUDIT_LOG: {
    record: auditFrameSchema,
    part: {
      key: 'action_data',
      dependsOn: 'action',
      schemas: { ...adminActionDataSchema.shape, ...userActionDataSchema.shape, ...apiKeyActionDataSchema.shape },
    },
  },
  AUTH_LOG: { record: authEventSchema },
  CODEX_LOG: { record: codexFrameSchema, part: details(codexDetailsSchema.shape) },
  CODEX_SECURITY_LOG: { record: codexSecurityFrameSchema, part: details(codexSecurityDetailsSchema.shape) },
  CHATGPT_PLUGIN_SPREADSHEET: { record: spreadsheetFrameSchema, part: details(spreadsheetDetailsSchema.shape) },
  CUSTOM_AGENTS_LOG: { record: agentFrameSchema, part: details(agentDetailsSchema.shape) },
  APP_LOG: { record: appCallEventSchema },
  APP_AUTH_LOG: { record: appAuthEventSchema },
  COSTS: { record: costsEventSchema },
  CODEX_TURN: { record: codexTurnEventSchema },
  CHATGPT_USER_ANALYTICS: analytics,
  CHATGPT_PROJECT_ANALYTICS: analytics,
  CHATGPT_GPT_ANALYTICS: analytics,
  CHATGPT_SURVEY_ANALYTICS: analytics,
};

/**
 * Checks a record against everything that is documented about its type. Takes longer than reading the record, so it is
 * made on request; records of unknown types are checked for the envelope.
 */
export const validateEvent: EventValidator = (record) => {
  const { type } = record;
  const known = typeof type === 'string' && Object.hasOwn(eventSchemas, type);
  const schema: EventSchema = known ? eventSchemas[type as KnownEventType] : { record: unknownEventSchema };
  const issues = [...issuesOf(schema.record, record, [])];
  if (schema.part !== undefined) {
    const { key, dependsOn, schemas } = schema.part;
    const name = record[dependsOn];
    const part = typeof name === 'string' && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (part !== undefined && isObject(record[key])) issues.push(...issuesOf(part, record[key], [key]));
  }
  return issues.length === 0 ? undefined : issues;
};

function issuesOf(schema: z.ZodMiniType, value: unknown, path: readonly string[]): readonly EventIssue[] {
  const result = z.safeParse(schema, value);
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    path: [...path, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))],
    message: issue.code === 'invalid_type' ? `expected ${issue.expected}` : issue.message,
  }));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
