import * as z from 'zod/mini';
import { detailedEventBaseSchema, eventEnvelopeSchema } from './envelope.js';
import {
  documentedString,
  nullishNumber,
  nullishObject,
  nullishString,
  nullishStringOrNumber,
  openEnum,
  optionalUnknown,
  tokenUsageSchema,
} from './fields.js';

/** What a user works with Codex in. */
export type CodexClientId =
  | 'CODEX_CLI'
  | 'CODEX_WEB'
  | 'CODEX_CHROME_EXTENSION_SIDE_PANEL'
  | 'CODEX_DESKTOP_APP'
  | 'CODEX_CHATGPT_DESKTOP'
  | 'CODEX_CLOUD_GENERAL_AGENT'
  | 'CODEX_ATLAS'
  | 'CODEX_FLORA'
  | 'CODEX_WORK_WEB'
  | 'CODEX_WORK_MOBILE'
  | 'CODEX_WORK_DESKTOP'
  | 'CODEX_IDE_VSCODE'
  | 'CODEX_IDE_XCODE'
  | `CODEX_IDE_JETBRAINS_${string}`
  | 'CODEX_SLACK'
  | 'CODEX_GITHUB'
  | 'CODEX_GITHUB_ACTION'
  | 'CODEX_SDK_TS'
  | 'CODEX_SERVICE_EXEC'
  | 'CODEX_UNKNOWN_DEFAULT';

export const codexClientId = openEnum<CodexClientId>();

export const codexEventBaseSchema = z.looseObject({
  ...detailedEventBaseSchema.shape,
  type: z.literal('CODEX_LOG'),
  client_id: z.nullish(codexClientId),
  /** The agent that worked, in newer events. */
  agent: z.nullish(z.looseObject({ type: nullishString, id: nullishString, name: nullishString })),
});

/** Something happened in Codex, whatever it was. */
export type CodexEventBase = z.infer<typeof codexEventBaseSchema>;

export const codexTurnEventSchema = z.looseObject({ ...eventEnvelopeSchema.shape, type: z.literal('CODEX_TURN') });

/** `CODEX_TURN`: one turn of work in Codex. OpenAI has not published its fields. */
export type CodexTurnEvent = z.infer<typeof codexTurnEventSchema>;

const environmentSchema = z.looseObject({
  environment_id: nullishString,
  /** Label, repositories, settings and names of variables; no secret values. After an update, only what was given. */
  environment_fields: nullishObject,
});

const turnSchema = z.looseObject({
  /** Ties prompts, responses and tool calls together. */
  session_id: documentedString,
  turn_id: nullishString,
  /** Ties a call and its result together. */
  call_id: nullishString,
  model: nullishString,
  environment_id: nullishString,
});

const toolCallSchema = z.looseObject({
  ...turnSchema.shape,
  tool_name: documentedString,
  tool_type: nullishString,
  /** What the tool was given, mostly as text. */
  tool_input: optionalUnknown,
  tool_call_id: nullishString,
  status: nullishString,
});

const appCallSchema = z.looseObject({
  /** Ties a call and its result together. */
  call_id: nullishString,
  /** Name of the tool. */
  name: documentedString,
});

const accessTokenSchema = z.looseObject({
  /** Names the token; not the secret. */
  access_token_id: documentedString,
  access_token_name: nullishString,
  created_by_user_id: nullishString,
  expires_at: nullishStringOrNumber,
});

const pluginSchema = z.looseObject({
  plugin_id: documentedString,
  plugin_release_id: nullishString,
  plugin_version: nullishString,
  plugin_name: nullishString,
  plugin_display_name: nullishString,
  marketplace_name: nullishString,
  plugin_scope: z.nullish(openEnum<'GLOBAL' | 'WORKSPACE' | 'USER'>()),
  plugin_creator_account_user_id: nullishString,
});

const siteProjectSchema = z.looseObject({ project_id: documentedString, slug: nullishString });
const siteVersionSchema = z.looseObject({ project_id: documentedString, version_id: documentedString });
const siteDeploymentSchema = z.looseObject({
  ...siteVersionSchema.shape,
  deployment_id: documentedString,
  /** Which state of the site's configuration was used. */
  environment_revision: nullishStringOrNumber,
});

export const codexDetailsSchema = z.object({
  ENVIRONMENT_CREATED: environmentSchema,
  ENVIRONMENT_UPDATED: environmentSchema,
  ENVIRONMENT_DELETED: z.looseObject({ environment_id: nullishString }),
  WORKSPACE_UPDATED: z.looseObject({ previous_settings: nullishObject, current_settings: nullishObject }),
  PROMPT_SENT: z.looseObject({
    ...turnSchema.shape,
    /** Empty when the prompt was not text. */
    prompt_text: nullishString,
  }),
  PROMPT_RESPONSE_RECEIVED: z.looseObject({
    ...turnSchema.shape,
    /** Empty when the response was not text. */
    response_text: nullishString,
    status: nullishString,
    service_tier: nullishString,
    reasoning_effort: nullishString,
    token_usage: z.nullish(tokenUsageSchema),
  }),
  TOOL_CALL_SUGGESTED: toolCallSchema,
  TOOL_CALL_COMPLETED: toolCallSchema,
  TOOL_CALL_FAILED: toolCallSchema,
  TOOL_DECISION: z.looseObject({
    /** Whether a tool was allowed to run: several kinds of `approved`, `denied`, `timed_out` or `abort`. */
    decision: nullishString,
  }),
  ACCESS_TOKEN_CREATED: accessTokenSchema,
  ACCESS_TOKEN_REVOKED: accessTokenSchema,
  APP_MCP_CALL: z.looseObject({
    ...appCallSchema.shape,
    arguments: optionalUnknown,
    /** Where the tool comes from, such as its connector. */
    tool_meta: optionalUnknown,
  }),
  APP_MCP_RESULT: z.looseObject({
    ...appCallSchema.shape,
    status: nullishString,
    error_code: nullishStringOrNumber,
    error_message: nullishString,
    result_preview: optionalUnknown,
  }),
  APP_MCP_ELICITATION: z.looseObject({
    ...appCallSchema.shape,
    elicitation_type: nullishString,
    /** Whether it comes along the way or at the end. */
    phase: nullishString,
    decision: nullishString,
    url: nullishString,
  }),
  PLUGIN_CREATED: pluginSchema,
  PLUGIN_DELETED: pluginSchema,
  PLUGIN_INSTALLED: pluginSchema,
  PLUGIN_UNINSTALLED: pluginSchema,
  SITE_PROJECT_CREATED: siteProjectSchema,
  SITE_PROJECT_DELETED: siteProjectSchema,
  SITE_VERSION_CREATED: z.looseObject({ ...siteVersionSchema.shape, version_number: nullishNumber }),
  SITE_DEPLOYMENT_STARTED: siteDeploymentSchema,
  SITE_DEPLOYMENT_COMPLETED: z.looseObject({
    ...siteDeploymentSchema.shape,
    status: z.nullish(openEnum<'success' | 'failed'>()),
    /** Where the site can be seen, after a success. */
    site_url: nullishString,
  }),
});

/** `event_details` of `CODEX_LOG`, by `event_type`. */
export type CodexDetails = z.infer<typeof codexDetailsSchema>;

/** What happened in Codex. */
export type CodexEventType = keyof CodexDetails;
