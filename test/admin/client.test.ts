import { describe, expect, test } from 'vitest';
import { AdminClient, type AdminClientOptions, type AuditLogPrincipal, principalOf } from '../../src/admin/index.js';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { safeParseConnectionConfig } from '../../src/connection/parse-form.js';
import { principalOf as fromRoot } from '../../src/index.js';
import { rejection } from '../support/open-test-transport.js';
import { printedByAll } from '../support/printed-by-all.js';
import { openAdmin, otherWorkspaceId, workspaceId } from './support/open-admin.js';

const empty = { data: [], has_more: false, last_id: null, cursor: null, next_page: null };
const keys = { [workspaceId]: 'sk-admin-of-the-first', [otherWorkspaceId]: 'sk-admin-of-the-second' };
const both = { apiKey: keys, workspaceIds: [workspaceId, otherWorkspaceId] };

describe('workspaces and keys', () => {
  test('each workspace is asked for with its own key', async () => {
    const { open, asked } = openAdmin(() => empty);
    const client = open(both);
    for (const id of client.workspaceIds) await client.members.list({ workspaceId: id });
    expect(asked.map(({ path, key }) => [path.split('/')[4], key])).toEqual(Object.entries(keys));
  });

  test('without workspaceIds, those that have a key are the workspaces', () => {
    expect(openAdmin(() => empty).open({ apiKey: keys, workspaceIds: undefined }).workspaceIds).toEqual(
      Object.keys(keys),
    );
  });

  test('a function is told whose key is wanted, and asked again where it was refused', async () => {
    const told: AuditLogPrincipal[] = [];
    const { open, asked } = openAdmin(({ key }) => (key.endsWith('1') ? new Response(null, { status: 401 }) : empty));
    const apiKey = (principal: AuditLogPrincipal) => `key-${told.push(principal)}`;
    await open({ apiKey }).members.list();
    expect(asked.map(({ key }) => key)).toEqual(['key-1', 'key-2']);
    expect(told).toEqual(Array(2).fill({ type: 'workspace', id: workspaceId }));
  });

  test('of several workspaces one has to be named, and one of the client’s', async () => {
    const { open, asked } = openAdmin(() => empty);
    const client = open(both);
    const missing = await rejection(client.members.list());
    expect(missing).toMatchObject({ code: 'invalid_input', path: ['workspaceId'] });
    const strange = await rejection(client.members.list({ workspaceId: 'another' }));
    expect(strange).toMatchObject({ code: 'invalid_input', path: ['workspaceId'] });
    expect(() => client.groups.iterate()).toThrow('`workspaceId` is missing');
    expect(() => client.usageLimits.users.iterate()).toThrow('`workspaceId` is missing');
    expect(await rejection(client.get('/manage/workspaces/{workspace_id}/roles'))).toMatchObject({
      path: ['workspaceId'],
    });
    expect(asked).toEqual([]);
    await client.members.list({ workspaceId: otherWorkspaceId.toUpperCase() });
    expect(asked[0]?.path).toContain(otherWorkspaceId);
  });

  test('a failure tells whose it is, and says it in its message, its stack and its JSON', async () => {
    const { open } = openAdmin(() => new Response(null, { status: 403 }));
    const error = await rejection(open(both).members.list({ workspaceId: otherWorkspaceId }));
    expect(principalOf(error)).toEqual({ type: 'workspace', id: otherWorkspaceId });
    const { message, stack } = error as Error;
    expect(message).toBe(
      `Workspace ${otherWorkspaceId}: GET /manage/workspaces/{workspace_id}/users failed: 403 forbidden.`,
    );
    expect(stack).toContain(message);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ message });
  });

  test('a function that gives keys and fails is told with the workspace', async () => {
    const { open } = openAdmin(() => empty);
    const failure = new Error('The vault is closed.');
    const error = await rejection(open({ apiKey: () => Promise.reject(failure) }).members.list());
    expect(error).toBe(failure);
    expect(principalOf(error)?.id).toBe(workspaceId);
    expect(fromRoot, 'the front door has it too').toBe(principalOf);
  });

  test.each([
    ['nothing', undefined],
    ['no key', { workspaceIds: workspaceId }],
    ['no workspace', { apiKey: 'sk-admin-1' }],
    ['an empty list of workspaces', { apiKey: 'sk-admin-1', workspaceIds: ' , ' }],
    ['an organization', { apiKey: 'sk-admin-1', workspaceIds: 'org-1' }],
    ['a key of an organization', { apiKey: { ...keys, 'org-1': 'sk-admin-3' } }],
    ['a workspace without a key', { apiKey: keys, workspaceIds: [workspaceId, otherWorkspaceId, 'third'] }],
    ['http', { apiKey: 'sk-admin-1', workspaceIds: workspaceId, baseUrl: 'http://api.example/v1' }],
    ['a name', { apiKey: 'sk-admin-1', workspaceIds: 'Northwind' }],
    ['a name before a key', { apiKey: { Northwind: 'sk-admin-1' } }],
    ['a limit that is none', { apiKey: 'sk-admin-1', workspaceIds: workspaceId, rateLimit: { requests: 0 } }],
  ])('%s is refused, without a word of an option that there is not', (_, options) => {
    // As a JavaScript caller may write it.
    const make = () => new AdminClient(options as unknown as AdminClientOptions);
    try {
      make();
    } catch (error) {
      expect(error).toMatchObject({ name: 'InputError' });
      expect(JSON.stringify(error)).not.toMatch(/organizationId|sk-admin/);
      return;
    }
    throw new Error('It was taken.');
  });

  test('what is no workspace ID is refused in the words of the form, with the place of the ID', () => {
    const refusalOf = (given: object) => {
      try {
        new AdminClient({ apiKey: 'sk-admin-1', ...given } as AdminClientOptions);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    for (const [typed, what] of [
      ['Northwind', 'is a name, not an ID'],
      ['user-9kQm2', 'is the ID of a person, not of a workspace'],
      ['8f5d1a2b-0c3d', 'is cut short: it has only 12 letters and digits instead of 32'],
      ['undefined', 'is the word `undefined`, as a variable that is not set prints'],
      ['https://chatgpt.com/admin', 'is a URL, not a workspace ID'],
    ] as const) {
      const [issue] = (() => {
        const read = safeParseConnectionConfig({ complianceApiKey: 'sk-admin-1', workspaceIds: [workspaceId, typed] });
        return read.success ? [] : read.issues;
      })();
      expect(issue?.message).toBe(`Entry 2 ${what}.`);
      expect(refusalOf({ workspaceIds: [workspaceId, typed] })).toMatchObject({
        message: `Entry 2 of \`workspaceIds\` ${what}.`,
        path: ['workspaceIds', 1],
        remedy: issue?.remedy,
      });
    }
    expect(refusalOf({ apiKey: { Northwind: 'sk-admin-1' } })).toMatchObject({
      message: 'Entry 1 of `apiKey` is a name, not an ID.',
      path: ['apiKey', 0],
    });
    expect(refusalOf({ workspaceIds: 'sk-admin-2' })).toMatchObject({
      message: 'Entry 1 of `workspaceIds` is a secret, not a workspace ID.',
      remedy: expect.stringContaining('`apiKey`'),
    });
    // The documents show other spellings.
    expect(new AdminClient({ apiKey: 'sk-admin-1', workspaceIds: 'ws_01HX2' }).workspaceIds).toEqual(['ws_01HX2']);
  });

  test.each([
    ['https://api.chatgpt.com', 'has no version'],
    ['https://api.chatgpt.com/', 'has no version'],
    ['https://api.chatgpt.com/v1/manage', 'continues past the version'],
    [`https://proxy.example/v1/manage/workspaces/${workspaceId}`, 'continues past the version'],
    [`https://proxy.example/v1/compliance/workspaces/${workspaceId}/logs`, 'continues past the version'],
    ['https://api.openai.com/v1', 'is the address of another service'],
    ['https://api.workos.com/scim/v2.0/AbCd', 'is the address of another service'],
  ])('a base URL %s is refused by both clients of OpenAI as by the form: it %s', (baseUrl, what) => {
    const given = { apiKey: 'sk-admin-1', workspaceIds: workspaceId, baseUrl };
    const refusal = expect.objectContaining({
      message: `\`baseUrl\` ${what}.`,
      path: ['baseUrl'],
      remedy: expect.stringContaining('https://api.chatgpt.com/v1'),
    });
    expect(() => new AdminClient(given)).toThrow(refusal);
    expect(() => new AuditLogClient(given)).toThrow(refusal);
    const form = { complianceApiKey: 'sk-admin-1', workspaceIds: workspaceId, complianceBaseUrl: baseUrl };
    expect(safeParseConnectionConfig(form)).toMatchObject({ success: false });
  });

  test.each([
    'https://api.chatgpt.com/v1',
    'https://api.chatgpt.com/v2/',
    'https://proxy.example/manage',
    'https://p.example',
  ])('a base URL %s is taken by both clients as by the form', (baseUrl) => {
    const given = { apiKey: 'sk-admin-1', workspaceIds: workspaceId, baseUrl };
    expect(() => [new AdminClient(given), new AuditLogClient(given)]).not.toThrow();
    const form = { complianceApiKey: 'sk-admin-1', workspaceIds: workspaceId, complianceBaseUrl: baseUrl };
    expect(safeParseConnectionConfig(form)).toMatchObject({ success: true });
  });

  test('a SCIM token is named, and never sent', async () => {
    const { open, asked } = openAdmin(() => empty);
    const named = expect.objectContaining({
      message: expect.stringMatching(/`apiKey.* starts like a SCIM token \(se_…\)\.$/),
      remedy: expect.stringMatching(/^Give it to ScimClient as `token`\. .+Admin keys\.$/),
    });
    expect(() => open({ apiKey: 'se_0123' })).toThrow(named);
    expect(() => open({ apiKey: { [workspaceId]: 'SE_0123' }, workspaceIds: undefined })).toThrow(named);
    for (const apiKey of [() => 'se_0123', { [workspaceId]: () => Promise.resolve('se_0123') }]) {
      expect(await rejection(open({ apiKey }).members.list())).toEqual(named);
    }
    expect(asked).toEqual([]);
  });

  test('a misspelt option is refused with the one that was meant', () => {
    const wrong = { apiKey: 'sk-admin-1', workspaceIds: workspaceId, timeoutMS: 1 };
    expect(() => new AdminClient(wrong as AdminClientOptions)).toThrow('`timeoutMS` is not an option of AdminClient.');
  });
});

describe('limits', () => {
  test('each route of each workspace has a hundred requests a minute of its own', async () => {
    const { open, asked, clock } = openAdmin(() => empty);
    const client = open({ ...both, rateLimit: undefined });
    const startMs = clock.now();
    const timesMs: number[] = [];
    const ask = async (read: () => Promise<unknown>, times: number) => {
      for (let count = 0; count < times; count += 1) await read();
      timesMs.push(clock.now() - startMs);
    };
    await ask(() => client.members.list({ workspaceId }), 100);
    await ask(() => client.groups.list({ workspaceId }), 100);
    await ask(() => client.members.list({ workspaceId: otherWorkspaceId }), 100);
    await ask(() => client.members.list({ workspaceId }), 1);
    expect(timesMs.slice(0, 3)).toEqual([0, 0, 0]);
    expect(timesMs[3]).toBeGreaterThanOrEqual(60_000);
    expect(asked).toHaveLength(301);
  });

  test('a 429 is repeated after the time that it asks for, and all routes of the workspace wait', async () => {
    const { open, clock } = openAdmin((_, count) =>
      count === 1 ? new Response(null, { status: 429, headers: { 'retry-after': '20' } }) : empty,
    );
    const waited: unknown[] = [];
    const client = open({ maxRetries: 1, onEvent: (event) => void (event.type === 'cooldown' && waited.push(event)) });
    const startMs = clock.now();
    await client.members.list();
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(20_000);
    expect(waited).toMatchObject([
      { service: 'admin', waitMs: 20_000, route: '/manage/workspaces/{workspace_id}/users' },
    ]);
  });

  test('a workspace that asks for patience is waited for on each route, and the other one is not', async () => {
    const { open, clock } = openAdmin((_, count) =>
      count === 1 ? new Response(null, { status: 429, headers: { 'retry-after': '20' } }) : empty,
    );
    const client = open(both);
    await rejection(client.members.list({ workspaceId }));
    const startMs = clock.now();
    await client.members.list({ workspaceId: otherWorkspaceId });
    expect(clock.now()).toBe(startMs);
    await client.groups.list({ workspaceId });
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(20_000);
  });
});

test.each([{ object: 'list', data: [] }, { email: 'ada@north.example' }])(
  'an invitation without an id is no invitation: %j',
  async (body) => {
    const { client } = openAdmin(() => body);
    expect(await rejection(client.invites.get('i1'))).toMatchObject({ code: 'invalid_response' });
  },
);

test.each(['?k=1', '#f'])('a base URL that ends in %s is refused', (end) => {
  const options = { apiKey: 'sk-admin-1', workspaceIds: workspaceId, baseUrl: `https://proxy.example/v1${end}` };
  expect(() => new AdminClient(options)).toThrow('has a query or a fragment');
  expect(() => new AuditLogClient(options)).toThrow('has a query or a fragment');
});

describe('what is printed', () => {
  const secret = 'sk-admin-SECRET-0123456789';

  test('a client is printed as one, without its key', () => {
    const { open } = openAdmin(() => empty);
    const client = open({ apiKey: secret });
    const ways = printedByAll(client);
    expect(ways.String).toContain('Object');
    expect(ways['console.log']).toContain('AdminClient');
    for (const [way, text] of Object.entries(ways)) expect(text, way).not.toContain('SECRET');
    for (const [way, text] of Object.entries(printedByAll(client.members))) expect(text, way).not.toContain('SECRET');
  });

  test('neither key nor person is in an error or an event, whatever the service says', async () => {
    const events: unknown[] = [];
    const said = `Key ${secret} may not see ada@north.example, Ada Fir, user-Kp1 or grp-secret.`;
    const { open } = openAdmin(() => Response.json({ error: { message: said, code: 'denied' } }, { status: 403 }));
    const client = open({ apiKey: secret, onEvent: (event) => void events.push(event) });
    const errors = await Promise.all([
      rejection(client.members.find({ email: 'ada@north.example' })),
      rejection(client.members.get('user-Kp1')),
      rejection(client.groups.members('grp-secret').toArray()),
      rejection(client.usageLimits.users.list({ query: 'Ada Fir' })),
      rejection(client.get('/manage/workspaces/{workspace_id}/people', { query: { name: 'Ada Fir' } })),
    ]);
    const tells = /SECRET|ada@|Ada Fir|user-Kp1|grp-secret/;
    for (const error of errors) for (const text of Object.values(printedByAll(error))) expect(text).not.toMatch(tells);
    expect(JSON.stringify(events)).not.toMatch(tells);
    // What a call sent, not even those are told who ask for the server's words.
    const sent = [/ada@/, /user-Kp1/, /grp-secret/, /Ada Fir/, /Ada Fir/];
    for (const [index, error] of errors.entries()) {
      const words = (error as { serverMessage(): string }).serverMessage();
      expect(words).toMatch(/^Key .+ may not see/);
      expect(words).not.toMatch(/SECRET/);
      expect(words).not.toMatch(sent[index] ?? /./);
    }
  });
});

test('a call that waits because the service asked for patience says so, and blames no network', async () => {
  const { client, asked } = openAdmin(({ path }) =>
    path.endsWith('/users') ? new Response(null, { status: 429, headers: { 'retry-after': '3600' } }) : { data: [] },
  );
  expect(await rejection(client.members.list())).toMatchObject({ code: 'rate_limited' });
  const error = await rejection(client.groups.list({}, { deadlineMs: 500 }));
  expect(error).toMatchObject({
    code: 'timeout',
    delivery: 'not_sent',
    message: expect.stringContaining('Retry-After'),
  });
  expect((error as { remedy: string }).remedy).not.toContain('firewall');
  expect(asked).toHaveLength(1);
});
