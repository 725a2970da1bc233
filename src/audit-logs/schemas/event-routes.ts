import type { KnownEventType } from './event-types.js';

/** The two kinds of principal that have logs, as their route names them. */
export type LogRoute = 'workspace' | 'organization';

/** Event types that only workspaces have. */
export type WorkspaceOnlyEventType =
  | 'CONVERSATION_MESSAGE'
  | 'AUDIT_LOG'
  | 'AUTH_LOG'
  | 'CODEX_LOG'
  | 'CODEX_SECURITY_LOG'
  | 'CHATGPT_PLUGIN_SPREADSHEET'
  | 'CUSTOM_AGENTS_LOG';
/** Event types that only organizations have. */
export type OrganizationOnlyEventType = 'COSTS';

/** Event types of a workspace. Open: a new name is sent as it is. */
export type WorkspaceEventType = Exclude<KnownEventType, OrganizationOnlyEventType> | (string & {});
/** Event types of an organization. Open: a new name is sent as it is. */
export type OrganizationEventType = Exclude<KnownEventType, WorkspaceOnlyEventType> | (string & {});

/** What the workspace route has and the organization route is known to refuse (OpenAI, Compliance Logs Platform). */
export const workspaceOnlyEventTypes = [
  'CONVERSATION_MESSAGE',
  'AUDIT_LOG',
  'AUTH_LOG',
  'CODEX_LOG',
  'CODEX_SECURITY_LOG',
  'CHATGPT_PLUGIN_SPREADSHEET',
  'CUSTOM_AGENTS_LOG',
] as const satisfies readonly WorkspaceOnlyEventType[];

/** What the organization route has and the workspace route is known to refuse (OpenAI, "Costs"). */
export const organizationOnlyEventTypes = ['COSTS'] as const satisfies readonly OrganizationOnlyEventType[];
