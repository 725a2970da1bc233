import * as z from 'zod/mini';
import { agentFieldsSchema } from './agent-fields.js';
import { maybeBoolean, maybeNumber, maybeObject, maybeString } from './maybe.js';
import { openEnum } from './open-enum.js';

const version = z.looseObject({
  /** The agent. */
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
  /** The connector. */
  connector_id: maybeString,
  /** What the connector is called. */
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
  /** The agent. */
  agent_id: z.string(),
  /** The trigger. */
  trigger_id: z.string(),
  /** What kind of trigger. */
  trigger_type: maybeString,
  /** How the trigger is set up. */
  trigger_fields: maybeObject,
});

/** `event_details` of `CUSTOM_AGENTS_LOG`, by `event_type`. */
export const agentDetailsSchema = z.object({
  AGENT_CREATED: z.looseObject({
    ...version.shape,
    /** How the agent was set up. */
    agent_fields: z.nullish(agentFieldsSchema),
  }),
  AGENT_UPDATED: z.looseObject({
    ...version.shape,
    /** Where the change was saved from. */
    save_source: maybeString,
    /** How the agent was set up. */
    agent_fields: z.nullish(agentFieldsSchema),
  }),
  AGENT_PUBLISHED: z.looseObject({
    ...version.shape,
    /** How it was published. */
    publish_type: maybeString,
    /** How many changes the release brings. */
    changes_count: maybeNumber,
    /** What the release is called. */
    release_name: maybeString,
    /** What is new in it. */
    release_description: maybeString,
    /** How the agent was set up. */
    agent_fields: z.nullish(agentFieldsSchema),
  }),
  AGENT_DELETED: z.looseObject({
    ...version.shape,
    /** Why it was deleted. */
    delete_reason: maybeString,
    /** The agent as it was just before. */
    agent_fields: z.nullish(agentFieldsSchema),
    /** How many triggers it had. */
    trigger_count: maybeNumber,
    /** Whether people could already use it. */
    had_published_version: maybeBoolean,
  }),
  AGENT_RUN_CREATED: z.looseObject({
    ...run.shape,
    /** The conversation. */
    conversation_id: maybeString,
    /** What started the run. */
    invoker: z.nullish(
      z.looseObject({
        type: openEnum<'chatgpt' | 'api_trigger' | 'webhook_trigger' | 'schedule_trigger'>(),
        /** Who or what stands behind it. */
        initiator: z.nullish(
          z.looseObject({
            /** What kind of starter. */
            kind: openEnum<
              'account_user' | 'trigger_api' | 'trigger_generic' | 'trigger_schedule' | 'trigger_webhook'
            >(),
            /** Names it. */
            id: maybeString,
            /** What it is called. */
            display_name: maybeString,
            /** The user, where there is one. */
            auth_user_id: maybeString,
          }),
        ),
        /** What the user wrote to start it. */
        user_message_text: maybeString,
        /** Whether someone runs an agent that was shared with them. */
        is_shared_invocation: maybeBoolean,
        /** The connector. */
        connector_id: maybeString,
        /** The webhook, if one started the run. */
        webhook_name: maybeString,
        /** The schedule, if one started the run. */
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
    /** The message. */
    message_id: z.string(),
    /** What it said. */
    text: maybeString,
    /** Whether this is said along the way or in the end. */
    phase: z.nullish(openEnum<'commentary' | 'final_answer'>()),
  }),
  CONNECTOR_CALL_REQUESTED: z.looseObject({
    ...connectorCall.shape,
    /** Whether someone has to agree first. */
    requires_elicitation: maybeBoolean,
    /** What is asked of the user. */
    elicitation_type: z.nullish(openEnum<'approval' | 'end_user_auth'>()),
  }),
  CONNECTOR_CALL_COMPLETED: z.looseObject({
    ...connectorCall.shape,
    /** How it stands, or how it ended. */
    status: z.nullish(openEnum<'success' | 'failed'>()),
  }),
  CONNECTOR_OAUTH_RESOLVED: z.looseObject({
    ...run.shape,
    /** The conversation. */
    conversation_id: maybeString,
    /** The question that was answered. */
    interaction_id: maybeString,
    /** Ties the call and its outcome together. */
    tool_call_id: maybeString,
    /** The connector. */
    connector_id: maybeString,
    /** The connected account. */
    link_id: maybeString,
  }),
  MEMORY_READ: z.looseObject({
    ...memory.shape,
    /** What was done there. */
    access_method: z.nullish(openEnum<'read' | 'list' | 'search'>()),
  }),
  MEMORY_WRITE: z.looseObject({
    ...memory.shape,
    /** What was done there. */
    access_method: z.nullish(openEnum<'create' | 'update'>()),
  }),
  MEMORY_DELETE: z.looseObject({
    ...memory.shape,
    /** What was done there. */
    access_method: z.nullish(openEnum<'delete'>()),
  }),
  SKILL_USED: z.looseObject({
    ...run.shape,
    /** The skill. */
    skill_id: z.string(),
    /** What the skill is called. */
    skill_name: maybeString,
    /** Where the skill comes from. */
    skill_type: z.nullish(openEnum<'uploaded_skill' | 'chatgpt_skill_ref'>()),
  }),
  TRIGGER_CREATED: trigger,
  TRIGGER_UPDATED: trigger,
  TRIGGER_DELETED: trigger,
});

/** `event_details` of `CUSTOM_AGENTS_LOG`, by `event_type`. */
export type AgentDetails = z.infer<typeof agentDetailsSchema>;
