import { describe, expect, it } from 'vitest';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { formatCheckReport } from '../../../src/connection/check/format.js';
import type { CheckQuery, CheckReport } from '../../../src/connection/check/report.js';
import { connect } from '../../../src/connection/connect.js';
import { complianceRemedies } from '../../../src/errors/remedies/compliance.js';
import { connectionRemedies } from '../../../src/errors/remedies/connection.js';
import { explain, type Remedy } from '../../../src/errors/remedies/remedy.js';
import type { ComplianceOptions } from '../../../src/testing/emulator.js';
import { createEmulator, createTestClock } from '../../../src/testing/index.js';
import { rejection } from '../../support/open-test-transport.js';

const logs = 'chatgpt.enterprise.compliance_logs_platform';

/** What can be wrong with a key, by the words that name it, in the order in which they are to be named. */
const wordsOf = {
  expired: /\bexpired\b/,
  'its creator lost the role or left': /\bcreator has left or is no longer an owner or admin\b/,
  revoked: /\brevoked\b/,
  mistyped: /\bmistyped\b/,
  'made for another workspace': /\bmade for another\b|\bopens no other one\b/,
  'permission not ticked': /\bpermission\b.*\b(?:not ticked|missing)\b|may not read these event types/,
  "needs an owner's key": /\bkey made by an owner\b/,
  'a platform-organization Admin key': /\bAPI platform\b/,
  'a project key': /\bproject key\b/,
  'a service-account token': /\btoken of a service account\b/,
  'a legacy key that is not enabled yet': /\bOpenAI has not enabled\b/,
  'the SCIM token': /\bSCIM token\b/,
} as const;

type Cause = keyof typeof wordsOf;

type Quirks = ComplianceOptions['quirks'] & {
  /** What is answered in place of 401 and 403, of which OpenAI publishes neither. */
  readonly refusedWith?: 401 | 403;
};

function createWorld({ refusedWith, ...quirks }: Quirks, isSilent: boolean) {
  const clock = createTestClock({ skipsWaits: true });
  const emulator = createEmulator({ clock, compliance: { quirks } });
  const [mine = '', other = ''] = emulator.compliance.workspaceIds;
  /** OpenAI does not publish what it says with a refusal. */
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await emulator.fetch(input, init);
    if (response.status < 400) return response;
    const isRefused = response.status === 401 || response.status === 403;
    const status = isRefused && refusedWith !== undefined ? refusedWith : response.status;
    const { headers } = response;
    return isSilent ? new Response('{}', { status }) : new Response(await response.text(), { status, headers });
  };
  const keyOf = (id: string) => emulator.compliance.apiKeys[id] ?? '';
  const check = (form: object, eventTypes?: readonly string[], query: CheckQuery = {}): Promise<CheckReport> => {
    const { complianceBaseUrl } = emulator.connectionConfig();
    return connect({ complianceBaseUrl, ...form } as never, { fetch, clock }).check({ eventTypes, ...query });
  };
  return { emulator, mine, other, keyOf, check };
}

type World = ReturnType<typeof createWorld>;

