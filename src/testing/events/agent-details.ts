import type { AgentDetails } from '../../audit-logs/events/custom-agents-log.js';
import { type DetailMakers, type EventContext, idOf } from './event-context.js';

function version(context: EventContext) {
  return { agent_id: idOf(context, 'agt_'), version_id: idOf(context, 'ver_') };
}

function run(context: EventContext) {
  return { ...version(context), run_id: context.random.uuid() };
}

function call(context: EventContext) {
  return {
    ...run(context),
    tool_call_id: idOf(context, 'call_'),
    connector_id: idOf(context, 'connector_', 32),
    connector_name: 'Tickets',
    action_name: 'create_ticket',
    link_id: idOf(context, 'link_', 24),
  };
}

function agent(context: EventContext) {
  return {
    name: 'Ops helper',
    model_spec: { name: 'gpt-5.5', reasoning_effort: 'medium' },
    prompt: 'Keep the on-call handbook up to date.',
    description: 'Looks after the handbook.',
    tagline: 'Handbook, but current',
    category: 'operations',
    skills: [{ id: idOf(context, 'skill_'), type: 'uploaded_skill', name: 'handbook' }],
    starter_prompts: ['What changed this week?'],
    file_tree_id: idOf(context, 'tree_'),
    tools: { web_search: true, image_generation_enabled: false, widget_tools: [], connectors: [] },
  };
}

function trigger(context: EventContext) {
  return {
    agent_id: idOf(context, 'agt_'),
    trigger_id: idOf(context, 'trg_'),
    trigger_type: 'schedule',
    trigger_fields: { enabled: true, instructions: 'Every Monday at 8.', required_actions: [], param_keys: [] },
  };
}

/** What each event of a workspace agent says. The usual ones first. */
export const agentDetails: DetailMakers<AgentDetails> = {
  AGENT_RUN_CREATED: (context) => ({
    ...run(context),
    conversation_id: context.random.uuid(),
    invoker: {
      type: 'chatgpt',
      initiator: {
        kind: 'account_user',
        id: context.person.userId,
        display_name: context.person.givenName,
        auth_user_id: context.person.userId,
      },
      user_message_text: 'What changed this week?',
      is_shared_invocation: true,
    },
  }),
  AGENT_RUN_MESSAGE: (context) => ({
    ...run(context),
    message_id: context.random.uuid(),
    text: 'Two pages changed.',
    phase: 'final_answer',
  }),
  AGENT_RUN_COMPLETED: run,
  CONNECTOR_CALL_REQUESTED: (context) => ({
    ...call(context),
    requires_elicitation: true,
    elicitation_type: 'approval',
  }),
  CONNECTOR_CALL_COMPLETED: (context) => ({ ...call(context), status: 'success' }),
  MEMORY_READ: (context) => ({ ...run(context), memory_path: 'notes/q3.md', access_method: 'search' }),
  MEMORY_WRITE: (context) => ({ ...run(context), memory_path: 'notes/q3.md', access_method: 'update' }),
  MEMORY_DELETE: (context) => ({ ...run(context), memory_path: 'notes/q2.md', access_method: 'delete' }),
  SKILL_USED: (context) => ({
    ...run(context),
    skill_id: idOf(context, 'skill_'),
    skill_name: 'handbook',
    skill_type: 'uploaded_skill',
  }),
  AGENT_RUN_FAILED: (context) => ({ ...run(context), failure_message: 'The run took too long.' }),
  CONNECTOR_OAUTH_RESOLVED: (context) => ({
    ...run(context),
    conversation_id: context.random.uuid(),
    interaction_id: context.random.uuid(),
    tool_call_id: idOf(context, 'call_'),
    connector_id: idOf(context, 'connector_', 32),
    link_id: idOf(context, 'link_', 24),
  }),
  AGENT_CREATED: (context) => ({ ...version(context), agent_fields: agent(context) }),
  AGENT_UPDATED: (context) => ({ ...version(context), save_source: 'manual', agent_fields: agent(context) }),
  AGENT_PUBLISHED: (context) => ({
    ...version(context),
    publish_type: 'new_version',
    changes_count: 2,
    release_name: 'Second edition',
    release_description: 'Knows the new handbook.',
    agent_fields: agent(context),
  }),
  AGENT_DELETED: (context) => ({
    ...version(context),
    delete_reason: 'user_requested',
    agent_fields: agent(context),
    trigger_count: 1,
    had_published_version: true,
  }),
  TRIGGER_CREATED: trigger,
  TRIGGER_UPDATED: trigger,
  TRIGGER_DELETED: trigger,
};
