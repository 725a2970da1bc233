import type { ApiKeyActionData } from '../../../audit-logs/events/audit-api-key-actions.js';
import { api, type Rules } from '../rule.js';

const agent = ['agent', 'agent_id'] as const;
const automation = ['automation', 'automation_id'] as const;
const client = ['remote client', 'client_id'] as const;
const codexEnvironment = ['environment', 'codex_environment_id'] as const;
const conversation = ['conversation', 'conversation_id'] as const;
const environment = ['environment', 'environment_id'] as const;
const file = ['file', 'file_id'] as const;
const gpt = ['gpt', 'gpt_id'] as const;
const group = ['group', 'group_id'] as const;
const logFile = ['log file', 'log_file_id'] as const;
const memory = ['memory', 'memory_id'] as const;
const plugin = ['plugin', 'plugin_id'] as const;
const project = ['project', 'project_id'] as const;
const recording = ['recording', 'recording_id'] as const;
const remoteThread = ['remote thread', 'remote_thread_id'] as const;
const room = ['group chat', 'room_id'] as const;
const scope = ['connector scope', 'scope_id'] as const;
const skill = ['skill', 'skill_id'] as const;
const task = ['task', 'task_id'] as const;
const textdoc = ['canvas', 'textdoc_id'] as const;
const user = ['user', 'user_id'] as const;

/** What programs ask of the APIs, a reader of these logs among them. */
export const apiKeyRules: Readonly<Record<keyof ApiKeyActionData, Rules>> = {
  LIST_WORKSPACE_LOG_FILES: api('read'),
  LIST_ORGANIZATION_LOG_FILES: api('read'),
  DOWNLOAD_WORKSPACE_LOG_FILE: api('read', logFile),
  DOWNLOAD_ORGANIZATION_LOG_FILE: api('read', logFile),
  LIST_WORKSPACE_USERS: api('read'),
  GET_USER_FILE: api('read', file, conversation, user),
  DELETE_USER_FILE: api('delete', file, conversation),
  DELETE_CONVERSATION: api('delete', conversation),
  LIST_WORKSPACE_GPTS: api('read'),
  GET_GPT_INFO: api('read', gpt),
  LIST_WORKSPACE_GPT_USERS: api('read', gpt),
  LIST_WORKSPACE_GPT_CONFIGS: api('read', gpt),
  ISOLATE_GPT: api('update', gpt),
  DELETE_GPT: api('delete', gpt),
  GET_GPT_FILE: api('read', file),
  DELETE_GPT_FILE: api('delete', file, gpt),
  LIST_WORKSPACE_PROJECTS: api('read'),
  GET_PROJECT_INFO: api('read', project),
  LIST_WORKSPACE_PROJECT_USERS: api('read', project),
  LIST_WORKSPACE_PROJECT_CONFIGS: api('read', project),
  ISOLATE_PROJECT: api('update', project),
  DELETE_PROJECT: api('delete', project),
  GET_PROJECT_FILE: api('read', file),
  DELETE_PROJECT_FILE: api('delete', file, project),
  DELETE_PROJECT_CONNECTOR_SCOPE: api('delete', scope, project),
  LIST_PROJECT_GROUP_CHATS: api('read', project),
  LIST_PROJECT_GROUP_CHAT_MESSAGES: api('read', room, project),
  DELETE_PROJECT_GROUP_CHAT: api('delete', room, project),
  LIST_WORKSPACE_AGENTS: api('read'),
  GET_WORKSPACE_AGENT: api('read', agent),
  DELETE_CUSTOM_AGENT: api('delete', agent),
  UNPUBLISH_CUSTOM_AGENT: api('update', agent),
  LIST_WORKSPACE_SKILLS: api('read'),
  EXPORT_WORKSPACE_SKILL: api('read', skill),
  DELETE_WORKSPACE_SKILL: api('delete', skill),
  LIST_PLUGINS: api('read'),
  GET_PLUGIN: api('read', plugin),
  LIST_MEMORIES: api('read'),
  GET_USER_MEMORIES: api('read', user),
  DELETE_MEMORY: api('delete', memory),
  LIST_USER_CANVASES: api('read', user),
  GET_CANVAS_CONTENT: api('read', textdoc, user),
  DELETE_CANVAS_TEXT_DOC: api('delete', textdoc, user),
  LIST_USER_AUTOMATIONS: api('read', user),
  DELETE_AUTOMATION: api('delete', automation, user),
  LIST_USER_RECORDINGS: api('read', user),
  DOWNLOAD_RECORDING_TRANSCRIPT: api('read', recording, user),
  DELETE_RECORDING: api('delete', recording, user),
  LIST_CODE_ENVIRONMENTS: api('read'),
  GET_CODE_ENVIRONMENT: api('read', codexEnvironment),
  DELETE_CODEX_ENVIRONMENT: api('delete', environment),
  LIST_CODEX_TASKS: api('read'),
  GET_CODEX_TASK: api('read', task),
  DELETE_CODEX_TASK: api('delete', task),
  LIST_REMOTE_CONTROL_ENVIRONMENTS: api('read', user),
  GET_REMOTE_CONTROL_ENVIRONMENT: api('read', environment, user),
  DELETE_REMOTE_CONTROL_ENVIRONMENT: api('delete', environment, user),
  LIST_REMOTE_CONTROL_THREADS: api('read', environment, user),
  GET_REMOTE_CONTROL_THREAD: api('read', remoteThread, environment, user),
  DELETE_REMOTE_CONTROL_THREAD: api('delete', remoteThread, environment, user),
  LIST_REMOTE_CONTROL_CLIENTS: api('read', user),
  GET_REMOTE_CONTROL_CLIENT: api('read', client, user),
  DELETE_REMOTE_CONTROL_CLIENT: api('delete', client, user),
  LIST_WORKSPACE_DIRECTORY_GROUPS: api('read'),
  GET_WORKSPACE_DIRECTORY_GROUP: api('read', group),
  LIST_WORKSPACE_DIRECTORY_GROUP_USERS: api('read', group),
  LIST_WORKSPACE_DIRECTORY_USER_GROUPS: api('read', user),
  ADD_WORKSPACE_DIRECTORY_GROUP_USER: {
    class: 'group_management',
    activity: 'add_user',
    group: { id: 'group_id' },
    user: { id: 'user_id' },
  },
  DELETE_WORKSPACE_DIRECTORY_GROUP_USER: {
    class: 'group_management',
    activity: 'remove_user',
    group: { id: 'group_id' },
    user: { id: 'user_id' },
  },
};