/** Makes a key for the first workspace that is wrong in this way. */
const makers: readonly (readonly [cause: Cause, make: (world: World) => string, eventTypes?: readonly string[]])[] = [
  [
    'expired',
    ({ emulator, mine }) => {
      const key = emulator.compliance.keys.create({ workspaceId: mine, expiresInDays: 1 });
      emulator.clock.advance(86_400_000);
      return key;
    },
  ],
  [
    'its creator lost the role or left',
    ({ emulator, mine }) => {
      const { workspaces } = emulator.store;
      const creator = workspaces.users(mine).find(({ role }) => role === 'account-owner')?.email ?? '';
      const key = emulator.compliance.keys.create({ workspaceId: mine, creator });
      workspaces.updateUser(mine, creator, { role: 'standard-user' });
      return key;
    },
  ],
  [
    'revoked',
    ({ emulator, mine }) => {
      const key = emulator.compliance.keys.create({ workspaceId: mine });
      emulator.compliance.keys.revoke(key);
      return key;
    },
  ],
  ['mistyped', ({ keyOf, mine }) => `${keyOf(mine)}x`],
  ['made for another workspace', ({ keyOf, other }) => keyOf(other)],
  ['permission not ticked', ({ emulator, mine }) => emulator.compliance.keys.create({ workspaceId: mine, scopes: [] })],
  [
    'permission not ticked',
    ({ emulator, mine }) =>
      emulator.compliance.keys.create({ workspaceId: mine, scopes: [`${logs}.auth_log.read`, `${logs}.app_log.read`] }),
    ['AUTH_LOG', 'AUDIT_LOG'],
  ],
  [
    "needs an owner's key",
    ({ emulator, mine }) =>
      emulator.compliance.keys.create({
        workspaceId: mine,
        scopes: [`${logs}.auth_log.read`, `${logs}.audit_log.read`],
      }),
  ],
  [
    "needs an owner's key",
    ({ emulator, mine }) => emulator.compliance.keys.create({ workspaceId: mine, scopes: [`${logs}.auth_log.read`] }),
    ['CONVERSATION_MESSAGE'],
  ],
  [
    'a platform-organization Admin key',
    ({ emulator }) => emulator.compliance.keys.create({ keyClass: 'platform_admin' }),
  ],
  ['a project key', ({ emulator }) => emulator.compliance.keys.create({ keyClass: 'project' })],
  ['a service-account token', ({ emulator }) => emulator.compliance.keys.create({ keyClass: 'service_account' })],
  [
    'a legacy key that is not enabled yet',
    ({ emulator }) => emulator.compliance.keys.create({ keyClass: 'legacy_compliance', enabled: false }),
  ],
  [
    'made for another workspace',
    ({ emulator, other }) => emulator.compliance.keys.create({ keyClass: 'legacy_compliance', principalIds: [other] }),
  ],
  [
    'permission not ticked',
    ({ emulator }) => emulator.compliance.keys.create({ keyClass: 'legacy_compliance', scopes: [] }),
  ],
  ['the SCIM token', ({ emulator }) => emulator.scim.token],
];

const unknownStatuses: readonly (readonly [name: string, quirks: Quirks])[] = [
  ['the statuses that are assumed', {}],
  ['403 for a key that has expired', { expiredKeyStatus: 403 }],
  ['403 for a key without its creator', { creatorGoneStatus: 403 }],
  ['404 for another workspace', { otherWorkspaceStatus: 404 }],
  ['401 for another workspace', { otherWorkspaceStatus: 401 }],
  ['401 for a key that is not enabled', { notEnabledStatus: 401 }],
  ['401 for all that is refused', { refusedWith: 401 }],
  ['403 for all that is refused', { refusedWith: 403 }],
  [
    'none of them as assumed',
    { expiredKeyStatus: 403, creatorGoneStatus: 403, otherWorkspaceStatus: 404, notEnabledStatus: 401 },
  ],
];

describe.each([
  ['says why', false],
  ['gives no reason', true],
] as const)('where the service %s', (_words, isSilent) => {
  describe.each(unknownStatuses)('and answers %s', (_name, quirks) => {
    it.each(makers.map((maker) => ({ maker, cause: maker[0] })))(
      'the cause is among those that are named: $cause',
      async ({ maker }) => {
        const [cause, make, eventTypes] = maker;
        const world = createWorld(quirks, isSilent);
        const { mine, other, keyOf, check, emulator } = world;
        const key = make(world);
        const right = keyOf(other);
        const alone = { complianceApiKeys: { [mine]: key } };
        const beside = { workspaceIds: [mine, other], complianceApiKeys: { [mine]: key, [other]: right } };
        for (const form of [alone, beside]) {
          const report = await check(form, eventTypes);
          const ofMine = report.findings.filter(({ principals = [{ id: mine }] }) =>
            principals.some(({ id }) => id === mine),
          );
          const said = ofMine.map(({ message }) => message).join('\n');
          expect(said).toMatch(wordsOf[cause]);
          expect(report.verdict).toBe('failed');
          expect(JSON.stringify(report)).not.toContain(key);
          if (form !== beside) continue;
          // Nothing wrong is said of the one whose key is right.
          expect(report.findings.filter(({ principals }) => principals?.some(({ id }) => id === other))).toEqual([]);
          expect(report.workspaces[1]).toMatchObject({ known: 'ok', opened: 'ok', members: 'ok' });
        }
        await emulator.close();
      },
    );
  });
});

