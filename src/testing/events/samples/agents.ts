import type { AgentDetails } from '../../../audit-logs/events/custom-agents-log.js';
import type { Template } from '../template.js';

const version = { agent_id: 'agt_<hex 12>', version_id: 'ver_<hex 12>' };
const run = { ...version, run_id: '<uuid>' };
const call = {
  ...run, tool_call_id: 'call_<hex 12>', connector_id: 'connector_<hex 32>', connector_name: 'Tickets',
  action_name: 'create_ticket', link_id: 'link_<hex 24>',
};
const agent_fields = {
  name: 'Ops helper', model_spec: { name: 'gpt-5.5', reasoning_effort: 'medium' },
  prompt: 'Keep the on-call handbook up to date.', description: 'Looks after the handbook.',
  tagline: 'Handbook, but current', category: 'operations',
  skills: [{ id: 'skill_<hex 12>', type: 'uploaded_skill', name: 'handbook' }],
  starter_prompts: ['What changed this week?'], file_tree_id: 'tree_<hex 12>',
  tools: { web_search: true, image_generation_enabled: false, widget_tools: [], connectors: [] },
};
const trigger = {
  agent_id: 'agt_<hex 12>', trigger_id: 'trg_<hex 12>', trigger_type: 'schedule',
  trigger_fields: { enabled: true, instructions: 'Every Monday at 8.', required_actions: [], param_keys: [] },
};

/** What each event of a workspace agent says. The usual ones first. */
export const agentDetails = {
  AGENT_RUN_CREATED: {
    ...run, conversation_id: '<uuid>',
    invoker: {
      type: 'chatgpt',
      initiator: {
        kind: 'account_user', id: '<person.userId>', display_name: '<person.givenName>',
        auth_user_id: '<person.userId>',
      },
      user_message_text: 'What changed this week?', is_shared_invocation: true,
    },
  },
  AGENT_RUN_MESSAGE: { ...run, message_id: '<uuid>', text: 'Two pages changed.', phase: 'final_answer' },
  AGENT_RUN_COMPLETED: run,
  CONNECTOR_CALL_REQUESTED: { ...call, requires_elicitation: true, elicitation_type: 'approval' },
  CONNECTOR_CALL_COMPLETED: { ...call, status: 'success' },
  MEMORY_READ: { ...run, memory_path: 'notes/q3.md', access_method: 'search' },
  MEMORY_WRITE: { ...run, memory_path: 'notes/q3.md', access_method: 'update' },
  MEMORY_DELETE: { ...run, memory_path: 'notes/q2.md', access_method: 'delete' },
  SKILL_USED: { ...run, skill_id: 'skill_<hex 12>', skill_name: 'handbook', skill_type: 'uploaded_skill' },
  AGENT_RUN_FAILED: { ...run, failure_message: 'The run took too long.' },
  CONNECTOR_OAUTH_RESOLVED: {
    ...run, conversation_id: '<uuid>', interaction_id: '<uuid>', tool_call_id: 'call_<hex 12>',
    connector_id: 'connector_<hex 32>', link_id: 'link_<hex 24>',
  },
  AGENT_CREATED: { ...version, agent_fields },
  AGENT_UPDATED: { ...version, save_source: 'manual', agent_fields },
  AGENT_PUBLISHED: {
    ...version, publish_type: 'new_version', changes_count: 2, release_name: 'Second edition',
    release_description: 'Knows the new handbook.', agent_fields,
  },
  AGENT_DELETED: {
    ...version, delete_reason: 'user_requested', agent_fields, trigger_count: 1, had_published_version: true,
  },
  TRIGGER_CREATED: trigger,
  TRIGGER_UPDATED: trigger,
  TRIGGER_DELETED: trigger,
} satisfies Template<AgentDetails>;
