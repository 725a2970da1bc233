import { expect, test } from 'vitest';
import { formatCheckReport } from '../../../src/connection/check/format.js';
import { connect } from '../../../src/connection/connect.js';
import type { ConnectOptions } from '../../../src/connection/connect-options.js';
import { parseConnectionConfig } from '../../../src/connection/parse-form.js';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { EmulatorConnectionConfig, EmulatorOptions } from '../../../src/testing/emulator.js';
import { fault } from '../../../src/testing/faults.js';

const route = 'GET /organization/audit_logs';

function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: createTestClock({ skipsWaits: true }), ...options });
  const check = async (form: Partial<EmulatorConnectionConfig> = {}, connectOptions: ConnectOptions = {}) => {
    const { apiKey: platformApiKey } = emulator.platform;
    const config = parseConnectionConfig(emulator.connectionConfig({ platformApiKey, ...form }));
    const report = await connect(config, { ...emulator.clientOptions, ...connectOptions }).check();
    const codes = report.findings.filter(({ service }) => service === 'platform').map(({ code }) => code);
    const credential = report.credentials.find((one) => one.credential === 'platform_api_key');
    const permission = report.permissions.find((one) => one.permission === 'read_platform_log');
    return { report, codes, credential, permission };
  };
  return { emulator, check };
}

test('where both keys are right both feeds are, and the log is asked for one event', async () => {
  const { emulator, check } = open();
  const { report, codes, credential, permission } = await check();
  expect(codes).toEqual([]);
  expect(report.verdict).toBe('ok');
  expect(credential).toMatchObject({ looksLike: 'admin_key', reachable: 'ok', authenticated: 'ok' });
  expect(permission).toEqual({ permission: 'read_platform_log', verdict: 'ok', scope: 'api.audit_logs.read' });
  expect(emulator.requests.list(route).map(({ method, query }) => [method, query])).toEqual([['GET', { limit: '1' }]]);
  expect(formatCheckReport(report)).toMatch(
    /API Platform\n {2}✓ answers .*\n {2}✓ accepts the key\n {2}✓ read platform log/,
  );
});

test('who has no such key is not asked for one, in no word', async () => {
  const { emulator, check } = open();
  const { report, credential, permission } = await check({ platformApiKey: undefined });
  expect([credential, permission]).toEqual([undefined, undefined]);
  expect(emulator.requests.count(route)).toBe(0);
  expect(`${JSON.stringify(report)}${formatCheckReport(report)}`).not.toMatch(
    /API Platform|platform\.openai|read_platform/,
  );
});

test('an empty log proves nothing, and the finding says so and where audit logging is switched on', async () => {
  const { emulator, check } = open({ platform: { logging: false } });
  const { report, codes, credential, permission } = await check();
  expect(codes).toEqual(['platform_log_empty']);
  expect([credential?.authenticated, permission?.verdict]).toEqual(['ok', 'unknown']);
  const [finding] = report.findings;
  expect(finding).toMatchObject({ severity: 'warning', field: 'platformApiKey' });
  expect(finding?.message).toContain('proves nothing');
  expect(finding?.remedy).toContain('Data controls → Data retention → Audit logging');
  emulator.store.platform.enable();
  emulator.store.platform.append([{ type: 'project.created' }]);
  expect((await check()).permission?.verdict).toBe('ok');
});

test('a log that has only events of the tenant is not empty', async () => {
  const { emulator, check } = open({ world: 'empty', workspaces: [{}] });
  emulator.store.platform.append([{ type: 'tenant.user.added' }]);
  expect(await check()).toMatchObject({ codes: [], permission: { verdict: 'ok' } });
});

test.each([401, 403] as const)(
  'audit logging that is off and answered with %i is among what is named',
  async (loggingOff) => {
    const { check } = open({ platform: { logging: false, quirks: { loggingOff } } });
    const { report, codes, permission } = await check();
    expect(codes).toEqual([loggingOff === 401 ? 'platform_key_refused' : 'platform_log_not_allowed']);
    expect(permission?.verdict).toBe('failed');
    expect(report.findings[0]?.message).toContain('audit logging is off');
  },
);

