import type { ConversationMessageEvent } from '../../audit-logs/schemas/conversation-message.js';
import { formatTimestamp } from '../timestamp.js';
import { type EventContext, type EventMaker, envelope, idOf } from './event-context.js';

const questions = [
  ['Contoso renewal', 'Draft a renewal note for Contoso.', 'Here is a first version: …'],
  ['Quarterly numbers', 'Summarise the attached numbers in three bullet points.', 'Revenue rose in every region.'],
  ['Onboarding plan', 'What should a new colleague do in the first week?', 'Monday: accounts and introductions.'],
  ['Regex question', 'Why does /a+?/ match so little?', 'Because the quantifier is lazy.'],
  ['Übersetzung', 'Übersetze „Vertragsverlängerung“ ins Englische 🙂', '“Contract renewal”.'],
] as const;

const clients = [
  'desktop_web',
  'macos_app',
  'windows_app',
  'ios_app',
  'android_app',
  'ios_web',
  'android_web',
] as const;

type Message = ConversationMessageEvent['message'];

// What sets one exchange apart from another.
const kinds: readonly ((context: EventContext) => {
  asks: Partial<Message>;
  answers: Partial<Message>;
  about: object;
})[] = [
  () => ({ asks: {}, answers: {}, about: {} }),
  (context) => {
    const file = { id: idOf(context, 'file-'), name: 'contract.pdf' };
    const annotations = [{ type: 'file_citation' as const, files: [file] }];
    return {
      asks: { files: [file] },
      answers: { content: { type: 'text', value: 'See page 2.', annotations } },
      about: {},
    };
  },
  (context) => {
    const annotations = [{ type: 'url_citation' as const, urls: ['https://www.example.com/renewals'] }];
    const about = { project_id: idOf(context, 'g-p-'), project_name: 'Renewals' };
    return { asks: {}, answers: { content: { type: 'text', value: 'Found one page.', annotations } }, about };
  },
  (context) => {
    const annotations = [
      { type: 'custom_action' as const, action_domain: 'api.example.com', action_name: 'createTicket' },
    ];
    const about = { gpt_id: idOf(context, 'g-'), gpt_name: 'Ticket helper' };
    return { asks: {}, answers: { content: { type: 'text', value: null, annotations } }, about };
  },
  (context) => ({
    asks: {
      content: { type: 'quotation', file_id: idOf(context, 'file-'), file_name: 'notes.md', quote: 'as agreed' },
    },
    answers: {},
    about: { is_temporary_chat: true },
  }),
  () => ({
    asks: { content: { type: 'user_instructions', value: 'Answer in short sentences.' } },
    answers: {},
    about: { is_pinned: true },
  }),
];

/** A message of a person and the model's answer. */
export const conversationMessage: EventMaker<ConversationMessageEvent> = {
  kinds: kinds.length,
  make(context, kind) {
    const { random, micros } = context;
    const { asks, answers, about } = (kinds[kind] ?? kinds[0])?.(context) ?? { asks: {}, answers: {}, about: {} };
    const [title, question, answer] = random.pick(questions);
    const created = formatTimestamp(micros - 1_200_000);
    const conversation = {
      id: random.uuid(),
      title,
      created_at: created,
      is_pinned: false,
      is_temporary_chat: false,
      ...about,
    };
    const first: Message = {
      id: random.uuid(),
      created_at: created,
      author: { type: 'user', client_type: random.pick(clients) },
      content: { type: 'text', value: question },
      ...asks,
    };
    const second: Message = {
      id: random.uuid(),
      created_at: formatTimestamp(micros + 6_000_000),
      author: { type: 'assistant', model: 'gpt-5.5', tools_used: kind === 1 ? ['file_search'] : [], skills_used: [] },
      content: { type: 'text', value: answer },
      ...answers,
    };
    return [
      { ...envelope('CONVERSATION_MESSAGE', context), message: first, conversation },
      {
        ...envelope('CONVERSATION_MESSAGE', context, 7_300),
        previous_message_id: first.id,
        message: second,
        conversation,
      },
    ];
  },
};
