import * as z from 'zod/mini';
import { agentFieldsSchema } from './agent-fields.js';
import { maybeBoolean, maybeNumber, maybeObject, maybeString } from './maybe.js';
import { openEnum } from './open-enum.js';

const version = z.looseObject({
  agent_id: z.string(),
  /** The version that was saved, published or run. */
  version_id: maybeString,
});

const run = z.looseObject({
  ...version.shape,
  /** Ties everything together that one run did. */
  run_id: z.string(),
});

const connectorCall = z.looseObject({
  ...run.shape,
  /** Ties the request and the outcome together. */
  tool_call_id: z.string(),
  connector_id: maybeString,
  connector_name: maybeString,
  /** What the connector was asked to do. */
  action_name: maybeString,
  /** The connected account that was used. */
  link_id: maybeString,
});

const memory = z.looseObject({
  ...run.shape,
  /** Path below the root of the agent's memory. */
  memory_path: maybeString,
});

const trigger = z.looseObject({
  agent_id: z.string(),
  trigger_id: z.string(),
  trigger_type: maybeString,
  /** How the trigger is set up. */
  trigger_fields: maybeObject,
});

/** `event_details` of `CUSTOM_AGENTS_LOG`, by `event_type`. */
export const agentDetailsSchema = z.object({
  AGENT_CREATED: z.looseObject({ ...version.shape, agent_fields: z.nullish(agentFieldsSchema) }),
  AGENT_UPDATED: z.looseObject({
    ...version.shape,
    /** Where the change was saved from. */
    save_source: maybeString,
    agent_fields: z.nullish(agentFieldsSchema),
  }),
  AGENT_PUBLISHED: z.looseObject({
    ...version.shape,
    publish_type: maybeString,
    changes_count: maybeNumber,
    release_name: maybeString,
    release_description: maybeString,
    agent_fields: z.nullish(agentFieldsSchema),
  }),
  AGENT_DELETED: z.looseObject({
    ...version.shape,
    delete_reason: maybeString,
    /** The agent as it was just before. */
    agent_fields: z.nullish(agentFieldsSchema),
    /** How many triggers it had. */
    trigger_count: maybeNumber,
    had_published_version: maybeBoolean,
  }),
  AGENT_RUN_CREATED: z.looseObject({
    ...run.shape,
    conversation_id: maybeString,
    /** What started the run. */
    invoker: z.nullish(
      z.looseObject({
        type: openEnum<'chatgpt' | 'api_trigger' | 'webhook_trigger' | 'schedule_trigger'>(),
        /** Who or what stands behind it. */
        initiator: z.nullish(
          z.looseObject({
            kind: openEnum<
              'account_user' | 'trigger_api' | 'trigger_generic' | 'trigger_schedule' | 'trigger_webhook'
            >(),
            id: maybeString,
            display_name: maybeString,
            auth_user_id: maybeString,
          }),
        ),
        /** What the user wrote to start it. */
        user_message_text: maybeString,
        /** Whether someone runs an agent that was shared with them. */
        is_shared_invocation: maybeBoolean,
        connector_id: maybeString,
        webhook_name: maybeString,
        schedule_id: maybeString,
      }),
    ),
  }),
  /** The run came to a good end. */
  AGENT_RUN_COMPLETED: run,
  AGENT_RUN_FAILED: z.looseObject({
    ...run.shape,
    /** How it ended, and why where that is known. */
    failure_message: maybeString,
  }),
  /** The agent said something. What its user says is not in these events. */
  AGENT_RUN_MESSAGE: z.looseObject({
    ...run.shape,
    message_id: z.string(),
    text: maybeString,
    phase: z.nullish(openEnum<'commentary' | 'final_answer'>()),
  }),
  CONNECTOR_CALL_REQUESTED: z.looseObject({
    ...connectorCall.shape,
    /** Whether someone has to agree first. */
    requires_elicitation: maybeBoolean,
    elicitation_type: z.nullish(openEnum<'approval' | 'end_user_auth'>()),
  }),
  CONNECTOR_CALL_COMPLETED: z.looseObject({
    ...connectorCall.shape,
    status: z.nullish(openEnum<'success' | 'failed'>()),
  }),
  CONNECTOR_OAUTH_RESOLVED: z.looseObject({
    ...run.shape,
    conversation_id: maybeString,
    interaction_id: maybeString,
    tool_call_id: maybeString,
    connector_id: maybeString,
    link_id: maybeString,
  }),
  MEMORY_READ: z.looseObject({ ...memory.shape, access_method: z.nullish(openEnum<'read' | 'list' | 'search'>()) }),
  MEMORY_WRITE: z.looseObject({ ...memory.shape, access_method: z.nullish(openEnum<'create' | 'update'>()) }),
  MEMORY_DELETE: z.looseObject({ ...memory.shape, access_method: z.nullish(openEnum<'delete'>()) }),
  SKILL_USED: z.looseObject({
    ...run.shape,
    skill_id: z.string(),
    skill_name: maybeString,
    skill_type: z.nullish(openEnum<'uploaded_skill' | 'chatgpt_skill_ref'>()),
  }),
  TRIGGER_CREATED: trigger,
  TRIGGER_UPDATED: trigger,
  TRIGGER_DELETED: trigger,
});

/** `event_details` of `CUSTOM_AGENTS_LOG`, by `event_type`. */
export type AgentDetails = z.infer<typeof agentDetailsSchema>;
