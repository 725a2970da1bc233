import * as z from 'zod/mini';
import { documented, documentedString, nullishString, openEnum, otherName } from './fields.js';

const accountUserActorSchema = z.looseObject({
  type: z.literal('ACCOUNT_USER'),
  user_id: nullishString,
  user_email: nullishString,
  /** Which personal access token was used, if one was. An id, not the secret. */
  credential_id: nullishString,
});

/** A member of the workspace. */
export type AccountUserActor = z.infer<typeof accountUserActorSchema>;

const apiKeyActorSchema = z.looseObject({
  type: z.literal('API_KEY'),
  /** The key's first three and last four characters, with `...` between them. */
  redacted_id: nullishString,
});

/** A program with an API key. */
export type ApiKeyActor = z.infer<typeof apiKeyActorSchema>;

const agentActorSchema = z.looseObject({
  type: z.literal('AGENT'),
  /** What kind of agent, such as `COLLAB_AGENT`. */
  product_type: nullishString,
  id: nullishString,
  name: nullishString,
  product_id: nullishString,
  agent_runtime: z.nullish(
    z.looseObject({
      id: nullishString,
      /** On whose behalf it acts. */
      delegator: z.nullish(
        z.looseObject({ ...accountUserActorSchema.shape, type: documented(openEnum<'ACCOUNT_USER'>()) }),
      ),
    }),
  ),
  agent_task: z.nullish(z.looseObject({ id: nullishString })),
});

/** A workspace agent acting for someone. */
export type AgentActor = z.infer<typeof agentActorSchema>;

const systemActorSchema = z.looseObject({
  type: z.literal('SYSTEM'),
  /** Which system, such as `costs_compliance`. */
  id: nullishString,
});

/** A part of OpenAI's own systems. */
export type SystemActor = z.infer<typeof systemActorSchema>;

const externalUserActorSchema = z.looseObject({
  type: z.literal('EXTERNAL_COLLABORATION_USER'),
  provider: nullishString,
  provider_user_id: nullishString,
});

/** Someone who works with the workspace from another product. */
export type ExternalUserActor = z.infer<typeof externalUserActorSchema>;

const otherActorSchema = z.looseObject({
  type: documented(otherName(['ACCOUNT_USER', 'API_KEY', 'AGENT', 'SYSTEM', 'EXTERNAL_COLLABORATION_USER'])),
});

/** An actor of a type this version does not know. */
export type OtherActor = z.infer<typeof otherActorSchema>;

const eventActorSchema = z.union([
  accountUserActorSchema,
  apiKeyActorSchema,
  agentActorSchema,
  systemActorSchema,
  externalUserActorSchema,
  otherActorSchema,
]);

/** Who did it, told apart by `type`. */
export type EventActor = z.infer<typeof eventActorSchema>;

const eventPrincipalSchema = z.looseObject({
  /** A workspace UUID, or an organization id that begins with `org-`. */
  id: documentedString,
  type: documented(openEnum<'CHATGPT_WORKSPACE' | 'API_PLATFORM_ORG'>()),
});

/** Whose logs an event belongs to. */
export type EventPrincipal = z.infer<typeof eventPrincipalSchema>;

const text = z.string().check(z.minLength(1, 'expected non-empty text'));

export const eventEnvelopeSchema = z.looseObject({
  /** The same wherever the event appears again: files may repeat events. */
  event_id: text,
  /** When the action was complete. ISO 8601 in UTC, usually with microseconds; kept as the server spelled it. */
  timestamp: text,
  principal: documented(eventPrincipalSchema),
  actor: documented(eventActorSchema),
});

/** What every event has, besides its `type`. */
export type EventEnvelope = z.infer<typeof eventEnvelopeSchema>;

/** What events with an `event_type` of their own have in common, besides the envelope. */
export const detailedEventBaseSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  /** What happened, within this type of event. */
  event_type: documentedString,
  workspace_id: nullishString,
  /** Depends on `event_type`. */
  event_details: documented(
    z.looseObject({
      /** Repeats `event_type`. */
      detail_type: nullishString,
    }),
  ),
});

export const unknownEventSchema = z.looseObject({ ...eventEnvelopeSchema.shape, type: otherName(['']) });

/**
 * An event of a type this version does not know: the envelope is typed, everything else is kept and unknown. To handle
 * one by its name, ask for it by that name, or compare `String(event.type)`.
 */
export type UnknownEvent = z.infer<typeof unknownEventSchema>;
