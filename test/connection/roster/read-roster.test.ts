import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import type { Person } from '../../../src/connection/roster/person.js';
import type { RosterProgress } from '../../../src/connection/roster/query.js';
import { type RosterSources, readRoster } from '../../../src/connection/roster/roster.js';
import { ScimClient } from '../../../src/scim/client.js';
import type { Emulator } from '../../../src/testing/emulator.js';
import { createEmulator } from '../../../src/testing/index.js';

const first = '11111111-1111-4111-8111-111111111111';
const second = '22222222-2222-4222-8222-222222222222';

function member(id: string, email: string, more: object = {}) {
  return { id, email, name: id, created_at: 1_760_000_000.5, role: 'standard-user', status: 'active', ...more };
}

function addUser(emulator: Emulator, email: string, more: object = {}) {
  const emails = [{ value: email, type: 'work', primary: true }];
  return emulator.store.users.add({ userName: email, active: true, emails, ...more });
}

function sourcesOf(emulator: Emulator, workspaceIds = [first, second]) {
  const { fetch, compliance, scim } = emulator;
  const how = { fetch, apiKey: compliance.apiKey, baseUrl: compliance.baseUrl, rateLimit: false } as const;
  return {
    scim: new ScimClient({ fetch, baseUrl: scim.baseUrl, token: scim.token, rateLimit: false }),
    auditLogs: new AuditLogClient({ ...how, workspaceIds }),
    workspaces: workspaceIds.map((workspaceId) => ({ workspaceId, transport: openComplianceTransport(how) })),
  } satisfies RosterSources;
}

function emptyWorld(): Emulator {
  const emulator = createEmulator({ world: 'empty' });
  for (const id of [first, second]) {
    emulator.store.workspaces.add({ id, name: id.slice(0, 1), organizationId: emulator.compliance.organizationId });
  }
  return emulator;
}

async function all(people: AsyncIterable<Person>): Promise<Person[]> {
  const found: Person[] = [];
  for await (const person of people) found.push(person);
  return found;
}

/** The conflicts without their words. */
function facts({ conflicts }: Person): object[] {
  return conflicts.map(({ message: _message, remedy: _remedy, ...conflict }) => conflict);
}

test('is read as the last argument says, in every request: of people, groups, members, invitations and events', async () => {
  await using emulator = createEmulator();
  const sources = sourcesOf(emulator, [...emulator.compliance.workspaceIds]);
  const stop = new AbortController();
  const how = { headers: { 'x-trace': 'roster-1' }, signal: stop.signal };
  const people = readRoster(sources, { lastActivity: {} }, how);
  expect((await people.next()).value).toBeDefined();
  stop.abort('enough');
  await expect(all(people)).rejects.toBe('enough');
  const routes = ['GET /Users', 'GET /Groups', 'GET /compliance/users', 'GET /compliance/invites'] as const;
  for (const route of [...routes, 'GET /compliance/logs'] as const)
    expect(emulator.requests.list(route).length, route).toBeGreaterThan(0);
  // The storage host is sent none of them.
  const sent = emulator.requests.list().filter(({ route }) => !route?.startsWith('GET /storage'));
  expect(sent.filter(({ headers }) => headers['x-trace'] !== 'roster-1')).toEqual([]);
});

test('joins the directory and the workspaces by address, whatever its case', async () => {
  await using emulator = emptyWorld();
  const id = addUser(emulator, 'Mira@North.example', { displayName: 'Mira Sol' });
  emulator.store.groups.add({ displayName: 'Engineering', members: [{ value: id }] });
  emulator.store.workspaces.setUsers(first, [member('user-a', 'mira@north.example', { role: 'account-admin' })]);
  emulator.store.workspaces.setUsers(second, [member('user-a', 'MIRA@north.example')]);

  const [person, ...others] = await all(readRoster(sourcesOf(emulator)));

  expect(others).toEqual([]);
  expect(person).toMatchObject({
    email: 'mira@north.example',
    name: 'Mira Sol',
    status: 'active',
    source: 'both',
    directory: { id, active: true, groups: [{ displayName: 'Engineering' }] },
    conflicts: [],
  });
  expect(person?.workspaces.map(({ workspaceId, role }) => [workspaceId, role]).sort()).toEqual([
    [first, 'account-admin'],
    [second, 'standard-user'],
  ]);
  expect(person?.workspaces[0]?.joinedAt).toBe('2025-10-09T08:53:20.500Z');
});

