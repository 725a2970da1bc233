import type { Fields } from '../record-part.js';
import { type Rules, unknownRule } from './rule.js';
import {
  agentRules,
  appAuthRules,
  appCallRules,
  codexRules,
  messageRules,
  securityRules,
  spreadsheetRules,
} from './rules/activity.js';
import { adminRules, undescribedRules } from './rules/audit-admin.js';
import { apiKeyRules } from './rules/audit-api-keys.js';
import { userRules } from './rules/audit-user.js';
import { authRules, otherAuthRule } from './rules/auth.js';
import { platformBaseRules } from './rules/platform-base.js';
import { platformTenantRules } from './rules/platform-tenant.js';

/** Where in the records of a type stands what a rule is about. */
export interface Topic {
  /** The rules, by what happened. */
  readonly rules: ReadonlyMap<string, Rules>;
  /** For what has no rule. */
  readonly other: (code: string | undefined) => Rules;
  /** The field that says what happened. */
  readonly code?: Fields;
  /** Whether that field is one of the data. */
  readonly isInData?: true;
  /** The field of what depends on it; the record itself where there is none. */
  readonly data?: string;
  /** The field that names the program. */
  readonly client?: Fields;
}

// A map, in which nothing is found that nobody put there.
const rulesOf = (...tables: readonly Readonly<Record<string, Rules>>[]): ReadonlyMap<string, Rules> =>
  new Map(tables.flatMap((table) => Object.entries(table)));

const other = () => unknownRule;
const none: ReadonlyMap<string, Rules> = new Map();

function detailed(table: Readonly<Record<string, Rules>>): Topic {
  return { rules: rulesOf(table), other, code: 'event_type', data: 'event_details', client: 'client_id' };
}

/** The types of the Compliance Logs Platform that tell of what somebody did. */
export const topics: ReadonlyMap<unknown, Topic> = new Map<string, Topic>([
  [
    'AUTH_LOG',
    { rules: rulesOf(authRules), other: otherAuthRule, code: 'action', isInData: true, data: 'action_data' },
  ],
  [
    'AUDIT_LOG',
    {
      rules: rulesOf(adminRules, userRules, apiKeyRules, undescribedRules),
      other,
      code: 'action',
      data: 'action_data',
    },
  ],
  ['APP_LOG', { rules: rulesOf(appCallRules), other, code: 'log_type' }],
  ['APP_AUTH_LOG', { rules: rulesOf(appAuthRules), other, code: 'action' }],
  [
    'CONVERSATION_MESSAGE',
    {
      rules: rulesOf(messageRules),
      other,
      code: 'message.author.type',
      client: 'message.author.client_type',
    },
  ],
  ['CODEX_LOG', detailed(codexRules)],
  ['CODEX_SECURITY_LOG', detailed(securityRules)],
  ['CUSTOM_AGENTS_LOG', detailed(agentRules)],
  ['CHATGPT_PLUGIN_SPREADSHEET', detailed(spreadsheetRules)],
  // OpenAI has published no field of it.
  ['CODEX_TURN', { rules: none, other, data: 'payload', client: 'payload.product_client_id' }],
]);

/** The types that tell how much was used, and of nothing that somebody did. */
export const measurements: ReadonlySet<unknown> = new Set([
  'COSTS',
  'CHATGPT_USER_ANALYTICS',
  'CHATGPT_PROJECT_ANALYTICS',
  'CHATGPT_GPT_ANALYTICS',
  'CHATGPT_SURVEY_ANALYTICS',
]);

/** The types of the API Platform's audit log. */
export const platformRules = rulesOf(platformBaseRules, platformTenantRules);

/** Of a type that is not known. */
export const unknownTopic: Topic = { rules: none, other };
