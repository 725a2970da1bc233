import type { ApiKeyActionData } from '../../../audit-logs/events/audit-api-key-actions.js';

// A sample of each parameter that a request may name. Numbers are text, as they are in live records.
const parameters: Readonly<Record<string, string>> = {
  limit: '100', after: '<time -600>', before: '<time>', cursor: '<text 24>', order: 'asc', event_type: 'AUTH_LOG',
  file_format: 'id', since_timestamp: '<seconds -86400>', log_file_id: 'eclf_<hex 24>', workspace_id: '<owner.id>',
  user_id: '<other.userId>', owner_id: '<other.userId>', auth_user_id: '<other.userId>', file_id: 'file-<hex 12>',
  gpt_id: 'g-<hex 32>', project_id: 'g-p-<hex 32>', include_summary: 'true',
};

// What programs ask of the APIs, each with the parameters it names. The usual ones first.
const parameterNames: { readonly [Action in keyof ApiKeyActionData]: string } = {
  LIST_WORKSPACE_LOG_FILES: 'limit after event_type', DOWNLOAD_WORKSPACE_LOG_FILE: 'log_file_id event_type',
  LIST_WORKSPACE_USERS: 'after limit', LIST_ORGANIZATION_LOG_FILES: 'limit after before event_type',
  DOWNLOAD_ORGANIZATION_LOG_FILE: 'log_file_id event_type', GET_USER_FILE: 'user_id file_id conversation_id',
  DELETE_USER_FILE: 'file_id conversation_id', DELETE_CONVERSATION: 'conversation_id',
  LIST_WORKSPACE_GPTS: 'after limit file_format', GET_GPT_INFO: 'gpt_id file_format',
  LIST_WORKSPACE_GPT_USERS: 'gpt_id after limit', LIST_WORKSPACE_GPT_CONFIGS: 'gpt_id after limit file_format',
  ISOLATE_GPT: 'gpt_id', DELETE_GPT: 'gpt_id', GET_GPT_FILE: 'file_id', DELETE_GPT_FILE: 'file_id gpt_id',
  LIST_WORKSPACE_PROJECTS: 'after limit file_format', GET_PROJECT_INFO: 'project_id file_format',
  LIST_WORKSPACE_PROJECT_USERS: 'project_id after limit',
  LIST_WORKSPACE_PROJECT_CONFIGS: 'project_id after limit file_format', ISOLATE_PROJECT: 'project_id',
  DELETE_PROJECT: 'project_id', GET_PROJECT_FILE: 'file_id', DELETE_PROJECT_FILE: 'file_id project_id',
  DELETE_PROJECT_CONNECTOR_SCOPE: 'project_id scope_id', LIST_PROJECT_GROUP_CHATS: 'project_id cursor limit',
  LIST_PROJECT_GROUP_CHAT_MESSAGES: 'project_id room_id cursor limit', DELETE_PROJECT_GROUP_CHAT: 'project_id room_id',
  LIST_WORKSPACE_AGENTS: 'owner_id cursor limit', GET_WORKSPACE_AGENT: 'agent_id', DELETE_CUSTOM_AGENT: 'agent_id',
  UNPUBLISH_CUSTOM_AGENT: 'agent_id', LIST_WORKSPACE_SKILLS: 'cursor limit', EXPORT_WORKSPACE_SKILL: 'skill_id',
  DELETE_WORKSPACE_SKILL: 'skill_id', LIST_PLUGINS: 'cursor limit', GET_PLUGIN: 'plugin_id',
  LIST_MEMORIES: 'after limit since_timestamp', GET_USER_MEMORIES: 'user_id since_timestamp',
  DELETE_MEMORY: 'memory_id memory_context_id auth_user_id', LIST_USER_CANVASES: 'user_id limit after',
  GET_CANVAS_CONTENT: 'user_id textdoc_id limit after', DELETE_CANVAS_TEXT_DOC: 'user_id textdoc_id',
  LIST_USER_AUTOMATIONS: 'user_id after since_timestamp limit', DELETE_AUTOMATION: 'user_id automation_id',
  LIST_USER_RECORDINGS: 'user_id limit cursor', DOWNLOAD_RECORDING_TRANSCRIPT: 'user_id recording_id include_summary',
  DELETE_RECORDING: 'user_id recording_id', LIST_CODE_ENVIRONMENTS: 'limit after',
  GET_CODE_ENVIRONMENT: 'codex_environment_id', DELETE_CODEX_ENVIRONMENT: 'environment_id', LIST_CODEX_TASKS: '',
  GET_CODEX_TASK: 'task_id', DELETE_CODEX_TASK: 'task_id', LIST_REMOTE_CONTROL_ENVIRONMENTS: 'user_id cursor limit',
  GET_REMOTE_CONTROL_ENVIRONMENT: 'user_id environment_id', DELETE_REMOTE_CONTROL_ENVIRONMENT: 'user_id environment_id',
  LIST_REMOTE_CONTROL_THREADS: 'user_id environment_id cursor limit',
  GET_REMOTE_CONTROL_THREAD: 'user_id environment_id remote_thread_id',
  DELETE_REMOTE_CONTROL_THREAD: 'user_id environment_id remote_thread_id',
  LIST_REMOTE_CONTROL_CLIENTS: 'user_id cursor limit', GET_REMOTE_CONTROL_CLIENT: 'user_id client_id',
  DELETE_REMOTE_CONTROL_CLIENT: 'user_id client_id', LIST_WORKSPACE_DIRECTORY_GROUPS: 'workspace_id limit cursor order',
  GET_WORKSPACE_DIRECTORY_GROUP: 'workspace_id group_id',
  LIST_WORKSPACE_DIRECTORY_GROUP_USERS: 'workspace_id group_id limit cursor order',
  LIST_WORKSPACE_DIRECTORY_USER_GROUPS: 'workspace_id user_id limit cursor order',
  ADD_WORKSPACE_DIRECTORY_GROUP_USER: 'workspace_id group_id user_id',
  DELETE_WORKSPACE_DIRECTORY_GROUP_USER: 'workspace_id group_id user_id',
};

/** What programs do: the action, and a sample of its `action_data`. */
export const apiKeyActions: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(parameterNames).map(([action, names]) => [
    action,
    Object.fromEntries(names.split(' ').flatMap((name) => (name === '' ? [] : [[name, parameters[name] ?? '<uuid>']]))),
  ]),
);
