import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './envelope.js';

export const workspaceAnalyticsEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.enum([
    'CHATGPT_USER_ANALYTICS',
    'CHATGPT_PROJECT_ANALYTICS',
    'CHATGPT_GPT_ANALYTICS',
    'CHATGPT_SURVEY_ANALYTICS',
  ]),
});

/** The four analytics types: daily figures about use of the workspace. OpenAI has not published their fields. */
export type WorkspaceAnalyticsEvent = z.infer<typeof workspaceAnalyticsEventSchema>;
