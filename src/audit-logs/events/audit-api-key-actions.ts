import * as z from 'zod/mini';
import { nullishString, nullishStringOrNumber, nullishStrings, openEnum, optionalUnknown } from './fields.js';

// What a request named in its path, and what it asked for. Numbers arrive as text.
const limit = z.looseObject({ limit: nullishStringOrNumber });
const byAfter = z.looseObject({ ...limit.shape, after: nullishString });
const byCursor = z.looseObject({ ...limit.shape, cursor: nullishString });
const byOrder = z.looseObject({ ...byCursor.shape, order: nullishString });
const since = z.looseObject({ since_timestamp: nullishStringOrNumber });
const files = z.looseObject({ file_format: z.nullish(openEnum<'url' | 'id'>()) });
const workspace = z.looseObject({ workspace_id: nullishString });
const user = z.looseObject({ user_id: nullishString });
const group = z.looseObject({ ...workspace.shape, group_id: nullishString });
const groupMember = z.looseObject({ ...group.shape, ...user.shape });
const gpt = z.looseObject({ gpt_id: nullishString });
const project = z.looseObject({ project_id: nullishString });
const room = z.looseObject({ ...project.shape, room_id: nullishString });
const file = z.looseObject({ file_id: nullishString });
const userFile = z.looseObject({ ...file.shape, conversation_id: nullishString });
const canvas = z.looseObject({ ...user.shape, textdoc_id: nullishString });
const recording = z.looseObject({ ...user.shape, recording_id: nullishString });
const environment = z.looseObject({ ...user.shape, environment_id: nullishString });
const thread = z.looseObject({ ...environment.shape, remote_thread_id: nullishString });
const client = z.looseObject({ ...user.shape, client_id: nullishString });
const agent = z.looseObject({ agent_id: nullishString });
const skill = z.looseObject({ skill_id: nullishString });
const task = z.looseObject({ task_id: nullishString });
const nothing = z.looseObject({});

const logFiles = z.looseObject({
  ...byAfter.shape,
  before: nullishString,
  event_type: z.nullish(z.union([z.string(), nullishStrings])),
});
const logFile = z.looseObject({ log_file_id: nullishString, event_type: nullishString });

