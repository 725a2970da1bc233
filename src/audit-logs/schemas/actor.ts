import * as z from 'zod/mini';
import { maybeString } from './maybe.js';
import { otherName } from './open-enum.js';

/** A member of the workspace. */
export const accountUserActorSchema = z.looseObject({
  type: z.literal('ACCOUNT_USER'),
  /** The user's ChatGPT id. */
  user_id: maybeString,
  /** The user's address at the time of the event. */
  user_email: maybeString,
  /** Which personal access token was used, if one was. An id, not the secret. */
  credential_id: maybeString,
});

/** A member of the workspace. */
export type AccountUserActor = z.infer<typeof accountUserActorSchema>;

/** A program with an API key. */
export const apiKeyActorSchema = z.looseObject({
  type: z.literal('API_KEY'),
  /** The key's first three and last four characters, with `...` between them. */
  redacted_id: maybeString,
});

/** A program with an API key. */
export type ApiKeyActor = z.infer<typeof apiKeyActorSchema>;

/** A workspace agent acting for someone. */
export const agentActorSchema = z.looseObject({
  type: z.literal('AGENT'),
  /** What kind of agent, such as `COLLAB_AGENT`. */
  product_type: maybeString,
  /** Id of the running agent. */
  id: maybeString,
  /** Name of the agent. */
  name: maybeString,
  /** Id of the agent as the workspace knows it. */
  product_id: maybeString,
  /** Where it runs, and for whom. */
  agent_runtime: z.nullish(
    z.looseObject({
      /** Id of the runtime. */
      id: maybeString,
      /** On whose behalf it acts. */
      delegator: z.nullish(accountUserActorSchema),
    }),
  ),
  /** What it is working on. */
  agent_task: z.nullish(
    z.looseObject({
      /** Id of the task. */
      id: maybeString,
    }),
  ),
});

/** A workspace agent acting for someone. */
export type AgentActor = z.infer<typeof agentActorSchema>;

/** A part of OpenAI's own systems. */
export const systemActorSchema = z.looseObject({
  type: z.literal('SYSTEM'),
  /** Which system, such as `costs_compliance`. */
  id: maybeString,
});

/** A part of OpenAI's own systems. */
export type SystemActor = z.infer<typeof systemActorSchema>;

/** Someone who works with the workspace from another product. */
export const externalUserActorSchema = z.looseObject({
  type: z.literal('EXTERNAL_COLLABORATION_USER'),
  /** The other product. */
  provider: maybeString,
  /** The person's id there. */
  provider_user_id: maybeString,
});

/** Someone who works with the workspace from another product. */
export type ExternalUserActor = z.infer<typeof externalUserActorSchema>;

/** An actor of a type this version does not know. */
export const otherActorSchema = z.looseObject({
  type: otherName(['ACCOUNT_USER', 'API_KEY', 'AGENT', 'SYSTEM', 'EXTERNAL_COLLABORATION_USER']),
});

/** An actor of a type this version does not know. */
export type OtherActor = z.infer<typeof otherActorSchema>;

/** Who did it. */
export const eventActorSchema = z.union([
  accountUserActorSchema,
  apiKeyActorSchema,
  agentActorSchema,
  systemActorSchema,
  externalUserActorSchema,
  otherActorSchema,
]);

/** Who did it, told apart by `type`. Everything but `type` may be missing. */
export type EventActor = z.infer<typeof eventActorSchema>;
