import type { KnownEventType } from '../../../src/audit-logs/events/event-types.js';
import type { NormalizableEvent } from '../../../src/normalize/index.js';
import { eventTemplates } from '../../../src/testing/events/templates.js';
import { generateEveryKind } from '../../../src/testing/index.js';
import { platformTypes } from './platform-types.js';

export const knownTypes = Object.keys(eventTemplates) as readonly KnownEventType[];

/** One record of every documented kind of a type of the Logs Platform. */
export function everyKind(eventType: KnownEventType): readonly NormalizableEvent[] {
  const isOfOrganization = eventType === 'COSTS';
  const owner = isOfOrganization
    ? ({ type: 'organization', id: 'org-Zq81LmN0' } as const)
    : ({ type: 'workspace', id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11' } as const);
  return [...generateEveryKind({ owner, eventType, at: '2026-11-22T09:12:44.118203Z' })];
}

const session = {
  type: 'session',
  session: {
    user: { id: 'user-77', email: 'lee@northwind.example' },
    ip_address: '203.0.113.9',
    user_agent: 'Mozilla/5.0',
    ja3: 'a1',
    ip_address_details: {
      country: 'NO',
      city: 'Bergen',
      region: 'Vestland',
      region_code: '46',
      asn: '64500',
      latitude: '60.39',
      longitude: '5.32',
    },
  },
};
const key = {
  type: 'api_key',
  api_key: { id: 'key_tr4', type: 'service_account', service_account: { id: 'svc_12' } },
};
const personalKey = {
  type: 'api_key',
  api_key: { id: 'key_tr5', type: 'user', user: { id: 'user-78', email: 'ola@north.example' } },
};

/** Payloads as OpenAI's types have them. A type without one gets an id, or none where OpenAI publishes no payload. */
const payloads: Readonly<Record<string, object>> = {
  'api_key.created': { id: 'key_12', data: { scopes: ['model.request'] } },
  'api_key.updated': { id: 'key_12', changes_requested: { scopes: ['model.request'], expires_in_seconds: 60 } },
  'certificates.activated': {
    certificates: [
      { id: 'cert_1', name: 'one' },
      { id: 'cert_2', name: 'two' },
    ],
  },
  'certificates.deactivated': { certificates: [{ id: 'cert_1', name: 'one' }] },
  'checkpoint.permission.created': { id: 'cp_1', data: { project_id: 'proj_1', fine_tuned_model_checkpoint: 'ft:1' } },
  'external_storage.registered': { id: 'st_1', data: { geography: 'eu', provider: 'aws' } },
  'group.created': { id: 'group_1', data: { group_name: 'Platform' } },
  'group.updated': { id: 'group_1', changes_requested: { group_name: 'Platform team' } },
  'invite.sent': { id: 'inv_9', data: { email: 'ola@north.example', role: 'reader' } },
  'ip_allowlist.created': { id: 'al_1', name: 'office', allowed_ips: ['203.0.113.0/24'] },
  'ip_allowlist.config.activated': {
    configs: [
      { id: 'al_1', name: 'office' },
      { id: 'al_2', name: 'home' },
    ],
  },
  'login.failed': { error_code: 'invalid_password', error_message: 'Wrong password' },
  'logout.failed': { error_code: 'no_session', error_message: 'No session' },
  'login.succeeded': {},
  'organization.updated': { id: 'org-1', changes_requested: { title: 'North', api_call_logging: 'all' } },
  'project.created': { id: 'proj_2', data: { name: 'web', title: 'Web' } },
  'rate_limit.updated': { id: 'rl_1', changes_requested: { max_requests_per_1_minute: 60 } },
  'role.created': {
    id: 'role_1',
    role_name: 'auditor',
    permissions: ['audit.read'],
    resource_type: 'org',
    resource_id: 'org-1',
  },
  'role.updated': {
    id: 'role_1',
    changes_requested: { role_name: 'auditors', permissions_added: ['x'], permissions_removed: [] },
  },
  'role.assignment.created': {
    id: 'ra_1',
    principal_id: 'user-9',
    principal_type: 'user',
    resource_id: 'org-1',
    resource_type: 'org',
  },
  'role.assignment.deleted': {
    id: 'ra_1',
    principal_id: 'group_1',
    principal_type: 'group',
    resource_id: 'org-1',
    resource_type: 'org',
  },
  'role.bound_to_resource': {
    id: 'b_1',
    role_id: 'role_1',
    workspace_id: 'w',
    connector_id: 'c',
    enabled: true,
    permissions: ['p'],
    source: 'role_toggle',
  },
  'service_account.created': { id: 'svc_1', data: { role: 'member' } },
  'user.added': { id: 'user-5', data: { role: 'reader' } },
  'user.updated': { id: 'user-5', changes_requested: { role: 'owner' } },
};

/** A record of every type of the API Platform's audit log, by a person, a program, and nobody that is told. */
export const platformRecords: readonly NormalizableEvent[] = platformTypes.map((type, index) => {
  const id = `audit_log-${index}`;
  const common = { id, type, effective_at: 1_795_000_020 + index, actor: [session, key, null, personalKey][index % 4] };
  const payload = payloads[type] ?? (type.startsWith('tenant.') ? undefined : { id: `thing_${index}` });
  return {
    ...common,
    ...(index % 2 === 0 && { project: { id: 'proj_def', name: 'Default' } }),
    ...(payload !== undefined && { [type]: payload }),
  };
});

/** A record of every kind that is known, of both logs. */
export const allRecords: readonly NormalizableEvent[] = [...knownTypes.flatMap(everyKind), ...platformRecords];
