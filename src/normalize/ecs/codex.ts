import type { CodexEventType } from '../../audit-logs/events/codex-log.js';
import type { CodexSecurityEventType } from '../../audit-logs/events/codex-security-log.js';
import { actionBeside } from './apps.js';
import type { EcsType } from './document.js';
import type { Draft } from './draft.js';
import { outcomeOf, type Stream, within } from './stream.js';
import type { Place } from './walk.js';

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

const tokenUsage: Place = (key, value, draft) =>
  key === 'input_tokens' || key === 'output_tokens' ? draft.tokens(key, value) : 'kept';

const details: Place = (key, value, draft) => {
  switch (key) {
    case 'model':
      return draft.model(value);
    case 'prompt_text':
    case 'response_text':
      return 'message';
    case 'tool_input':
    case 'arguments':
    case 'result_preview':
    // What the tool answered.
    case 'error_message':
      return 'content';
    case 'token_usage':
      return tokenUsage;
    case 'tool_name':
    case 'name':
      return draft.tool('name', value);
    case 'tool_type':
      return draft.tool('type', value);
    case 'tool_call_id':
    case 'call_id':
      return draft.call(value);
    case 'url':
    case 'site_url':
      return draft.url(value);
    case 'created_by_user_id':
      return draft.related(value);
    default:
      return 'kept';
  }
};

const agent: Place = (key, value, draft) => (key === 'id' || key === 'name' ? draft.agent(key, value) : 'kept');

const codexPlace: Place = (key) => {
  switch (key) {
    case 'event_details':
      return details;
    case 'agent':
      return agent;
    default:
      return 'kept';
  }
};

export const codexLog: Stream = {
  name: 'codex_log',
  classify: classifyCodex,
  place: actionBeside(codexPlace, 'event_type'),
};

/** Prompts and answers of the plugin for spreadsheets are those of Codex. Elastic has no stream of them. */
export const spreadsheet: Stream = {
  name: 'chatgpt_plugin_spreadsheet',
  classify: classifyCodex,
  place: actionBeside(codexPlace, 'event_type'),
};

function classifyCodex(record: Record<string, unknown>, draft: Draft): void {
  const type = record.event_type;
  draft.action(type);
  const { event, gen_ai } = draft.document;
  event.category = ['api'];
  event.type = [
    ...(typeof type === 'string' && Object.hasOwn(codexTypes, type) ? codexTypes[type as CodexEventType] : info),
  ];
  const outcome = outcomeOf(within(record, 'event_details', 'status'));
  if (outcome !== undefined) event.outcome = outcome;
  switch (type) {
    case 'PROMPT_SENT':
    case 'PROMPT_RESPONSE_RECEIVED':
    case 'APP_MCP_CALL':
      gen_ai.operation = { name: 'chat' };
      break;
    case 'TOOL_CALL_COMPLETED':
      gen_ai.operation = { name: 'chat' };
      event.outcome ??= 'success';
      break;
    case 'TOOL_CALL_FAILED':
      event.outcome = 'failure';
      break;
    case 'TOOL_DECISION': {
      const decision = String(within(record, 'event_details', 'decision'));
      if (decision.startsWith('approved')) event.type.push('allowed');
      if (decision.startsWith('denied')) event.type.push('denied');
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

const updatedFields: Place = (key, value, draft) => {
  switch (key) {
    case 'criticality':
      if (typeof value !== 'string' || draft.document.vulnerability?.severity !== undefined) return 'kept';
      draft.document.vulnerability = { ...draft.document.vulnerability, severity: value };
      return 'taken';
    case 'assignee_user_email':
      return draft.targetEmail(value);
    default:
      return 'kept';
  }
};

const securityDetails: Place = (key, value, draft) => {
  switch (key) {
    case 'finding_id':
      if (typeof value !== 'string' || draft.document.vulnerability?.id !== undefined) return 'kept';
      draft.document.vulnerability = { ...draft.document.vulnerability, id: value };
      return 'taken';
    case 'updated_fields':
      return updatedFields;
    case 'pr_url':
      return draft.url(value);
    default:
      return 'kept';
  }
};

const securityPlace: Place = (key) => (key === 'event_details' ? securityDetails : 'kept');

export const codexSecurityLog: Stream = {
  name: 'codex_security_log',
  classify(record, draft) {
    draft.action(record.event_type);
    draft.document.event.category = ['vulnerability'];
    draft.document.event.type = [...info];
  },
  place: actionBeside(securityPlace, 'event_type'),
};
