import type { AgentEventType } from '../../audit-logs/events/custom-agents-log.js';
import { actionBeside } from './apps.js';
import type { EcsType } from './document.js';
import { outcomeOf, type Stream, within } from './stream.js';
import type { Place } from './walk.js';

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

const modelSpec: Place = (key, value, draft) => {
  if (key !== 'name' || typeof value !== 'string' || draft.document.gen_ai.request !== undefined) return 'kept';
  draft.document.gen_ai.request = { model: value };
  return 'taken';
};

const agentFields: Place = (key, value, draft) => {
  switch (key) {
    case 'name':
    case 'description':
      return draft.agent(key, value);
    case 'model':
      return modelSpec('name', value, draft);
    case 'model_spec':
      return modelSpec;
    case 'prompt':
    case 'starter_prompts':
      return 'content';
    default:
      return 'kept';
  }
};

const initiator: Place = (key, value, draft) => (key === 'auth_user_id' ? draft.related(value) : 'kept');

const invoker: Place = (key) => {
  switch (key) {
    case 'user_message_text':
      return 'message';
    case 'initiator':
      return initiator;
    default:
      return 'kept';
  }
};

const details: Place = (key, value, draft) => {
  switch (key) {
    case 'agent_id':
      return draft.agent('id', value);
    case 'agent_fields':
      return agentFields;
    case 'invoker':
      return invoker;
    case 'text':
      return 'message';
    case 'connector_name':
    case 'skill_name':
      return draft.tool('name', value);
    case 'tool_call_id':
      draft.tool('type', 'extension');
      return draft.call(value);
    case 'delete_reason':
      if (typeof value !== 'string' || draft.document.event.reason !== undefined) return 'kept';
      draft.document.event.reason = value;
      return 'taken';
    case 'failure_message':
      return draft.failure(value);
    default:
      return 'kept';
  }
};

const agentPlace: Place = (key) => (key === 'event_details' ? details : 'kept');

export const customAgentsLog: Stream = {
  name: 'custom_agents_log',
  classify(record, draft) {
    const type = record.event_type;
    draft.action(type);
    const { event, gen_ai } = draft.document;
    event.category = ['api'];
    const isKnown = typeof type === 'string' && Object.hasOwn(agentTypes, type);
    event.type = [...(isKnown ? agentTypes[type as AgentEventType] : info)];
    const outcome = outcomeOf(within(record, 'event_details', 'status'));
    if (outcome !== undefined) event.outcome = outcome;
    if (type === 'AGENT_RUN_COMPLETED') event.outcome = 'success';
    if (type === 'AGENT_RUN_FAILED') event.outcome = 'failure';
    // What an agent does in a run; not how it was set up.
    if (typeof type === 'string' && /^(?:AGENT_RUN|CONNECTOR|MEMORY|SKILL)_/.test(type)) {
      gen_ai.operation = { name: 'chat' };
    }
  },
  place: actionBeside(agentPlace, 'event_type'),
};