it('the causes that a finding names are in one order, wherever several are named', () => {
  const all: Readonly<Record<string, Remedy>> = { ...complianceRemedies, ...connectionRemedies };
  for (const [code, remedy] of Object.entries(all)) {
    if (!/key/i.test(remedy.message) || /_field$/.test(code)) continue;
    const places = Object.values(wordsOf).map((words) => explain({ ...remedy, remedy: '' }).search(words));
    const named = places.filter((place) => place >= 0);
    expect(named, code).toEqual(named.toSorted((one, next) => one - next));
  }
});

it.each([
  ['an Admin key', 'sk-admin-0123456789', 'a platform-organization Admin key'],
  ['a project key', 'sk-proj-0123456789', 'a project key'],
  ['the key of a service account of a project', 'sk-svcacct-0123456789', 'a service-account token'],
  ['one of another form', '0123456789', 'the SCIM token'],
] as const)('the error for 401 names what it may mean, in that order, for %s', async (_name, apiKey, kind) => {
  const fetch = async () => new Response('{}', { status: 401 });
  const client = new AuditLogClient({ apiKey, workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11', fetch });
  const error = await rejection(client.maxEventTime({ eventTypes: ['AUTH_LOG'] }));
  const { remedy = '' } = error as { readonly remedy?: string };
  // A project key is an older one: it neither expires nor has a creator whose role counts.
  const isOfProject = /^sk-(?:proj|svcacct)-/.test(apiKey);
  const ofAdmin = isOfProject ? [] : (['expired', 'its creator lost the role or left'] as const);
  const all = ['revoked', 'mistyped', 'made for another workspace', 'permission not ticked', kind] as const;
  const places = [...ofAdmin, ...all].map((cause) => remedy.search(wordsOf[cause]));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((one, next) => one - next));
  // What its beginning rules out is not said of it.
  const others = { 'sk-admin-': /project key|service account/, 'sk-proj-': /expired|API platform|SCIM token/ };
  for (const [start, words] of Object.entries(others)) if (apiKey.startsWith(start)) expect(remedy).not.toMatch(words);
});

describe('a key that belongs to one workspace and is given for several', () => {
  it.each([401, 403, 404] as const)(
    'is said to be for the one it opens, where others are answered %d',
    async (otherWorkspaceStatus) => {
      const { mine, other, keyOf, check } = createWorld({ otherWorkspaceStatus }, true);
      const third = '00000000-0000-4000-8000-000000000000';
      const report = await check({ complianceApiKey: keyOf(other), workspaceIds: [mine, other, third] });
      expect(report.findings).toMatchObject([
        {
          code: 'key_of_another_workspace',
          field: 'complianceApiKey',
          principals: [{ id: mine }, { id: third }],
          message: `The Admin key is for workspace ${other} and opens no other one. It is entered for ${mine}, ${third} too.`,
        },
      ]);
      expect(report.findings[0]?.remedy).toMatch(/admin\.openai\.com.*Compliance API keys by workspace/);
      expect(report.workspaces.map(({ opened }) => opened)).toEqual(['failed', 'ok', 'failed']);
    },
  );

  it('names each key by the workspace that it opens', async () => {
    const { mine, other, keyOf, check, emulator } = createWorld({}, true);
    const third = '00000000-0000-4000-8000-000000000003';
    emulator.store.workspaces.add({ id: third, name: 'Third', organizationId: emulator.compliance.organizationId });
    const keys = {
      [mine]: keyOf(mine),
      [other]: emulator.compliance.keys.create({ workspaceId: third }),
      [third]: keyOf(mine),
    };
    const { findings, credentials } = await check({ complianceApiKeys: keys, workspaceIds: [mine, other, third] });
    expect(findings.map(({ code, field, principals }) => [code, field, principals?.map(({ id }) => id)])).toEqual([
      ['nothing_allowed', 'complianceApiKeys', [other]],
      ['key_of_another_workspace', 'complianceApiKeys', [third]],
    ]);
    expect(findings[1]?.message).toBe(
      `The Admin key is for workspace ${mine} and opens no other one. It is entered for ${third} too.`,
    );
    expect(findings[0]?.message).toContain('the plan does not include the API');
    expect(credentials.map(({ principals }) => principals?.map(({ id }) => id))).toEqual([[mine, third], [other]]);
  });

  it('is no Admin key, whatever it begins with, where it opens several', async () => {
    const { mine, other, emulator } = createWorld({}, true);
    const legacy = emulator.compliance.apiKey;
    const third = '00000000-0000-4000-8000-000000000000';
    const { complianceBaseUrl } = emulator.connectionConfig();
    const fetch: typeof globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes(third)) return Promise.resolve(new Response('{}', { status: 403 }));
      request.headers.set('authorization', `Bearer ${legacy}`);
      return emulator.fetch(request);
    };
    const form = { complianceBaseUrl, complianceApiKey: 'sk-admin-0123456789', workspaceIds: [mine, other, third] };
    const { findings } = await connect(form as never, { fetch }).check();
    expect(findings.map(({ code }) => code)).toEqual(['workspace_of_another_organization', 'not_an_admin_key']);
  });
});

