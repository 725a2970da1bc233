import { describe, expect, test } from 'vitest';
import { toEcs } from '../../../src/normalize/ecs/to-ecs.js';
import { ecsFieldsVersion, findEcsFaults } from './support/check-ecs.js';
import { eventOf, fixtures, platformRecord, recordOf } from './support/records.js';

const records: readonly Readonly<Record<string, unknown>>[] = [...fixtures, platformRecord];
const everything = { include: ['content', 'emails'] } as const;

describe('every record is a document of ECS', () => {
  test('by Elastic’s own definitions of fields, of the version that it names', () => {
    for (const record of records) {
      for (const options of [{}, everything] as const) {
        const document = toEcs(recordOf(record), options);
        expect({ record, faults: findEcsFaults(document) }).toEqual({ record, faults: [] });
        expect(document.ecs.version).toBe(ecsFieldsVersion);
        expect(document.event.id).toBe(record.event_id ?? record.id);
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
      }
    }
  });

  test('the same each time, and the record is as it was', () => {
    for (const record of fixtures) {
      const before = structuredClone(record);
      expect(toEcs(recordOf(record))).toEqual(toEcs(recordOf(record)));
      expect(record).toEqual(before);
    }
  });

  test('which names the faults that it would have', () => {
    const document = toEcs(eventOf('AUTH_LOG', { action_data: { action: 'login_success' } }));
    const { event } = document;
    expect(findEcsFaults({ ...document, event: { ...event, kind: 'thing', type: ['group'], colour: 'red' } })).toEqual([
      'event.kind: thing is not allowed',
      'event.colour is no field',
      'event.type group of authentication',
    ]);
    expect(findEcsFaults({ ...document, source: { ip: 'here', geo: {} } })).toEqual([
      'source.ip: not ip: here',
      'source.geo is empty',
    ]);
  });
});

