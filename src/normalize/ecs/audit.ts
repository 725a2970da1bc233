import { endedBy } from '../outcome.js';
import { auditTypes } from './audit-types.js';
import type { Draft } from './draft.js';
import { knownActions, type Stream } from './stream.js';
import { actionTaken, type Give, Places } from './walk.js';

const related: Give = (value, draft) => draft.related(value);
const target: Give = (value, draft) => draft.target(value);
const targetEmail: Give = (value, draft) => draft.targetEmail(value);
const host: Give = (value, draft) => draft.host(value);
const named: Give = (value, draft) =>
  draft.document.event.action?.startsWith('group_') ? group('name', value, draft) : 'kept';
const agentId: Give = (value, draft) => {
  draft.agent('id', value);
  return 'kept';
};

const recipient = new Places({ user_id: related, user_email: 'email' });

/** Who is told when credits run out, by `value` where `type` is `email`. */
const alertRecipient = new Places({ value: 'email' });

const actionData = new Places({
  added_user_id: target,
  allowed_user_id: target,
  auth_user_id: target,
  deleted_user_id: target,
  disallowed_user_id: target,
  logged_out_user_id: target,
  owner_id: target,
  owner_user_id: target,
  removed_user_id: target,
  user_id: target,
  created_by_user_id: related,
  added_user_ids: related,
  removed_user_ids: related,
  new_owner_email: targetEmail,
  email_address: targetEmail,
  email_addresses: 'email',
  requested_access_removals: recipient,
  requested_access_updates: recipient,
  shared_to: recipient,
  alert_recipients: alertRecipient,
  group_id: (value, draft) => group('id', value, draft),
  name: named,
  new_name: named,
  agent_id: agentId,
  gpt_id: agentId,
  third_party_gizmo_id: agentId,
  file_name: (value, draft) => file('name', value, draft),
  mime_type: (value, draft) => file('mime_type', value, draft),
  hostname: host,
  domains: host,
  system_instruction: 'content',
});

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

const known = knownActions(auditTypes);

/** Elastic calls every action `iam` and `info`; what else it is stands beside that, so that its queries find it all the same. */
export const auditLog: Stream = {
  name: 'audit_log',
  classify(record, draft) {
    const { action } = record;
    draft.actionOf(known.get(action), action);
    const { event } = draft.document;
    event.category = ['iam'];
    event.outcome = endedBy(record.action_result) ?? 'unknown';
  },
  places: new Places({ action: actionTaken, action_data: actionData }),
};