it.each([
  ['sk-admin-', 401, 'admin_key_refused'],
  ['sk-proj-', 401, 'project_key_refused'],
  ['sk-svcacct-', 401, 'project_key_refused'],
  ['', 401, 'compliance_key_refused'],
  ['sk-admin-', 403, 'nothing_allowed'],
  ['sk-proj-', 403, 'compliance_key_not_enabled'],
  ['sk-svcacct-', 403, 'compliance_key_not_enabled'],
  ['', 403, 'key_not_allowed'],
  ['sk-admin-', 404, 'workspace_unknown'],
] as const)(
  'one key that begins with "%s" and is answered %d everywhere is found as %s',
  async (start, status, code) => {
    const form = {
      complianceApiKey: `${start}0123456789abcdef`,
      workspaceIds: ['8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b'],
    };
    const { findings } = await connect(form as never, { fetch: async () => new Response('{}', { status }) }).check();
    expect(findings).toMatchObject([{ code }]);
    // Whose beginning tells nothing may be any.
    const any = start === '' ? Object.values(wordsOf) : [];
    for (const words of any) expect(findings[0]?.message).toMatch(words);
  },
);

describe('keys of two workspaces that were exchanged', () => {
  it('are said to be, perhaps, where the service says of both, beside a right one, that it does not know them', async () => {
    const { mine, other, keyOf, check, emulator } = createWorld({ otherWorkspaceStatus: 404 }, true);
    const third = '00000000-0000-4000-8000-000000000003';
    emulator.store.workspaces.add({ id: third, name: 'Third', organizationId: emulator.compliance.organizationId });
    const ofThird = emulator.compliance.keys.create({ workspaceId: third });
    const keys = { [mine]: ofThird, [other]: keyOf(other), [third]: keyOf(mine) };
    const { findings } = await check({ complianceApiKeys: keys, workspaceIds: [mine, other, third] });
    expect(findings).toMatchObject([
      { code: 'workspace_unknown', remedy: expect.stringMatching(/^Check first .+ exchanged\./) },
    ]);
  });

  it.each([
    ['says why', false, 'key_not_of_this_workspace'],
    ['gives no reason', true, 'nothing_allowed'],
  ] as const)('are said to be, perhaps, where the service %s', async (_, isSilent, code) => {
    const { mine, other, keyOf, check } = createWorld({}, isSilent);
    const { findings } = await check({ complianceApiKeys: { [mine]: keyOf(other), [other]: keyOf(mine) } });
    expect(findings).toMatchObject([
      {
        code,
        field: 'complianceApiKeys',
        remedy: expect.stringMatching(/^Check first whether the keys .+ exchanged\./),
      },
    ]);
    expect(findings[0]?.message).not.toMatch(/organization/);
  });

  it.each(
    ['sk-admin-', 'sk-proj-', 'sk-svcacct-', ''].flatMap((start) =>
      ([401, 403, 404] as const).map((status) => ({ start, status })),
    ),
  )(
    'are said to be, perhaps, where two keys that begin with "$start" are answered $status',
    async ({ start, status }) => {
      const ids = ['8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b', '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16'];
      const complianceApiKeys = Object.fromEntries(ids.map((id, at) => [id, `${start}0123456789abcdef${at}`]));
      const fetch = async () => new Response('{}', { status });
      const { findings } = await connect({ complianceApiKeys, workspaceIds: ids } as never, { fetch }).check();
      expect(findings).toMatchObject([
        {
          field: 'complianceApiKeys',
          remedy: expect.stringMatching(/^Check first whether the keys .+ exchanged\./),
        },
      ]);
    },
  );

  it('are not spoken of where one key alone is refused', async () => {
    const { mine, other, keyOf, check } = createWorld({}, false);
    const { findings } = await check({ complianceApiKeys: { [mine]: keyOf(other) } });
    expect(findings.map(({ code }) => code)).toEqual(['key_not_of_this_workspace']);
    expect(findings[0]?.remedy).not.toMatch(/exchanged/);
  });
});

