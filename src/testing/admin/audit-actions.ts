import type { AdminRoute, EmulatorRoute } from '../routes.js';

/** How the audit log calls a request, and the ids of its path. */
interface AuditAction {
  readonly action: string;
  readonly ids: readonly string[];
}

// Of the others, invitations, service accounts, one member and daily use, no name is published: they leave no event.
const actions: Partial<Record<AdminRoute, AuditAction>> = {
  // The audit log does not tell it from the list of the Compliance API.
  'GET /manage/users': { action: 'LIST_WORKSPACE_USERS', ids: [] },
  'GET /manage/users/{id}/groups': { action: 'LIST_WORKSPACE_DIRECTORY_USER_GROUPS', ids: ['user_id'] },
  'GET /manage/groups': { action: 'LIST_WORKSPACE_DIRECTORY_GROUPS', ids: [] },
  'GET /manage/groups/{id}': { action: 'GET_WORKSPACE_DIRECTORY_GROUP', ids: ['group_id'] },
  'GET /manage/groups/{id}/users': { action: 'LIST_WORKSPACE_DIRECTORY_GROUP_USERS', ids: ['group_id'] },
  'GET /manage/usage_limits/workspace': { action: 'GET_WORKSPACE_USAGE_LIMIT', ids: [] },
  'GET /manage/usage_limits/groups': { action: 'LIST_GROUP_USAGE_LIMITS', ids: [] },
  'GET /manage/usage_limits/groups/{id}': { action: 'GET_GROUP_USAGE_LIMIT', ids: ['group_id'] },
  'GET /manage/usage_limits/users': { action: 'LIST_USER_USAGE_LIMITS', ids: [] },
  'GET /manage/usage_limits/users/{id}': { action: 'GET_USER_USAGE_LIMIT', ids: ['user_id'] },
  'GET /manage/usage_limits/users/{id}/monthly-usage': {
    action: 'GET_USER_MONTHLY_USAGE_LIMIT_STATUS',
    ids: ['user_id'],
  },
  'GET /manage/usage_limits/requests': { action: 'LIST_USAGE_LIMIT_REQUESTS', ids: [] },
};

export function adminActionOf(route: EmulatorRoute): AuditAction | undefined {
  return Object.hasOwn(actions, route) ? actions[route as AdminRoute] : undefined;
}
