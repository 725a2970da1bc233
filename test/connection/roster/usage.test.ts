import { expect, test } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import type { Person } from '../../../src/connection/roster/person.js';
import type { RosterUsageTotals } from '../../../src/connection/roster/person-usage.js';
import type { RosterProgress, RosterQuery } from '../../../src/connection/roster/query.js';
import { createEmulator, type Fault, type FaultTarget, fault, type LogEvent } from '../../../src/testing/index.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';

const first = '11111111-1111-4111-8111-111111111111';
const second = '22222222-2222-4222-8222-222222222222';
const now = Date.UTC(2026, 10, 30, 9);
const member = (name: string) => ({ id: `user-${name}`, email: `${name}@north.example`, name: '', status: 'active' });

const cost = (eventId: string, name: string | undefined, value: number, more: object = {}) => ({
  event_id: eventId,
  type: 'COSTS',
  timestamp: '2026-11-20T13:59:59Z',
  actor: { type: 'SYSTEM', id: 'costs_compliance' },
  payload: {
    day: '2026-11-20',
    hour: 13,
    identity: { ...(name === undefined ? {} : { user_id: `user-${name}` }), groups: [{ id: eventId, name: null }] },
    product: 'ChatGPT',
    measures: { billing: [{ sku: 'x', cost: { value, unit: 'CREDITS' } }] },
    ...more,
  },
});

interface World {
  /** Of the Admin keys. @default everything */
  readonly scopes?: readonly string[];
  /** Whether the form names the organization. @default true */
  readonly hasOrganization?: boolean;
  readonly keyClass?: 'legacy_compliance';
  /** Who is in the directory. @default there is none */
  readonly directory?: readonly string[];
}

function openNorth({ scopes, hasOrganization = true, keyClass, directory }: World = {}) {
  const clock = createFakeClock(now, { autoAdvance: true });
  const emulator = createEmulator({ world: 'empty', clock, admin: { quirks: { staleMembersMs: 0 } } });
  const { store, compliance } = emulator;
  const { organizationId } = compliance;
  for (const id of [first, second]) store.workspaces.add({ id, name: 'N', organizationId });
  store.workspaces.setUsers(first, [member('ada'), member('ben')] as never);
  store.workspaces.setUsers(second, [member('ada')] as never);
  for (const name of directory ?? []) {
    const userName = `${name}@north.example`;
    store.users.add({ userName, active: true, emails: [{ value: userName, primary: true }] });
  }
  const keyOf = (workspaceId: string) =>
    compliance.keys.create(
      keyClass === undefined
        ? { workspaceId, scopes: scopes as never }
        : { keyClass, principalIds: [workspaceId, organizationId] },
    );
  const organization = hasOrganization ? { organizationId } : {};
  const { scimBaseUrl, scimToken, complianceBaseUrl } = emulator.connectionConfig();
  const form = {
    complianceApiKeys: {
      [first]: keyOf(first),
      [second]: keyOf(second),
      ...(hasOrganization ? { [organizationId]: compliance.apiKey } : {}),
    },
    workspaceIds: [first, second],
    complianceBaseUrl,
    ...organization,
  };
  const options = { ...emulator.clientOptions, clock, rateLimit: false, maxRetries: 0 } as const;
  const connection =
    directory === undefined
      ? connect(form, options)
      : connect({ ...form, scimBaseUrl, scimToken, provisioning: false, deprovisioning: false }, options);
  let totals: RosterUsageTotals | undefined;
  let progress: RosterProgress | undefined;
  const read = async ({ usage = {}, ...query }: RosterQuery = {}) => {
    const people = new Map<string, Person>();
    const onTotals = (told: RosterUsageTotals) => {
      expect(people.size).toBe(0);
      totals = told;
    };
    const all = { ...query, usage: { onTotals, ...usage }, onProgress: (one: RosterProgress) => (progress = one) };
    for await (const person of connection.roster(all)) people.set(person.email?.split('@')[0] ?? '', person);
    return { people, totals, progress };
  };
  const addFile = (endTime: string, ...rows: readonly ReturnType<typeof cost>[]) => {
    const events: LogEvent[] = rows.map((row) => ({
      ...row,
      payload: { organization_id: organizationId, ...row.payload },
    }));
    return store.logs.addFile(organizationId, { eventType: 'COSTS', endTime, events });
  };
  const fail = (one: Fault, target: FaultTarget) =>
    emulator.faults.add(one, { times: Number.POSITIVE_INFINITY, ...target });
  return { emulator, connection, store, read, addFile, fail };
}

