import { describe, expect, test } from 'vitest';
import {
  InputError,
  type NormalizableEvent,
  type NormalizeOptions,
  type OcsfEvent,
  toOcsf,
} from '../../src/normalize/index.js';
import { ocsfProblems } from './support/ocsf-problems.js';
import { allRecords, everyKind, platformRecords } from './support/records.js';

const principal = { id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11', type: 'CHATGPT_WORKSPACE' } as const;
const mira = { type: 'ACCOUNT_USER', user_id: 'user-1', user_email: 'mira@northwind.example' } as const;
const envelope = { event_id: 'e-1', timestamp: '2026-08-03T06:58:12.004519Z', principal, actor: mira };

// What a service sends is not held to any type.
const ocsf = (record: object, options?: NormalizeOptions) => toOcsf(record as NormalizableEvent, options);

function only(record: object, options?: NormalizeOptions): OcsfEvent {
  const events = ocsf(record, options);
  expect(events.flatMap(ocsfProblems)).toEqual([]);
  expect(events).toHaveLength(1);
  return events[0] ?? expect.unreachable();
}

const auth = (action: string) => only({ ...envelope, type: 'AUTH_LOG', action_data: { action } });
const audit = (action: string, action_data: object, options?: NormalizeOptions) =>
  ocsf({ ...envelope, type: 'AUDIT_LOG', action, action_result: 'SUCCESS', action_data }, options);

describe('a sign-in', () => {
  test.for([
    ['login_success', 300201, 1],
    ['native_login_success', 300201, 1],
    ['login_failed', 300201, 2],
    ['password_login_invalid_password', 300201, 2],
    ['password_login_sentinel_blocked', 300201, 2],
    ['password_login_sentinel_challenge', 300206, 99],
    ['logout_success', 300202, 1],
    ['token_issued', 300299, 1],
    ['token_revoked', 300299, 1],
    ['password_reset_initiated', 300104, 0],
    ['password_reset_success', 300104, 1],
    ['password_reset_admin', 300104, 1],
    ['password_reset_error', 300104, 2],
    ['signup_success', 300101, 1],
    ['passkey_success', 300299, 1],
    ['passkey_failed', 300299, 2],
    ['passkey', 300299, 0],
  ] as const)('%s is %i with the status %i', ([action, type_uid, status_id]) => {
    expect(auth(action)).toMatchObject({ type_uid, status_id, metadata: { event_code: action } });
  });

  test('says when, whose, who and from where', () => {
    const event = only(
      {
        ...envelope,
        type: 'AUTH_LOG',
        request_metadata: {
          client_ip: '203.0.113.24',
          client_ip_details: {
            country: 'DE',
            city: 'Berlin',
            region: 'Berlin',
            region_code: 'BE',
            asn: '64500',
            latitude: '52.52',
            longitude: '13.40',
          },
          client_user_agent: 'Mozilla/5.0',
          client_ja3: 'a1',
        },
        action_data: { action: 'login_success', auth_provider_name: 'saml', role: 'standard-user' },
      },
      { include: ['emails'] },
    );
    expect(event).toEqual({
      class_uid: 3002,
      category_uid: 3,
      activity_id: 1,
      type_uid: 300201,
      severity_id: 1,
      status_id: 1,
      time: Date.UTC(2026, 7, 3, 6, 58, 12, 4),
      metadata: {
        version: '1.5.0',
        product: { name: 'ChatGPT Enterprise', vendor_name: 'OpenAI' },
        uid: 'e-1',
        log_name: 'AUTH_LOG',
        event_code: 'login_success',
        original_time: '2026-08-03T06:58:12.004519Z',
        tenant_uid: principal.id,
      },
      actor: {
        user: { uid: 'user-1', name: 'mira@northwind.example', email_addr: 'mira@northwind.example', type_id: 1 },
      },
      user: { uid: 'user-1', name: 'mira@northwind.example', email_addr: 'mira@northwind.example', type_id: 1 },
      service: { name: 'ChatGPT' },
      is_remote: true,
      auth_protocol_id: 5,
      src_endpoint: {
        ip: '203.0.113.24',
        location: { country: 'DE', city: 'Berlin', region: 'BE', lat: 52.52, long: 13.4 },
        autonomous_system: { number: 64500 },
      },
      http_request: { user_agent: 'Mozilla/5.0' },
      unmapped: {
        principal: { type: 'CHATGPT_WORKSPACE' },
        actor: { type: 'ACCOUNT_USER' },
        request_metadata: { client_ip_details: { region: 'Berlin' }, client_ja3: 'a1' },
        action_data: { auth_provider_name: 'saml', role: 'standard-user' },
      },
    });
  });
});

describe('a record that says several things', () => {
  const invitation = { email_addresses: ['a@x.example', 'b@x.example'], role: 'standard-user' };

  test('gives an event for each, tied to the record', () => {
    const events = audit('INVITE_USERS', invitation, { include: ['emails'] });
    expect(events.flatMap(ocsfProblems)).toEqual([]);
    expect(events).toMatchObject([
      { type_uid: 300199, user: { email_addr: 'a@x.example' }, metadata: { uid: 'e-1:0', correlation_uid: 'e-1' } },
      { type_uid: 300199, user: { email_addr: 'b@x.example' }, metadata: { uid: 'e-1:1', correlation_uid: 'e-1' } },
    ]);
  });

  test('gives as many, by the same ids, where the addresses are left out', () => {
    const events = audit('INVITE_USERS', invitation);
    expect(events.map(({ metadata }) => metadata.uid)).toEqual(['e-1:0', 'e-1:1']);
    for (const event of events) {
      expect(event).toMatchObject({
        user: { name: 'unknown', type_id: 0 },
        unmapped: { omitted: ['actor.user_email', 'action_data.email_addresses'] },
      });
    }
  });

  test('of a group, too', () => {
    const data = { group_id: 'group_1', email_addresses: ['a@x.example', 'b@x.example'] };
    expect(audit('GROUP_ADD_USERS', data, { include: ['emails'] })).toMatchObject([
      { type_uid: 300603, group: { uid: 'group_1' }, user: { name: 'a@x.example' } },
      { type_uid: 300603, group: { uid: 'group_1' }, user: { name: 'b@x.example' } },
    ]);
  });

  test('of certificates, too', () => {
    const record =
      platformRecords.find(({ type }) => String(type) === 'certificates.activated') ?? expect.unreachable();
    expect(toOcsf(record)).toMatchObject([{ entity: { uid: 'cert_1', name: 'one' } }, { entity: { uid: 'cert_2' } }]);
  });
});

describe('an audited action', () => {
  test.for<[string, object, object]>([
    ['USER_DELETE', { deleted_user_id: 'user-2' }, { type_uid: 300106, user: { uid: 'user-2' } }],
    [
      'USER_ROLE_UPDATED',
      { user_id: 'user-2', new_role: 'owner' },
      { type_uid: 300501, user: { uid: 'user-2' }, privileges: ['owner'] },
    ],
    // A change of a usage limit is called so too.
    ['USER_ROLE_UPDATED', { user_id: 'user-2' }, { type_uid: 600303, resources: [{ type: 'user', uid: 'user-2' }] }],
    ['USER_LOGGED_OUT_BY_ADMIN', { logged_out_user_id: 'user-2' }, { type_uid: 300202, user: { uid: 'user-2' } }],
    ['SESSION_REVOKE', { session_id: 's-1' }, { type_uid: 300202, user: { uid: 'user-1' }, session: { uid: 's-1' } }],
    ['GROUP_CREATE', { group_id: 'g', name: 'All' }, { type_uid: 300606, group: { uid: 'g', name: 'All' } }],
    ['GROUP_EDIT', { group_id: 'g', added_user_id: 'user-2' }, { type_uid: 300603, user: { uid: 'user-2' } }],
    ['GROUP_EDIT', { group_id: 'g', new_name: 'Most' }, { type_uid: 300699, group: { uid: 'g', name: 'Most' } }],
    ['GROUP_REMOVE_USER', { group_id: 'g', removed_user_id: 'user-2' }, { type_uid: 300604 }],
    [
      'ROLE_CREATE',
      { role_id: 'r', role_name: 'auditor' },
      { type_uid: 300401, entity: { type: 'role', uid: 'r', name: 'auditor' } },
    ],
    ['ROLE_ASSIGN', { role_id: 'r', user_id: 'user-2' }, { type_uid: 300501, privileges: ['r'] }],
    ['ROLE_UNASSIGN', { role_id: 'r', group_id: 'g' }, { type_uid: 300602, group: { uid: 'g' }, privileges: ['r'] }],
    [
      'PERSONAL_ACCESS_TOKEN_CREATE',
      { credential_id: 'pat_1', owner_user_id: 'user-2' },
      { type_uid: 300199, user: { uid: 'user-2', credential_uid: 'pat_1' } },
    ],
    [
      'CONVERSATION_SHARE',
      { conversation_id: 'c' },
      { type_uid: 600108, web_resources: [{ type: 'conversation', uid: 'c' }], actor: { user: { uid: 'user-1' } } },
    ],
    [
      'FILE_DOWNLOAD',
      { file_id: 'f', file_name: 'a.pdf' },
      { type_uid: 600107, web_resources: [{ uid: 'f', name: 'a.pdf' }] },
    ],
    [
      'LIST_WORKSPACE_LOG_FILES',
      { limit: '100' },
      { type_uid: 600302, api: { operation: 'LIST_WORKSPACE_LOG_FILES' } },
    ],
    [
      'NEVER_HEARD_OF',
      { thing: 1 },
      { type_uid: 600399, activity_name: 'NEVER_HEARD_OF', unmapped: { action_data: { thing: 1 } } },
    ],
    ['constructor', {}, { type_uid: 600399, activity_name: 'constructor' }],
  ])('%s of %o', ([action, data, expected]) => {
    const events = audit(action, data);
    expect(events.flatMap(ocsfProblems)).toEqual([]);
    expect(events).toMatchObject([expected]);
  });

  test.for([
    ['SUCCESS', 1],
    ['ERROR', 2],
    ['BLOCKED', 2],
    ['MAYBE', 99],
  ] as const)('that ended in %s has the status %i, and the word', ([action_result, status_id]) => {
    const record = {
      ...envelope,
      type: 'AUDIT_LOG',
      action: 'GROUP_DELETE',
      action_result,
      action_data: { group_id: 'g' },
    };
    expect(only(record)).toMatchObject({ status_id, status_code: action_result });
  });
});

describe('an actor', () => {
  test('with a name of its own keeps it, and what it worked with is not lost', () => {
    const actor = { type: 'SYSTEM', id: 'sync' };
    const of = (event_type: string, event_details: object) =>
      only({ ...envelope, actor, type: 'CODEX_SECURITY_LOG', event_type, client_id: 'CODEX_WEB', event_details });
    const finding = of('SCAN_FINDING_UPDATED', { finding_id: 'f' });
    expect(finding).toMatchObject({ actor: { app_name: 'sync' }, unmapped: { client_id: 'CODEX_WEB' } });
    const scan = of('SCAN_CONFIGURATION_CREATED', {});
    expect(scan).toMatchObject({ actor: { app_name: 'sync' }, src_endpoint: { name: 'CODEX_WEB' } });
  });

  test.for<[unknown, unknown]>([
    [
      { type: 'API_KEY', redacted_id: 'sk-...Q7tZ' },
      { app_name: 'OpenAI Admin or Compliance key', app_uid: 'sk-...Q7tZ' },
    ],
    [
      { type: 'AGENT', id: 'ah-4', name: 'Ops', agent_runtime: { delegator: mira } },
      { app_name: 'Ops', app_uid: 'ah-4', user: { uid: 'user-1', type_id: 1 } },
    ],
    [{ type: 'SYSTEM', id: 'sync' }, { app_name: 'sync' }],
    [
      { type: 'EXTERNAL_COLLABORATION_USER', provider: 'slack', provider_user_id: 'U1' },
      { user: { uid: 'U1', domain: 'slack', type_id: 1 } },
    ],
    [{ ...mira, credential_id: 'pat_1' }, { user: { uid: 'user-1', credential_uid: 'pat_1', type_id: 1 } }],
    [{ type: 'ROBOT' }, { app_name: 'ROBOT' }],
    [{ type: 'ACCOUNT_USER' }, { user: { name: 'unknown', type_id: 0 } }],
    [null, { app_name: 'unknown' }],
    ['mira', { app_name: 'unknown' }],
  ])('%o', ([actor, expected]) => {
    expect(only({ ...envelope, actor, type: 'AUDIT_LOG', action: 'DOMAIN_CHECK' })).toHaveProperty('actor', expected);
  });

  test('that is a wrong address is no address', () => {
    const request_metadata = { client_ip: 'somewhere' };
    const event = only({ ...envelope, type: 'AUDIT_LOG', action: 'DOMAIN_CHECK', request_metadata });
    expect(event).toMatchObject({ src_endpoint: { name: 'unknown' }, unmapped: { request_metadata } });
  });
});

describe('what people wrote', () => {
  const told = (options: NormalizeOptions) =>
    JSON.stringify(
      allRecords.filter(({ type }) => String(type) !== 'COSTS').flatMap((record) => toOcsf(record, options)),
    );
  const written = [
    'Draft a renewal note',
    'Contoso renewal',
    'Rename the module',
    'npm',
    'flaky',
    '3 issues',
    'renewal policy',
    'Renewal handbook',
    'Sum column D',
    'pivot table',
    'What changed this week?',
    'Two pages changed.',
    'Keep the on-call handbook',
    'Every Monday at 8.',
    'Never share customer names.',
    'as agreed',
    'Answer in short sentences.',
  ];

  test.for(written)('%s is left out, and there where it is asked for', (text) => {
    const whole = told({ include: ['content'] });
    if (whole.includes(text)) expect(told({})).not.toContain(text);
    else expect(text).toMatch(/renewal/i);
  });

  test('is named where it was', () => {
    const [question] = everyKind('CONVERSATION_MESSAGE');
    expect(toOcsf(question ?? expect.unreachable())).toMatchObject([
      {
        type_uid: 600301,
        api: { operation: 'user_message' },
        unmapped: { omitted: ['actor.user_email', 'message.content', 'conversation.title'] },
      },
    ]);
  });

  test('an address in a text, in the name of a field and beyond the depth that is looked at is left out', () => {
    let deep: unknown = 'x@y.example';
    for (let depth = 0; depth < 100; depth += 1) deep = { deep };
    const [event] = ocsf({ ...envelope, type: 'NEW', note: 'ask x@y.example', by: { 'x@y.example': 1 }, deep });
    expect(JSON.stringify(event)).not.toContain('y.example');
    expect(event?.unmapped?.omitted).toEqual(expect.arrayContaining(['note', 'by.*']));
  });

  test('a record that has a field called `omitted` keeps it', () => {
    const unmapped = only({ ...envelope, type: 'NEW', omitted: 1, _omitted: 2 }).unmapped;
    expect(unmapped).toMatchObject({ omitted: ['actor.user_email'], __omitted: 1, _omitted: 2 });
  });
});

describe('a finding of Codex Security', () => {
  const finding = (updated_fields: object) =>
    only({
      ...envelope,
      type: 'CODEX_SECURITY_LOG',
      event_type: 'SCAN_FINDING_UPDATED',
      event_details: { detail_type: 'SCAN_FINDING_UPDATED', finding_id: 'find-12', updated_fields },
    });

  test.for<[object, object]>([
    [
      { status: 'fixed', criticality: 'medium' },
      { type_uid: 200703, severity_id: 3, status_id: 4 },
    ],
    [
      { status: 'open', criticality: 'critical' },
      { type_uid: 200702, severity_id: 5, status_id: 1 },
    ],
    [{}, { type_uid: 200702, severity_id: 0, status_id: 0 }],
  ])('%o', ([fields, expected]) => {
    expect(finding(fields)).toMatchObject({ ...expected, finding_info: { uid: 'find-12' } });
  });
});

describe('the audit log of the API Platform', () => {
  test('is told by its product, its time in seconds and its own names', () => {
    const record = platformRecords.find(({ type }) => String(type) === 'api_key.created') ?? expect.unreachable();
    expect(only(record)).toMatchObject({
      type_uid: 300199,
      activity_name: 'api_key.created',
      time: 1_795_000_020_000,
      metadata: {
        product: { name: 'OpenAI API Platform' },
        log_name: 'PLATFORM_AUDIT_LOG',
        event_code: 'api_key.created',
      },
      user: { name: 'unknown', credential_uid: 'key_12' },
      src_endpoint: { ip: '203.0.113.9' },
    });
  });

  test('a sign-in that failed is a failure, with its reason', () => {
    const record = platformRecords.find(({ type }) => String(type) === 'login.failed') ?? expect.unreachable();
    expect(only(record)).toMatchObject({
      type_uid: 300201,
      status_id: 2,
      status_code: 'invalid_password',
      status_detail: 'Wrong password',
    });
  });

  test.for(['never.heard.of', '__proto__', 'constructor', ''])(
    'a type %o that is not known is an event all the same',
    (type) => {
      expect(only({ id: 'a', type, effective_at: 1, actor: null })).toMatchObject({ type_uid: 600399 });
    },
  );
});

test('measurements are no events', () => {
  expect(everyKind('COSTS').flatMap((record) => toOcsf(record))).toEqual([]);
  expect(everyKind('CHATGPT_USER_ANALYTICS').flatMap((record) => toOcsf(record))).toEqual([]);
});

test.for([
  ['2026-08-03T06:58:12Z', Date.UTC(2026, 7, 3, 6, 58, 12)],
  ['2026-08-03T08:58:12.5+02:00', Date.UTC(2026, 7, 3, 6, 58, 12, 500)],
  ['soon', 0],
  [17, 0],
  [null, 0],
] as const)('the time %o is %i', ([timestamp, time]) => {
  expect(only({ ...envelope, timestamp, type: 'NEW' }).time).toBe(time);
});

describe('refuses', () => {
  const record = { ...envelope, type: 'NEW' } as unknown as NormalizableEvent;

  test.for<[string, () => unknown]>([
    ['an option that does not exist', () => toOcsf(record, { includes: [] } as object)],
    ['a word that is nothing to include', () => toOcsf(record, { include: ['email'] as never })],
    ['a text in place of a list', () => toOcsf(record, { include: 'emails' as never })],
    ['another version', () => toOcsf(record, { version: '1.9.0' as never })],
    ['what is no record', () => toOcsf('event' as never)],
    ['nothing', () => toOcsf(null as never)],
  ])('%s', ([, call]) => {
    expect(call).toThrow(InputError);
  });
});
