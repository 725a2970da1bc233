import { type Stream, within } from './stream.js';
import type { Place } from './walk.js';

const content: Place = (key) => (key === 'type' ? 'kept' : key === 'value' ? 'message' : 'content');

const author: Place = (key, value, draft) => {
  switch (key) {
    case 'model':
      return draft.model(value);
    case 'tools_used':
      // The field holds one.
      if (Array.isArray(value) && value.length === 1) draft.tool('name', value[0]);
      return 'kept';
    default:
      return 'kept';
  }
};

const message: Place = (key, value, draft) => {
  switch (key) {
    case 'id':
      if (!draft.isAnswer || typeof value !== 'string' || draft.document.gen_ai.response?.id !== undefined)
        return 'kept';
      draft.document.gen_ai.response = { ...draft.document.gen_ai.response, id: value };
      return 'taken';
    case 'author':
      return author;
    case 'content':
      return typeof value === 'object' ? content : 'content';
    default:
      return 'kept';
  }
};

const conversation: Place = (key, value, draft) => {
  switch (key) {
    // Made of what was said.
    case 'title':
      return 'content';
    case 'gpt_id':
      draft.agent('id', value);
      return 'kept';
    case 'gpt_name':
      draft.agent('name', value);
      return 'kept';
    default:
      return 'kept';
  }
};

/** A message has no category in ECS, and Elastic gives it none. */
export const conversationMessage: Stream = {
  name: 'conversation_message',
  classify(record, draft) {
    const { event, gen_ai } = draft.document;
    const written = within(record, 'message', 'author');
    const by = typeof written === 'object' && written !== null ? Reflect.get(written, 'type') : undefined;
    if (by === 'user') event.action = 'user_message';
    if (by === 'assistant') {
      event.action = 'assistant_message';
      const said = within(record, 'message', 'content');
      const type = typeof said === 'object' && said !== null ? Reflect.get(said, 'type') : undefined;
      draft.isAnswer = true;
      if (typeof type === 'string' && type !== '' && draft.mayTell(type)) gen_ai.output = { type };
    }
    gen_ai.operation = { name: 'chat' };
  },
  place(key) {
    if (key === 'message') return message;
    return key === 'conversation' ? conversation : 'kept';
  },
};