test('the cost of each person is told once, however many files have it, and what is nobody’s in the totals', async () => {
  const { read, addFile } = openNorth();
  addFile('2026-11-20T18:00:00Z', cost('1', 'ada', 0.1), cost('2', 'ada', 0.2), cost('3', 'gone', 4));
  addFile('2026-11-20T18:10:00Z', cost('2', 'ada', 0.2), cost('4', undefined, 1.5));
  const { people, totals } = await read({ usage: { sources: ['cost'] } });
  expect(people.get('ada')?.usage).toEqual({
    from: '2026-11-01',
    to: '2026-12-01',
    sources: ['cost'],
    cost: { amounts: [{ unit: 'CREDITS', amount: '0.3' }], rows: 2, rowsWithoutCost: 0 },
    daily: [],
  });
  expect(people.get('ben')?.usage).not.toHaveProperty('cost');
  expect(people.get('ada')).not.toHaveProperty('usageIncomplete');
  expect(totals).toEqual({
    from: '2026-11-01',
    to: '2026-12-01',
    cost: {
      status: 'read',
      total: { amounts: [{ unit: 'CREDITS', amount: '5.8' }], rows: 4, rowsWithoutCost: 0 },
      unattributed: { amounts: [{ unit: 'CREDITS', amount: '5.5' }], rows: 2, rowsWithoutCost: 0 },
      leftOutRows: 0,
    },
    daily: [],
  });
});

test('credits and dollars are never added', async () => {
  const { read, addFile } = openNorth();
  const billing = [
    { sku: 'a', cost: { value: 1.4, unit: 'CREDITS' }, estimated_cost_usd: { value: 0.06, unit: 'USD' } },
    { sku: 'b', cost: { value: 2.05, unit: 'USD' } },
  ];
  addFile('2026-11-20T18:00:00Z', cost('1', 'ada', 0, { measures: { billing } }));
  const { people } = await read({ usage: { sources: ['cost'] } });
  expect(people.get('ada')?.usage?.cost?.amounts).toEqual([
    { unit: 'CREDITS', amount: '1.4' },
    { unit: 'USD', amount: '2.05' },
  ]);
});

test('daily use is told by workspace, where the key has it, and what is absent is not zero', async () => {
  const { emulator, read, fail } = openNorth({ hasOrganization: false });
  const row = (day: number, name: string, totals: object) => ({
    start_time: Date.UTC(2026, 10, day) / 1_000,
    end_time: Date.UTC(2026, 10, day + 1) / 1_000,
    user_id: `user-${name}`,
    totals,
  });
  const data = [
    row(3, 'ada', { credits: 0.1, estimated_cost_usd: 9 }),
    row(4, 'ada', { credits: 0.2, cost_usd: 1.25 }),
    row(4, 'gone', { credits: 7 }),
    row(5, 'ben', {}),
  ];
  fail(
    fault.body('rows of its own', () => ({ object: 'page', data, has_more: false, next_page: null })),
    {
      route: 'GET /analytics/usage',
      when: ({ url }) => url.pathname.includes(first),
    },
  );
  const { people, totals, progress } = await read();
  const asked = emulator.requests.list('GET /analytics/usage').map(({ url }) => new URL(url).searchParams);
  expect(asked.map((query) => [query.get('start_time'), query.get('end_time')])).toEqual(
    Array(2).fill([Date.UTC(2026, 10, 1), Date.UTC(2026, 11, 1)].map((ms) => String(ms / 1_000))),
  );
  expect(people.get('ada')?.usage).toMatchObject({
    sources: ['daily'],
    daily: [{ workspaceId: first, rows: 2, credits: { amount: '0.3', rows: 2 }, costUsd: { amount: '1.25', rows: 1 } }],
  });
  expect(people.get('ben')?.usage?.daily).toEqual([{ workspaceId: first, rows: 1 }]);
  expect(people.get('ben')).not.toHaveProperty('usageIncomplete');
  expect(totals).not.toHaveProperty('cost');
  expect(totals?.daily.find(({ workspaceId }) => workspaceId === first)).toMatchObject({
    status: 'read',
    total: { rows: 4, credits: { amount: '7.3', rows: 3 } },
    unattributed: { rows: 1, credits: { amount: '7', rows: 1 } },
  });
  expect(progress?.usageRows).toBe(4);
});

const noon = Date.UTC(2026, 10, 3, 12) / 1_000;

