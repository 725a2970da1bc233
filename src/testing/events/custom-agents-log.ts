import type { AgentEvent } from '../../audit-logs/events/event-types.js';
import { agentDetails } from './agent-details.js';
import { accountUser, type EventContext, type EventMaker, envelope, idOf } from './event-context.js';
import { withDetails } from './with-details.js';

// What an agent does to its own memory it does itself, for someone.
function agentActor(context: EventContext) {
  return {
    type: 'AGENT',
    product_type: 'COLLAB_AGENT',
    id: idOf(context, 'ah_'),
    name: 'Ops helper',
    product_id: idOf(context, 'agt_'),
    agent_runtime: { id: idOf(context, 'rt_'), delegator: accountUser(context.person) },
    agent_task: { id: idOf(context, 'tk_') },
  };
}

/** What happens with workspace agents. */
export const customAgentsLog: EventMaker<AgentEvent> = withDetails(agentDetails, (context, eventType) => ({
  ...envelope('CUSTOM_AGENTS_LOG', context),
  ...(eventType.startsWith('MEMORY_') ? { actor: agentActor(context) } : {}),
  client_id: eventType.startsWith('AGENT_RUN') ? 'CHATGPT_WEB' : 'AGENT_BUILDER_WEB',
  workspace_id: context.owner.id,
}));
