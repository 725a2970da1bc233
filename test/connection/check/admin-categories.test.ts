import { describe, expect, it } from 'vitest';
import { formatCheckReport } from '../../../src/connection/check/format.js';
import type { AdminCategory, CheckQuery, CheckReport } from '../../../src/connection/check/report.js';
import { connect } from '../../../src/connection/connect.js';
import { adminRemedies } from '../../../src/errors/remedies/admin.js';
import { explain } from '../../../src/errors/remedies/remedy.js';
import type { NewComplianceKey } from '../../../src/testing/compliance/keys.js';
import { createEmulator, fault } from '../../../src/testing/index.js';
import { rejection } from '../../support/open-test-transport.js';

const everyCategory: readonly AdminCategory[] = [
  'members',
  'invites',
  'groups',
  'serviceAccounts',
  'usageLimits',
  'usage',
];
const logs = 'chatgpt.enterprise.compliance_logs_platform.read';
const people = 'chatgpt.enterprise.compliance_export.read';

function createWorld(options: Parameters<typeof createEmulator>[0] = {}) {
  const emulator = createEmulator(options);
  const [mine = '', other = ''] = emulator.compliance.workspaceIds;
  const { complianceBaseUrl } = emulator.connectionConfig();
  const keyWith = (options: NewComplianceKey) => emulator.compliance.keys.create({ workspaceId: mine, ...options });
  const open = (complianceApiKeys: Readonly<Record<string, string>>, fetch = emulator.fetch) =>
    connect({ complianceBaseUrl, complianceApiKeys, workspaceIds: Object.keys(complianceApiKeys) }, { fetch });
  const check = (apiKey: string, query?: CheckQuery, fetch = emulator.fetch) =>
    open({ [mine]: apiKey }, fetch).check(query, { maxRetries: 0 });
  return { emulator, mine, other, keyWith, open, check };
}

/** The lines of the first workspace: a verdict for each category, with what it lacks. */
function linesOf({ workspaces }: CheckReport): Record<string, string> {
  return Object.fromEntries(
    (workspaces[0]?.admin ?? []).map(({ category, verdict, code }) => [
      category,
      code === undefined ? verdict : `${verdict} ${code}`,
    ]),
  );
}

const codesOf = ({ findings }: CheckReport) => findings.map(({ code, severity }) => `${severity} ${code}`);
const all = (line: string) => Object.fromEntries(everyCategory.map((category) => [category, line]));

