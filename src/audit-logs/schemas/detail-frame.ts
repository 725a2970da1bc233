import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './event-envelope.js';
import { maybeString } from './maybe.js';

/** What events with an `event_type` of their own have in common, besides the envelope. */
export const detailFrameSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  /** What happened, within this type of event. */
  event_type: z.string(),
  /** The workspace. */
  workspace_id: maybeString,
  /** Depends on `event_type`. */
  event_details: z.looseObject({
    /** Repeats `event_type`. */
    detail_type: maybeString,
  }),
});

/** What events with an `event_type` of their own have in common. */
export type DetailFrame = z.infer<typeof detailFrameSchema>;
