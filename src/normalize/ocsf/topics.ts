import { isRecord } from '../../internal/json.js';
import { type Ended, endedByOutput } from '../outcome.js';
import type { Sieve } from '../sensitive.js';
import { type Fieldnames, RulePlan } from './plan.js';
import { type Rule, type Rules, unknownRule } from './rule.js';
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

type Values = Readonly<Record<string, unknown>>;

/** A type of records. */
export class Topic {
  /** The rules, by what happened. */
  readonly rules: ReadonlyMap<string, Rules>;
  /** For what has no rule. */
  readonly other: (code: string | undefined) => Rules;
  readonly data: string | undefined;
  /** How it ended, where no word says so. */
  readonly ended: ((data: Values) => Ended) | undefined;
  readonly #fields: Fieldnames;
  /** The names that lead to what happened. */
  readonly #code: readonly string[];
  // Made when the first such record comes, and kept: there are no more than rules.
  readonly #plans = new Map<Rule, RulePlan>();

  constructor(
    rules: Topic['rules'],
    fields: Fieldnames,
    other: Topic['other'] = () => unknownRule,
    ended?: Topic['ended'],
  ) {
    this.rules = rules;
    this.other = other;
    this.data = fields.data;
    this.ended = ended;
    this.#fields = fields;
    this.#code = fields.code?.split('.') ?? [];
  }

  /** What happened, as the record says it. */
  codeOf(record: Values, sieve: Sieve): unknown {
    if (this.#code.length === 0) return undefined;
    let value: unknown = record;
    for (const name of this.#code) value = isRecord(value) ? sieve.own(value)[name] : undefined;
    return value;
  }

  planOf(rule: Rule): RulePlan {
    const known = this.#plans.get(rule);
    if (known !== undefined) return known;
    const plan = new RulePlan(rule, this.#fields);
    this.#plans.set(rule, plan);
    return plan;
  }
}

// A map, in which nothing is found that nobody put there.
const rulesOf = (...tables: readonly Readonly<Record<string, Rules>>[]): ReadonlyMap<string, Rules> =>
  new Map(tables.flatMap((table) => Object.entries(table)));

const none: ReadonlyMap<string, Rules> = new Map();

function detailed(table: Readonly<Record<string, Rules>>, ...content: readonly string[]): Topic {
  return new Topic(rulesOf(table), { code: 'event_type', data: 'event_details', client: 'client_id', content });
}

/** The types of the Compliance Logs Platform that tell of what somebody did. */
export const topics: ReadonlyMap<unknown, Topic> = new Map([
  ['AUTH_LOG', new Topic(rulesOf(authRules), { code: 'action_data.action', data: 'action_data' }, otherAuthRule)],
  [
    'AUDIT_LOG',
    new Topic(rulesOf(adminRules, userRules, apiKeyRules, undescribedRules), { code: 'action', data: 'action_data' }),
  ],
  ['APP_LOG', new Topic(rulesOf(appCallRules), { code: 'log_type' }, undefined, ({ output }) => endedByOutput(output))],
  ['APP_AUTH_LOG', new Topic(rulesOf(appAuthRules), { code: 'action' })],
  [
    'CONVERSATION_MESSAGE',
    new Topic(rulesOf(messageRules), { code: 'message.author.type', client: 'message.author.client_type' }),
  ],
  // What a tool answered.
  ['CODEX_LOG', detailed(codexRules, 'error_message')],
  ['CODEX_SECURITY_LOG', detailed(securityRules)],
  ['CUSTOM_AGENTS_LOG', detailed(agentRules)],
  ['CHATGPT_PLUGIN_SPREADSHEET', detailed(spreadsheetRules, 'error_message')],
  // OpenAI has published no field of it.
  ['CODEX_TURN', new Topic(none, { data: 'payload', client: 'payload.product_client_id' })],
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
/** Its payloads, as if they were the records. */
export const platformTopic = new Topic(platformRules, {});

/** Of a type that is not known. */
export const unknownTopic = new Topic(none, {});
