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
    /** What the user wrote. */
    prompt_text: maybeString,
    /** The model. */
    model: maybeString,
    /** The environment it runs in. */
    environment_id: maybeString,
  }),
  PROMPT_RESPONSE_RECEIVED: z.looseObject({
    /** Ties prompts and responses together. */
    session_id: z.string(),
    /** What the model wrote. */
    response_text: maybeString,
    /** How it stands, or how it ended. */
    status: maybeString,
    /** The model. */
    model: maybeString,
    /** What the answer took. */
    token_usage: z.nullish(tokenUsageSchema),
    /** The environment it runs in. */
    environment_id: maybeString,
  }),
});

/** `event_details` of `CHATGPT_PLUGIN_SPREADSHEET`, by `event_type`. */
export type SpreadsheetDetails = z.infer<typeof spreadsheetDetailsSchema>;
