import * as z from 'zod/mini';
import { eventActorSchema } from './actor.js';
import { openEnum } from './open-enum.js';

/** Whose logs an event belongs to. */
export const eventPrincipalSchema = z.looseObject({
  /** A workspace UUID, or an organization id that begins with `org-`. */
  id: z.string(),
  type: openEnum<'CHATGPT_WORKSPACE' | 'API_PLATFORM_ORG'>(),
});

/** Whose logs an event belongs to. */
export type EventPrincipal = z.infer<typeof eventPrincipalSchema>;

const text = z.string().check(z.minLength(1, 'expected text that is not empty'));

/** What every event has (OpenAI, Compliance Logs Platform, "Base schema"). */
export const eventEnvelopeSchema = z.looseObject({
  /** The same wherever the event appears again: files may repeat events. */
  event_id: text,
  /** When the action was complete. ISO 8601 in UTC, usually with microseconds; kept as the server spelled it. */
  timestamp: text,
  /** The workspace or organization. */
  principal: eventPrincipalSchema,
  /** Who did it. */
  actor: eventActorSchema,
});

/** What every event has, besides its `type`. */
export type EventEnvelope = z.infer<typeof eventEnvelopeSchema>;
