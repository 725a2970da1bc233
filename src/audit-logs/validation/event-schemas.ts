import type * as z from 'zod/mini';
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
import { workspaceAnalyticsEventSchema } from '../schemas/workspace-analytics.js';

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