test('a key without the scope is told which permission it lacks, and where an owner ticks it', async () => {
  const { emulator, check } = open();
  const platformApiKey = emulator.compliance.keys.create({ keyClass: 'platform_admin', scopes: [] });
  const { report, codes, credential } = await check({ platformApiKey });
  expect(codes).toEqual(['platform_scope_missing']);
  expect(credential?.authenticated).toBe('ok');
  expect(report.findings[0]).toMatchObject({ field: 'platformApiKey', severity: 'error' });
  expect(report.findings[0]?.message).toContain('api.audit_logs.read');
  expect(report.findings[0]?.remedy).toContain('platform.openai.com → Settings → Organization → Admin keys');
});

test.each([401, 403] as const)(
  'the Admin key of a workspace in its field is refused with %i, and named as what it may be',
  async (status) => {
    const { emulator, check } = open({ platform: { quirks: { otherKeyStatus: status } } });
    const { report, codes, permission } = await check({ platformApiKey: emulator.admin.apiKey });
    expect(codes).toEqual([status === 401 ? 'platform_key_refused' : 'platform_log_not_allowed']);
    expect(permission?.verdict).toBe('failed');
    expect(report.findings[0]?.evidence).toMatchObject({ status, route: '/organization/audit_logs' });
    expect(report.findings[0]?.message).toMatch(/Admin key of a workspace|key of another kind/);
    // The other feed is judged for itself.
    expect(report.permissions).toContainEqual(expect.objectContaining({ permission: 'read_logs', verdict: 'ok' }));
  },
);

test('a key that begins like that of a project is called that once it was refused', async () => {
  const { emulator, check } = open();
  const { codes, report } = await check({ platformApiKey: emulator.compliance.keys.create({ keyClass: 'project' }) });
  expect(codes).toEqual(['platform_key_of_project']);
  expect(report.findings[0]?.remedy).toContain('admin.openai.com');
});

test('two Admin keys that both are refused may have been exchanged; one that opens its service was not', async () => {
  const { emulator, check } = open();
  const [first = ''] = emulator.compliance.workspaceIds;
  const ofWorkspace = emulator.compliance.apiKeys[first] ?? '';
  const swapped = { complianceApiKey: emulator.platform.apiKey, workspaceIds: first, platformApiKey: ofWorkspace };
  const { report, codes } = await check(swapped);
  expect(codes).toEqual(['platform_keys_exchanged']);
  const all = report.findings.map(({ code }) => code);
  expect(all).toContain('admin_key_refused');
  expect(report.findings.find(({ code }) => code === 'platform_keys_exchanged')?.remedy).toMatch(
    /platform\.openai\.com → Settings → Organization → Admin keys.*API Platform key/,
  );
  const half = await check({ ...swapped, complianceApiKey: ofWorkspace, platformApiKey: emulator.admin.apiKey });
  expect(half.codes).toEqual(['platform_key_refused']);
});

test('events of the tenant that are to be read and may not be are told apart from those of the organization', async () => {
  const { emulator, check } = open();
  const when = ({ url }: { readonly url: URL }) => url.searchParams.has('tenant_only');
  emulator.faults.add(fault.status(403), { route, when });
  const { codes, permission } = await check({}, { auditLogs: { platform: { includeTenant: true } } });
  expect(codes).toEqual(['platform_tenant_not_readable']);
  expect(permission?.verdict).toBe('partial');
  expect(await check({}, { auditLogs: { platform: { includeTenant: true } } })).toMatchObject({ codes: [] });
});

const page = (more: object) => () => ({ object: 'list', data: [], ...more });

test.each([
  ['is answered by a gateway', () => fault.body('ok', () => ({ ok: true })), 'not_platform_api'],
  ['says neither that there is more nor that there is not', () => fault.body('page', page({})), 'not_platform_api'],
  ['asks for patience', () => fault.status(429, { retryAfter: 3_600 }), 'rate_limited'],
] as const)('the log of a tenant that %s was not seen, and the check says so', async (_what, make, code) => {
  const { emulator, check } = open();
  emulator.faults.add(make(), { route, when: ({ url }) => url.searchParams.has('tenant_only') });
  const { codes, permission, report } = await check(
    {},
    { auditLogs: { maxRetries: 0, platform: { includeTenant: true } } },
  );
  expect(codes).toEqual([code]);
  expect(permission?.verdict).toBe('partial');
  expect(report.verdict).not.toBe('ok');
});