test.each([
  ['of a whole workspace', { user_id: null, actor: null }],
  ['of a day that begins at noon', { start_time: noon, end_time: noon + 86_400 }],
  ['of a part of a day, without an end', { start_time: noon, end_time: undefined }],
  ['of a month', { end_time: Date.UTC(2026, 11, 1) / 1_000 }],
  ['of no day', { start_time: undefined }],
  ['with credits that are no number', { totals: { credits: 'many' } }],
])('a row of daily use %s is not added, and missed', async (_name, more) => {
  const { read, fail } = openNorth({ hasOrganization: false });
  const start_time = Date.UTC(2026, 10, 3) / 1_000;
  const data = [{ start_time, end_time: start_time + 86_400, user_id: 'user-ada', totals: { credits: 3 }, ...more }];
  const page = fault.body('rows of its own', () => ({ object: 'page', data, has_more: false, next_page: null }));
  fail(page, { route: 'GET /analytics/usage' });
  const { people, totals } = await read();
  expect(people.get('ada')).toMatchObject({ usage: { daily: [] }, usageIncomplete: true });
  expect(totals?.daily[0]).toMatchObject({ status: 'incomplete', leftOutRows: 1 });
});

test('a source that the key may not read is no error, and everyone has usageIncomplete', async () => {
  const { read, addFile } = openNorth({ scopes: ['chatgpt.enterprise.user.read'] });
  addFile('2026-11-20T18:00:00Z', cost('1', 'ada', 2));
  const { people, totals } = await read();
  expect(people.get('ben')).toMatchObject({ usageIncomplete: true, usage: { sources: ['cost'], daily: [] } });
  expect(people.get('ada')?.usage?.cost?.amounts).toEqual([{ unit: 'CREDITS', amount: '2' }]);
  expect(totals?.daily.map(({ status }) => status)).toEqual(['refused', 'refused']);
  expect(totals?.cost?.status).toBe('read');
});

test.each([401, 403, 404])(
  'costs that are refused with %d are no error either, and are told to nobody',
  async (status) => {
    const { read, fail } = openNorth();
    fail(fault.status(status), { route: 'GET /compliance/logs' });
    const failed: unknown[] = [];
    for (const query of [{}, { onFailedPrincipal: (one: unknown) => failed.push(one) }]) {
      const { people, totals } = await read(query);
      expect(people.get('ada')).toMatchObject({ usageIncomplete: true, usage: { sources: ['daily'] } });
      expect(totals?.cost).toEqual({ status: 'refused', leftOutRows: 0 });
    }
    expect(failed).toEqual([]);
  },
);

test('logs and lists that are out of reach end the roster, or are told, and everyone is listed', async () => {
  const { read, fail } = openNorth();
  fail(fault.status(503), { route: 'GET /compliance/logs' });
  fail(fault.status(503), { route: 'GET /analytics/usage', when: ({ url }) => url.pathname.includes(second) });
  await expect(read()).rejects.toMatchObject({ code: 'server_error' });
  const told: unknown[] = [];
  const { people, totals } = await read({
    onFailedPrincipal: ({ principal, eventTypes }) => told.push([principal.type, eventTypes]),
  });
  expect(told.toSorted()).toEqual([
    ['organization', ['COSTS']],
    ['workspace', undefined],
  ]);
  expect([...people.keys()]).toEqual(['ada', 'ben']);
  expect(people.get('ada')).toMatchObject({ usageIncomplete: true });
  expect(people.get('ada')).not.toHaveProperty('workspacesIncomplete');
  expect(totals?.cost?.status).toBe('incomplete');
});

test('a file that cannot be read, and a list of use that breaks off, keep what was read', async () => {
  const { read, addFile, fail } = openNorth();
  addFile('2026-11-20T18:00:00Z', cost('1', 'ada', 2));
  const lost = addFile('2026-11-20T18:10:00Z', cost('2', 'ada', 3));
  fail(fault.status(404), { when: ({ url }) => url.pathname.includes(`/logs/${lost}`) });
  const { people, totals, progress } = await read({ usage: { sources: ['cost'] } });
  expect(people.get('ada')).toMatchObject({
    usage: { cost: { amounts: [{ amount: '2' }] } },
    usageIncomplete: true,
  });
  expect(totals?.cost?.status).toBe('incomplete');
  expect(progress?.unreadFiles).toBe(1);
});

test('a month that the service no longer has is missed', async () => {
  const { read } = openNorth();
  const { people } = await read({ usage: { days: 45, sources: ['cost'] } });
  expect(people.get('ada')).toMatchObject({ usage: { from: '2026-10-17' }, usageIncomplete: true });
});

