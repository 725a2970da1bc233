import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './envelope.js';
import { nullishObject, nullishString, openEnum } from './fields.js';

export const appCallEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('APP_LOG'),
  /** Which app, as it is set up in the workspace. */
  app_id: z.string(),
  /** What the app was called at the time. */
  app_name: nullishString,
  /** What stands behind the app. */
  app_type: openEnum<'SERVICE' | 'OPEN_API' | 'MCP' | 'FIRST_PARTY_ECOSYSTEM' | 'UNKNOWN'>(),
  /** The conversation that led to the call; null for a call in the background. */
  conversation_id: nullishString,
  /** Which half this is. The response may never come. */
  log_type: openEnum<'request' | 'response'>(),
  /** What was sent, in the request half. */
  input: nullishObject,
  /** What came back, in the response half. */
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
  /** Connected or disconnected. */
  action: openEnum<'link' | 'unlink'>(),
});

/** `APP_AUTH_LOG`: someone connected an app to their account there, or disconnected it. */
export type AppAuthEvent = z.infer<typeof appAuthEventSchema>;
