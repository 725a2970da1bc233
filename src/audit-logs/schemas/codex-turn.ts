import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './event-envelope.js';

/** One turn of work in Codex. OpenAI has not published its fields: they are kept and typed as unknown. */
export const codexTurnEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('CODEX_TURN'),
});

/** `CODEX_TURN`: one turn of work in Codex. OpenAI has not published its fields. */
export type CodexTurnEvent = z.infer<typeof codexTurnEventSchema>;
