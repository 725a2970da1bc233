import { describe, expect, it } from 'vitest';
import { formatCheckReport } from '../../../src/connection/check/format.js';
import type { CheckReport } from '../../../src/connection/check/report.js';
import { connect } from '../../../src/connection/connect.js';
import type { ConnectOptions } from '../../../src/connection/connect-options.js';
import type { EmulatorConnectionConfig } from '../../../src/testing/emulator.js';
import { createEmulator, createTestClock, type Fault, fault } from '../../../src/testing/index.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { fetchFailed } from '../../support/scripted-fetch.js';

type Emulator = ReturnType<typeof createEmulator>;

/** Opens the emulator's connection, changed as the test says, without the look at the form that would refuse it. */
function open(emulator: Emulator, changes: Partial<EmulatorConnectionConfig> = {}, options: ConnectOptions = {}) {
  return connect({ ...emulator.connectionConfig(), ...changes } as never, { fetch: emulator.fetch, ...options });
}

function codes({ findings }: CheckReport): string[] {
  return findings.map(({ code, service }) => (service === undefined ? code : `${service} ${code}`));
}

function permissions(report: CheckReport): Record<string, string> {
  return Object.fromEntries(report.permissions.map(({ permission, verdict }) => [permission, verdict]));
}

const notFound = (() => Promise.resolve(new Response(null, { status: 404 }))) as typeof fetch;

