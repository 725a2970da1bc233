import type { SpreadsheetEvent } from '../../audit-logs/events/event-types.js';
import { type EventMaker, envelope } from './event-context.js';

const clients = ['excel_addin', 'sheets_addin'] as const;

/** A prompt in a spreadsheet, and its answer. */
export const spreadsheet: EventMaker<SpreadsheetEvent> = {
  kinds: clients.length,
  make(context, kind) {
    const session_id = context.random.uuid();
    const model = 'gpt-5.5';
    const frame = { client_id: clients[kind] ?? 'excel_addin', workspace_id: context.owner.id };
    return [
      {
        ...envelope('CHATGPT_PLUGIN_SPREADSHEET', context),
        ...frame,
        event_type: 'PROMPT_SENT',
        event_details: {
          detail_type: 'PROMPT_SENT',
          session_id,
          prompt_text: 'Sum column D by month',
          model,
          environment_id: null,
        },
      },
      {
        ...envelope('CHATGPT_PLUGIN_SPREADSHEET', context, 3_100),
        ...frame,
        event_type: 'PROMPT_RESPONSE_RECEIVED',
        event_details: {
          detail_type: 'PROMPT_RESPONSE_RECEIVED',
          session_id,
          response_text: 'Added a pivot table on sheet 2.',
          status: 'completed',
          model,
          token_usage: { input_tokens: 640, output_tokens: 88, cached_input_tokens: 512, reasoning_output_tokens: 16 },
          environment_id: null,
        },
      },
    ];
  },
};
