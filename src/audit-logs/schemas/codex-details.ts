import * as z from 'zod/mini';
import { maybeNumber, maybeObject, maybeString, maybeStringOrNumber, maybeUnknown } from './maybe.js';
import { openEnum } from './open-enum.js';
import { tokenUsageSchema } from './token-usage.js';

const environmentSchema = z.looseObject({
  /** The environment it runs in. */
  environment_id: maybeString,
  /** Label, repositories, settings and names of variables; no secret values. After an update, only what was given. */
  environment_fields: maybeObject,
});

const toolCallSchema = z.looseObject({
  /** Ties the call to the prompt it came from. */
  session_id: z.string(),
  /** The tool. */
  tool_name: z.string(),
  /** What kind of tool. */
  tool_type: maybeString,
  /** What the tool was given, mostly as text. */
  tool_input: maybeUnknown,
  /** The turn of the session. */
  turn_id: maybeString,
  /** Ties a call and its result together. */
  call_id: maybeString,
  /** Ties the call and its outcome together. */
  tool_call_id: maybeString,
  /** How it ended. */
  status: maybeString,
  /** The model. */
  model: maybeString,
  /** The environment it runs in. */
  environment_id: maybeString,
});

const accessTokenSchema = z.looseObject({
  /** Names the token; not the secret. */
  access_token_id: z.string(),
  /** What its owner calls it. */
  access_token_name: maybeString,
  /** Who made it. */
  created_by_user_id: maybeString,
  /** When it stops working. */
  expires_at: maybeStringOrNumber,
});

const pluginSchema = z.looseObject({
  /** The plugin. */
  plugin_id: z.string(),
  /** The very release this is about. */
  plugin_release_id: maybeString,
  /** Version of the plugin. */
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
  /** The project. */
  project_id: z.string(),
  /** Short name of the site at the time. */
  slug: maybeString,
});

/** `event_details` of `CODEX_LOG`, by `event_type`. */
export const codexDetailsSchema = z.object({
  ENVIRONMENT_CREATED: environmentSchema,
  ENVIRONMENT_UPDATED: environmentSchema,
  ENVIRONMENT_DELETED: z.looseObject({
    /** The environment it runs in. */
    environment_id: maybeString,
  }),
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
    /** The turn of the session. */
    turn_id: maybeString,
    /** Ties a call and its result together. */
    call_id: maybeString,
    /** The model. */
    model: maybeString,
    /** The environment it runs in. */
    environment_id: maybeString,
  }),
  PROMPT_RESPONSE_RECEIVED: z.looseObject({
    /** Ties prompts and responses together. */
    session_id: z.string(),
    /** Empty when the response was no text. */
    response_text: maybeString,
    /** How it ended. */
    status: maybeString,
    /** The turn of the session. */
    turn_id: maybeString,
    /** Ties a call and its result together. */
    call_id: maybeString,
    /** The model. */
    model: maybeString,
    /** The tier it was answered in. */
    service_tier: maybeString,
    /** How hard the model was to think. */
    reasoning_effort: maybeString,
    /** What the answer took. */
    token_usage: z.nullish(tokenUsageSchema),
    /** The environment it runs in. */
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
    /** Ties a call and its result together. */
    call_id: maybeString,
    /** Name of the tool. */
    name: z.string(),
    /** What it was given. */
    arguments: maybeUnknown,
    /** Where the tool comes from, such as its connector. */
    tool_meta: maybeUnknown,
  }),
  APP_MCP_RESULT: z.looseObject({
    /** Ties a call and its result together. */
    call_id: maybeString,
    /** Name of the tool. */
    name: z.string(),
    /** How it ended. */
    status: maybeString,
    /** What went wrong, for machines. */
    error_code: maybeStringOrNumber,
    /** What went wrong, for people. */
    error_message: maybeString,
    /** The beginning of the result. */
    result_preview: maybeUnknown,
  }),
  APP_MCP_ELICITATION: z.looseObject({
    /** Ties a call and its result together. */
    call_id: maybeString,
    /** Name of the tool that asks. */
    name: z.string(),
    /** What is asked of the user. */
    elicitation_type: maybeString,
    /** Whether this is said along the way or in the end. */
    phase: maybeString,
    /** What the user answered. */
    decision: maybeString,
    /** Where the user was sent. */
    url: maybeString,
  }),
  PLUGIN_CREATED: pluginSchema,
  PLUGIN_DELETED: pluginSchema,
  PLUGIN_INSTALLED: pluginSchema,
  PLUGIN_UNINSTALLED: pluginSchema,
  SITE_PROJECT_CREATED: siteProjectSchema,
  SITE_PROJECT_DELETED: siteProjectSchema,
  SITE_VERSION_CREATED: z.looseObject({
    /** The project. */
    project_id: z.string(),
    /** The version. */
    version_id: z.string(),
    /** Counts up within the project. */
    version_number: maybeNumber,
  }),
  SITE_DEPLOYMENT_STARTED: z.looseObject({
    /** The project. */
    project_id: z.string(),
    /** The version. */
    version_id: z.string(),
    /** The deployment. */
    deployment_id: z.string(),
    /** Which state of the site's configuration was used. */
    environment_revision: maybeStringOrNumber,
  }),
  SITE_DEPLOYMENT_COMPLETED: z.looseObject({
    /** The project. */
    project_id: z.string(),
    /** The version. */
    version_id: z.string(),
    /** The deployment. */
    deployment_id: z.string(),
    /** Which state of the site's configuration was used. */
    environment_revision: maybeStringOrNumber,
    /** How it ended. */
    status: z.nullish(openEnum<'success' | 'failed'>()),
    /** Where the site can be seen, after a success. */
    site_url: maybeString,
  }),
});

/** `event_details` of `CODEX_LOG`, by `event_type`. */
export type CodexDetails = z.infer<typeof codexDetailsSchema>;
