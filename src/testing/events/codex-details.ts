import type { CodexDetails } from '../../audit-logs/events/codex-log.js';
import { type DetailMakers, type EventContext, idOf, seconds } from './event-context.js';

const model = 'gpt-5.5-codex';

function session({ random }: EventContext) {
  return { session_id: random.uuid(), turn_id: random.uuid(), call_id: random.uuid(), model, environment_id: null };
}

function toolCall(context: EventContext, status: string) {
  const tool_input = '{"cmd":["npm","test"]}';
  return {
    ...session(context),
    tool_name: 'shell',
    tool_type: 'function',
    tool_input,
    tool_call_id: idOf(context, 'call_'),
    status,
  };
}

function environment(context: EventContext) {
  return {
    environment_id: context.random.hex(32),
    environment_fields: { label: 'northwind/web', repos: ['northwind/web'], env_var_keys: ['CI'] },
  };
}

function accessToken(context: EventContext) {
  return {
    access_token_id: idOf(context, 'cat_'),
    access_token_name: 'ci',
    created_by_user_id: context.person.userId,
    expires_at: new Date((seconds(context) + 86_400) * 1000).toISOString(),
  };
}

function plugin(context: EventContext) {
  return {
    plugin_id: idOf(context, 'plugin_'),
    plugin_release_id: idOf(context, 'rel_'),
    plugin_version: '1.4.0',
    plugin_name: 'release-notes',
    plugin_display_name: 'Release notes',
    marketplace_name: 'northwind',
    plugin_scope: 'WORKSPACE',
    plugin_creator_account_user_id: context.other.userId,
  };
}

function deployment(context: EventContext) {
  const { random } = context;
  return {
    project_id: random.uuid(),
    version_id: random.uuid(),
    deployment_id: random.uuid(),
    environment_revision: 3,
  };
}

function site(context: EventContext) {
  return { project_id: context.random.uuid(), slug: 'team-handbook' };
}

/** What each event of Codex says. The usual ones first. */
export const codexDetails: DetailMakers<CodexDetails> = {
  PROMPT_SENT: (context) => ({ ...session(context), prompt_text: 'Rename the module and update its imports.' }),
  PROMPT_RESPONSE_RECEIVED: (context) => ({
    ...session(context),
    response_text: 'Renamed the module and updated 4 imports.',
    status: 'completed',
    service_tier: 'default',
    reasoning_effort: 'medium',
    token_usage: { input_tokens: 812, output_tokens: 144, cached_input_tokens: 640, reasoning_output_tokens: 32 },
  }),
  TOOL_CALL_SUGGESTED: (context) => toolCall(context, 'in_progress'),
  TOOL_CALL_COMPLETED: (context) => toolCall(context, 'completed'),
  TOOL_CALL_FAILED: (context) => toolCall(context, 'failed'),
  TOOL_DECISION: () => ({ decision: 'approved' }),
  APP_MCP_CALL: ({ random }) => ({
    call_id: random.uuid(),
    name: 'search_issues',
    arguments: '{"query":"flaky"}',
    tool_meta: {},
  }),
  APP_MCP_RESULT: ({ random }) => ({
    call_id: random.uuid(),
    name: 'search_issues',
    status: 'success',
    result_preview: '3 issues',
  }),
  APP_MCP_ELICITATION: ({ random }) => ({
    call_id: random.uuid(),
    name: 'create_issue',
    elicitation_type: 'approval',
    phase: 'resolved',
    decision: 'accept',
  }),
  ENVIRONMENT_CREATED: environment,
  ENVIRONMENT_UPDATED: environment,
  ENVIRONMENT_DELETED: ({ random }) => ({ environment_id: random.hex(32) }),
  WORKSPACE_UPDATED: () => ({
    previous_settings: { internet_access: false },
    current_settings: { internet_access: true },
  }),
  ACCESS_TOKEN_CREATED: accessToken,
  ACCESS_TOKEN_REVOKED: accessToken,
  PLUGIN_CREATED: plugin,
  PLUGIN_DELETED: plugin,
  PLUGIN_INSTALLED: plugin,
  PLUGIN_UNINSTALLED: plugin,
  SITE_PROJECT_CREATED: site,
  SITE_PROJECT_DELETED: site,
  SITE_VERSION_CREATED: ({ random }) => ({ project_id: random.uuid(), version_id: random.uuid(), version_number: 7 }),
  SITE_DEPLOYMENT_STARTED: deployment,
  SITE_DEPLOYMENT_COMPLETED: (context) => ({
    ...deployment(context),
    status: 'success',
    site_url: 'https://team-handbook.sites.example',
  }),
};
