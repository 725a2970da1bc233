import * as z from 'zod/mini';
import { detailedEventBaseSchema } from './envelope.js';
import {
  documented,
  documentedString,
  nullishBoolean,
  nullishNumber,
  nullishObject,
  nullishString,
  openEnum,
  optionalUnknown,
} from './fields.js';

/** Where a workspace agent was worked with. */
export type AgentClientId =
  | 'AGENT_BUILDER_WEB'
  | 'CHATGPT_WEB'
  | 'ENTERPRISE_COMPLIANCE_API'
  | 'FIRST_PARTY_ECOSYSTEM'
  | 'CUSTOM_AGENTS_UNKNOWN';

export const agentEventBaseSchema = z.looseObject({
  ...detailedEventBaseSchema.shape,
  type: z.literal('CUSTOM_AGENTS_LOG'),
  client_id: z.nullish(openEnum<AgentClientId>()),
});

/** Something happened with a workspace agent, whatever it was. */
export type AgentEventBase = z.infer<typeof agentEventBaseSchema>;

const agentFieldsSchema = z.looseObject({
  name: nullishString,
  /** The model, in some events. */
  model: nullishString,
  /** The model and how hard it thinks, in others. */
  model_spec: z.nullish(z.looseObject({ name: nullishString, reasoning_effort: nullishString })),
  prompt: nullishString,
  description: nullishString,
  tagline: nullishString,
  category: nullishString,
  skills: z.nullish(z.array(z.looseObject({ id: nullishString, type: nullishString, name: nullishString }))),
  starter_prompts: z.nullish(z.array(z.unknown())),
  /** Names the set of files that belongs to the agent. */
  file_tree_id: nullishString,
  tools: z.nullish(
    z.looseObject({
      web_search: optionalUnknown,
      image_generation_enabled: nullishBoolean,
      widget_tools: z.nullish(z.array(z.unknown())),
      connectors: z.nullish(
        z.array(
          z.looseObject({
            connector_id: nullishString,
            /** How the connector knows who is asking. */
            auth_variant_type: nullishString,
            link_id: nullishString,
            allowed_tools: z.nullish(z.array(z.unknown())),
            /** When a person must agree to a call. */
            user_approvals: optionalUnknown,
          }),
        ),
      ),
    }),
  ),
  /** Who in the workspace may find or use it. */
  workspace_capability: nullishString,
  store_visible: nullishBoolean,
});

/** A workspace agent as it was set up at the time, without its secrets. */
export type AgentFields = z.infer<typeof agentFieldsSchema>;

const version = z.looseObject({
  agent_id: documentedString,
  /** The version that was saved, published or run. */
  version_id: nullishString,
});

const configured = z.looseObject({
  ...version.shape,
  /** How the agent was set up; of a deleted one, just before. */
  agent_fields: z.nullish(agentFieldsSchema),
});

const run = z.looseObject({
  ...version.shape,
  /** Ties everything together that one run did. */
  run_id: documentedString,
});

const connectorCall = z.looseObject({
  ...run.shape,
  /** Ties the request and the outcome together. */
  tool_call_id: documentedString,
  connector_id: nullishString,
  connector_name: nullishString,
  action_name: nullishString,
  link_id: nullishString,
});

const memory = z.looseObject({
  ...run.shape,
  /** Path below the root of the agent's memory. */
  memory_path: nullishString,
});

const trigger = z.looseObject({
  agent_id: documentedString,
  trigger_id: documentedString,
  trigger_type: nullishString,
  trigger_fields: nullishObject,
});

export const agentDetailsSchema = z.object({
  AGENT_CREATED: configured,
  AGENT_UPDATED: z.looseObject({ ...configured.shape, save_source: nullishString }),
  AGENT_PUBLISHED: z.looseObject({
    ...configured.shape,
    publish_type: nullishString,
    changes_count: nullishNumber,
    release_name: nullishString,
    release_description: nullishString,
  }),
  AGENT_DELETED: z.looseObject({
    ...configured.shape,
    delete_reason: nullishString,
    trigger_count: nullishNumber,
    had_published_version: nullishBoolean,
  }),
  AGENT_RUN_CREATED: z.looseObject({
    ...run.shape,
    conversation_id: nullishString,
    invoker: z.nullish(
      z.looseObject({
        type: documented(openEnum<'chatgpt' | 'api_trigger' | 'webhook_trigger' | 'schedule_trigger'>()),
        initiator: z.nullish(
          z.looseObject({
            kind: documented(
              openEnum<'account_user' | 'trigger_api' | 'trigger_generic' | 'trigger_schedule' | 'trigger_webhook'>(),
            ),
            id: nullishString,
            display_name: nullishString,
            auth_user_id: nullishString,
          }),
        ),
        user_message_text: nullishString,
        /** Whether someone runs an agent that was shared with them. */
        is_shared_invocation: nullishBoolean,
        connector_id: nullishString,
        webhook_name: nullishString,
        schedule_id: nullishString,
      }),
    ),
  }),
  AGENT_RUN_COMPLETED: run,
  AGENT_RUN_FAILED: z.looseObject({
    ...run.shape,
    /** How it ended, and why where that is known. */
    failure_message: nullishString,
  }),
  /** The agent said something. What its user says is not in these events. */
  AGENT_RUN_MESSAGE: z.looseObject({
    ...run.shape,
    message_id: documentedString,
    text: nullishString,
    phase: z.nullish(openEnum<'commentary' | 'final_answer'>()),
  }),
  CONNECTOR_CALL_REQUESTED: z.looseObject({
    ...connectorCall.shape,
    requires_elicitation: nullishBoolean,
    elicitation_type: z.nullish(openEnum<'approval' | 'end_user_auth'>()),
  }),
  CONNECTOR_CALL_COMPLETED: z.looseObject({
    ...connectorCall.shape,
    status: z.nullish(openEnum<'success' | 'failed'>()),
  }),
  CONNECTOR_OAUTH_RESOLVED: z.looseObject({
    ...run.shape,
    conversation_id: nullishString,
    /** The question that was answered. */
    interaction_id: nullishString,
    tool_call_id: nullishString,
    connector_id: nullishString,
    link_id: nullishString,
  }),
  MEMORY_READ: z.looseObject({ ...memory.shape, access_method: z.nullish(openEnum<'read' | 'list' | 'search'>()) }),
  MEMORY_WRITE: z.looseObject({ ...memory.shape, access_method: z.nullish(openEnum<'create' | 'update'>()) }),
  MEMORY_DELETE: z.looseObject({ ...memory.shape, access_method: z.nullish(openEnum<'delete'>()) }),
  SKILL_USED: z.looseObject({
    ...run.shape,
    skill_id: documentedString,
    skill_name: nullishString,
    skill_type: z.nullish(openEnum<'uploaded_skill' | 'chatgpt_skill_ref'>()),
  }),
  TRIGGER_CREATED: trigger,
  TRIGGER_UPDATED: trigger,
  TRIGGER_DELETED: trigger,
});

/** `event_details` of `CUSTOM_AGENTS_LOG`, by `event_type`. */
export type AgentDetails = z.infer<typeof agentDetailsSchema>;

/** What happened with a workspace agent. */
export type AgentEventType = keyof AgentDetails;
