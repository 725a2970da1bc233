import type { SpreadsheetDetails } from '../../../audit-logs/events/chatgpt-plugin-spreadsheet.js';
import type { ConversationMessageEvent } from '../../../audit-logs/events/conversation-message.js';
import type { Template, Topic } from '../template.js';

export const topics: readonly Topic[] = [
  { title: 'Contoso renewal', question: 'Draft a renewal note for Contoso.', answer: 'Here is a first version: …' },
  {
    title: 'Quarterly numbers', question: 'Summarise the attached numbers in three bullet points.',
    answer: 'Revenue rose in every region.',
  },
  {
    title: 'Onboarding plan', question: 'What should a new colleague do in the first week?',
    answer: 'Monday: accounts and introductions.',
  },
  { title: 'Regex question', question: 'Why does /a+?/ match so little?', answer: 'Because the quantifier is lazy.' },
  {
    title: 'Übersetzung', question: 'Übersetze „Vertragsverlängerung“ ins Englische 🙂', answer: '“Contract renewal”.',
  },
];

type Message = Template<Partial<ConversationMessageEvent['message']>>;

interface Exchange {
  readonly asks?: Message;
  readonly answers?: Message;
  readonly about?: object;
}

const file = { id: 'file-<hex 12 #file>', name: 'contract.pdf' };

// What sets one exchange apart from another.
const exchanges: readonly Exchange[] = [
  {},
  {
    asks: { files: [file] },
    answers: {
      author: { type: 'assistant', model: 'gpt-5.5', tools_used: ['file_search'], skills_used: [] },
      content: { type: 'text', value: 'See page 2.', annotations: [{ type: 'file_citation', files: [file] }] },
    },
  },
  {
    answers: {
      content: {
        type: 'text', value: 'Found one page.',
        annotations: [{ type: 'url_citation', urls: ['https://www.example.com/renewals'] }],
      },
    },
    about: { project_id: 'g-p-<hex 12>', project_name: 'Renewals' },
  },
  {
    answers: {
      content: {
        type: 'text', value: null,
        annotations: [{ type: 'custom_action', action_domain: 'api.example.com', action_name: 'createTicket' }],
      },
    },
    about: { gpt_id: 'g-<hex 12>', gpt_name: 'Ticket helper' },
  },
  {
    asks: { content: { type: 'quotation', file_id: 'file-<hex 12>', file_name: 'notes.md', quote: 'as agreed' } },
    about: { is_temporary_chat: true },
  },
  { asks: { content: { type: 'user_instructions', value: 'Answer in short sentences.' } }, about: { is_pinned: true } },
];

const clients = 'desktop_web|macos_app|windows_app|ios_app|android_app|ios_web|android_web';

/** A message of a person and the model's answer. */
export const conversationMessages = exchanges.map(({ asks, answers, about }) => {
  const conversation = {
    id: '<uuid #conversation>', title: '<topic.title>', created_at: '<time -1.2>',
    is_pinned: false, is_temporary_chat: false, ...about,
  };
  const question = {
    id: '<uuid #message>', created_at: '<time -1.2>', author: { type: 'user', client_type: `<pick ${clients}>` },
    content: { type: 'text', value: '<topic.question>' }, ...asks,
  };
  const answer = {
    id: '<uuid>', created_at: '<time 6>',
    author: { type: 'assistant', model: 'gpt-5.5', tools_used: [], skills_used: [] },
    content: { type: 'text', value: '<topic.answer>' }, ...answers,
  };
  return [
    { message: question, conversation },
    { timestamp: '<time 7.3>', previous_message_id: '<uuid #message>', message: answer, conversation },
  ];
});

const session = { session_id: '<uuid #session>', model: 'gpt-5.5', environment_id: null };

/** What each event of a spreadsheet says: a prompt, and its answer. */
export const spreadsheetDetails = {
  PROMPT_SENT: { ...session, prompt_text: 'Sum column D by month' },
  PROMPT_RESPONSE_RECEIVED: {
    ...session, response_text: 'Added a pivot table on sheet 2.', status: 'completed',
    token_usage: { input_tokens: 640, output_tokens: 88, cached_input_tokens: 512, reasoning_output_tokens: 16 },
  },
} satisfies Template<SpreadsheetDetails>;
