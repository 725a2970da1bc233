import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './envelope.js';
import { nullishObject, nullishString, openEnum } from './fields.js';

export const appCallEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('APP_LOG'),
  app_id: z.string(),
  app_name: nullishString,
  app_type: openEnum<'SERVICE' | 'OPEN_API' | 'MCP' | 'FIRST_PARTY_ECOSYSTEM' | 'UNKNOWN'>(),
  /** The conversation that led to the call; null for a call in the background. */
  conversation_id: nullishString,
  /** Which half this is. The response may never come. */
  log_type: openEnum<'request' | 'response'>(),
  input: nullishObject,
  output: z.nullish(z.array(z.looseObject({}))),
});

/** `APP_LOG`: one half of a call to an app. */
export type AppCallEvent = z.infer<typeof appCallEventSchema>;

export const appAuthEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('APP_AUTH_LOG'),
  /** Which app; null when the app is already gone. */
  app_id: nullishString,
  /** Names this one connection. */
  link_id: z.string(),
  action: openEnum<'link' | 'unlink'>(),
});

/** `APP_AUTH_LOG`: someone connected an app to their account there, or disconnected it. */
export type AppAuthEvent = z.infer<typeof appAuthEventSchema>;
