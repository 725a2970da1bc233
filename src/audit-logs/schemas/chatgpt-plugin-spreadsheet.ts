import * as z from 'zod/mini';
import { detailFrameSchema } from './detail-frame.js';
import { maybeString } from './maybe.js';
import { openEnum } from './open-enum.js';
import { tokenUsageSchema } from './token-usage.js';

/** A prompt or an answer in the spreadsheet plugin: `event_type` says which. */
export const spreadsheetFrameSchema = z.looseObject({
  ...detailFrameSchema.shape,
  type: z.literal('CHATGPT_PLUGIN_SPREADSHEET'),
  /** Which spreadsheet program. */
  client_id: z.nullish(openEnum<'excel_addin' | 'sheets_addin'>()),
});

/** A prompt or an answer in the spreadsheet plugin. */
export type SpreadsheetFrame = z.infer<typeof spreadsheetFrameSchema>;

/** `event_details` of `CHATGPT_PLUGIN_SPREADSHEET`, by `event_type`. */
export const spreadsheetDetailsSchema = z.object({
  PROMPT_SENT: z.looseObject({
    /** Ties prompts and responses together. */
    session_id: z.string(),
    prompt_text: maybeString,
    model: maybeString,
    environment_id: maybeString,
  }),
  PROMPT_RESPONSE_RECEIVED: z.looseObject({
    /** Ties prompts and responses together. */
    session_id: z.string(),
    response_text: maybeString,
    status: maybeString,
    model: maybeString,
    token_usage: z.nullish(tokenUsageSchema),
    environment_id: maybeString,
  }),
});

/** `event_details` of `CHATGPT_PLUGIN_SPREADSHEET`, by `event_type`. */
export type SpreadsheetDetails = z.infer<typeof spreadsheetDetailsSchema>;
