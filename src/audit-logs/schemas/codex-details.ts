import * as z from 'zod/mini';
import { maybeNumber, maybeObject, maybeString, maybeStringOrNumber, maybeUnknown } from './maybe.js';
import { openEnum } from './open-enum.js';
import { tokenUsageSchema } from './token-usage.js';

const environmentSchema = z.looseObject({
  environment_id: z.string(),
  /** Label, repositories, settings and names of variables; no secret values. After an update, only what was given. */
  environment_fields: maybeObject,
});

const toolCallSchema = z.looseObject({
  /** Ties the call to the prompt it came from. */
  session_id: z.string(),
  tool_name: z.string(),
  tool_type: maybeString,
  /** What the tool was given, mostly as text. */
  tool_input: maybeUnknown,
  turn_id: maybeString,
  call_id: maybeString,
  tool_call_id: maybeString,
  status: maybeString,
  model: maybeString,
  environment_id: maybeString,
});

const accessTokenSchema = z.looseObject({
  /** Names the token; not the secret. */
  access_token_id: z.string(),
  access_token_name: maybeString,
  /** Who made it. */
  created_by_user_id: maybeString,
  /** When it stops working. */
  expires_at: maybeStringOrNumber,
});

const pluginSchema = z.looseObject({
  plugin_id: z.string(),
  /** The very release this is about. */
  plugin_release_id: maybeString,
  plugin_version: maybeString,
  /** Name for machines. */
  plugin_name: maybeString,
  /** Name for people. */
  plugin_display_name: maybeString,
  /** Catalogue it came from. */
  marketplace_name: maybeString,
  /** Who owns the plugin: everyone, the workspace or one user. */
  plugin_scope: z.nullish(openEnum<'GLOBAL' | 'WORKSPACE' | 'USER'>()),
  /** Who made or imported it. */
  plugin_creator_account_user_id: maybeString,
});

const siteProjectSchema = z.looseObject({
  project_id: z.string(),
  /** Short name of the site at the time. */
  slug: maybeString,
});

/** `event_details` of `CODEX_LOG`, by `event_type`. */
export const codexDetailsSchema = z.object({
  ENVIRONMENT_CREATED: environmentSchema,
  ENVIRONMENT_UPDATED: environmentSchema,
  ENVIRONMENT_DELETED: z.looseObject({ environment_id: z.string() }),
  WORKSPACE_UPDATED: z.looseObject({
    /** Settings before the change. */
    previous_settings: maybeObject,
    /** Settings after the change. */
    current_settings: maybeObject,
  }),
  PROMPT_SENT: z.looseObject({
    /** Ties prompts and responses together. */
    session_id: z.string(),
    /** Empty when the prompt was no text. */
    prompt_text: maybeString,
    turn_id: maybeString,
    call_id: maybeString,
    model: maybeString,
    environment_id: maybeString,
  }),
  PROMPT_RESPONSE_RECEIVED: z.looseObject({
    /** Ties prompts and responses together. */
    session_id: z.string(),
    /** Empty when the response was no text. */
    response_text: maybeString,
    status: maybeString,
    turn_id: maybeString,
    call_id: maybeString,
    model: maybeString,
    service_tier: maybeString,
    reasoning_effort: maybeString,
    token_usage: z.nullish(tokenUsageSchema),
    environment_id: maybeString,
  }),
  TOOL_CALL_SUGGESTED: toolCallSchema,
  TOOL_CALL_COMPLETED: toolCallSchema,
  TOOL_CALL_FAILED: toolCallSchema,
  TOOL_DECISION: z.looseObject({
    /** Whether a tool was allowed to run: several kinds of `approved`, `denied`, `timed_out` or `abort`. */
    decision: maybeString,
  }),
  ACCESS_TOKEN_CREATED: accessTokenSchema,
  ACCESS_TOKEN_REVOKED: accessTokenSchema,
  APP_MCP_CALL: z.looseObject({
    call_id: maybeString,
    /** Name of the tool. */
    name: z.string(),
    /** What it was given. */
    arguments: maybeUnknown,
    /** Where the tool comes from, such as its connector. */
    tool_meta: maybeUnknown,
  }),
  APP_MCP_RESULT: z.looseObject({
    call_id: maybeString,
    /** Name of the tool. */
    name: z.string(),
    status: maybeString,
    error_code: maybeStringOrNumber,
    error_message: maybeString,
    /** The beginning of the result. */
    result_preview: maybeUnknown,
  }),
  APP_MCP_ELICITATION: z.looseObject({
    call_id: maybeString,
    /** Name of the tool that asks. */
    name: z.string(),
    elicitation_type: maybeString,
    phase: maybeString,
    /** What the user answered. */
    decision: maybeString,
    url: maybeString,
  }),
  PLUGIN_CREATED: pluginSchema,
  PLUGIN_DELETED: pluginSchema,
  PLUGIN_INSTALLED: pluginSchema,
  PLUGIN_UNINSTALLED: pluginSchema,
  SITE_PROJECT_CREATED: siteProjectSchema,
  SITE_PROJECT_DELETED: siteProjectSchema,
  SITE_VERSION_CREATED: z.looseObject({
    project_id: z.string(),
    version_id: z.string(),
    /** Counts up within the project. */
    version_number: maybeNumber,
  }),
  SITE_DEPLOYMENT_STARTED: z.looseObject({
    project_id: z.string(),
    version_id: z.string(),
    deployment_id: z.string(),
    /** Which state of the site's configuration was used. */
    environment_revision: maybeStringOrNumber,
  }),
  SITE_DEPLOYMENT_COMPLETED: z.looseObject({
    project_id: z.string(),
    version_id: z.string(),
    deployment_id: z.string(),
    /** Which state of the site's configuration was used. */
    environment_revision: maybeStringOrNumber,
    status: z.nullish(openEnum<'success' | 'failed'>()),
    /** Where the site can be seen, after a success. */
    site_url: maybeString,
  }),
});

/** `event_details` of `CODEX_LOG`, by `event_type`. */
export type CodexDetails = z.infer<typeof codexDetailsSchema>;