export const apiKeyActionDataSchema = z.object({
  LIST_WORKSPACE_LOG_FILES: logFiles,
  LIST_ORGANIZATION_LOG_FILES: logFiles,
  DOWNLOAD_WORKSPACE_LOG_FILE: logFile,
  DOWNLOAD_ORGANIZATION_LOG_FILE: logFile,

  LIST_WORKSPACE_USERS: byAfter,
  GET_USER_FILE: z.looseObject({ ...user.shape, ...userFile.shape }),
  DELETE_USER_FILE: userFile,
  DELETE_CONVERSATION: z.looseObject({ conversation_id: nullishString }),

  LIST_WORKSPACE_GPTS: z.looseObject({ ...byAfter.shape, ...files.shape }),
  GET_GPT_INFO: z.looseObject({ ...gpt.shape, ...files.shape }),
  LIST_WORKSPACE_GPT_USERS: z.looseObject({ ...gpt.shape, ...byAfter.shape }),
  LIST_WORKSPACE_GPT_CONFIGS: z.looseObject({ ...gpt.shape, ...byAfter.shape, ...files.shape }),
  ISOLATE_GPT: gpt,
  DELETE_GPT: gpt,
  GET_GPT_FILE: file,
  DELETE_GPT_FILE: z.looseObject({ ...gpt.shape, ...file.shape }),

  LIST_WORKSPACE_PROJECTS: z.looseObject({ ...byAfter.shape, ...files.shape }),
  GET_PROJECT_INFO: z.looseObject({ ...project.shape, ...files.shape }),
  LIST_WORKSPACE_PROJECT_USERS: z.looseObject({ ...project.shape, ...byAfter.shape }),
  LIST_WORKSPACE_PROJECT_CONFIGS: z.looseObject({ ...project.shape, ...byAfter.shape, ...files.shape }),
  ISOLATE_PROJECT: project,
  DELETE_PROJECT: project,
  GET_PROJECT_FILE: file,
  DELETE_PROJECT_FILE: z.looseObject({ ...project.shape, ...file.shape }),
  DELETE_PROJECT_CONNECTOR_SCOPE: z.looseObject({ ...project.shape, scope_id: nullishString }),
  LIST_PROJECT_GROUP_CHATS: z.looseObject({ ...project.shape, ...byCursor.shape }),
  LIST_PROJECT_GROUP_CHAT_MESSAGES: z.looseObject({ ...room.shape, ...byCursor.shape }),
  DELETE_PROJECT_GROUP_CHAT: room,

  LIST_WORKSPACE_AGENTS: z.looseObject({ ...byCursor.shape, owner_id: nullishString }),
  GET_WORKSPACE_AGENT: agent,
  DELETE_CUSTOM_AGENT: agent,
  UNPUBLISH_CUSTOM_AGENT: agent,
  LIST_WORKSPACE_SKILLS: byCursor,
  EXPORT_WORKSPACE_SKILL: skill,
  DELETE_WORKSPACE_SKILL: skill,
  LIST_PLUGINS: byCursor,
  GET_PLUGIN: z.looseObject({ plugin_id: nullishString }),

  LIST_MEMORIES: z.looseObject({ ...byAfter.shape, ...since.shape }),
  GET_USER_MEMORIES: z.looseObject({ ...user.shape, ...since.shape }),
  DELETE_MEMORY: z.looseObject({
    memory_id: nullishString,
    memory_context_id: nullishString,
    auth_user_id: nullishString,
  }),
  LIST_USER_CANVASES: z.looseObject({ ...user.shape, ...byAfter.shape }),
  GET_CANVAS_CONTENT: z.looseObject({ ...canvas.shape, ...byAfter.shape }),
  DELETE_CANVAS_TEXT_DOC: canvas,
  LIST_USER_AUTOMATIONS: z.looseObject({ ...user.shape, ...byAfter.shape, ...since.shape }),
  DELETE_AUTOMATION: z.looseObject({ ...user.shape, automation_id: nullishString }),
  LIST_USER_RECORDINGS: z.looseObject({ ...user.shape, ...byCursor.shape }),
  DOWNLOAD_RECORDING_TRANSCRIPT: z.looseObject({ ...recording.shape, include_summary: optionalUnknown }),
  DELETE_RECORDING: recording,

  LIST_CODE_ENVIRONMENTS: byAfter,
  GET_CODE_ENVIRONMENT: z.looseObject({ codex_environment_id: nullishString }),
  DELETE_CODEX_ENVIRONMENT: z.looseObject({ environment_id: nullishString }),
  LIST_CODEX_TASKS: nothing,
  GET_CODEX_TASK: task,
  DELETE_CODEX_TASK: task,
  LIST_REMOTE_CONTROL_ENVIRONMENTS: z.looseObject({ ...user.shape, ...byCursor.shape }),
  GET_REMOTE_CONTROL_ENVIRONMENT: environment,
  DELETE_REMOTE_CONTROL_ENVIRONMENT: environment,
  LIST_REMOTE_CONTROL_THREADS: z.looseObject({ ...environment.shape, ...byCursor.shape }),
  GET_REMOTE_CONTROL_THREAD: thread,
  DELETE_REMOTE_CONTROL_THREAD: thread,
  LIST_REMOTE_CONTROL_CLIENTS: z.looseObject({ ...user.shape, ...byCursor.shape }),
  GET_REMOTE_CONTROL_CLIENT: client,
  DELETE_REMOTE_CONTROL_CLIENT: client,

  LIST_WORKSPACE_DIRECTORY_GROUPS: z.looseObject({ ...workspace.shape, ...byOrder.shape }),
  GET_WORKSPACE_DIRECTORY_GROUP: group,
  LIST_WORKSPACE_DIRECTORY_GROUP_USERS: z.looseObject({ ...group.shape, ...byOrder.shape }),
  LIST_WORKSPACE_DIRECTORY_USER_GROUPS: z.looseObject({ ...workspace.shape, ...user.shape, ...byOrder.shape }),
  ADD_WORKSPACE_DIRECTORY_GROUP_USER: groupMember,
  DELETE_WORKSPACE_DIRECTORY_GROUP_USER: groupMember,
});

/** `action_data` of `AUDIT_LOG` for what programs ask of the APIs, by `action`. */
export type ApiKeyActionData = z.infer<typeof apiKeyActionDataSchema>;
