import type { AppAuthAction, AppCallPart } from '../../../audit-logs/events/app-log.js';
import type { SpreadsheetEventType } from '../../../audit-logs/events/chatgpt-plugin-spreadsheet.js';
import type { CodexEventType } from '../../../audit-logs/events/codex-log.js';
import type { CodexSecurityEventType } from '../../../audit-logs/events/codex-security-log.js';
import type { AgentEventType } from '../../../audit-logs/events/custom-agents-log.js';
import { api, type Rule, type Rules, type Thing } from '../rule.js';

type Change = 'create' | 'update' | 'delete' | 'enable' | 'disable' | 'activate' | 'other';

function entity(activity: Change, thing: Thing): Rule {
  return { class: 'entity_management', activity, entity: thing };
}

const message: readonly Thing[] = [
  ['message', 'message.id'],
  ['conversation', 'conversation.id'],
  ['gpt', 'conversation.gpt_id', 'conversation.gpt_name'],
  ['project', 'conversation.project_id', 'conversation.project_name'],
];

/** `CONVERSATION_MESSAGE` by its author. */
export const messageRules = {
  user: { class: 'api_activity', activity: 'create', resources: message, operation: 'user_message' },
  assistant: { class: 'api_activity', activity: 'create', resources: message, operation: 'assistant_message' },
} as const satisfies Readonly<Record<string, Rule>>;

const app: Thing = ['app', 'app_id', 'app_name'];
const ofConversation: readonly Thing[] = [['conversation', 'conversation_id']];
const call = { class: 'api_activity', operation: 'app_call', service: app, resources: ofConversation } as const;

/** `APP_LOG` by which half of a call it is. */
export const appCallRules: Readonly<Record<AppCallPart, Rule>> = {
  request: { ...call, activity: 'read' },
  response: { ...call, activity: 'other' },
};

const appLink: Thing = ['app link', ['app_id', 'link_id']];

/** `APP_AUTH_LOG` by its action. */
export const appAuthRules: Readonly<Record<AppAuthAction, Rule>> = {
  link: { class: 'entity_management', activity: 'enroll', entity: appLink },
  unlink: { class: 'entity_management', activity: 'unenroll', entity: appLink },
};

const session: Thing = ['session', 'session_id'];
const environment: Thing = ['environment', 'environment_id', 'environment_fields.label'];
const plugin: Thing = ['plugin', 'plugin_id', 'plugin_name'];
const site: Thing = ['site', 'project_id', 'slug'];
const tool: Thing = ['tool', 'tool_call_id', 'tool_name'];
const appTool: Thing = ['tool', 'call_id', 'name'];
const accessToken: Rule = {
  class: 'account_change',
  activity: 'other',
  user: { id: 'created_by_user_id', credential: 'access_token_id' },
};

/** `CODEX_LOG` by its `event_type`. */
export const codexRules: Readonly<Record<CodexEventType, Rule>> = {
  PROMPT_SENT: api('create', session),
  PROMPT_RESPONSE_RECEIVED: api('create', session),
  TOOL_CALL_SUGGESTED: api('other', tool, session),
  TOOL_CALL_COMPLETED: api('other', tool, session),
  TOOL_CALL_FAILED: { ...api('other', tool, session), status: 2 },
  TOOL_DECISION: api('other'),
  APP_MCP_CALL: api('other', appTool),
  APP_MCP_RESULT: api('other', appTool),
  APP_MCP_ELICITATION: api('other', appTool),
  ENVIRONMENT_CREATED: entity('create', environment),
  ENVIRONMENT_UPDATED: entity('update', environment),
  ENVIRONMENT_DELETED: entity('delete', environment),
  WORKSPACE_UPDATED: api('update'),
  ACCESS_TOKEN_CREATED: accessToken,
  ACCESS_TOKEN_REVOKED: accessToken,
  PLUGIN_CREATED: entity('create', plugin),
  PLUGIN_DELETED: entity('delete', plugin),
  PLUGIN_INSTALLED: entity('enable', plugin),
  PLUGIN_UNINSTALLED: entity('disable', plugin),
  SITE_PROJECT_CREATED: entity('create', site),
  SITE_PROJECT_DELETED: entity('delete', site),
  SITE_VERSION_CREATED: entity('create', ['site version', 'version_id']),
  SITE_DEPLOYMENT_STARTED: entity('other', ['site deployment', 'deployment_id']),
  SITE_DEPLOYMENT_COMPLETED: entity('activate', ['site deployment', 'deployment_id']),
};

/** `CHATGPT_PLUGIN_SPREADSHEET` by its `event_type`. */
export const spreadsheetRules: Readonly<Record<SpreadsheetEventType, Rule>> = {
  PROMPT_SENT: api('create', session),
  PROMPT_RESPONSE_RECEIVED: api('create', session),
};

const scan: Thing = ['scan configuration', 'scan_configuration_id'];

/** `CODEX_SECURITY_LOG` by its `event_type`. Without a finding's id it is no finding. */
export const securityRules: Readonly<Record<CodexSecurityEventType, Rules>> = {
  SCAN_FINDING_UPDATED: [
    { class: 'application_security_posture_finding', activity: 'update', where: 'finding_id' },
    api('update'),
  ],
  PROPOSED_PATCH_PR_CREATED: [
    { class: 'application_security_posture_finding', activity: 'update', where: 'finding_id' },
    api('create'),
  ],
  SCAN_CONFIGURATION_CREATED: api('create', scan),
  SCAN_CONFIGURATION_UPDATED: api('update', scan),
};

const agent: Thing = ['agent', 'agent_id', 'agent_fields.name'];
const run: Thing = ['agent run', 'run_id'];
const connector: Thing = ['connector', 'connector_id', 'connector_name'];
const trigger: Thing = ['agent trigger', 'trigger_id'];
const memory: Thing = ['agent memory', 'memory_path'];

/** `CUSTOM_AGENTS_LOG` by its `event_type`. */
export const agentRules: Readonly<Record<AgentEventType, Rule>> = {
  AGENT_CREATED: entity('create', agent),
  AGENT_UPDATED: entity('update', agent),
  AGENT_PUBLISHED: entity('activate', agent),
  AGENT_DELETED: entity('delete', agent),
  AGENT_RUN_CREATED: api('create', run, agent),
  AGENT_RUN_COMPLETED: { ...api('other', run, agent), status: 1 },
  AGENT_RUN_FAILED: { ...api('other', run, agent), status: 2 },
  AGENT_RUN_MESSAGE: api('create', ['message', 'message_id'], run, agent),
  CONNECTOR_CALL_REQUESTED: api('other', connector, run, agent),
  CONNECTOR_CALL_COMPLETED: api('other', connector, run, agent),
  CONNECTOR_OAUTH_RESOLVED: api('other', connector, run, agent),
  MEMORY_READ: api('read', memory, run, agent),
  MEMORY_WRITE: api('update', memory, run, agent),
  MEMORY_DELETE: api('delete', memory, run, agent),
  SKILL_USED: api('read', ['skill', 'skill_id', 'skill_name'], run, agent),
  TRIGGER_CREATED: api('create', trigger, agent),
  TRIGGER_UPDATED: api('update', trigger, agent),
  TRIGGER_DELETED: api('delete', trigger, agent),
};