test('a sign-in has its fields, and what has none stands under the name of the stream', () => {
  const document = toEcs(
    eventOf('AUTH_LOG', {
      request_metadata: {
        client_ip: '203.0.113.24',
        client_user_agent: 'Mozilla/5.0',
        client_ja3: 'f90ffded875933863a95a1a84285c922',
        client_ja4: 't13d1516h2',
        client_ip_details: {
          country: 'DE',
          city: 'Berlin',
          region: 'Berlin',
          region_code: 'BE',
          asn: 'AS15502',
          latitude: '52.52',
          longitude: '13.40',
        },
      },
      action_data: { action: 'login_success', auth_provider_name: 'saml' },
    }),
    { include: ['emails'] },
  );
  expect(document).toEqual({
    '@timestamp': '2026-08-08T06:58:12.004519Z',
    ecs: { version: '9.4.0' },
    event: {
      kind: 'event',
      module: 'openai_chatgpt_enterprise',
      dataset: 'openai_chatgpt_enterprise.auth_log',
      id: 'a3c5',
      action: 'login_success',
      category: ['authentication'],
      type: ['start'],
      outcome: 'success',
    },
    user: { id: 'user-Kp1', email: 'ada@north.example', domain: 'north.example' },
    organization: { id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11' },
    source: {
      ip: '203.0.113.24',
      geo: {
        country_iso_code: 'DE',
        city_name: 'Berlin',
        region_name: 'Berlin',
        region_iso_code: 'BE',
        location: { lat: 52.52, lon: 13.4 },
      },
      as: { number: 15502 },
    },
    user_agent: { original: 'Mozilla/5.0' },
    tls: { client: { ja3: 'f90ffded875933863a95a1a84285c922' } },
    gen_ai: { system: 'openai' },
    related: { user: ['user-Kp1', 'ada@north.example'], ip: ['203.0.113.24'] },
    openai_chatgpt_enterprise: {
      auth_log: {
        type: 'AUTH_LOG',
        principal: { type: 'CHATGPT_WORKSPACE' },
        actor: { type: 'ACCOUNT_USER' },
        request_metadata: { client_ja4: 't13d1516h2' },
        action_data: { auth_provider_name: 'saml' },
      },
    },
  });
});

describe('what Elastic’s pipelines get wrong', () => {
  test.each([
    ['login_success', 'success'],
    ['login_failed', 'failure'],
    ['password_login_invalid_password', 'failure'],
    ['password_login_sentinel_blocked', 'failure'],
    ['password_login_sentinel_challenge', 'unknown'],
    ['password_reset_error', 'failure'],
    ['passkey_login_invalid_key', 'failure'],
    ['passkey_login_success', 'success'],
    ['passkey_login_begun', 'unknown'],
  ])('%s is a %s: no success where none is said', (action, outcome) => {
    expect(toEcs(eventOf('AUTH_LOG', { action_data: { action } })).event).toMatchObject({
      action,
      outcome,
      category: expect.arrayContaining(['authentication']),
    });
  });

  test.each([
    ['completed', 'success'],
    ['success', 'success'],
    ['error', 'failure'],
    ['failed', 'failure'],
    ['cancelled', 'unknown'],
  ])('an answer of Codex that is %s is a %s', (status, outcome) => {
    const { event } = toEcs(
      eventOf('CODEX_LOG', { event_type: 'PROMPT_RESPONSE_RECEIVED', event_details: { status, session_id: 's' } }),
    );
    expect(event.outcome).toBe(outcome);
  });

  test('an address that is none is kept, and not made a reason to refuse the document', () => {
    for (const client_ip of ['unknown', '300.1.1.1', '1.2.3', '::g', '[::1]', 'a:b']) {
      const document = toEcs(eventOf('AUTH_LOG', { request_metadata: { client_ip } }));
      expect(document.source).toBeUndefined();
      expect(document.openai_chatgpt_enterprise.auth_log).toMatchObject({ request_metadata: { client_ip } });
    }
    for (const client_ip of ['192.0.2.1', '::1', '2001:db8::7', '::ffff:192.0.2.1']) {
      expect(toEcs(eventOf('AUTH_LOG', { request_metadata: { client_ip } })).source).toEqual({ ip: client_ip });
    }
  });

  test('who is told of a limit is among the people of the record', () => {
    const alerts = eventOf('AUDIT_LOG', {
      action: 'SUBSCRIPTION_SET_USAGE_ALERTS',
      action_data: { alert_recipients: [{ type: 'email', value: 'bea@north.example' }] },
    });
    expect(toEcs(alerts, { include: ['emails'] }).related?.user).toContain('bea@north.example');
    expect(JSON.stringify(toEcs(alerts))).not.toContain('bea@');
  });
});

describe('content and e-mail addresses', () => {
  const prompt = eventOf('CODEX_LOG', {
    event_type: 'PROMPT_SENT',
    event_details: { prompt_text: 'Rename the module.', session_id: 's-1', model: 'gpt-5.5' },
  });

  test('are left out, and named', () => {
    const document = toEcs(prompt);
    expect(document.message).toBeUndefined();
    expect(document.event.original).toBeUndefined();
    expect(document.user).toEqual({ id: 'user-Kp1' });
    expect(document.openai_chatgpt_enterprise.omitted).toEqual(['actor.user_email', 'event_details.prompt_text']);
  });

  test('are there when they are asked for, each by itself', () => {
    const withContent = toEcs(prompt, { include: ['content'] });
    expect(withContent.message).toBe('Rename the module.');
    expect(withContent.user).toEqual({ id: 'user-Kp1' });
    expect(withContent.openai_chatgpt_enterprise.omitted).toEqual(['actor.user_email']);
    expect(withContent.event.original).toBeUndefined();
    const withEmails = toEcs(prompt, { include: ['emails'] });
    expect(withEmails.message).toBeUndefined();
    expect(withEmails.user?.email).toBe('ada@north.example');
    expect(withEmails.event.original).toBeUndefined();
    const withBoth = toEcs(prompt, everything);
    expect(withBoth.openai_chatgpt_enterprise.omitted).toBeUndefined();
    expect(JSON.parse(withBoth.event.original ?? '')).toEqual(prompt);
  });

  test('no record of any type tells one that was not asked for', () => {
    for (const record of records) {
      const text = JSON.stringify(toEcs(recordOf(record)));
      expect(text).not.toMatch(/\w@\w/);
      for (const words of ['invoices of October', 'Three are open', 'net 30']) expect(text).not.toContain(words);
    }
  });

  test('an address is found by how it looks too, in a value and in a name', () => {
    const document = toEcs(
      eventOf('NEW_LOG', { note: 'ask tomás@fabrikam.example', by: { 'ada@north.example': { seats: 3 } }, seats: 7 }),
    );
    expect(JSON.stringify(document)).not.toMatch(/@north|@fabrikam/);
    expect(document.openai_chatgpt_enterprise.omitted).toEqual(['actor.user_email', 'note', 'by.*']);
    expect(document.openai_chatgpt_enterprise.new_log).toMatchObject({ seats: 7 });
  });

  test('what an app was given is left out by no name of its own, and what it was told of the client is kept', () => {
    const document = toEcs(
      eventOf('APP_LOG', {
        app_id: 'connector_41ab',
        log_type: 'request',
        input: {
          'merger with Contoso': true,
          _meta: {
            'openai/userAgent': 'ChatGPT/1.0',
            'openai/locale': 'en-IE',
            'openai/userLocation': { city: 'Cork', country: 'IE', latitude: 51.9, longitude: -8.47 },
          },
        },
      }),
    );
    expect(JSON.stringify(document)).not.toContain('Contoso');
    expect(document.openai_chatgpt_enterprise).toMatchObject({
      app_log: { app_id: 'connector_41ab', input: { _meta: { 'openai/locale': 'en-IE' } } },
      omitted: ['actor.user_email', 'input.*'],
    });
    expect(document.user_agent).toEqual({ original: 'ChatGPT/1.0' });
    expect(document.source?.geo).toEqual({
      city_name: 'Cork',
      country_iso_code: 'IE',
      location: { lat: 51.9, lon: -8.47 },
    });
  });
});

test('an app that says it failed has failed, though what it said is left out', () => {
  const outcomeOf = (isError?: boolean) =>
    toEcs(eventOf('APP_LOG', { log_type: 'response', output: [{ response: { result: { isError, content: [] } } }] }))
      .event.outcome;
  expect([outcomeOf(true), outcomeOf(false), outcomeOf()]).toEqual(['failure', 'success', 'unknown']);
  expect(toEcs(eventOf('APP_LOG', { log_type: 'request', input: {} })).event.outcome).toBeUndefined();
});

test('what an administrator did to whom', () => {
  const document = toEcs(
    eventOf('AUDIT_LOG', {
      action: 'USER_DELETE',
      action_result: 'BLOCKED',
      request_metadata: { destination_hostname: 'chatgpt.com' },
      action_data: { deleted_user_id: 'user-Bb3' },
    }),
  );
  expect(document.event).toMatchObject({
    action: 'user_delete',
    category: ['iam'],
    type: ['info', 'user', 'deletion'],
    outcome: 'failure',
  });
  expect(document.user).toEqual({ id: 'user-Kp1', target: { id: 'user-Bb3' } });
  expect(document.related).toEqual({ user: ['user-Kp1', 'user-Bb3'], hosts: ['chatgpt.com'] });
  expect(document.destination).toEqual({ domain: 'chatgpt.com' });
});

test('an answer of ChatGPT has the model and its id, and its text where that is asked for', () => {
  const answer = eventOf('CONVERSATION_MESSAGE', {
    message: {
      id: 'm-002',
      author: { type: 'assistant', model: 'gpt-5.2', tools_used: ['file_search'] },
      content: { type: 'text', value: 'Here it is.' },
    },
    conversation: { id: 'c-77', title: 'Contoso renewal' },
  });
  const { gen_ai, message, event, openai_chatgpt_enterprise: vendor } = toEcs(answer);
  expect(gen_ai).toEqual({
    system: 'openai',
    operation: { name: 'chat' },
    output: { type: 'text' },
    request: { model: 'gpt-5.2' },
    response: { id: 'm-002', model: 'gpt-5.2' },
    tool: { name: 'file_search' },
  });
  expect(message).toBeUndefined();
  expect(event).not.toHaveProperty('category');
  expect(vendor.omitted).toEqual(['actor.user_email', 'message.content.value', 'conversation.title']);
  expect(toEcs(answer, { include: ['content'] }).message).toBe('Here it is.');
});

test('an agent acts for a person, who is the user', () => {
  const delegator = { type: 'ACCOUNT_USER', user_id: 'user-9k', user_email: 'mira@north.example' };
  const document = toEcs(
    eventOf('CUSTOM_AGENTS_LOG', {
      actor: { type: 'AGENT', id: 'ah-4', name: 'Ops helper', agent_runtime: { id: 'rt-2', delegator } },
      event_type: 'AGENT_RUN_FAILED',
      event_details: { agent_id: 'agt-31', run_id: 'thread-55', failure_message: 'Out of credits.' },
    }),
  );
  expect(document.user).toEqual({ id: 'user-9k' });
  expect(document.gen_ai.agent).toEqual({ id: 'agt-31' });
  expect(document.error).toEqual({ message: 'Out of credits.' });
  expect(document.event).toMatchObject({ outcome: 'failure', type: ['info', 'end'] });
});

test('a finding of Codex Security is a vulnerability', () => {
  const document = toEcs(
    eventOf('CODEX_SECURITY_LOG', {
      event_type: 'SCAN_FINDING_UPDATED',
      event_details: { finding_id: 'find-12', updated_fields: { status: 'fixed', criticality: 'medium' } },
    }),
  );
  expect(document.vulnerability).toEqual({ id: 'find-12', severity: 'medium' });
  expect(document.openai_chatgpt_enterprise.codex_security_log).toMatchObject({
    event_details: { updated_fields: { status: 'fixed' } },
  });
});

test('costs and analytics are measurements, and lose nothing', () => {
  const payload = {
    day: '2026-08-03',
    identity: { user_id: 'user-9k', name: 'Mira Sol' },
    measures: { usage: { a: 1 } },
  };
  const document = toEcs(eventOf('COSTS', { actor: { type: 'SYSTEM', id: 'costs_compliance' }, payload }));
  expect(document.event).toMatchObject({ kind: 'metric', dataset: 'openai_chatgpt_enterprise.costs' });
  expect(document.event).not.toHaveProperty('category');
  expect(document.user).toEqual({ id: 'user-9k', full_name: 'Mira Sol' });
  expect(document.openai_chatgpt_enterprise.costs).toMatchObject({
    actor: { id: 'costs_compliance' },
    payload: { day: '2026-08-03', measures: { usage: { a: 1 } } },
  });
});

describe('the audit log of the API Platform', () => {
  test('has its own stream, with the payload under one name for all types', () => {
    const document = toEcs(platformRecord);
    expect(document).toMatchObject({
      '@timestamp': '2026-11-18T11:07:00.000Z',
      event: { id: 'audit_log-8c1d', action: 'invite.sent', category: ['iam'], type: ['user', 'info'] },
      user: { id: 'user-77' },
      source: { ip: '203.0.113.9', as: { number: 15502 }, geo: { location: { lat: 52.52, lon: 13.4 } } },
      openai_chatgpt_enterprise: {
        platform_audit_log: {
          type: 'invite.sent',
          project: { id: 'proj_def', name: 'Default' },
          payload: { id: 'inv_9', data: { role: 'reader' } },
        },
        omitted: ['actor.session.user.email', 'invite.sent.data.email'],
      },
    });
  });

  test('says what failed, and nothing of what it does not say', () => {
    const outcomeOf = (type: string) => toEcs({ ...platformRecord, type }).event.outcome;
    expect(outcomeOf('login.failed')).toBe('failure');
    expect(outcomeOf('login.succeeded')).toBe('success');
    expect(outcomeOf('api_key.created')).toBeUndefined();
  });

  test.each([
    ['user.added', { id: 'user-5', data: { role: 'reader' } }, { target: 'user-5' }],
    ['tenant.user.added', { id: 'te-1', user_id: 'user-6', email: 'ola@north.example' }, { target: 'user-6' }],
    ['tenant.membership.revoked', { user_id: 'user-6' }, { target: 'user-6' }],
    ['invite.accepted', { id: 'inv_9' }, {}],
    ['service_account.deleted', { id: 'svc_1' }, { target: 'svc_1' }],
    ['tenant.service_account.token.revoked', { id: 'tok_1' }, {}],
    ['role.assignment.created', { id: 'ra_1', principal_id: 'user-9', principal_type: 'user' }, { target: 'user-9' }],
    ['role.assignment.deleted', { principal_id: 'g-1', principal_type: 'group' }, { group: { id: 'g-1' } }],
    ['tenant.role_assignment.created', { principal_id: 'x-1' }, {}],
    ['group.created', { id: 'g-1', data: { group_name: 'Staff' } }, { group: { id: 'g-1', name: 'Staff' } }],
    ['group.updated', { id: 'g-1', changes_requested: { group_name: 'All' } }, { group: { id: 'g-1', name: 'All' } }],
    [
      'tenant.group.member.removed',
      { id: 'te-1', group_id: 'g-1', user_id: 'user-6' },
      { target: 'user-6', group: { id: 'g-1' } },
    ],
  ] as const)('names whom %s is about', (type, payload, { target, group }: { target?: string; group?: object }) => {
    const document = toEcs(recordOf({ ...platformRecord, type, [type]: payload }));
    expect(document.user?.target?.id).toBe(target);
    expect(document.related?.user).toEqual(['user-77', ...(target === undefined ? [] : [target])]);
    expect(document.group).toEqual(group);
  });

  test.each([
    ['invite.sent', { id: 'inv_9', data: { email: 'ola@north.example' } }],
    ['tenant.chatgpt_workspace_invite.upserted', { id: 'inv_9', email: 'ola@north.example' }],
    ['tenant.group.member.added', { group_id: 'g-1', user_email: 'ola@north.example' }],
  ] as const)('names the address that %s is about only where addresses are told', (type, payload) => {
    const record = recordOf({ ...platformRecord, type, [type]: payload });
    const document = toEcs(record, { include: ['emails'] });
    expect(document.user?.target).toEqual({ email: 'ola@north.example' });
    expect(document.related?.user).toContain('ola@north.example');
    expect(JSON.stringify(toEcs(record))).not.toContain('ola');
  });

  test('has a person or an account of a program behind a key', () => {
    const api_key = { id: 'key_tr4', type: 'service_account', service_account: { id: 'svc_12' } };
    const document = toEcs({ ...platformRecord, actor: { type: 'api_key', api_key } });
    expect(document.user).toEqual({ id: 'svc_12' });
    expect(document.openai_chatgpt_enterprise.platform_audit_log).toMatchObject({
      actor: { api_key: { id: 'key_tr4', type: 'service_account' } },
    });
  });
});
