import * as z from 'zod/mini';
import { maybeBoolean, maybeString, maybeUnknown } from './maybe.js';

/** A workspace agent as it was set up at the time, without its secrets. */
export const agentFieldsSchema = z.looseObject({
  /** What it is called. */
  name: maybeString,
  /** The model, in some events. */
  model: maybeString,
  /** The model and how hard it thinks, in others. */
  model_spec: z.nullish(
    z.looseObject({
      /** What it is called. */
      name: maybeString,
      /** How hard the model was to think. */
      reasoning_effort: maybeString,
    }),
  ),
  /** What the agent is told to do. */
  prompt: maybeString,
  /** What the agent is for. */
  description: maybeString,
  /** The same in one line. */
  tagline: maybeString,
  /** What it is filed under. */
  category: maybeString,
  /** Skills it has. */
  skills: z.nullish(
    z.array(
      z.looseObject({
        /** The skill. */
        id: maybeString,
        type: maybeString,
        /** What it is called. */
        name: maybeString,
      }),
    ),
  ),
  /** Suggested first prompts. */
  starter_prompts: z.nullish(z.array(z.unknown())),
  /** Names the set of files that belongs to the agent. */
  file_tree_id: maybeString,
  /** What the agent may use. */
  tools: z.nullish(
    z.looseObject({
      /** Whether and how it searches the web. */
      web_search: maybeUnknown,
      /** Whether it makes images. */
      image_generation_enabled: maybeBoolean,
      /** Widgets it may show. */
      widget_tools: z.nullish(z.array(z.unknown())),
      /** Connectors it may call. */
      connectors: z.nullish(
        z.array(
          z.looseObject({
            /** The connector. */
            connector_id: maybeString,
            /** How the connector knows who is asking. */
            auth_variant_type: maybeString,
            /** The connected account. */
            link_id: maybeString,
            /** What it may call there. */
            allowed_tools: z.nullish(z.array(z.unknown())),
            /** When a person must agree to a call. */
            user_approvals: maybeUnknown,
          }),
        ),
      ),
    }),
  ),
  /** Who in the workspace may find or use it. */
  workspace_capability: maybeString,
  /** Whether it is listed for others. */
  store_visible: maybeBoolean,
});

/** A workspace agent as it was set up at the time, without its secrets. */
export type AgentFields = z.infer<typeof agentFieldsSchema>;
