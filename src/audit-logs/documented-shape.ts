import type * as z from 'zod/mini';
import { isRecord } from '../internal/json.js';
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
import { looksLikePlatformEvent } from './events/event-identity.js';
import type { KnownEventType } from './events/event-types.js';
import { workspaceAnalyticsEventSchema } from './events/workspace-analytics.js';
import { parseWith } from './parse-with.js';
import { checkEnvelope, type EventIssue, type EventValidator, noRecord } from './validator.js';

type Shape = Readonly<Record<string, z.ZodMiniType>>;

/** The part of a record whose shape depends on a name in the record. */
interface EventPart {
  readonly key: string;
  readonly dependsOn: string;
  readonly schemas: Shape;
}

interface EventSchema {
  readonly record: z.ZodMiniType;
  readonly part?: EventPart;
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

/**
 * Checks a record against everything that is documented about its type, and of an unknown type the envelope. Give it to a
 * query as `validate`; it takes more than twice as long as reading. Of an event of the API Platform, of which no field but the frame is
 * required, it checks what {@link checkEnvelope} does.
 */
export const documentedShape: EventValidator = (record) => {
  if (!isRecord(record)) return noRecord;
  if (looksLikePlatformEvent(record)) return checkEnvelope(record);
  const { type } = record;
  const known = typeof type === 'string' && Object.hasOwn(eventSchemas, type);
  const { record: schema, part }: EventSchema = known
    ? eventSchemas[type as KnownEventType]
    : { record: unknownEventSchema };
  const issues = [...parseWith(schema, record).issues];
  if (part !== undefined) issues.push(...issuesOfPart(part, record));
  return issues.length === 0 ? undefined : issues;
};

function issuesOfPart({ key, dependsOn, schemas }: EventPart, record: Readonly<Record<string, unknown>>): EventIssue[] {
  const name = record[dependsOn];
  const schema = typeof name === 'string' && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (schema === undefined || typeof record[key] !== 'object' || record[key] === null) return [];
  return parseWith(schema, record[key]).issues.map(({ path, message }) => ({ path: [key, ...path], message }));
}
