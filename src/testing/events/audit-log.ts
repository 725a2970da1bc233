import type { UndescribedAuditAction } from '../../audit-logs/events/audit-log.js';
import type { AuditActionEvent } from '../../audit-logs/events/event-types.js';
import { adminActions } from './audit-admin-actions.js';
import { apiKeyActionData, apiKeyActions } from './audit-api-key-actions.js';
import { userActions } from './audit-user-actions.js';
import { type DetailMakers, type EventContext, type EventMaker, envelope } from './event-context.js';
import { browserRequest, programRequest } from './request-metadata.js';

// Known by name only.
const undescribed: { readonly [Action in UndescribedAuditAction]: 'ADMIN' } = {
  ROLE_CREATE: 'ADMIN',
  ROLE_UPDATE: 'ADMIN',
  ROLE_DELETE: 'ADMIN',
  ROLE_ASSIGN: 'ADMIN',
  ROLE_UNASSIGN: 'ADMIN',
  ROLE_SET_PLUGIN_PERMISSIONS: 'ADMIN',
  ROLE_SET_CONNECTOR_PERMISSIONS: 'ADMIN',
  ROLE_SET_ALL_CONNECTOR_PERMISSIONS: 'ADMIN',
  ROLE_UPDATE_BINDING_PERMISSIONS: 'ADMIN',
  UPDATE_WORKSPACE_USER: 'ADMIN',
  APP_SET_ENABLED_ACTIONS: 'ADMIN',
  PLUGIN_SHARE: 'ADMIN',
  INVITE_UPDATE: 'ADMIN',
  DELETE_AND_DISABLE_USER_MEMORY: 'ADMIN',
  DELETE_AND_DISABLE_WORKSPACE_MEMORY: 'ADMIN',
  LIST_USER_LIBRARY_FILES: 'ADMIN',
  GET_USER_LIBRARY_FILE: 'ADMIN',
  DELETE_USER_LIBRARY_FILE: 'ADMIN',
  LIST_USER_PETS: 'ADMIN',
  GET_USER_PET: 'ADMIN',
  DELETE_USER_PET: 'ADMIN',
  LIST_USER_SHARED_PETS: 'ADMIN',
  GET_USER_SHARED_PET: 'ADMIN',
  DELETE_USER_SHARED_PET: 'ADMIN',
  GET_WORKSPACE_USAGE_LIMIT: 'ADMIN',
  UPDATE_WORKSPACE_USAGE_LIMIT: 'ADMIN',
  LIST_GROUP_USAGE_LIMITS: 'ADMIN',
  GET_GROUP_USAGE_LIMIT: 'ADMIN',
  UPDATE_GROUP_USAGE_LIMIT: 'ADMIN',
  LIST_USER_USAGE_LIMITS: 'ADMIN',
  GET_USER_USAGE_LIMIT: 'ADMIN',
  GET_USER_MONTHLY_USAGE_LIMIT_STATUS: 'ADMIN',
  UPDATE_USER_USAGE_LIMIT: 'ADMIN',
  LIST_USAGE_LIMIT_REQUESTS: 'ADMIN',
  UPDATE_USAGE_LIMIT_REQUEST: 'ADMIN',
};

interface Kind {
  readonly action: string;
  readonly by: 'admin' | 'user' | 'program';
  readonly data: (context: EventContext) => object;
}

function kindsOf<Data>(makers: DetailMakers<Data>, by: Kind['by']): Kind[] {
  const entries = Object.entries(makers) as [string, (context: EventContext) => object][];
  return entries.map(([action, data]) => ({ action, by, data }));
}

const programKinds = apiKeyActions.map(
  (action): Kind => ({ action, by: 'program', data: (context) => apiKeyActionData(action, context) }),
);
const nameOnlyKinds = Object.keys(undescribed).map((action): Kind => ({ action, by: 'admin', data: () => ({}) }));

// Three sources in turn, so that the first kinds are a good mixture.
const kinds = interleave(kindsOf(userActions, 'user'), kindsOf(adminActions, 'admin'), [
  ...programKinds,
  ...nameOnlyKinds,
]);

function interleave<T>(...lists: readonly T[][]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_none, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}

/** What people and programs do to the workspace. */
export const auditLog: EventMaker<AuditActionEvent> = {
  kinds: kinds.length,
  make(context, kind) {
    const { action, by, data } = kinds[kind % kinds.length] as Kind;
    const isProgram = by === 'program';
    const actor = isProgram ? { actor: { type: 'API_KEY', redacted_id: `sk-...${context.random.text(4)}` } } : {};
    const event = {
      ...envelope('AUDIT_LOG', context),
      ...actor,
      action,
      action_result: 'SUCCESS',
      action_privilege: by === 'user' ? 'STANDARD_USER' : 'ADMIN',
      request_metadata: isProgram ? programRequest(context) : browserRequest(context),
      action_data: data(context),
    };
    // The compiler cannot follow that an action and its own data belong together; DetailMakers has checked each pair.
    return [event as AuditActionEvent];
  },
};
