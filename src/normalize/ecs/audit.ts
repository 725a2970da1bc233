import type { AuditAction } from '../../audit-logs/events/audit-log.js';
import { actionBeside } from './apps.js';
import { auditTypes } from './audit-types.js';
import type { EcsType } from './document.js';
import type { Draft } from './draft.js';
import type { Stream } from './stream.js';
import type { Place } from './walk.js';

const recipient: Place = (key, value, draft) => {
  switch (key) {
    case 'user_id':
      return draft.related(value);
    case 'user_email':
      return 'email';
    default:
      return 'kept';
  }
};

/** Who is told when credits run out, by `value` where `type` is `email`. */
const alertRecipient: Place = (key) => (key === 'value' ? 'email' : 'kept');

const actionData: Place = (key, value, draft) => {
  switch (key) {
    case 'added_user_id':
    case 'allowed_user_id':
    case 'auth_user_id':
    case 'deleted_user_id':
    case 'disallowed_user_id':
    case 'logged_out_user_id':
    case 'owner_id':
    case 'owner_user_id':
    case 'removed_user_id':
    case 'user_id':
      return draft.target(value);
    case 'created_by_user_id':
    case 'added_user_ids':
    case 'removed_user_ids':
      return draft.related(value);
    case 'new_owner_email':
    case 'email_address':
      return draft.targetEmail(value);
    case 'email_addresses':
      return 'email';
    case 'requested_access_removals':
    case 'requested_access_updates':
    case 'shared_to':
      return recipient;
    case 'alert_recipients':
      return alertRecipient;
    case 'group_id':
      return group('id', value, draft);
    case 'name':
    case 'new_name':
      return draft.document.event.action?.startsWith('group_') ? group('name', value, draft) : 'kept';
    case 'agent_id':
    case 'gpt_id':
    case 'third_party_gizmo_id':
      draft.agent('id', value);
      return 'kept';
    case 'file_name':
    case 'mime_type':
      return file(key === 'file_name' ? 'name' : 'mime_type', value, draft);
    case 'hostname':
    case 'domains':
      return draft.host(value);
    case 'system_instruction':
      return 'content';
    default:
      return 'kept';
  }
};

function group(field: 'id' | 'name', value: unknown, draft: Draft): 'kept' {
  if (typeof value === 'string') {
    draft.document.group ??= {};
    draft.document.group[field] ??= value;
  }
  return 'kept';
}

function file(field: 'name' | 'mime_type', value: unknown, draft: Draft): 'taken' | 'kept' {
  if (typeof value !== 'string') return 'kept';
  draft.document.file ??= {};
  if (draft.document.file[field] !== undefined) return 'kept';
  draft.document.file[field] = value;
  return 'taken';
}

const auditPlace: Place = (key) => (key === 'action_data' ? actionData : 'kept');

const unknownAction: readonly EcsType[] = ['info'];

/** Elastic calls every action `iam` and `info`; what else it is stands beside that, so that its queries find it all the same. */
export const auditLog: Stream = {
  name: 'audit_log',
  classify(record, draft) {
    const { action } = record;
    draft.action(action);
    const { event } = draft.document;
    const isKnown = typeof action === 'string' && Object.hasOwn(auditTypes, action);
    event.category = ['iam'];
    event.type = [...(isKnown ? auditTypes[action as AuditAction] : unknownAction)];
    event.outcome = outcomeOfResult(record.action_result);
  },
  place: actionBeside(auditPlace),
};

function outcomeOfResult(result: unknown): 'success' | 'failure' | 'unknown' {
  if (result === 'SUCCESS') return 'success';
  return result === 'ERROR' || result === 'BLOCKED' ? 'failure' : 'unknown';
}