describe('what is wrong with several keys', () => {
  const first = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
  const second = '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16';
  const find = async (form: object, status: number, message = '') => {
    const fetch = async () => Response.json({ error: { message } }, { status });
    const report = await connect(form as never, { fetch }).check();
    expect(JSON.stringify(report)).not.toContain('0123456789');
    return report;
  };

  it.each([
    ['sk-admin-', 401, '', /refused each of the Admin keys of/],
    ['sk-proj-', 401, '', /refused each of the keys of/],
    ['', 401, '', /refused each of the keys of/],
    ['sk-admin-', 403, '', /^Each of the Admin keys of/],
    ['sk-proj-', 403, '', /^Each of the keys of/],
    ['', 403, '', /^Each of the keys of/],
    ['sk-admin-', 403, 'The key does not belong to this workspace.', /^Each of the keys of .* made for another/],
  ] as const)('names each of their workspaces: %s, %d %s', async (start, status, words, sentence) => {
    const complianceApiKeys = { [first]: `${start}0123456789a`, [second]: `${start}0123456789b` };
    const report = await find({ complianceApiKeys }, status, words);
    const [finding] = report.findings.filter(({ service }) => service === 'compliance');
    expect(finding?.principals?.map(({ id }) => id)).toEqual([first, second]);
    expect(finding?.message).toMatch(sentence);
    expect(finding?.message).toContain(`${first}, ${second}`);
    expect(finding?.remedy).toMatch(`Check first whether the keys of ${first}, ${second} were exchanged.`);
    const lines = formatCheckReport(report).split('\n');
    expect(lines.filter((line) => line.includes(`[${finding?.code}]`))).toHaveLength(1);
  });

  it('is said of the one key that several workspaces share, as of one', async () => {
    const form = { complianceApiKey: 'sk-proj-0123456789', workspaceIds: [first, second] };
    const { findings } = await find(form, 401);
    expect(findings[0]?.message).toMatch(`refused the key of ${first}, ${second}: it was revoked`);
    expect(findings[0]?.remedy).not.toMatch(/exchanged/);
    expect(findings[0]?.principals).toHaveLength(2);
  });

  it('names no workspace in the sentence where the form has but one, and names it beside', async () => {
    const { findings } = await find({ complianceApiKeys: { [first]: 'sk-admin-0123456789' } }, 401);
    expect(findings[0]?.message).toMatch(/refused the Admin key: it has expired/);
    expect(findings[0]?.principals).toEqual([{ type: 'workspace', id: first }]);
  });

  it('names five of many, and how many more there are', async () => {
    const ids = Array.from({ length: 8 }, (_, at) => `${at}f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b`);
    const complianceApiKeys = Object.fromEntries(ids.map((id, at) => [id, `sk-admin-0123456789${at}`]));
    const report = await find({ complianceApiKeys }, 503);
    expect(report.findings[0]?.principals).toHaveLength(8);
    const line = formatCheckReport(report)
      .split('\n')
      .find((one) => one.includes('[server_error]'));
    expect(line).toContain(`${ids.slice(0, 5).join(', ')} and 3 more`);
    expect(line).not.toContain(ids[5]);
  });
});