test('joins by any address of the directory entry, not only the preferred one', async () => {
  await using emulator = emptyWorld();
  addUser(emulator, 'new@north.example', {
    emails: [
      { value: 'new@north.example', type: 'work', primary: true },
      { value: 'old@north.example', type: 'other' },
    ],
  });
  emulator.store.workspaces.setUsers(first, [member('user-a', 'old@north.example')]);

  const people = await all(readRoster(sourcesOf(emulator)));

  expect(people).toHaveLength(1);
  expect(people[0]).toMatchObject({ source: 'both', email: 'old@north.example' });
});

test('tells who is in one list and not in the other, and who is switched off in one of them', async () => {
  await using emulator = emptyWorld();
  addUser(emulator, 'new@north.example');
  addUser(emulator, 'left@north.example', { active: false });
  addUser(emulator, 'gone@north.example', { active: false });
  emulator.store.workspaces.setUsers(first, [
    member('user-l', 'left@north.example'),
    member('user-h', 'by-hand@north.example'),
  ]);

  const people = await all(readRoster(sourcesOf(emulator, [first])));

  expect(Object.fromEntries(people.map((one) => [one.email, [one.status, one.source, facts(one)]]))).toEqual({
    'new@north.example': ['provisioned', 'directory', [{ code: 'no_access' }]],
    'left@north.example': ['active', 'both', [{ code: 'inactive_but_active_in_workspace', workspaceIds: [first] }]],
    'gone@north.example': ['inactive', 'directory', []],
    'by-hand@north.example': ['active', 'workspace', [{ code: 'not_in_directory' }]],
  });
});

test('reports an address that two entries or two accounts share', async () => {
  await using emulator = emptyWorld();
  const emails = [{ value: 'twin@north.example', type: 'work' }];
  const one = emulator.store.users.add({ userName: 'twin-1', active: true, emails });
  const other = emulator.store.users.add({ userName: 'twin-2', active: true, emails });
  emulator.store.workspaces.setUsers(first, [member('user-1', 'twin@north.example')]);
  emulator.store.workspaces.setUsers(second, [member('user-2', 'twin@north.example')]);

  const people = await all(readRoster(sourcesOf(emulator)));

  expect(people.map(facts)).toEqual([
    [{ code: 'email_shared_in_workspace', userIds: ['user-1', 'user-2'] }],
    [{ code: 'email_shared_in_directory', directoryIds: [one, other] }],
  ]);
});

test('tells when each person was last active, from the events asked for', async () => {
  await using emulator = createEmulator();
  const workspaceIds = [...emulator.compliance.workspaceIds];
  const sources = sourcesOf(emulator, workspaceIds);
  const newest = new Map<string, string>();
  for await (const event of sources.auditLogs.events({ eventTypes: ['AUTH_LOG'] })) {
    const email = event.actor?.type === 'ACCOUNT_USER' ? String(event.actor.user_email) : '';
    if (event.timestamp > (newest.get(email) ?? '')) newest.set(email, event.timestamp);
  }

  const people = await all(readRoster(sources, { lastActivity: { eventTypes: ['AUTH_LOG'] } }));

  expect(newest.size).toBeGreaterThan(3);
  for (const [email, at] of newest) {
    expect(people.find((person) => person.email === email)?.lastActivity).toEqual({ at, eventType: 'AUTH_LOG' });
  }
});

test('pages through a large workspace and reports progress that only grows', async () => {
  await using emulator = emptyWorld();
  emulator.store.workspaces.setUsers(
    first,
    Array.from({ length: 1_050 }, (_none, number) => member(`user-${number}`, `p${number}@north.example`)),
  );
  const reports: RosterProgress[] = [];

  const people = await all(readRoster(sourcesOf(emulator), { onProgress: (progress) => reports.push(progress) }));

  expect(new Set(people.map(({ email }) => email)).size).toBe(1_050);
  expect(reports.at(-1)).toMatchObject({ workspaceUsers: 1_050, people: 1_050 });
  for (const [index, report] of reports.entries()) {
    const before = reports[index - 1];
    if (before !== undefined) expect(report.workspaceUsers).toBeGreaterThanOrEqual(before.workspaceUsers);
  }
});

test('works with one side only, and then calls nobody missing', async () => {
  await using emulator = emptyWorld();
  addUser(emulator, 'a@north.example');
  emulator.store.workspaces.setUsers(first, [member('user-b', 'b@north.example')]);
  const { scim, workspaces } = sourcesOf(emulator);

  expect(await all(readRoster({ scim }))).toMatchObject([
    { email: 'a@north.example', status: 'provisioned', conflicts: [] },
  ]);
  expect(await all(readRoster({ workspaces }))).toMatchObject([{ email: 'b@north.example', conflicts: [] }]);
});

test('sends nothing before it is read, and only reads', async () => {
  await using emulator = createEmulator();
  const roster = readRoster(sourcesOf(emulator, [...emulator.compliance.workspaceIds]));
  expect(emulator.requests.list()).toHaveLength(0);

  await all(roster);

  expect(new Set(emulator.requests.list().map(({ method }) => method))).toEqual(new Set(['GET']));
});

