import * as z from 'zod/mini';
import { detailedEventBaseSchema } from './envelope.js';
import { documentedString, nullishString, openEnum, tokenUsageSchema } from './fields.js';

export const spreadsheetEventBaseSchema = z.looseObject({
  ...detailedEventBaseSchema.shape,
  type: z.literal('CHATGPT_PLUGIN_SPREADSHEET'),
  client_id: z.nullish(openEnum<'excel_addin' | 'sheets_addin'>()),
});

/** A prompt or an answer in the spreadsheet plugin. */
export type SpreadsheetEventBase = z.infer<typeof spreadsheetEventBaseSchema>;

const exchange = z.looseObject({
  /** Ties prompts and responses together. */
  session_id: documentedString,
  model: nullishString,
  environment_id: nullishString,
});

export const spreadsheetDetailsSchema = z.object({
  PROMPT_SENT: z.looseObject({ ...exchange.shape, prompt_text: nullishString }),
  PROMPT_RESPONSE_RECEIVED: z.looseObject({
    ...exchange.shape,
    response_text: nullishString,
    status: nullishString,
    token_usage: z.nullish(tokenUsageSchema),
  }),
});

/** `event_details` of `CHATGPT_PLUGIN_SPREADSHEET`, by `event_type`. */
export type SpreadsheetDetails = z.infer<typeof spreadsheetDetailsSchema>;

/** What happened in a spreadsheet. */
export type SpreadsheetEventType = keyof SpreadsheetDetails;