describe('a key that an admin made', () => {
  it('is said to need an owner for conversation messages, and lists people by the Admin API', async () => {
    const { mine, emulator, check } = createWorld({}, true);
    const { workspaces } = emulator.store;
    const creator = workspaces.users(mine).find(({ role }) => role === 'account-admin')?.email;
    expect(creator).toBeDefined();
    const key = emulator.compliance.keys.create({ workspaceId: mine, creator });
    const { findings, permissions } = await check({ complianceApiKeys: { [mine]: key } });
    expect(findings.map(({ code, eventTypes, field }) => [code, eventTypes, field])).toEqual([
      ['owner_key_needed', ['CONVERSATION_MESSAGE'], 'complianceApiKeys'],
    ]);
    expect(permissions).toContainEqual({
      permission: 'read_members',
      verdict: 'ok',
      scope: 'chatgpt.enterprise.user.read',
    });
    expect(findings[0]?.message).toMatch(
      /CONVERSATION_MESSAGE\. The permission is not ticked, and takes a key made by an owner/,
    );
    for (const { remedy } of findings) expect(remedy).toMatch(/owner .*admin\.openai\.com/);
  });
});

describe('a key that opens something of the workspace', () => {
  it.each([401, 403])('is alive, whatever a log of it is refused with: %d', async (status) => {
    const { mine, keyOf, emulator } = createWorld({}, true);
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const isRefused = /CONVERSATION_MESSAGE|\/(?:compliance|manage)\/.*\/users/.test(request.url);
      return isRefused ? new Response('{}', { status }) : emulator.fetch(request);
    };
    const { complianceBaseUrl } = emulator.connectionConfig();
    const form = { complianceBaseUrl, complianceApiKeys: { [mine]: keyOf(mine) } };
    const { findings, credentials, workspaces } = await connect(form as never, { fetch }).check();
    const ofCompliance = findings.filter(({ service }) => service === 'compliance');
    expect(ofCompliance.map(({ code }) => code)).toEqual(['owner_key_needed', 'member_scope_missing']);
    expect(credentials[0]?.authenticated).toBe('ok');
    expect(workspaces[0]?.opened).toBe('ok');
  });
});