const never: typeof fetch = (_url, init) =>
  new Promise((_, reject) => {
    const { signal } = init ?? {};
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

describe('the field of the form', () => {
  it('is the address of the service, for whatever answers there in the place of the service', async () => {
    await using emulator = createEmulator();
    const page = new Response('<!doctype html><h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } });
    const fieldsOf = async (fetch: typeof globalThis.fetch, deadlineMs?: number) =>
      (await open(emulator, {}, { fetch }).check({}, { deadlineMs })).findings.map(({ code, field }) => [code, field]);
    for (const [answer, code, deadlineMs] of [
      [async () => page.clone(), 'web_page_answered'],
      [async () => Promise.reject(fetchFailed('ENOTFOUND')), 'dns_failed'],
      [never, 'no_answer_in_time', 50],
    ] as const) {
      expect(await fieldsOf(answer, deadlineMs)).toEqual([
        [code, 'scimBaseUrl'],
        [code, 'complianceBaseUrl'],
      ]);
    }
  });
});

describe('a connection that is right', () => {
  it('is reported with a verdict for each secret, each permission and each workspace', async () => {
    await using emulator = createEmulator();
    const report = await open(emulator, { provisioning: true }).check();
    expect(report).toMatchObject({
      verdict: 'ok',
      credentials: [
        { credential: 'scim_token', looksLike: 'scim_token', reachable: 'ok', authenticated: 'ok' },
        { credential: 'compliance_api_key', looksLike: 'project_key', reachable: 'ok', authenticated: 'ok' },
      ],
      findings: [],
    });
    expect(permissions(report)).toEqual({
      read_users: 'ok',
      read_groups: 'ok',
      provisioning: 'unknown',
      deprovisioning: 'off',
      read_logs: 'ok',
      read_members: 'ok',
    });
    expect(report.workspaces.map(({ principal, known, members }) => [principal.id, known, members])).toEqual(
      emulator.compliance.workspaceIds.map((id) => [id, 'ok', 'ok']),
    );
    for (const { logs } of report.workspaces) {
      expect(logs.map(({ eventType, verdict }) => [eventType, verdict])).toEqual([
        ['AUTH_LOG', 'ok'],
        ['AUDIT_LOG', 'ok'],
        ['CONVERSATION_MESSAGE', 'ok'],
      ]);
      for (const { newestEventAt, lagMs } of logs) {
        expect(Date.parse(newestEventAt ?? '')).toBeGreaterThan(0);
        expect(lagMs).toBeGreaterThan(0);
      }
    }
  });

  it('is plain data, which survives JSON', async () => {
    await using emulator = createEmulator();
    const report = await open(emulator, {
      complianceApiKey: emulator.compliance.keys.create({ keyClass: 'project' }),
    }).check();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('is checked by reading alone', async () => {
    await using emulator = createEmulator();
    await open(emulator, { provisioning: true, deprovisioning: true }).check();
    expect(new Set(emulator.requests.list().map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('is asked for the event types that the caller names, each where it can be', async () => {
    await using emulator = createEmulator();
    const { compliance } = emulator;
    const config = { ...emulator.connectionConfig(), organizationId: compliance.organizationId };
    const report = await open(emulator, config).check({ eventTypes: ['COSTS', 'APP_LOG', 'AUTH_LOG'] });
    expect(
      report.workspaces.map(({ principal, logs }) => [principal.type, logs.map(({ eventType }) => eventType)]),
    ).toEqual([
      ['workspace', ['APP_LOG', 'AUTH_LOG']],
      ['workspace', ['APP_LOG', 'AUTH_LOG']],
      ['organization', ['COSTS', 'APP_LOG']],
    ]);
  });

  it('has half a report where it has half a form', async () => {
    await using emulator = createEmulator();
    const { scimBaseUrl, scimToken, ...compliance } = emulator.connectionConfig();
    const logsOnly = await connect(compliance as never, { fetch: emulator.fetch }).check();
    expect(logsOnly.credentials.map(({ credential }) => credential)).toEqual(['compliance_api_key']);
    const peopleOnly = await connect({ scimBaseUrl, scimToken } as never, { fetch: emulator.fetch }).check();
    expect(peopleOnly.workspaces).toEqual([]);
    expect(peopleOnly.verdict).toBe('ok');
  });
});

describe('the SCIM half', () => {
  it('says that a token was refused, and checks the rest all the same', async () => {
    await using emulator = createEmulator();
    const report = await open(emulator, { scimToken: 'se_0123456789abcdef0123456789' }).check();
    expect(codes(report)).toEqual(['scim scim_token_refused']);
    expect(report.verdict).toBe('failed');
    expect(report.findings[0]).toMatchObject({ field: 'scimToken', evidence: { status: 401, route: '/Users' } });
    expect(report.credentials).toMatchObject([
      { reachable: 'ok', authenticated: 'failed' },
      { reachable: 'ok', authenticated: 'ok' },
    ]);
    expect(report.workspaces.map(({ known }) => known)).toEqual(['ok', 'ok']);
  });

  it('tells a token that was made anew from one that was cut', async () => {
    await using emulator = createEmulator();
    const { token } = emulator.scim;
    expect(codes(await open(emulator, { scimToken: token.slice(0, 12) }).check())).toEqual(['scim scim_token_cut']);
    const connection = open(emulator);
    emulator.scim.revokeToken(token);
    expect(codes(await connection.check())).toEqual(['scim scim_token_refused']);
  });

  it.each([
    ['/Users', 'resource_url'],
    ['/Groups/42', 'resource_url'],
  ])('says that the URL goes on to %s', async (ending, code) => {
    await using emulator = createEmulator();
    const scimBaseUrl = `${emulator.scim.baseUrl}${ending}`;
    const report = await open(emulator, { scimBaseUrl }, { scim: { fetch: notFound } }).check();
    expect(codes(report)).toContain(`scim ${code}`);
    expect(report.findings[0]?.field).toBe('scimBaseUrl');
  });

  it('tells a URL without the key of the directory from one of no directory', async () => {
    await using emulator = createEmulator();
    const foundAt = async (path: string) => {
      const scimBaseUrl = `https://scim.example${path}`;
      return codes(await open(emulator, { scimBaseUrl }, { scim: { fetch: notFound } }).check());
    };
    expect(await foundAt('/scim/v2.0')).toEqual(['scim directory_key_missing']);
    expect(await foundAt('/scim/v2.0/OtherKey12345678')).toEqual(['scim directory_unknown']);
  });

  it('says that something else than SCIM answers', async () => {
    await using emulator = createEmulator();
    const other = fault.body('another service', () => ({ hello: 'world' }));
    emulator.faults.add(other, { service: 'scim', times: 2 });
    expect(codes(await open(emulator).check())).toEqual(['scim not_scim']);
  });

  it('says that a token belongs elsewhere, and that groups cannot be read', async () => {
    await using emulator = createEmulator();
    emulator.faults.add(fault.status(403), { route: ['GET /Users', 'GET /Groups'], times: 2 });
    expect(codes(await open(emulator).check())).toEqual(['scim scim_forbidden']);
    emulator.faults.add(fault.status(501), { route: 'GET /Groups' });
    const report = await open(emulator).check();
    expect(codes(report)).toEqual(['scim groups_not_readable']);
    expect(report.verdict).toBe('warning');
    expect(permissions(report)).toMatchObject({ read_users: 'ok', read_groups: 'failed' });
  });
});

describe('a success that is not what was asked for', () => {
  const bodies = [
    '{"detail":"Unauthorized"}',
    '{"message":"Endpoint request timed out"}',
    '{}',
    '[]',
    'null',
    '"ok"',
    '42',
    '{"data":null,"Resources":null}',
    '{"data":[{"name":"x"}],"Resources":[{"userName":"x"}]}',
    '{"data":["x"],"Resources":["x"]}',
    '{"data":[{"id":""}],"Resources":[{"id":""}]}',
  ];

  it.each(bodies)('shows no permission at work, and is said with what to do: %s', async (body) => {
    await using emulator = createEmulator();
    const fetch = async () => new Response(body, { headers: { 'content-type': 'application/json' } });
    const report = await open(emulator, { provisioning: true }, { fetch }).check({ probeUser: 'x@north.example' });
    expect(report.verdict).toBe('failed');
    expect(Object.values(permissions(report))).not.toContain('ok');
    expect(report.credentials.map(({ authenticated }) => authenticated)).not.toContain('ok');
    expect(codes(report)).toEqual(expect.arrayContaining(['scim not_scim', 'compliance not_compliance_api']));
    for (const { code, remedy, field, evidence } of report.findings) {
      if (code !== 'not_scim' && code !== 'not_compliance_api') continue;
      expect(remedy).toMatch(/proxy/);
      expect(field).toBe(code === 'not_scim' ? 'scimBaseUrl' : 'complianceBaseUrl');
      expect(evidence).toMatchObject({ method: 'GET', status: 200 });
    }
    expect(formatCheckReport(report)).not.toContain('Everything');
  });

  it('spoils only what it answers', async () => {
    await using emulator = createEmulator();
    emulator.faults.add(
      fault.body('a stub', () => ({ data: [{}] })),
      { route: 'GET /compliance/users' },
    );
    const report = await open(emulator).check();
    expect(permissions(report)).toMatchObject({ read_users: 'ok', read_groups: 'ok', read_logs: 'ok' });
    expect(codes(report)).toEqual(['compliance not_compliance_api']);
  });
});

describe('writing, tried on a named user', () => {
  const userName = 'mira.sol@northwind.example';

  it('replaces a value by itself, and changes nothing', async () => {
    await using emulator = createEmulator();
    const before = emulator.store.users.list().map(({ meta: _, ...user }) => user);
    const report = await open(emulator, { provisioning: true, deprovisioning: true }).check({ probeUser: userName });
    // Nobody is switched off to see whether that works.
    expect(permissions(report)).toMatchObject({ provisioning: 'ok', deprovisioning: 'unknown' });
    expect(codes(report)).toEqual([]);
    expect(
      emulator.requests
        .list()
        .filter(({ method }) => method !== 'GET')
        .map(({ route }) => route),
    ).toEqual(['PATCH /Users/{id}']);
    expect(emulator.store.users.list().map(({ meta: _, ...user }) => user)).toEqual(before);
  });

  it('is not done without Provisioning, whoever is named', async () => {
    await using emulator = createEmulator();
    const report = await open(emulator, { deprovisioning: true }).check({ probeUser: userName });
    expect(codes(report)).toEqual(['scim probe_not_allowed']);
    expect(report.verdict).toBe('ok');
    expect(emulator.requests.list().every(({ method }) => method === 'GET')).toBe(true);
  });

  it.each(['nobody@northwind.example', ''])('never makes a user who is not there: %j', async (probeUser) => {
    await using emulator = createEmulator();
    const report = await open(emulator, { provisioning: true }).check({ probeUser });
    expect(codes(report)).toEqual(['scim probe_user_not_found']);
    expect(JSON.stringify(report)).not.toContain('nobody@');
    expect(emulator.requests.list().every(({ method }) => method === 'GET')).toBe(true);
  });

  it.each<[string, Response | Error]>([
    ['accepted and not done', new Response(null, { status: 202 })],
    ['lost', new TypeError('fetch failed')],
    ['answered 500', new Response('{}', { status: 500 })],
    ['answered 429', new Response('{}', { status: 429 })],
    ['without a route for it', new Response('{}', { status: 501 })],
    ['without a method for it', new Response('{}', { status: 405 })],
    ['answered with a web page', new Response('<html>', { status: 200, headers: { 'content-type': 'text/html' } })],
    ['answered 200 with an error', new Response('{"success":false}', { status: 200 })],
    ['answered with words', new Response('"maintenance"', { status: 200 })],
    ['answered with nothing but braces', new Response('{}', { status: 200 })],
    ['answered with the data of nobody', new Response('{"ok":true,"userName":"x"}', { status: 200 })],
    ['answered with a list', new Response('[]', { status: 200 })],
    ['answered with null', new Response('null', { status: 200 })],
    ['answered with another user', new Response('{"id":"another","userName":"x"}', { status: 200 })],
  ])('that is %s is not said to work', async (_, answer) => {
    await using emulator = createEmulator();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const isWrite = ['PATCH', 'PUT'].includes(init?.method ?? (input instanceof Request ? input.method : ''));
      if (!isWrite) return emulator.fetch(input, init);
      if (answer instanceof Error) throw answer;
      return answer.clone();
    };
    const config = { provisioning: true, deprovisioning: true };
    const report = await open(emulator, config, { fetch }).check({ probeUser: userName });
    expect(codes(report)).toEqual(['scim write_unproven']);
    expect(report.verdict).toBe('warning');
    expect(permissions(report)).toMatchObject({ provisioning: 'unknown', deprovisioning: 'unknown' });
    expect(formatCheckReport(report)).not.toContain('Everything');
  });

  it.each([204, 200])('that is answered %i without a body is said to work', async (status) => {
    await using emulator = createEmulator();
    const fetch: typeof globalThis.fetch = async (input, init) =>
      init?.method === 'PATCH' || (input instanceof Request && input.method === 'PATCH')
        ? new Response(null, { status })
        : emulator.fetch(input, init);
    const report = await open(emulator, { provisioning: true }, { fetch }).check({ probeUser: userName });
    expect(permissions(report)).toMatchObject({ provisioning: 'ok' });
  });

  it('reports a refusal', async () => {
    await using emulator = createEmulator();
    emulator.faults.add(fault.status(403), { route: 'PATCH /Users/{id}' });
    const report = await open(emulator, { provisioning: true }).check({ probeUser: userName });
    expect(codes(report)).toEqual(['scim write_refused']);
    expect(permissions(report)).toMatchObject({ provisioning: 'failed' });
  });
});

describe('the compliance half', () => {
  const keyOf = (emulator: Emulator, ...key: Parameters<Emulator['compliance']['keys']['create']>) =>
    emulator.compliance.keys.create(...key);

  it.each([
    ['project', 'project_key_refused'],
    ['platform_admin', 'admin_key_refused'],
  ] as const)('tells a key of the class %s by its shape and the refusal', async (keyClass, code) => {
    await using emulator = createEmulator();
    const report = await open(emulator, { complianceApiKey: keyOf(emulator, { keyClass }) }).check();
    expect(codes(report)).toEqual([`compliance ${code}`]);
    expect(report.findings[0]).toMatchObject({ field: 'complianceApiKey', evidence: { status: 401 } });
    expect(report.credentials[1]).toMatchObject({ reachable: 'ok', authenticated: 'failed' });
  });

  it('says of any other key that it was refused', async () => {
    await using emulator = createEmulator();
    expect(codes(await open(emulator, { complianceApiKey: 'key-0123456789' }).check())).toEqual([
      'compliance compliance_key_refused',
    ]);
  });

  it('tells a key that OpenAI has not enabled yet from one that lacks the scope', async () => {
    await using emulator = createEmulator();
    const legacy = keyOf(emulator, { keyClass: 'legacy_compliance', scopes: [] });
    expect(codes(await open(emulator, { complianceApiKey: legacy }).check())).toEqual([
      'compliance log_scope_missing',
      'compliance member_scope_missing',
    ]);
    const notEnabled = keyOf(emulator, { keyClass: 'legacy_compliance', enabled: false });
    expect(codes(await open(emulator, { complianceApiKey: notEnabled }).check())).toEqual([
      'compliance compliance_key_not_enabled',
    ]);
    const admin = keyOf(emulator, { keyClass: 'workspace_admin', scopes: [] });
    const [workspaceIds = ''] = emulator.compliance.workspaceIds;
    const report = await open(emulator, { complianceApiKey: admin, workspaceIds }).check();
    expect(codes(report)).toEqual([
      'compliance log_scope_missing',
      'compliance owner_key_needed',
      'compliance member_scope_missing',
      'admin admin_permission_missing',
    ]);
    // The service names what is missing: it has looked at the key.
    expect(report.credentials[1]).toMatchObject({ authenticated: 'ok' });
    expect(report.workspaces[0]).toMatchObject({ known: 'ok', opened: 'failed' });
  });

  it('names the event types that a scope is missing for', async () => {
    await using emulator = createEmulator();
    const scopes = ['chatgpt.enterprise.compliance_logs_platform.auth_log.read'];
    const report = await open(emulator, {
      complianceApiKey: keyOf(emulator, { keyClass: 'legacy_compliance', scopes }),
    }).check();
    const ids = emulator.compliance.workspaceIds;
    expect(codes(report)).toEqual(['compliance log_scope_missing', 'compliance member_scope_missing']);
    expect(report.findings[0]).toMatchObject({
      eventTypes: ['AUDIT_LOG', 'CONVERSATION_MESSAGE'],
      message: `The key of ${ids.join(', ')} may not read these event types: AUDIT_LOG, CONVERSATION_MESSAGE.`,
      principals: ids.map((id) => ({ type: 'workspace', id })),
      remedy: expect.stringMatching(/^An older key \(platform.*gets its permissions from OpenAI support\./),
    });
    expect(formatCheckReport(report).match(/CONVERSATION_MESSAGE\b.*log_scope_missing/g)).toHaveLength(1);
    expect(permissions(report)).toMatchObject({ read_logs: 'partial', read_members: 'failed' });
    expect(formatCheckReport(report)).toContain('\n  ~ read logs: in part (see below)\n');
    expect(report.workspaces[0]?.logs.map(({ verdict }) => verdict)).toEqual(['ok', 'failed', 'failed']);
  });

  it('warns only, where logs can be read and people cannot', async () => {
    await using emulator = createEmulator();
    const scopes = ['chatgpt.enterprise.compliance_logs_platform.read'];
    const report = await open(emulator, {
      complianceApiKey: keyOf(emulator, { keyClass: 'legacy_compliance', scopes }),
    }).check();
    expect(codes(report)).toEqual(['compliance member_scope_missing']);
    expect(report.verdict).toBe('warning');
  });

  it('says that this address is not on the allowlist, where the server says so', async () => {
    await using emulator = createEmulator();
    const body = { error: { message: 'Your IP address is not allowed.' } };
    emulator.faults.add(fault.status(403, { body }), { service: 'compliance', times: Number.POSITIVE_INFINITY });
    expect(codes(await open(emulator).check())).toEqual(['compliance ip_not_allowed']);
  });

  it('names the workspace that is not known, and the one that the key was not made for', async () => {
    await using emulator = createEmulator();
    const [first = '', second = ''] = emulator.compliance.workspaceIds;
    const gone = '00000000-0000-4000-8000-000000000000';
    const apiKey = keyOf(emulator, { keyClass: 'legacy_compliance', principalIds: [first] });
    const report = await open(emulator, {
      complianceApiKey: apiKey,
      workspaceIds: `${first},${second},${gone}`,
    }).check();
    expect(codes(report).sort()).toEqual(['compliance key_not_of_this_workspace', 'compliance workspace_unknown']);
    const byCode = Object.fromEntries(report.findings.map((finding) => [finding.code, finding]));
    expect(byCode.key_not_of_this_workspace?.principals).toEqual([{ type: 'workspace', id: second }]);
    expect(byCode.workspace_unknown?.principals).toEqual([{ type: 'workspace', id: gone }]);
    expect(byCode.workspace_unknown?.message).toContain(gone);
    expect(byCode.key_not_of_this_workspace?.message).toContain(second);
    expect(report.workspaces.map(({ known }) => known)).toEqual(['ok', 'failed', 'failed']);
    expect(permissions(report)).toMatchObject({ read_logs: 'partial', read_members: 'partial' });
  });

  it('infers another organization from the workspaces that can be read, where the server gives no reason', async () => {
    await using emulator = createEmulator();
    const [, second = ''] = emulator.compliance.workspaceIds;
    emulator.faults.add(fault.status(403, { body: {} }), {
      service: 'compliance',
      when: ({ url }) => url.pathname.includes(second),
      times: Number.POSITIVE_INFINITY,
    });
    expect(codes(await open(emulator).check())).toEqual(['compliance workspace_of_another_organization']);
  });

  it('takes no workspace at all for a plan without the API, or for wrong ids', async () => {
    await using emulator = createEmulator();
    const unknown = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
    expect(codes(await open(emulator, { workspaceIds: unknown('1') }).check())).toEqual([
      'compliance workspace_unknown',
    ]);
    expect(codes(await open(emulator, { workspaceIds: `${unknown('1')},${unknown('2')}` }).check())).toEqual([
      'compliance no_workspace_known',
    ]);
  });

  it('names an event type that the service does not have', async () => {
    await using emulator = createEmulator();
    const report = await open(emulator).check({ eventTypes: ['AUTH_LOG', 'LOGIN_LOG'] });
    expect(codes(report)).toEqual(['compliance event_type_refused']);
    expect(report.findings[0]).toMatchObject({ eventTypes: ['LOGIN_LOG'], evidence: { status: 400 } });
  });

  it('says that there are no events yet', async () => {
    await using emulator = createEmulator({ world: 'empty' });
    const id = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
    emulator.store.workspaces.add({ id, name: 'New', organizationId: emulator.compliance.organizationId });
    emulator.store.workspaces.setUsers(id, [{ id: 'user-maker', status: 'active' }] as never);
    const report = await open(emulator, { workspaceIds: id }).check();
    expect(codes(report)).toEqual(['compliance no_events_yet']);
    expect(report.verdict).toBe('ok');
    expect(report.workspaces[0]?.logs[0]?.newestEventAt).toBeNull();
  });

  it('does without the newest events where the service does not tell them', async () => {
    await using emulator = createEmulator();
    emulator.faults.add(fault.status(404), { route: 'GET /compliance/max_event_time', times: 6 });
    const report = await open(emulator).check();
    expect(report.verdict).toBe('ok');
    expect(report.workspaces[0]?.logs[0]).toEqual({ eventType: 'AUTH_LOG', verdict: 'ok' });
  });
});

describe('the two secrets', () => {
  it('are told to be swapped, and neither is sent to the other service', async () => {
    await using emulator = createEmulator();
    const { scimToken, complianceApiKey } = emulator.connectionConfig();
    const report = await open(emulator, { scimToken: complianceApiKey, complianceApiKey: scimToken }).check();
    expect(new Set(report.findings.map(({ code }) => code))).toEqual(new Set(['secrets_swapped']));
    expect(report.findings.map(({ field }) => field).sort()).toEqual(['complianceApiKey', 'scimToken']);
    expect(emulator.requests.total).toBe(0);
    expect(report.credentials.map(({ authenticated }) => authenticated)).toEqual(['failed', 'failed']);
  });

  it.each([
    ['scimToken', 'sk-admin-0123456789', 'scim compliance_key_in_scim_field', 'scim'],
    ['complianceApiKey', 'se_0123456789abcdef', 'compliance scim_token_in_compliance_field', 'compliance'],
  ] as const)('are told apart in the field %s', async (field, secret, code, service) => {
    await using emulator = createEmulator();
    const report = await open(emulator, { [field]: secret }).check();
    expect(codes(report)).toEqual([code]);
    expect(emulator.requests.list().some((request) => request.service === service)).toBe(false);
  });
});

describe('what stands in the way', () => {
  const failing = (code: string) => (() => Promise.reject(fetchFailed(code))) as typeof fetch;

  it.each([
    ['ENOTFOUND', 'dns_failed'],
    ['EAI_AGAIN', 'dns_failed'],
    ['ECONNREFUSED', 'connection_refused'],
    ['ECONNRESET', 'network_failed'],
    ['CERT_HAS_EXPIRED', 'tls_failed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed'],
  ])('is told for %s', async (reason, code) => {
    await using emulator = createEmulator();
    const report = await open(emulator, {}, { fetch: failing(reason) }).check();
    expect(codes(report)).toEqual([`scim ${code}`, `compliance ${code}`]);
    expect(report.findings[0]?.evidence.reason).toBe(reason);
    expect(report.credentials.map(({ reachable }) => reachable)).toEqual(['failed', 'failed']);
  });

  it('is told for one service while the other is fine', async () => {
    await using emulator = createEmulator();
    const report = await open(emulator, {}, { scim: { fetch: failing('ENOTFOUND') } }).check();
    expect(codes(report)).toEqual(['scim dns_failed']);
    expect(report.credentials.map(({ reachable }) => reachable)).toEqual(['failed', 'ok']);
  });

  it('is a web page: of a captive portal, of a firewall, of the page for people', async () => {
    await using emulator = createEmulator();
    for (const status of [200, 403, 404]) {
      emulator.faults.add(fault.html(status), { service: 'scim', times: 2 });
      expect(codes(await open(emulator).check())).toEqual(['scim web_page_answered']);
    }
  });

  it('is an error in JSON that was sent as a success, told by the status in it', async () => {
    await using emulator = createEmulator();
    for (const [body, code] of [
      ['{"error":{"message":"busy"},"status":503}', 'server_error'],
      ['{"code":429}', 'rate_limited'],
      ['{"success":false}', 'unexpected_answer'],
    ] as const) {
      const fetch = async () => new Response(body, { headers: { 'content-type': 'application/json' } });
      const report = await open(emulator, {}, { scim: { fetch } }).check();
      expect(codes(report)).toEqual([`scim ${code}`]);
    }
  });

  it('is a redirect, which is not followed with the secret', async () => {
    await using emulator = createEmulator();
    emulator.faults.add(fault.redirect('https://login.wifi.example/'), { service: 'scim', times: 2 });
    const report = await open(emulator).check();
    expect(codes(report)).toEqual(['scim redirected']);
    expect(JSON.stringify(report)).not.toContain('wifi');
  });

  it.each([
    [407, 'proxy_refused'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [503, 'server_error'],
  ])('is told for the status %d', async (status, code) => {
    await using emulator = createEmulator();
    emulator.faults.add(fault.status(status, { headers: { 'x-request-id': 'req-7' } }), { service: 'scim', times: 2 });
    const report = await open(emulator).check();
    expect(codes(report)).toEqual([`scim ${code}`]);
    expect(report.verdict).toBe('failed');
    expect(report.findings[0]?.evidence.requestId).toBe('req-7');
  });

  it('is no connection that works where nothing, or nothing of one service, could be checked', async () => {
    await using emulator = createEmulator();
    const headline = async (options: ConnectOptions) => {
      const report = await open(emulator, { provisioning: true }, options).check({ probeUser: 'ada@north.example' });
      return [report.verdict, formatCheckReport(report).split(' (')[0], ...codes(report)];
    };
    const down = async () => new Response(null, { status: 503 });
    expect(await headline({ fetch: down })).toEqual([
      'failed',
      'Could not be checked',
      'scim server_error',
      'compliance server_error',
    ]);
    expect(await headline({ auditLogs: { fetch: down } })).toEqual([
      'failed',
      'Could not be checked in full',
      'compliance server_error',
      'scim probe_user_not_found',
    ]);
    expect(await headline({ fetch: failing('ENOTFOUND') })).toContain('Does not work: something needs attention');
  });

  it.each([
    [{}, {}],
    [{ provisioning: true, deprovisioning: true }, { probeUser: 'ada@north.example' }],
    [{ organizationId: 'org-AbCdEfGhIjKlMnOpQrStUvWx' }, { eventTypes: 'all' }],
  ] as const)('fails the check where both services answer 503: %j %j', async (changes, query) => {
    await using emulator = createEmulator();
    emulator.faults.add(fault.status(503), { times: Number.POSITIVE_INFINITY });
    const report = await open(emulator, changes).check(query);
    expect([report.verdict, ...codes(report)]).toEqual(['failed', 'scim server_error', 'compliance server_error']);
    expect(report.findings.map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  it('is a warning where only some of a service could not be checked', async () => {
    await using emulator = createEmulator();
    emulator.faults.add(fault.status(503), { route: 'GET /Groups' });
    const report = await open(emulator).check();
    expect(codes(report)).toEqual(['scim server_error']);
    expect(report.verdict).toBe('warning');
  });

  it('is forgiven where the connection broke once only', async () => {
    await using emulator = createEmulator();
    emulator.faults.add(fault.cut('before_commit'), { route: 'GET /Users' });
    expect((await open(emulator).check()).findings).toEqual([]);
  });

  it('is a slow server: late answers are said to be late, and missing ones do not hold up the report', async () => {
    const clock = createFakeClock(Date.now());
    await using emulator = createEmulator({ clock });
    emulator.faults.add(fault.latency(6_000), { route: 'GET /Users' });
    emulator.faults.add(fault.latency(60_000), { route: 'GET /Groups' });
    const checking = open(emulator, {}, { clock }).check({}, { deadlineMs: 20_000 });
    await clock.advance(20_000);
    const report = await checking;
    expect(codes(report)).toEqual(['scim no_answer_in_time', 'scim server_slow']);
    expect(report.durationMs).toBe(20_000);
    expect(permissions(report)).toMatchObject({ read_users: 'ok', read_groups: 'unknown', read_logs: 'ok' });
  });

  it('is a clock that is wrong, by the date in the answers', async () => {
    await using emulator = createEmulator();
    const ahead = new Date(Date.now() + 600_000).toUTCString();
    emulator.faults.add(fault.header('date', ahead), { service: 'scim', times: 2 });
    const report = await open(emulator).check();
    expect(codes(report)).toEqual(['scim clock_skew']);
    expect(report.findings[0]?.evidence.skewMs).toBeGreaterThan(590_000);
    expect(report.verdict).toBe('warning');
  });

  it('is told also where the answer is no', async () => {
    await using emulator = createEmulator();
    const behind = new Date(Date.now() - 600_000).toUTCString();
    emulator.faults.add(fault.status(401, { headers: { date: behind } }), { service: 'scim', times: 2 });
    const report = await open(emulator).check();
    expect(codes(report)).toEqual(['scim scim_token_refused', 'scim clock_skew']);
    expect(report.findings[1]?.evidence.skewMs).toBeLessThan(-590_000);
  });
});

describe('a check', () => {
  it('asks everything side by side', async () => {
    const clock = createFakeClock(Date.now());
    await using emulator = createEmulator({ clock });
    emulator.faults.add(fault.latency(3_000), { times: Number.POSITIVE_INFINITY });
    const checking = open(emulator, {}, { clock }).check();
    await clock.advance(3_000);
    expect((await checking).durationMs).toBe(3_000);
  });

  it('ends at its deadline even where nothing answers', async () => {
    const clock = createFakeClock(Date.now());
    await using emulator = createEmulator({ clock });
    const checking = open(emulator, {}, { clock, fetch: never }).check();
    await clock.advance(20_000);
    const report = await checking;
    expect(codes(report)).toEqual(['scim no_answer_in_time', 'compliance no_answer_in_time']);
    expect(report.credentials.map(({ reachable }) => reachable)).toEqual(['failed', 'failed']);
  });

  it('rejects with the reason of the signal', async () => {
    await using emulator = createEmulator();
    const controller = new AbortController();
    const checking = rejection(open(emulator, {}, { fetch: never }).check({}, { signal: controller.signal }));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort('enough');
    expect(await checking).toBe('enough');
    expect(await rejection(open(emulator).check({}, { signal: AbortSignal.abort('before') }))).toBe('before');
  });

  it('goes on with the rest where one request takes longer than an attempt may', async () => {
    const clock = createFakeClock(Date.now());
    await using emulator = createEmulator({ clock });
    emulator.faults.add(fault.latency(6_000), { route: 'GET /Users' });
    const checking = open(emulator, {}, { clock }).check({}, { timeoutMs: 5_000 });
    await clock.advance(5_000);
    const report = await checking;
    expect(codes(report)).toEqual(['scim no_answer_in_time']);
    expect(report.durationMs).toBe(5_000);
    expect(permissions(report)).toMatchObject({ read_users: 'unknown', read_groups: 'ok', read_logs: 'ok' });
  });

  it('repeats a request as often as it is told to, and else only what broke', async () => {
    const clock = createTestClock({ skipsWaits: true });
    const checkWith = async (maxRetries: number | undefined, broken: Fault, times: number) => {
      await using emulator = createEmulator({ clock });
      emulator.faults.add(broken, { route: 'GET /Users', times });
      const report = await open(emulator, {}, { clock }).check({}, { maxRetries });
      return [codes(report), emulator.requests.list('GET /Users').length];
    };
    expect(await checkWith(2, fault.status(503), 2)).toEqual([[], 3]);
    expect(await checkWith(undefined, fault.status(503), 1)).toEqual([['scim server_error'], 1]);
    expect(await checkWith(undefined, fault.cut('before_commit'), 1)).toEqual([[], 2]);
    expect(await checkWith(0, fault.cut('before_commit'), 1)).toEqual([['scim network_failed'], 1]);
  });

  it('sends the headers that it is given with every request', async () => {
    await using emulator = createEmulator();
    const probeUser = emulator.store.users.list()[0]?.userName;
    const connection = open(emulator, { provisioning: true });
    await connection.check({ probeUser }, { headers: { 'x-trace': 'check-1' } });
    const sent = emulator.requests.list();
    expect(sent.some(({ method }) => method === 'PATCH')).toBe(true);
    expect(sent.filter(({ headers }) => headers['x-trace'] !== 'check-1')).toEqual([]);
    const refused = await rejection(connection.check({}, { headers: { authorization: 'x' } }));
    expect(refused).toMatchObject({ code: 'invalid_input', path: ['headers', 'authorization'] });
  });

  it('refuses an option that there is not, and a deadline that is none', async () => {
    await using emulator = createEmulator();
    expect(await rejection(open(emulator).check({ eventType: ['AUTH_LOG'] } as never))).toMatchObject({
      code: 'invalid_input',
      path: ['eventType'],
      remedy: 'Write `eventTypes`.',
    });
    expect(await rejection(open(emulator).check({}, { deadlineMs: 0 }))).toMatchObject({ code: 'invalid_input' });
  });

  it('shows no secret, no address and no URL, whatever the servers say', async () => {
    await using emulator = createEmulator();
    const config = emulator.connectionConfig();
    const body = { detail: `User mira.sol@northwind.example with token ${config.scimToken} at ${config.scimBaseUrl}` };
    emulator.faults.add(fault.status(403, { body }), { service: 'scim', times: 2 });
    const text = JSON.stringify(await open(emulator).check());
    for (const hidden of ['mira.sol', config.scimToken, config.complianceApiKey, 'emulator.test', 'http://']) {
      expect(text).not.toContain(hidden);
    }
    expect(text).toContain('scim_forbidden');
  });
});