describe('a key that may read all of the Admin API', () => {
  it('has a line for each category, with the permission as the console calls it', async () => {
    const { check, keyWith } = createWorld();
    const report = await check(keyWith({}));
    expect(report).toMatchObject({ verdict: 'ok', findings: [] });
    expect(linesOf(report)).toEqual(all('ok'));
    expect(report.workspaces[0]?.admin.map(({ permission }) => permission)).toEqual([
      'Users → Read',
      'Invitations → Read',
      'Group Management → Read',
      'Service accounts → Read',
      'Usage limits → Read',
      'Enterprise analytics API → Read',
    ]);
  });

  it('is asked once for each, for next to nothing, and for nobody by name', async () => {
    const { check, keyWith, emulator, mine } = createWorld();
    await check(keyWith({}));
    const asked = emulator.requests
      .list()
      .filter(({ url }) => /\/(?:manage|analytics)\//.test(url))
      .map(({ method, url }) => `${method} ${url.split('/v1/')[1]?.replace(mine, 'w')}`);
    expect(asked.toSorted()).toEqual([
      'GET analytics/workspaces/w/usage?group=workspace&limit=1',
      'GET manage/workspaces/w/groups?limit=1',
      'GET manage/workspaces/w/invites',
      'GET manage/workspaces/w/service-accounts',
      'GET manage/workspaces/w/usage_limits/workspace',
      'GET manage/workspaces/w/users?limit=1',
    ]);
  });

  it('is asked for those alone that the caller names, in one order, or for none', async () => {
    const { check, keyWith } = createWorld();
    const named = await check(keyWith({}), { admin: ['usage', 'members', 'usage'] });
    expect(linesOf(named)).toEqual({ members: 'ok', usage: 'ok' });
    expect(linesOf(await check(keyWith({}), { admin: false }))).toEqual({});
    expect(linesOf(await check(keyWith({}), { admin: true }))).toEqual(all('ok'));
  });
});

describe('a permission that is not ticked', () => {
  const scopes = [logs, people, 'chatgpt.enterprise.user.read'] as NewComplianceKey['scopes'];

  it('is good to know where nobody asked for it, and says which to tick and who may', async () => {
    const { check, keyWith } = createWorld();
    const report = await check(keyWith({ scopes }));
    expect(report.verdict).toBe('ok');
    expect(linesOf(report)).toEqual({ ...all('off admin_permission_missing'), members: 'ok' });
    expect(codesOf(report)).toEqual(['info admin_permission_missing']);
    expect(report.findings[0]).toMatchObject({
      service: 'admin',
      field: 'complianceApiKeys',
      message:
        'The Admin key may not read all of the Admin API. Not ticked: Invitations → Read, Group Management → Read, Service accounts → Read, Usage limits → Read, Enterprise analytics API → Read.',
      remedy: expect.stringMatching(/creator or an owner .* tick it under admin\.openai\.com.*An admin may tick/),
    });
  });

  it('is wrong where it was asked for', async () => {
    const { check, keyWith } = createWorld();
    const key = keyWith({ scopes });
    const report = await check(key, { admin: ['members', 'groups'] });
    expect(report.verdict).toBe('failed');
    expect(linesOf(report)).toEqual({ members: 'ok', groups: 'failed admin_permission_missing' });
    expect(report.findings[0]).toMatchObject({ severity: 'error', evidence: { status: 403 } });
    expect((await check(key, { admin: ['members'] })).verdict).toBe('ok');
  });

  it('is told by what else the key opens, where the service gives no reason', async () => {
    const { check, keyWith, emulator } = createWorld();
    const silent: typeof fetch = async (input, init) => {
      const response = await emulator.fetch(input, init);
      return response.status === 403 ? new Response('{}', { status: 403 }) : response;
    };
    expect(codesOf(await check(keyWith({ scopes: [logs, people] as never }), {}, silent))).toEqual([
      'info admin_permission_missing',
    ]);
    // Opened by nothing, it may be anything: the rest of the check says so, once.
    const refused = await check(keyWith({ scopes: [] }), { admin: true }, silent);
    expect(codesOf(refused)).toEqual(['error nothing_allowed']);
    expect(linesOf(refused)).toEqual(all('failed admin_key_not_allowed'));
  });
});

it('a key for the Admin API alone opens its workspace: what it lacks is the permission for logs', async () => {
  const { check, emulator } = createWorld();
  const report = await check(emulator.admin.apiKey);
  expect(report.workspaces[0]).toMatchObject({ known: 'ok', opened: 'ok', members: 'ok', membersListedBy: 'admin' });
  expect(report.credentials[0]).toMatchObject({ reachable: 'ok', authenticated: 'ok' });
  expect(codesOf(report)).toEqual(['error log_scope_missing', 'error owner_key_needed']);
  // Without logs, nothing is wrong with it.
  expect(await check(emulator.admin.apiKey, { eventTypes: [] })).toMatchObject({ verdict: 'ok', findings: [] });
});

describe('a workspace without the Admin API', () => {
  async function checkPlan(query: CheckQuery) {
    const { emulator, open } = createWorld({ workspaces: [{ name: 'Small', hasAdminApi: false }] });
    const [, , small = ''] = Object.keys(emulator.compliance.apiKeys);
    const keys = { [small]: emulator.compliance.apiKeys[small] ?? '' };
    // A workspace has whoever made it.
    emulator.store.workspaces.setUsers(small, [{ id: 'user-maker', email: 'maker@else.example' }] as never);
    // Without logs: those of a new workspace are empty, which the check says.
    return open(keys).check({ eventTypes: [], ...query });
  }

  it('is good to know where nobody asked for it, and wrong where somebody did', async () => {
    const report = await checkPlan({});
    expect(report.verdict).toBe('ok');
    expect(linesOf(report)).toEqual(all('off no_admin_api'));
    expect(formatCheckReport(report)).toContain('\n  - Admin API: not found\n');
    expect(codesOf(report)).toEqual(['info no_admin_api']);
    expect(report.findings[0]?.remedy).toMatch(/Enterprise, Edu and Healthcare include the Admin API/);
    const asked = await checkPlan({ admin: ['members'] });
    expect(codesOf(asked)).toEqual(['error no_admin_api']);
    expect(linesOf(asked)).toEqual({ members: 'failed no_admin_api' });
  });

  it('is not spoken of where it lacks one feature', async () => {
    const { check, keyWith, emulator } = createWorld();
    emulator.faults.add(fault.status(404), {
      when: ({ url }: { readonly url: URL }) => url.pathname.endsWith('/service-accounts'),
    });
    const report = await check(keyWith({}));
    expect(linesOf(report)).toEqual({ ...all('ok'), serviceAccounts: 'off admin_feature_missing' });
    expect(report.findings[0]?.message).toMatch(/Service accounts → Read/);
  });
});

describe('a workspace that nobody knows', () => {
  const gone = '00000000-0000-4000-8000-000000000000';

  it.each([{}, { admin: true }] as const)(
    'has an Admin API of which nothing is known, which is said once: %j',
    async (query) => {
      const { emulator, open, mine } = createWorld();
      const report = await open({ [gone]: emulator.compliance.apiKeys[mine] ?? '' }).check(query);
      expect(linesOf(report)).toEqual(all('unknown no_admin_api'));
      expect(codesOf(report)).toEqual(['error workspace_unknown']);
      const printed = formatCheckReport(report);
      expect(printed.match(/Admin API/g)).toHaveLength(1);
      expect(printed).toContain('\n  ? Admin API: not known whether there is one\n');
    },
  );

  it('says nothing of the key, which may not have been looked at', async () => {
    const { emulator, open, mine } = createWorld();
    const report = await open({ [gone]: emulator.compliance.apiKeys[mine] ?? '' }).check();
    expect(report.credentials).toMatchObject([{ reachable: 'ok', authenticated: 'unknown' }]);
    expect(formatCheckReport(report)).toContain('\n  ? accepts the key\n');
    const { findings } = report;
    expect(findings[0]?.principals).toEqual([{ type: 'workspace', id: gone }]);
  });
});

it('a category that is not found where another one misses its permission is one that the workspace lacks', async () => {
  const { check, keyWith, emulator } = createWorld();
  emulator.faults.add(fault.status(404), {
    when: ({ url }: { readonly url: URL }) => url.pathname.endsWith('/invites'),
  });
  const report = await check(keyWith({ scopes: [logs, people] as never }));
  expect(linesOf(report)).toMatchObject({
    members: 'off admin_permission_missing',
    invites: 'off admin_feature_missing',
  });
});

describe('a key of another kind', () => {
  it('of an organization of the API platform is refused, which is said once', async () => {
    const { check, keyWith } = createWorld();
    const report = await check(keyWith({ keyClass: 'platform_admin', workspaceId: undefined }), { admin: true });
    expect(codesOf(report)).toEqual(['error admin_key_refused']);
    expect(linesOf(report)).toEqual(all('failed admin_api_key_refused'));
  });

  it('that is older is asked for nothing, and is wrong where the Admin API was asked for', async () => {
    const { check, emulator } = createWorld();
    const { apiKey } = emulator.compliance;
    expect(await check(apiKey)).toMatchObject({ verdict: 'ok', findings: [] });
    const report = await check(apiKey, { admin: ['members', 'usage'] });
    expect(codesOf(report)).toEqual(['error not_an_admin_key']);
    expect(linesOf(report)).toEqual({ members: 'failed not_an_admin_key', usage: 'failed not_an_admin_key' });
    expect(emulator.requests.list().filter(({ url }) => /\/(?:manage|analytics)\//.test(url))).toEqual([]);
  });

  it.each([
    ['not_an_admin_key', 403, 'The API key is not an Admin API key.'],
    ['admin_ip_not_allowed', 403, 'This IP address is not allowed.'],
    ['admin_key_of_another_workspace', 403, 'The API key does not belong to this workspace.'],
  ] as const)('is explained as an AdminClient explains it: %s', async (code, status, message) => {
    const { keyWith, emulator, open, mine } = createWorld();
    const fetch: typeof globalThis.fetch = async (input, init) =>
      /\/(?:manage|analytics)\//.test(new Request(input).url)
        ? Response.json({ error: { message } }, { status })
        : emulator.fetch(input, init);
    const connection = open({ [mine]: keyWith({}) }, fetch);
    const { findings } = await connection.check({ admin: true });
    const { remedy } = adminRemedies[code];
    expect(findings).toMatchObject([{ code, remedy, severity: 'error', service: 'admin' }]);
    const error = await rejection(connection.admin?.members.list() ?? Promise.resolve());
    expect(error).toMatchObject({ remedy: explain(adminRemedies[code]) });
  });
});

describe('a key that reads the logs', () => {
  const checkWith = async (status: number, isRefused: RegExp) => {
    const { keyWith, emulator, open, mine } = createWorld();
    const fetch: typeof globalThis.fetch = async (input, init) =>
      isRefused.test(new Request(input).url) ? new Response('{}', { status }) : emulator.fetch(input, init);
    return { mine, report: await open({ [mine]: keyWith({}) }, fetch).check({ admin: true }) };
  };

  it('is alive where all of the Admin API answers 401: its permission is what is missing', async () => {
    const { report } = await checkWith(401, /\/(?:manage|analytics)\//);
    expect(codesOf(report)).toEqual(['error admin_permission_missing']);
    expect(report.findings[0]?.message).not.toMatch(/expired|creator/);
  });

  it('is right, and so is the ID, where no Admin API is found: it is the plan, or a feature that is off', async () => {
    const { mine, report } = await checkWith(404, /\/(?:manage|analytics)\//);
    const [finding, ...others] = report.findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'no_admin_api', principals: [{ id: mine }] });
    expect(finding?.field).toBeUndefined();
    expect(finding?.message).toMatch(/ID and the key are right: the plan does not include it, or the feature is off/);
    expect(`${finding?.message} ${finding?.remedy}`).not.toMatch(/wrong|another workspace|Copy/);
  });

  it('may read the Admin API of a workspace that has no Compliance API', async () => {
    const { report } = await checkWith(404, /\/compliance\//);
    const [finding, ...others] = report.findings;
    expect(others).toEqual([]);
    expect(finding?.code).toBe('no_compliance_api');
    expect(finding?.message).toMatch(/the plan does not include it, or OpenAI has not enabled it/);
    expect(finding?.remedy).not.toMatch(/URL/);
  });
});

describe('what could not be checked', () => {
  const isAdmin = ({ url }: { readonly url: URL }) => /\/(?:manage|analytics)\//.test(url.pathname);
  const always = { when: isAdmin, times: Number.POSITIVE_INFINITY };

  it('is unknown, good to know where nobody asked for it, and wrong where somebody did', async () => {
    const { check, keyWith, emulator } = createWorld();
    emulator.faults.add(fault.status(503), always);
    const report = await check(keyWith({}));
    expect(report.verdict).toBe('ok');
    expect(linesOf(report)).toEqual(all('unknown server_error'));
    expect(codesOf(report)).toEqual(['info server_error']);
    expect(codesOf(await check(keyWith({}), { admin: true }))).toEqual(['error server_error']);
  });

  it('is no success: an answer that is none of the Admin API', async () => {
    const { check, keyWith, emulator } = createWorld();
    emulator.faults.add(
      fault.body('another list', () => ['a']),
      always,
    );
    const report = await check(keyWith({}), { admin: true });
    expect(linesOf(report)).toEqual(all('failed unexpected_answer'));
    expect(report.verdict).toBe('failed');
  });

  /** Lists that nobody has described. */
  const undescribed = { invites: 'ok', serviceAccounts: 'ok' };
  const other = '99999999-9999-4999-8999-999999999999';
  it.each<[string, object, Record<string, string>]>([
    [
      'is of another workspace',
      { id: other, workspace_id: other, data: [{ id: 'x', workspace_id: other }], has_more: false },
      all('failed unexpected_answer'),
    ],
    ['says nothing', {}, all('failed unexpected_answer')],
    [
      'does not say whether there is more, but for a list that nobody has described',
      { data: [{ id: 'x' }] },
      { ...all('failed unexpected_answer'), ...undescribed },
    ],
    ['is a bare list', [], { ...all('failed unexpected_answer'), ...undescribed }],
  ])('is told as an AdminClient takes it: an answer that %s', async (_name, body, lines) => {
    const { mine, open, keyWith, emulator } = createWorld();
    const fetch: typeof globalThis.fetch = async (input, init) =>
      /\/(?:manage|analytics)\//.test(new Request(input).url) ? Response.json(body) : emulator.fetch(input, init);
    const connection = open({ [mine]: keyWith({}) }, fetch);
    const report = await connection.check({ admin: true }, { maxRetries: 0 });
    expect(linesOf(report)).toEqual(lines);
    const admin = connection.admin;
    if (admin === undefined) throw new Error('an Admin key opens an AdminClient');
    const none = { maxRetries: 0 };
    const calls: Readonly<Record<AdminCategory, Promise<unknown>>> = {
      members: admin.members.list({ workspaceId: mine }, none),
      invites: admin.invites.list({ workspaceId: mine }, none),
      groups: admin.groups.list({ workspaceId: mine }, none),
      serviceAccounts: admin.serviceAccounts.list({ workspaceId: mine }, none),
      usageLimits: admin.usageLimits.workspace({ workspaceId: mine }, none),
      usage: admin.usage.list({ workspaceId: mine, group: 'workspace' }, none),
    };
    for (const category of everyCategory) {
      const isRead = await calls[category].then(
        () => true,
        () => false,
      );
      expect([category, isRead]).toEqual([category, lines[category] === 'ok']);
    }
  });

  it('is said once where the whole service is away', async () => {
    const { check, keyWith } = createWorld();
    const report = await check(keyWith({}), {}, async () => new Response(null, { status: 503 }));
    expect(codesOf(report)).toEqual(['error server_error']);
  });
});

describe('`admin`', () => {
  it.each([
    [{ admin: 'members' }, '`admin` must be a list'],
    [{ admin: ['member'] }, 'is not a category of `admin`'],
    [{ admin: [1] }, 'is not a category of `admin`'],
    [{ admin: null }, '`admin` must be a list'],
    [{ admins: true }, '`admins` is not an option'],
  ])('%j is refused before anything is asked', async (query, message) => {
    const { check, keyWith, emulator } = createWorld();
    const error = await rejection(check(keyWith({}), query as never));
    expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringContaining(message) });
    expect(emulator.requests.total).toBe(0);
  });

  it('asks in vain where the form has no key', async () => {
    const emulator = createEmulator();
    const { scimBaseUrl, scimToken } = emulator.connectionConfig();
    const config = { scimBaseUrl, scimToken, provisioning: false, deprovisioning: false } as const;
    const connection = connect(config, { fetch: emulator.fetch });
    expect(await rejection(connection.check({ admin: true }))).toMatchObject({
      code: 'invalid_input',
      path: ['admin'],
    });
    expect(await connection.check({ admin: false })).toMatchObject({ verdict: 'ok' });
  });
});
