import * as z from 'zod/mini';
import { maybeBoolean, maybeString, maybeUnknown } from './maybe.js';

/** A workspace agent as it was set up at the time, without its secrets. */
export const agentFieldsSchema = z.looseObject({
  name: maybeString,
  /** The model, in some events. */
  model: maybeString,
  /** The model and how hard it thinks, in others. */
  model_spec: z.nullish(z.looseObject({ name: maybeString, reasoning_effort: maybeString })),
  /** What the agent is told to do. */
  prompt: maybeString,
  description: maybeString,
  tagline: maybeString,
  category: maybeString,
  skills: z.nullish(z.array(z.looseObject({ id: maybeString, type: maybeString, name: maybeString }))),
  /** Suggested first prompts. */
  starter_prompts: z.nullish(z.array(z.unknown())),
  /** Names the set of files that belongs to the agent. */
  file_tree_id: maybeString,
  /** What the agent may use. */
  tools: z.nullish(
    z.looseObject({
      web_search: maybeUnknown,
      image_generation_enabled: maybeBoolean,
      widget_tools: z.nullish(z.array(z.unknown())),
      connectors: z.nullish(
        z.array(
          z.looseObject({
            connector_id: maybeString,
            auth_variant_type: maybeString,
            link_id: maybeString,
            allowed_tools: z.nullish(z.array(z.unknown())),
            /** When a person must agree to a call. */
            user_approvals: maybeUnknown,
          }),
        ),
      ),
    }),
  ),
  workspace_capability: maybeString,
  store_visible: maybeBoolean,
});

/** A workspace agent as it was set up at the time, without its secrets. */
export type AgentFields = z.infer<typeof agentFieldsSchema>;
