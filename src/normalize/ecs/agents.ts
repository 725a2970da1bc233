import type { AgentEventType } from '../../audit-logs/events/custom-agents-log.js';
import { endedBy } from '../outcome.js';
import type { EcsType } from './document.js';
import { knownActions, type Stream, within } from './stream.js';
import { actionTaken, type Give, Places } from './walk.js';

const info: readonly EcsType[] = ['info'];
const creation: readonly EcsType[] = ['info', 'creation'];
const deletion: readonly EcsType[] = ['info', 'deletion'];
const change: readonly EcsType[] = ['info', 'change'];

/** Elastic says `info` of all of them; the others stand beside it. */
export const agentTypes: Readonly<Record<AgentEventType, readonly EcsType[]>> = {
  AGENT_CREATED: creation,
  AGENT_UPDATED: change,
  AGENT_PUBLISHED: change,
  AGENT_DELETED: deletion,
  AGENT_RUN_CREATED: ['info', 'start'],
  AGENT_RUN_COMPLETED: ['info', 'end'],
  AGENT_RUN_FAILED: ['info', 'end'],
  AGENT_RUN_MESSAGE: info,
  CONNECTOR_CALL_REQUESTED: info,
  CONNECTOR_CALL_COMPLETED: info,
  CONNECTOR_OAUTH_RESOLVED: info,
  MEMORY_READ: ['info', 'access'],
  MEMORY_WRITE: change,
  MEMORY_DELETE: deletion,
  SKILL_USED: info,
  TRIGGER_CREATED: creation,
  TRIGGER_UPDATED: change,
  TRIGGER_DELETED: deletion,
};

const known = knownActions(agentTypes);

const model: Give = (value, { document }) => {
  if (typeof value !== 'string' || document.gen_ai.request !== undefined) return 'kept';
  document.gen_ai.request = { model: value };
  return 'taken';
};

const agentFields = new Places({
  name: (value, draft) => draft.agent('name', value),
  description: (value, draft) => draft.agent('description', value),
  model,
  model_spec: new Places({ name: model }),
  prompt: 'content',
  starter_prompts: 'content',
});

const initiator = new Places({ auth_user_id: (value, draft) => draft.related(value) });

const toolName: Give = (value, draft) => draft.tool('name', value);

const details = new Places({
  agent_id: (value, draft) => draft.agent('id', value),
  agent_fields: agentFields,
  invoker: new Places({ user_message_text: 'message', initiator }),
  text: 'message',
  connector_name: toolName,
  skill_name: toolName,
  tool_call_id: (value, draft) => {
    draft.tool('type', 'extension');
    return draft.call(value);
  },
  delete_reason: (value, { document: { event } }) => {
    if (typeof value !== 'string' || event.reason !== undefined) return 'kept';
    event.reason = value;
    return 'taken';
  },
  failure_message: (value, draft) => draft.failure(value),
});

export const customAgentsLog: Stream = {
  name: 'custom_agents_log',
  classify(record, draft) {
    const type = record.event_type;
    draft.actionOf(known.get(type), type);
    const { event, gen_ai } = draft.document;
    event.category = ['api'];
    const outcome = endedBy(within(record, 'event_details', 'status'));
    if (outcome !== undefined) event.outcome = outcome;
    if (type === 'AGENT_RUN_COMPLETED' && outcome !== 'failure') event.outcome = 'success';
    if (type === 'AGENT_RUN_FAILED') event.outcome = 'failure';
    // What an agent does in a run; not how it was set up.
    if (typeof type === 'string' && /^(?:AGENT_RUN|CONNECTOR|MEMORY|SKILL)_/.test(type)) {
      gen_ai.operation = { name: 'chat' };
    }
  },
  places: new Places({ event_type: actionTaken, event_details: details }),
};
