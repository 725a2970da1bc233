import { fieldOf, type Stream, within } from './stream.js';
import { Places } from './walk.js';

const content = new Places({ type: 'kept', value: 'message' }, 'content');

const author = new Places({
  model: (value, draft) => draft.model(value),
  tools_used: (value, draft) => {
    // The field holds one.
    if (Array.isArray(value) && value.length === 1) draft.tool('name', value[0]);
    return 'kept';
  },
});

const message = new Places({
  id: (value, { isAnswer, document: { gen_ai } }) => {
    if (!isAnswer || typeof value !== 'string' || gen_ai.response?.id !== undefined) return 'kept';
    gen_ai.response ??= {};
    gen_ai.response.id = value;
    return 'taken';
  },
  author,
  content: (value) => (typeof value === 'object' ? content : 'content'),
});

const conversation = new Places({
  // Made of what was said.
  title: 'content',
  gpt_id: (value, draft) => {
    draft.agent('id', value);
    return 'kept';
  },
  gpt_name: (value, draft) => {
    draft.agent('name', value);
    return 'kept';
  },
});

/** A message has no category in ECS, and Elastic gives it none. */
export const conversationMessage: Stream = {
  name: 'conversation_message',
  classify(record, draft) {
    const { event, gen_ai } = draft.document;
    const by = fieldOf(within(record, 'message', 'author'), 'type');
    if (by === 'user') event.action = 'user_message';
    if (by === 'assistant') {
      event.action = 'assistant_message';
      const type = fieldOf(within(record, 'message', 'content'), 'type');
      draft.isAnswer = true;
      if (typeof type === 'string' && type !== '' && draft.mayTell(type)) gen_ai.output = { type };
    }
    gen_ai.operation = { name: 'chat' };
  },
  places: new Places({ message, conversation }),
};
