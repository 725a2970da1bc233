import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './event-envelope.js';
import { maybeString } from './maybe.js';
import { openEnum } from './open-enum.js';

/** Someone connected an app to their account there, or disconnected it. */
export const appAuthEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('APP_AUTH_LOG'),
  /** Which app; null when the app is already gone. */
  app_id: maybeString,
  /** Names this one connection. */
  link_id: z.string(),
  /** Connected or disconnected. */
  action: openEnum<'link' | 'unlink'>(),
});

/** `APP_AUTH_LOG`: someone connected an app to their account there, or disconnected it. */
export type AppAuthEvent = z.infer<typeof appAuthEventSchema>;