test('stops the other lists when one cannot be read', async () => {
  await using emulator = createEmulator();
  const sources = sourcesOf(emulator, [...emulator.compliance.workspaceIds, second]);
  await expect(all(readRoster(sources))).rejects.toMatchObject({ code: 'not_found' });
});

test('refuses to tell the last activity without the audit logs', () => {
  expect(() => readRoster({}, { lastActivity: {} })).toThrow(/audit logs/);
});

test.each([
  [{ lastactivity: {} }, 'lastactivity', 'Write `lastActivity`.'],
  [{ lastActivity: { eventType: ['AUTH_LOG'] } }, 'eventType', 'Write `eventTypes`.'],
])('refuses what is no option: %j', (query, name, remedy) => {
  expect(() => readRoster({}, query as never)).toThrow(
    expect.objectContaining({ code: 'invalid_input', path: [name], remedy }),
  );
});

/** Answers one kind of request of the logs in another way, and the rest as the emulator does. */
function spoil(
  emulator: Emulator,
  answer: (url: URL, response: Response) => Promise<Response> | Response,
): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    return answer(url, await emulator.fetch(input, init));
  };
}

const isList = (url: URL) => url.pathname.endsWith('/logs');
const isDownload = (url: URL) => /\/logs\/[^/]+$/.test(url.pathname);

test.each<[string, (url: URL, response: Response) => Promise<Response> | Response]>([
  [
    'one file refused to the key',
    (() => {
      let refused: string | undefined;
      return (url, response) => {
        if (!isDownload(url)) return response;
        refused ??= url.pathname;
        return url.pathname === refused ? new Response('{}', { status: 403 }) : response;
      };
    })(),
  ],
  [
    'every file refused to the key',
    (url, response) => (isDownload(url) ? new Response('{}', { status: 403 }) : response),
  ],
  [
    'a row of the list without an id',
    async (url, response) => {
      if (!isList(url)) return response;
      const page = (await response.json()) as { data: object[] };
      return Response.json({ ...page, data: [...page.data, { end_time: '2026-11-01T00:00:00Z' }] });
    },
  ],
])('lists everyone although the last activity cannot be read whole, and says so: %s', async (_name, answer) => {
  await using emulator = createEmulator();
  const workspaceIds = [...emulator.compliance.workspaceIds];
  const whole = sourcesOf(emulator, workspaceIds);
  const auditLogs = new AuditLogClient({
    fetch: spoil(emulator, answer),
    apiKey: emulator.compliance.apiKey,
    baseUrl: emulator.compliance.baseUrl,
    rateLimit: false,
    maxRetries: 0,
    workspaceIds,
  });
  const query = { lastActivity: { eventTypes: ['AUTH_LOG'] } } as const;
  const everyone = await all(readRoster(whole, query));
  let told: RosterProgress | undefined;
  const onProgress = (progress: RosterProgress) => {
    told = progress;
  };
  const people = await all(readRoster({ ...whole, auditLogs }, { ...query, onProgress }));

  expect(people.map(({ email }) => email)).toEqual(everyone.map(({ email }) => email));
  expect(everyone.every((person) => !('lastActivityIncomplete' in person))).toBe(true);
  expect(people.every(({ lastActivityIncomplete }) => lastActivityIncomplete === true)).toBe(true);
  expect(told?.unreadFiles).toBeGreaterThan(0);
});

test('lists everyone although a line of the log is no record, and reads the others', async () => {
  await using emulator = emptyWorld();
  emulator.store.workspaces.setUsers(first, [member('user-a', 'a@north.example')]);
  const hourAgo = (minutes: number) => new Date(Date.now() - 3_600_000 + minutes * 60_000).toISOString();
  const at = hourAgo(0);
  const event = { event_id: 'e1', type: 'AUTH_LOG', timestamp: at, actor: { user_id: 'user-a' } };
  const body = new TextEncoder().encode(`not a record\n${JSON.stringify(event)}\nnor this\n`);
  emulator.store.logs.addFile(first, { eventType: 'AUTH_LOG', endTime: hourAgo(10), body });
  let told: RosterProgress | undefined;
  const people = await all(
    readRoster(sourcesOf(emulator), {
      lastActivity: { eventTypes: ['AUTH_LOG'] },
      onProgress: (progress) => {
        told = progress;
      },
    }),
  );

  expect(people).toMatchObject([{ lastActivity: { at, eventType: 'AUTH_LOG' }, lastActivityIncomplete: true }]);
  expect(told).toMatchObject({ events: 1, unreadFiles: 1 });
});
