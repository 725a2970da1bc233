import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './envelope.js';
import { documented, documentedString, nullishObject, nullishString, openEnum } from './fields.js';

/** What kind of app was called. */
export type AppType = 'SERVICE' | 'OPEN_API' | 'MCP' | 'FIRST_PARTY_ECOSYSTEM' | 'UNKNOWN';

/** Which half of a call to an app a record is. */
export type AppCallPart = 'request' | 'response';

export const appCallEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('APP_LOG'),
  app_id: documentedString,
  app_name: nullishString,
  app_type: documented(openEnum<AppType>()),
  /** The conversation that led to the call; null for a call in the background. */
  conversation_id: nullishString,
  /** Which half this is. The response may never come. */
  log_type: documented(openEnum<AppCallPart>()),
  input: nullishObject,
  output: z.nullish(z.array(z.looseObject({}))),
});

/** `APP_LOG`: one half of a call to an app. */
export type AppCallEvent = z.infer<typeof appCallEventSchema>;

/** What was done to the connection of an app. */
export type AppAuthAction = 'link' | 'unlink';

export const appAuthEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('APP_AUTH_LOG'),
  /** Which app; null when the app is already gone. */
  app_id: nullishString,
  /** Names this one connection. */
  link_id: documentedString,
  action: documented(openEnum<AppAuthAction>()),
});

/** `APP_AUTH_LOG`: someone connected an app to their account there, or disconnected it. */
export type AppAuthEvent = z.infer<typeof appAuthEventSchema>;