test('the log of a tenant that never answers was not seen, nor one that may not be asked now', async () => {
  const clock = createTestClock();
  const emulator = createEmulator({ clock });
  const config = parseConnectionConfig(emulator.connectionConfig({ platformApiKey: emulator.platform.apiKey }), {
    require: ['compliance', 'platform'],
  });
  const checkWith = async (meanwhile: (isOfTenant: boolean, read: () => Promise<unknown>) => unknown) => {
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const { pathname, searchParams } = new URL(String(input));
      const isProbe = pathname.endsWith('/audit_logs') && searchParams.get('limit') === '1';
      if (isProbe) await meanwhile(searchParams.has('tenant_only'), read);
      return emulator.fetch(input, init);
    };
    const options = { maxRetries: 0, platform: { includeTenant: true } };
    await using connection = connect(config, { ...emulator.clientOptions, fetch, auditLogs: options });
    const read = () => connection.auditLogs.maxEventTime({ eventTypes: ['PLATFORM_AUDIT_LOG'] }).catch(() => {});
    const { findings, permissions } = await connection.check();
    const codes = findings.filter(({ service }) => service === 'platform').map(({ code }) => code);
    return [codes, permissions.find(({ permission }) => permission === 'read_platform_log')?.verdict];
  };
  const hanging = checkWith((isOfTenant) => {
    if (!isOfTenant) return;
    clock.advance(20_000);
    return new Promise(() => {});
  });
  expect(await hanging).toEqual([['no_answer_in_time'], 'partial']);
  const heldBack = checkWith((isOfTenant, read) => {
    if (isOfTenant) return;
    emulator.faults.add(fault.status(429, { retryAfter: 3_600 }), {
      route,
      when: ({ url }) => url.searchParams.get('limit') === '100',
    });
    return read();
  });
  expect(await heldBack).toEqual([['asked_to_wait'], 'partial']);
});

test.each([
  ['a server that failed', () => fault.status(503), 'server_error', 'unknown'],
  ['a limit', () => fault.status(429), 'rate_limited', 'unknown'],
  ['a sign-in page', () => fault.html(403), 'web_page_answered', 'failed'],
  ['another list', () => fault.body('users', () => ({ data: [{ id: 'user-1' }] })), 'not_platform_api', 'failed'],
  ['a page without an end', () => fault.body('page', page({ has_more: undefined })), 'not_platform_api', 'failed'],
  ['no such route', () => fault.status(404), 'not_platform_api', 'failed'],
] as const)('%s is told as such, at the address where it was seen', async (_what, make, code, verdict) => {
  const { emulator, check } = open();
  emulator.faults.add(make(), { route });
  const { report, codes, permission } = await check({}, { auditLogs: { maxRetries: 0 } });
  expect(codes).toEqual([code]);
  expect(permission?.verdict).toBe(verdict);
  if (code === 'not_platform_api') expect(report.findings[0]?.field).toBe('platformBaseUrl');
});

test('the host is asked that is read, and the key is shown to no other', async () => {
  const emulator = createEmulator({ clock: createTestClock({ skipsWaits: true }) });
  const form = emulator.connectionConfig({ platformApiKey: emulator.platform.apiKey, platformBaseUrl: undefined });
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { host, pathname, search } = new URL(String(input));
    if (!pathname.endsWith('/organization/audit_logs')) return emulator.fetch(input, init);
    asked.push(host);
    if (host !== 'eu.api.openai.com') return Response.json({ error: { message: 'wrong region' } }, { status: 401 });
    return emulator.fetch(`${emulator.platform.baseUrl}/organization/audit_logs${search}`, init);
  };
  const platform: { dataResidency: 'eu' | 'us' } = { dataResidency: 'eu' };
  await using connection = connect(parseConnectionConfig(form, { require: ['compliance', 'platform'] }), {
    ...emulator.clientOptions,
    fetch,
    auditLogs: { platform },
  });
  // What the caller does with it later is another matter.
  platform.dataResidency = 'us';
  const { permissions, findings } = await connection.check();
  expect(findings.filter(({ service }) => service === 'platform')).toEqual([]);
  expect(permissions).toContainEqual(expect.objectContaining({ permission: 'read_platform_log', verdict: 'ok' }));
  await connection.auditLogs.maxEventTime({ eventTypes: ['PLATFORM_AUDIT_LOG'] });
  expect(asked).toEqual(['eu.api.openai.com', 'eu.api.openai.com']);
});

