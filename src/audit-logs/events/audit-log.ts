import * as z from 'zod/mini';
import type { AdminActionData } from './audit-admin-actions.js';
import type { ApiKeyActionData } from './audit-api-key-actions.js';
import type { UserActionData } from './audit-user-actions.js';
import { eventEnvelopeSchema } from './envelope.js';
import { documented, documentedString, openEnum, requestMetadataSchema } from './fields.js';

/** Whether an action was done. */
export type AuditActionResult = 'SUCCESS' | 'BLOCKED' | 'ERROR';

export const auditEventBaseSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('AUDIT_LOG'),
  action: documentedString,
  action_result: z.nullish(openEnum<AuditActionResult>()),
  /** Whose right it took. */
  action_privilege: z.nullish(openEnum<'ADMIN' | 'STANDARD_USER'>()),
  request_metadata: z.nullish(requestMetadataSchema),
  /** Depends on `action`; may be empty. */
  action_data: documented(z.looseObject({})),
});

/** Someone changed something in the workspace or used its APIs, whatever it was. */
export type AuditEventBase = z.infer<typeof auditEventBaseSchema>;

/** `action_data` of `AUDIT_LOG`, by `action`. */
export interface AuditActionData extends AdminActionData, UserActionData, ApiKeyActionData {}

/** Actions of `AUDIT_LOG` that are known by name, and whose data nobody has published. */
export type UndescribedAuditAction =
  | 'APP_SET_ENABLED_ACTIONS'
  | 'DELETE_AND_DISABLE_USER_MEMORY'
  | 'DELETE_AND_DISABLE_WORKSPACE_MEMORY'
  | 'DELETE_USER_LIBRARY_FILE'
  | 'DELETE_USER_PET'
  | 'DELETE_USER_SHARED_PET'
  | 'GET_GROUP_USAGE_LIMIT'
  | 'GET_USER_LIBRARY_FILE'
  | 'GET_USER_MONTHLY_USAGE_LIMIT_STATUS'
  | 'GET_USER_PET'
  | 'GET_USER_SHARED_PET'
  | 'GET_USER_USAGE_LIMIT'
  | 'GET_WORKSPACE_USAGE_LIMIT'
  | 'INVITE_UPDATE'
  | 'LIST_GROUP_USAGE_LIMITS'
  | 'LIST_USAGE_LIMIT_REQUESTS'
  | 'LIST_USER_LIBRARY_FILES'
  | 'LIST_USER_PETS'
  | 'LIST_USER_SHARED_PETS'
  | 'LIST_USER_USAGE_LIMITS'
  | 'PLUGIN_SHARE'
  | 'ROLE_ASSIGN'
  | 'ROLE_CREATE'
  | 'ROLE_DELETE'
  | 'ROLE_SET_ALL_CONNECTOR_PERMISSIONS'
  | 'ROLE_SET_CONNECTOR_PERMISSIONS'
  | 'ROLE_SET_PLUGIN_PERMISSIONS'
  | 'ROLE_UNASSIGN'
  | 'ROLE_UPDATE'
  | 'ROLE_UPDATE_BINDING_PERMISSIONS'
  | 'UPDATE_GROUP_USAGE_LIMIT'
  | 'UPDATE_USAGE_LIMIT_REQUEST'
  | 'UPDATE_USER_USAGE_LIMIT'
  | 'UPDATE_WORKSPACE_USAGE_LIMIT'
  | 'UPDATE_WORKSPACE_USER';

/** What was done, as `AUDIT_LOG` names it, by the names that are known; {@link OtherName} is any that came later. */
export type AuditAction = keyof AuditActionData | UndescribedAuditAction;