test('without usage nothing of it is asked for, and nobody has any', async () => {
  const { emulator, connection } = openNorth();
  for await (const person of connection.roster()) expect(person).not.toHaveProperty('usage');
  expect(emulator.requests.list('GET /analytics/usage')).toEqual([]);
  expect(emulator.requests.list('GET /compliance/logs')).toEqual([]);
});

test.each<[World, RosterQuery['usage'], readonly string[], RegExp]>([
  [{ hasOrganization: false, keyClass: 'legacy_compliance' }, {}, ['usage'], /organization ID.*Admin key/],
  [{ hasOrganization: false }, { sources: ['cost'] }, ['usage', 'sources'], /organization ID/],
  [{ keyClass: 'legacy_compliance' }, { sources: ['daily'] }, ['usage', 'sources'], /Admin key/],
])('what the form has nothing for is refused: %j %j', async (world, usage, path, remedy) => {
  const { connection } = openNorth(world);
  const error = await rejection(connection.roster({ usage }).toArray({ limit: 10 }));
  expect(error).toMatchObject({ code: 'invalid_input', path, remedy: expect.stringMatching(remedy) });
});

test.each<[object, readonly string[]]>([
  [{ day: 3 }, ['day']],
  [{ days: 0 }, ['days']],
  [{ days: 1.5 }, ['days']],
  [{ days: 400 }, ['usage', 'days']],
  [{ sources: 'cost' }, ['sources']],
  [{ sources: ['costs'] }, ['sources']],
  [{ sources: [] }, ['usage', 'sources']],
  [{ onTotals: true }, ['onTotals']],
])('refuses %j', async (usage, path) => {
  const { connection } = openNorth();
  const error = await rejection(connection.roster({ usage: usage as never }).toArray({ limit: 10 }));
  expect(error).toMatchObject({ code: 'invalid_input', path });
});

test.each(['usage', 'lastActivity'])('`%s` that is no object is refused before anything is sent', async (name) => {
  const { connection, emulator } = openNorth();
  for (const given of [false, null, 0, '', Number.NaN, []]) {
    const error = await rejection(connection.roster({ [name]: given as never }).toArray({ limit: 10 }));
    expect(error).toMatchObject({ code: 'invalid_input', path: [name] });
  }
  expect(emulator.requests.total).toBe(0);
});

test('an empty list of sources is not taken for a form without keys', async () => {
  const { connection } = openNorth();
  const error = await rejection(connection.roster({ usage: { sources: [] } }).toArray({ limit: 10 }));
  expect(error).toMatchObject({ message: expect.stringContaining('must not be empty') });
  expect(String((error as Error & { remedy?: string }).remedy)).not.toMatch(/Enter/);
});

test('a row of COSTS that names another organization is not added, and missed', async () => {
  const { read, addFile } = openNorth();
  addFile(
    '2026-11-20T18:00:00Z',
    cost('1', 'ada', 2),
    cost('2', 'ada', 40, { organization_id: 'org-OTHER' }),
    cost('3', 'ada', 1, { organization_id: undefined }),
  );
  const { people, totals } = await read({ usage: { sources: ['cost'] } });
  expect(people.get('ada')).toMatchObject({ usage: { cost: { amounts: [{ amount: '3' }] } }, usageIncomplete: true });
  expect(totals?.cost).toMatchObject({ status: 'incomplete', leftOutRows: 1 });
});

test('the use of an account that has the addresses of two people is given to neither, and is missed', async () => {
  const { read, addFile, fail, store } = openNorth({ directory: ['ada', 'ben', 'bo'] });
  store.workspaces.setUsers(second, [{ ...member('ada'), email: 'bo@north.example' }] as never);
  addFile('2026-11-20T18:00:00Z', cost('1', 'ada', 2), cost('2', 'ben', 3));
  const start_time = Date.UTC(2026, 10, 3) / 1_000;
  const data = ['ada', 'ben'].map((name) => ({ start_time, user_id: `user-${name}`, totals: { credits: 3 } }));
  fail(
    fault.body('rows of its own', () => ({ object: 'page', data, has_more: false, next_page: null })),
    { route: 'GET /analytics/usage' },
  );
  const { people, totals } = await read();
  for (const name of ['ada', 'bo']) {
    expect(people.get(name)).toMatchObject({ usageIncomplete: true, usage: { daily: [] } });
    expect(people.get(name)?.usage).not.toHaveProperty('cost');
  }
  expect(people.get('ben')).toMatchObject({ usage: { cost: { rows: 1 }, daily: [{ workspaceId: first }] } });
  expect(people.get('ben')).not.toHaveProperty('usageIncomplete');
  expect(totals?.cost?.total?.amounts).toEqual([{ unit: 'CREDITS', amount: '5' }]);
});