test('a connection with the key and a directory alone checks both', async () => {
  const { check } = open();
  const { report, permission } = await check({
    complianceApiKey: undefined,
    workspaceIds: '',
    complianceBaseUrl: undefined,
  } as never);
  expect(report.credentials.map(({ credential }) => credential)).toEqual(['scim_token', 'platform_api_key']);
  expect(permission?.verdict).toBe('ok');
});

test('a form with the key of the API Platform alone is checked, and read, as it is', async () => {
  const { emulator } = open();
  const { platformApiKey, platformOrganizationId, platformBaseUrl } = emulator.connectionConfig({
    platformApiKey: emulator.platform.apiKey,
  });
  const form = { platformApiKey, platformOrganizationId, platformBaseUrl };
  await using connection = connect(parseConnectionConfig(form, { require: ['platform'] }), emulator.clientOptions);
  const report = await connection.check();
  expect(report).toMatchObject({ verdict: 'ok', findings: [], workspaces: [] });
  expect(report.credentials.map(({ credential }) => credential)).toEqual(['platform_api_key']);
  let count = 0;
  for await (const _ of connection.auditLogs.events({ eventTypes: ['PLATFORM_AUDIT_LOG'] })) count += 1;
  expect(count).toBe(59);
});

test('the box of the form reads the tenant too, and what the program says of it wins', async () => {
  const { emulator, check } = open();
  const asked = async (...given: Parameters<typeof check>) => {
    emulator.requests.clear();
    await check(...given);
    return emulator.requests.count(route);
  };
  expect(await asked({ platformIncludeTenant: true })).toBe(2);
  expect(await asked({ platformIncludeTenant: true }, { auditLogs: { platform: { includeTenant: false } } })).toBe(1);
  const config = parseConnectionConfig(
    emulator.connectionConfig({ platformApiKey: emulator.platform.apiKey, platformIncludeTenant: true }),
    { require: ['platform'] },
  );
  await using connection = connect(config, emulator.clientOptions);
  let count = 0;
  for await (const _ of connection.auditLogs.events({ eventTypes: ['PLATFORM_TENANT_LOG'] })) count += 1;
  expect(count).toBe(90);
});

test('where the log has asked the client for patience, the check waits with it', async () => {
  const { emulator } = open();
  const config = parseConnectionConfig(emulator.connectionConfig({ platformApiKey: emulator.platform.apiKey }), {
    require: ['compliance', 'platform'],
  });
  await using connection = connect(config, { ...emulator.clientOptions, maxRetries: 0 });
  emulator.faults.add(fault.status(429, { retryAfter: 3_600 }), { route });
  await expect(connection.auditLogs.maxEventTime({ eventTypes: ['PLATFORM_AUDIT_LOG'] })).rejects.toMatchObject({
    status: 429,
  });
  const { findings } = await connection.check();
  expect(findings.filter(({ service }) => service === 'platform').map(({ code }) => code)).toEqual(['asked_to_wait']);
  expect(emulator.requests.count(route)).toBe(1);
});

test('both feeds are read by one client, and what is no workspace is none to the rest of the connection', async () => {
  const { emulator } = open();
  const config = parseConnectionConfig(emulator.connectionConfig({ platformApiKey: emulator.platform.apiKey }), {
    require: ['compliance', 'platform'],
  });
  const options = { auditLogs: { platform: { includeTenant: true } } };
  await using connection = connect(config, { ...emulator.clientOptions, ...options });
  expect(connection.auditLogs.principals.at(-1)).toEqual({
    type: 'platform',
    id: emulator.compliance.organizationId,
  });
  const types = new Set<string>();
  for await (const event of connection.auditLogs.events({
    eventTypes: ['PLATFORM_AUDIT_LOG', 'PLATFORM_TENANT_LOG'],
  })) {
    types.add(String(event.type));
  }
  expect(types.size).toBe(149);
  const people = [];
  for await (const { email } of connection.roster()) people.push(email);
  expect(people.length).toBeGreaterThan(0);
});
