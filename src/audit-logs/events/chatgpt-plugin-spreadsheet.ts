import * as z from 'zod/mini';
import { detailedEventBaseSchema } from './envelope.js';
import { nullishString, openEnum, tokenUsageSchema } from './fields.js';

export const spreadsheetEventBaseSchema = z.looseObject({
  ...detailedEventBaseSchema.shape,
  type: z.literal('CHATGPT_PLUGIN_SPREADSHEET'),
  /** Which spreadsheet program. */
  client_id: z.nullish(openEnum<'excel_addin' | 'sheets_addin'>()),
});

/** A prompt or an answer in the spreadsheet plugin. */
export type SpreadsheetEventBase = z.infer<typeof spreadsheetEventBaseSchema>;

export const spreadsheetDetailsSchema = z.object({
  PROMPT_SENT: z.looseObject({
    /** Ties prompts and responses together. */
    session_id: z.string(),
    prompt_text: nullishString,
    model: nullishString,
    environment_id: nullishString,
  }),
  PROMPT_RESPONSE_RECEIVED: z.looseObject({
    /** Ties prompts and responses together. */
    session_id: z.string(),
    response_text: nullishString,
    /** How it stands, or how it ended. */
    status: nullishString,
    model: nullishString,
    token_usage: z.nullish(tokenUsageSchema),
    environment_id: nullishString,
  }),
});

/** `event_details` of `CHATGPT_PLUGIN_SPREADSHEET`, by `event_type`. */
export type SpreadsheetDetails = z.infer<typeof spreadsheetDetailsSchema>;