describe('an organization', () => {
  it.each([
    [404, {}, 'workspace_unknown'],
    [403, { error: { message: 'The key does not belong to this organization.' } }, 'workspace_of_another_organization'],
  ] as const)(
    'that is answered %d is shown at the field of its ID, whichever field has its key',
    async (status, body, code) => {
      const { mine, other, keyOf, emulator } = createWorld({}, true);
      const { complianceBaseUrl } = emulator.connectionConfig();
      const organizationId = 'org-AbCdEfGhIjKlMnOpQrStUvWx';
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const request = new Request(input, init);
        return request.url.includes(organizationId) ? Response.json(body, { status }) : emulator.fetch(request);
      };
      const keys = { [mine]: keyOf(mine), [other]: keyOf(other) };
      for (const form of [
        { complianceApiKeys: keys, complianceApiKey: 'sk-proj-0123456789' },
        { complianceApiKeys: { ...keys, [organizationId]: 'sk-proj-0123456789' } },
      ]) {
        const { findings } = await connect({ complianceBaseUrl, organizationId, ...form } as never, { fetch }).check();
        expect(findings).toMatchObject([
          { code, field: 'organizationId', principals: [{ type: 'organization', id: organizationId }] },
        ]);
      }
    },
  );

  it('is said to lack the permission, or to be another one, where the key opens its workspace', async () => {
    const { mine, emulator, check } = createWorld({}, true);
    const key = emulator.compliance.keys.create({ workspaceId: mine, scopes: [`${logs}.auth_log.read`] });
    const { organizationId } = emulator.compliance;
    const { findings } = await check({ complianceApiKey: key, workspaceIds: [mine], organizationId });
    expect(findings.find(({ field }) => field === 'organizationId')).toMatchObject({
      code: 'organization_not_allowed',
      message: `The key may not read organization ${organizationId}: the permission for COSTS is not ticked, or it is not the organization of the workspace.`,
    });
  });
});

it('shows what is wrong with a key at the field that it was entered in', async () => {
  const { mine, other, check, emulator } = createWorld({}, true);
  const complianceApiKeys = { [mine]: emulator.compliance.keys.create({ keyClass: 'platform_admin' }) };
  const complianceApiKey = emulator.compliance.keys.create({ keyClass: 'platform_admin' });
  const { findings } = await check({ complianceApiKey, complianceApiKeys, workspaceIds: [mine, other] });
  expect(findings.map(({ code, field, principals }) => [code, field, principals?.map(({ id }) => id)])).toEqual([
    ['admin_key_refused', 'complianceApiKeys', [mine]],
    ['admin_key_refused', 'complianceApiKey', [other]],
  ]);
});

it('sends no SCIM token that stands among the keys, names its workspaces, and asks with the other keys', async () => {
  const { mine, other, keyOf, check, emulator } = createWorld({}, true);
  const third = '00000000-0000-4000-8000-000000000003';
  const token = 'se_0123456789abcdef0123';
  const { findings, workspaces } = await check({
    complianceApiKeys: { [mine]: token, [other]: keyOf(other), [third]: token },
    workspaceIds: [mine, other, third],
  });
  expect(findings).toMatchObject([
    { code: 'scim_token_in_compliance_field', field: 'complianceApiKeys', principals: [{ id: mine }, { id: third }] },
  ]);
  expect(workspaces.map(({ opened }) => opened)).toEqual(['failed', 'ok', 'failed']);
  expect(emulator.requests.list().every(({ url }) => url.includes(other))).toBe(true);
});

it('asks each workspace for no more with several keys than with one, and each Admin key for six things more', async () => {
  const { mine, other, keyOf, check, emulator } = createWorld({}, true);
  const count = async (form: object, query: CheckQuery = {}) => {
    const before = emulator.requests.total;
    await check({ workspaceIds: [mine, other], ...form }, undefined, query);
    return emulator.requests.total - before;
  };
  const withOne = await count({ complianceApiKey: emulator.compliance.apiKey });
  expect(withOne).toBe(14);
  const complianceApiKeys = { [mine]: keyOf(mine), [other]: keyOf(other) };
  expect(await count({ complianceApiKeys }, { admin: false })).toBe(withOne);
  expect(await count({ complianceApiKeys }, { admin: [] })).toBe(withOne);
  expect(await count({ complianceApiKeys })).toBe(withOne + 12);
  expect(await count({ complianceApiKeys }, { admin: ['members'] })).toBe(withOne + 2);
  expect(await count({ complianceApiKeys: { ...complianceApiKeys, [other]: 'sk-admin-0123456789' } })).toBe(
    withOne + 12,
  );
  expect(await count({ complianceApiKeys: { [mine]: keyOf(mine), [other]: emulator.compliance.apiKey } })).toBe(
    withOne + 6,
  );
});
