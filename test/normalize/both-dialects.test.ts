import { describe, expect, test } from 'vitest';
import { platformEventNames, platformTenantEventNames } from '../../src/audit-logs/events/platform-event-types.js';
import { type NormalizableEvent, type NormalizeOptions, toEcs, toOcsf } from '../../src/normalize/index.js';

const envelope = {
  event_id: 'e-1',
  timestamp: '2026-08-03T06:58:12.004519Z',
  principal: { id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11', type: 'CHATGPT_WORKSPACE' },
  actor: { type: 'ACCOUNT_USER', user_id: 'user-1' },
};
// What a service sends is not held to any type.
const ocsf = (record: object, options?: NormalizeOptions) => toOcsf(record as NormalizableEvent, options);
const ecs = (record: object, options?: NormalizeOptions) => toEcs(record as NormalizableEvent, options);
const both = (record: object) => JSON.stringify([ocsf(record), ecs(record)]);

const codex = (event_type: string, event_details: object) => ({
  ...envelope,
  type: 'CODEX_LOG',
  event_type,
  event_details,
});
const agent = (event_type: string, event_details: object) => ({
  ...envelope,
  type: 'CUSTOM_AGENTS_LOG',
  event_type,
  event_details,
});
const auth = (action: string) => ({ ...envelope, type: 'AUTH_LOG', action_data: { action } });
const audit = (action_result: string) => ({
  ...envelope,
  type: 'AUDIT_LOG',
  action: 'USER_DELETE',
  action_result,
  action_data: { deleted_user_id: 'user-2' },
});
const answer = (isError?: boolean) => ({
  ...envelope,
  type: 'APP_LOG',
  log_type: 'response',
  output: [{ response: { result: { isError, content: [] } } }],
});
const ofPlatform = (type: string, payload: unknown, more: object = {}) => ({
  id: 'audit_log-1',
  type,
  effective_at: 1_795_000_020,
  actor: { type: 'session', session: { user: { id: 'user-1' } } },
  [type]: payload,
  ...more,
});

describe('neither tells, unless asked for', () => {
  test.for([
    ['what a tool answered', codex('APP_MCP_RESULT', { call_id: 'c', error_message: 'SECRET' })],
    ['what a tool that failed answered', codex('TOOL_CALL_FAILED', { tool_call_id: 'c', error_message: 'SECRET' })],
    ['what stands under a type that is called as content is', ofPlatform('message', { body: 'SECRET' })],
    ['the same of a prompt', ofPlatform('prompt', { anything: { inner: 'SECRET' } })],
    ['the same of an address', ofPlatform('ada@SECRET.example', { prompt: 'SECRET' })],
  ] as const)('%s', ([, record]) => {
    expect(both(record)).not.toContain('SECRET');
    expect(both(record)).toContain('omitted');
  });

  test('and both tell it where it is asked for', () => {
    const record = codex('APP_MCP_RESULT', { call_id: 'c', error_message: 'SECRET' });
    expect(JSON.stringify(ocsf(record, { include: ['content'] }))).toContain('SECRET');
    expect(JSON.stringify(ecs(record, { include: ['content'] }))).toContain('SECRET');
  });

  test.for([
    'ada@north.example',
    'https://x.example/?to=ada%40north.example',
    'https://x.example/?next=%3Fto%3Dada%2540north.example',
    'https://x.example/?next=ada%252540north.example',
    String.raw`{"to":"ada\u0040north.example"}`,
    'ada&#64;north.example',
    'ada&#x40;north.example',
    'ada&commat;north.example',
    'ada＠north.example',
    'ada﹫north.example',
  ])('an address as it may be written: %s', (text) => {
    const record = codex('ENVIRONMENT_CREATED', { environment_id: 'env-1', note: text });
    expect(both(record)).not.toContain('north.example');
    expect(JSON.stringify([ocsf(record, { include: ['emails'] }), ecs(record, { include: ['emails'] })])).toContain(
      'north.example',
    );
  });

  test('a text that only has such signs is told', () => {
    const record = codex('ENVIRONMENT_CREATED', {
      environment_id: 'env-1',
      note: String.raw`50 % of a & b in C:\x, @ home`,
    });
    expect(both(record)).toContain('50 % of');
  });
});

describe('both say alike how it ended:', () => {
  const endings = { 0: 'unknown', 1: 'success', 2: 'failure', 99: 'unknown' } as const;

  test.for([
    ['an agent that failed is no success by its name', agent('AGENT_RUN_COMPLETED', { status: 'failed' }), 'failure'],
    ['an agent that completed', agent('AGENT_RUN_COMPLETED', {}), 'success'],
    ['an agent that failed', agent('AGENT_RUN_FAILED', { status: 'completed' }), 'failure'],
    ['a tool that says nothing', codex('TOOL_CALL_COMPLETED', {}), 'unknown'],
    ['a tool that failed in capitals', codex('TOOL_CALL_COMPLETED', { status: 'FAILED' }), 'failure'],
    ['a tool that succeeded', codex('TOOL_CALL_COMPLETED', { status: 'succeeded' }), 'success'],
    ['a tool that was denied', codex('TOOL_CALL_COMPLETED', { status: 'denied' }), 'failure'],
    ['a word that nobody knows', codex('TOOL_CALL_COMPLETED', { status: 'half' }), 'unknown'],
    ['an audited error in small letters', audit('error'), 'failure'],
    ['an audited success', audit('SUCCESS'), 'success'],
    ['an audited action that was blocked', audit('BLOCKED'), 'failure'],
    ['a sign-in that is said not to have succeeded', auth('login_not_succeeded'), 'unknown'],
    ['a sign-in without success', auth('login_without_success'), 'unknown'],
    ['a sign-in of a new kind', auth('passkey_login_success'), 'success'],
    ['a sign-in of a new kind that failed', auth('passkey_login_failed'), 'failure'],
    ['an app that says it failed', answer(true), 'failure'],
    ['an app that says it did not', answer(false), 'success'],
    ['an app that says nothing', answer(), 'unknown'],
  ] as const)('%s', ([, record, ended]) => {
    const [event] = ocsf(record);
    expect(endings[(event?.status_id ?? 0) as 0 | 1 | 2 | 99]).toBe(ended);
    expect(ecs(record).event.outcome ?? 'unknown').toBe(ended);
  });

  test('a status that is another one stands there as the word that it is', () => {
    expect(ocsf(codex('TOOL_CALL_COMPLETED', { status: 'half' }))[0]).toMatchObject({ status_id: 99, status: 'half' });
    expect(ocsf(auth('password_login_sentinel_challenge'))[0]).toMatchObject({
      status_id: 99,
      status: 'password_login_sentinel_challenge',
    });
  });
});

describe('a record of the API Platform', () => {
  test.for([{ event_id: null }, { event_id: 'e-9' }])('is one with %j too', (more) => {
    const record = ofPlatform('login.failed', { error_code: 'x' }, more);
    expect(ocsf(record)[0]).toMatchObject({ class_uid: 3002, time: 1_795_000_020_000, status_id: 2 });
    expect(ecs(record)).toMatchObject({ '@timestamp': '2026-11-18T11:07:00.000Z', event: { outcome: 'failure' } });
  });

  test('has its time in seconds, also with a fraction, and milliseconds are no time', () => {
    const at = (effective_at: number) => ofPlatform('login.failed', {}, { effective_at });
    expect(ocsf(at(1_795_000_020.5))[0]?.time).toBe(1_795_000_020_500);
    expect(ecs(at(1_795_000_020.5))['@timestamp']).toBe('2026-11-18T11:07:00.500Z');
    expect(ocsf(at(1_795_000_020_500))[0]).toMatchObject({ time: 0, unmapped: { effective_at: 1_795_000_020_500 } });
    expect(ecs(at(1_795_000_020_500)).event.kind).toBe('pipeline_error');
  });
});

test('ten thousand of whatever a record lists take no long time', () => {
  const addresses = Array.from({ length: 10_000 }, (_none, index) => `person-${index}@north.example`);
  const records = [
    { ...audit('SUCCESS'), action: 'INVITE_CREATE', action_data: { email_addresses: addresses } },
    {
      ...audit('SUCCESS'),
      action: 'GROUP_UPDATE',
      action_data: { added_user_ids: addresses.map((_, at) => `user-${at}`) },
    },
    ofPlatform('certificates.activated', {
      certificates: addresses.map((_, at) => ({ id: `cert-${at}`, name: `c${at}` })),
    }),
  ];
  const cpu = process.cpuUsage();
  for (const record of records) {
    ocsf(record, { include: ['emails'] });
    ecs(record, { include: ['emails'] });
  }
  expect(process.cpuUsage(cpu).user / 1_000).toBeLessThan(2_000);
});

// As the API's reference says of `tenant_only`.
const tenantScoped: ReadonlySet<string> = new Set(['role.bound_to_resource', 'role.unbound_from_resource']);

describe('whose log a record of the API Platform is of', () => {
  test('is said where it is told, and nowhere else', () => {
    const record = ofPlatform('login.failed', {});
    const options = { organizationId: 'org-northwind' };
    expect(ocsf(record, options)[0]?.metadata.tenant_uid).toBe('org-northwind');
    expect(ecs(record, options).organization).toEqual({ id: 'org-northwind' });
    expect(ocsf(record)[0]?.metadata.tenant_uid).toBeUndefined();
    expect(ecs(record).organization).toBeUndefined();
    expect(ocsf(auth('login_success'), options)[0]?.metadata.tenant_uid).toBe(envelope.principal.id);
    expect(ecs(auth('login_success'), options).organization).toEqual({ id: envelope.principal.id });
    expect(() => ocsf(record, { organizationId: '' })).toThrow(/organizationId/);
  });

  test.for([
    ...platformEventNames.map(
      (name) => [name, tenantScoped.has(name) ? 'PLATFORM_TENANT_LOG' : 'PLATFORM_AUDIT_LOG'] as const,
    ),
    ...platformTenantEventNames.map((name) => [name, 'PLATFORM_TENANT_LOG'] as const),
  ])('%s is of %s', ([name, log]) => {
    expect(ocsf(ofPlatform(name, {})).map(({ metadata }) => metadata.log_name)).toEqual([log]);
    expect(ecs(ofPlatform(name, {})).event.dataset).toBe(`openai_chatgpt_enterprise.${log.toLowerCase()}`);
  });
});
