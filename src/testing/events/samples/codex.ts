import type { CodexDetails } from '../../../audit-logs/events/codex-log.js';
import type { CodexSecurityDetails } from '../../../audit-logs/events/codex-security-log.js';
import type { Template } from '../template.js';

const session = {
  session_id: '<uuid>', turn_id: '<uuid>', call_id: '<uuid>', model: 'gpt-5.5-codex', environment_id: null,
};
const toolCall = {
  ...session, tool_name: 'shell', tool_type: 'function', tool_input: '{"cmd":["npm","test"]}',
  tool_call_id: 'call_<hex 12>',
};
const environment = {
  environment_id: '<hex 32>',
  environment_fields: { label: 'northwind/web', repos: ['northwind/web'], env_var_keys: ['CI'] },
};
const accessToken: Template<CodexDetails['ACCESS_TOKEN_CREATED']> = {
  access_token_id: 'cat_<hex 12>', access_token_name: 'ci', created_by_user_id: '<person.userId>',
  expires_at: ({ micros }) => new Date(Math.floor(micros / 1_000_000 + 86_400) * 1000).toISOString(),
};
const plugin = {
  plugin_id: 'plugin_<hex 12>', plugin_release_id: 'rel_<hex 12>', plugin_version: '1.4.0',
  plugin_name: 'release-notes', plugin_display_name: 'Release notes', marketplace_name: 'northwind',
  plugin_scope: 'WORKSPACE' as const, plugin_creator_account_user_id: '<other.userId>',
};
const deployment = { project_id: '<uuid>', version_id: '<uuid>', deployment_id: '<uuid>', environment_revision: 3 };
const site = { project_id: '<uuid>', slug: 'team-handbook' };

/** What each event of Codex says. The usual ones first. */
export const codexDetails = {
  PROMPT_SENT: { ...session, prompt_text: 'Rename the module and update its imports.' },
  PROMPT_RESPONSE_RECEIVED: {
    ...session, response_text: 'Renamed the module and updated 4 imports.', status: 'completed',
    service_tier: 'default', reasoning_effort: 'medium',
    token_usage: { input_tokens: 812, output_tokens: 144, cached_input_tokens: 640, reasoning_output_tokens: 32 },
  },
  TOOL_CALL_SUGGESTED: { ...toolCall, status: 'in_progress' },
  TOOL_CALL_COMPLETED: { ...toolCall, status: 'completed' },
  TOOL_CALL_FAILED: { ...toolCall, status: 'failed' },
  TOOL_DECISION: { decision: 'approved' },
  APP_MCP_CALL: { call_id: '<uuid>', name: 'search_issues', arguments: '{"query":"flaky"}', tool_meta: {} },
  APP_MCP_RESULT: { call_id: '<uuid>', name: 'search_issues', status: 'success', result_preview: '3 issues' },
  APP_MCP_ELICITATION: {
    call_id: '<uuid>', name: 'create_issue', elicitation_type: 'approval', phase: 'resolved', decision: 'accept',
  },
  ENVIRONMENT_CREATED: environment,
  ENVIRONMENT_UPDATED: environment,
  ENVIRONMENT_DELETED: { environment_id: '<hex 32>' },
  WORKSPACE_UPDATED: { previous_settings: { internet_access: false }, current_settings: { internet_access: true } },
  ACCESS_TOKEN_CREATED: accessToken,
  ACCESS_TOKEN_REVOKED: accessToken,
  PLUGIN_CREATED: plugin,
  PLUGIN_DELETED: plugin,
  PLUGIN_INSTALLED: plugin,
  PLUGIN_UNINSTALLED: plugin,
  SITE_PROJECT_CREATED: site,
  SITE_PROJECT_DELETED: site,
  SITE_VERSION_CREATED: { project_id: '<uuid>', version_id: '<uuid>', version_number: 7 },
  SITE_DEPLOYMENT_STARTED: deployment,
  SITE_DEPLOYMENT_COMPLETED: { ...deployment, status: 'success', site_url: 'https://team-handbook.sites.example' },
} satisfies Template<CodexDetails>;

const noRules = {
  notification_rules_created_count: 0, notification_rules_updated_count: 1, notification_rules_deleted_count: 0,
};
const scan = {
  scan_configuration_id: 'scan_<hex 12>',
  scan_configuration_fields: {
    scan_type: 'repository', owner_id: '<person.userId>', workspace_id: '<owner.id>', repo_id: 'github-<hex 12>',
    repo_url: 'https://github.com/northwind/web', environment_id: '<hex 32>', state: 'active', lookback_days: 30,
    ...noRules,
  },
};

/** What each event of Codex Security says. */
export const codexSecurityDetails = {
  SCAN_FINDING_UPDATED: {
    finding_id: 'find_<hex 12>',
    updated_fields: { status: 'fixed', criticality: 'medium', assignee_user_email: '<other.email>' },
  },
  PROPOSED_PATCH_PR_CREATED: { finding_id: 'find_<hex 12>', pr_url: 'https://github.com/northwind/web/pull/12' },
  SCAN_CONFIGURATION_CREATED: scan,
  SCAN_CONFIGURATION_UPDATED: {
    ...scan,
    updated_fields: {
      state: 'paused', lookback_days: 14, project_overview_updated: true, project_overview_length: 180, ...noRules,
    },
  },
} satisfies Template<CodexSecurityDetails>;
