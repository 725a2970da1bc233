import type { CodexEventType } from '../../audit-logs/events/codex-log.js';
import type { CodexSecurityEventType } from '../../audit-logs/events/codex-security-log.js';
import { endedBy } from '../outcome.js';
import type { EcsType } from './document.js';
import type { Draft } from './draft.js';
import { knownActions, type Stream, within } from './stream.js';
import { actionTaken, type Give, Places } from './walk.js';

const info: readonly EcsType[] = ['info'];
const creation: readonly EcsType[] = ['info', 'creation'];
const deletion: readonly EcsType[] = ['info', 'deletion'];
const change: readonly EcsType[] = ['info', 'change'];

/** Elastic says `info` of all of them; the others stand beside it. */
export const codexTypes: Readonly<Record<CodexEventType, readonly EcsType[]>> = {
  ENVIRONMENT_CREATED: creation,
  ENVIRONMENT_UPDATED: change,
  ENVIRONMENT_DELETED: deletion,
  WORKSPACE_UPDATED: change,
  PROMPT_SENT: info,
  PROMPT_RESPONSE_RECEIVED: info,
  TOOL_CALL_SUGGESTED: info,
  TOOL_CALL_COMPLETED: info,
  TOOL_CALL_FAILED: info,
  TOOL_DECISION: info,
  ACCESS_TOKEN_CREATED: creation,
  ACCESS_TOKEN_REVOKED: deletion,
  APP_MCP_CALL: info,
  APP_MCP_RESULT: info,
  APP_MCP_ELICITATION: info,
  PLUGIN_CREATED: creation,
  PLUGIN_DELETED: deletion,
  PLUGIN_INSTALLED: change,
  PLUGIN_UNINSTALLED: change,
  SITE_PROJECT_CREATED: creation,
  SITE_PROJECT_DELETED: deletion,
  SITE_VERSION_CREATED: creation,
  SITE_DEPLOYMENT_STARTED: change,
  SITE_DEPLOYMENT_COMPLETED: change,
};

const known = knownActions(codexTypes);

const tokenUsage = new Places({
  input_tokens: (value, { document: { gen_ai } }) => {
    if (!isCount(value) || gen_ai.usage?.input_tokens !== undefined) return 'kept';
    gen_ai.usage ??= {};
    gen_ai.usage.input_tokens = value;
    return 'taken';
  },
  output_tokens: (value, { document: { gen_ai } }) => {
    if (!isCount(value) || gen_ai.usage?.output_tokens !== undefined) return 'kept';
    gen_ai.usage ??= {};
    gen_ai.usage.output_tokens = value;
    return 'taken';
  },
});

/** The fields hold 32 bits. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

const toolName: Give = (value, draft) => draft.tool('name', value);
const call: Give = (value, draft) => draft.call(value);
const url: Give = (value, draft) => draft.url(value);

const details = new Places({
  model: (value, draft) => draft.model(value),
  prompt_text: 'message',
  response_text: 'message',
  tool_input: 'content',
  arguments: 'content',
  result_preview: 'content',
  // What the tool answered.
  error_message: 'content',
  token_usage: tokenUsage,
  tool_name: toolName,
  name: toolName,
  tool_type: (value, draft) => draft.tool('type', value),
  tool_call_id: call,
  call_id: call,
  url,
  site_url: url,
  created_by_user_id: (value, draft) => draft.related(value),
});

const agent = new Places({
  id: (value, draft) => draft.agent('id', value),
  name: (value, draft) => draft.agent('name', value),
});

const codexPlaces = new Places({ event_type: actionTaken, event_details: details, agent });

export const codexLog: Stream = {
  name: 'codex_log',
  classify: classifyCodex,
  places: codexPlaces,
};

/** Prompts and answers of the plugin for spreadsheets are those of Codex. Elastic has no stream of them. */
export const spreadsheet: Stream = {
  name: 'chatgpt_plugin_spreadsheet',
  classify: classifyCodex,
  places: codexPlaces,
};

function classifyCodex(record: Record<string, unknown>, draft: Draft): void {
  const type = record.event_type;
  draft.actionOf(known.get(type), type);
  const { event, gen_ai } = draft.document;
  event.category = ['api'];
  const outcome = endedBy(within(record, 'event_details', 'status'));
  if (outcome !== undefined) event.outcome = outcome;
  switch (type) {
    case 'PROMPT_SENT':
    case 'PROMPT_RESPONSE_RECEIVED':
    case 'APP_MCP_CALL':
      gen_ai.operation = { name: 'chat' };
      break;
    case 'TOOL_CALL_COMPLETED':
      gen_ai.operation = { name: 'chat' };
      break;
    case 'TOOL_CALL_FAILED':
      event.outcome = 'failure';
      break;
    case 'TOOL_DECISION': {
      const decision = String(within(record, 'event_details', 'decision'));
      if (decision.startsWith('approved')) event.type?.push('allowed');
      if (decision.startsWith('denied')) event.type?.push('denied');
    }
  }
}

/** All of them are `info`, which is the only type that ECS allows of a vulnerability. */
export const codexSecurityTypes: Readonly<Record<CodexSecurityEventType, readonly EcsType[]>> = {
  SCAN_CONFIGURATION_CREATED: info,
  SCAN_CONFIGURATION_UPDATED: info,
  SCAN_FINDING_UPDATED: info,
  PROPOSED_PATCH_PR_CREATED: info,
};

const updatedFields = new Places({
  criticality: (value, { document }) => {
    if (typeof value !== 'string' || document.vulnerability?.severity !== undefined) return 'kept';
    document.vulnerability = { ...document.vulnerability, severity: value };
    return 'taken';
  },
  assignee_user_email: (value, draft) => draft.targetEmail(value),
});

const securityDetails = new Places({
  finding_id: (value, { document }) => {
    if (typeof value !== 'string' || document.vulnerability?.id !== undefined) return 'kept';
    document.vulnerability = { ...document.vulnerability, id: value };
    return 'taken';
  },
  updated_fields: updatedFields,
  pr_url: url,
});

export const codexSecurityLog: Stream = {
  name: 'codex_security_log',
  classify(record, draft) {
    draft.action(record.event_type);
    draft.document.event.category = ['vulnerability'];
    draft.document.event.type = info.slice();
  },
  places: new Places({ event_type: actionTaken, event_details: securityDetails }),
};
