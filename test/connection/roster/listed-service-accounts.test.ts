import { expect, test } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import { listServiceAccounts } from '../../../src/connection/roster/listed-service-accounts.js';
import type { Person } from '../../../src/connection/roster/person.js';
import type { RosterProgress } from '../../../src/connection/roster/query.js';
import { createEmulator, createTestClock } from '../../../src/testing/index.js';
import { openAdmin, otherWorkspaceId, workspaceId } from '../../admin/support/open-admin.js';

const robot = {
  userName: 'svc-build@north.example',
  displayName: 'Build robot',
  active: true,
  userType: 'ServiceAccount',
};
const route = 'service-accounts';

/** A workspace with an Admin key and a directory; `accounts` answers for the list of service accounts, the emulator for all else. */
function openNorth(accounts?: (count: number) => Response, keys: readonly string[] = [workspaceId]) {
  const emulator = createEmulator({ world: 'empty', admin: { quirks: { staleMembersMs: 0 } } });
  const { store, compliance } = emulator;
  for (const id of keys) store.workspaces.add({ id, name: 'N', organizationId: compliance.organizationId });
  store.workspaces.setUsers(workspaceId, [
    { id: 'user-ada', email: 'ada@north.example', name: 'Ada', role: 'standard-user', status: 'active' },
  ] as never);
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (!pathname.endsWith(route)) return emulator.fetch(request);
    asked.push(pathname);
    return accounts?.(asked.length) ?? emulator.fetch(request);
  };
  const complianceApiKeys = Object.fromEntries(keys.map((id) => [id, compliance.keys.create({ workspaceId: id })]));
  const { scimBaseUrl, scimToken, complianceBaseUrl } = emulator.connectionConfig();
  const form = { scimBaseUrl, scimToken, complianceApiKeys, workspaceIds: keys, complianceBaseUrl };
  const read = async (changes: object = {}) => {
    const options = { ...emulator.clientOptions, fetch, rateLimit: false, maxRetries: 0 } as const;
    const connection = connect({ ...form, provisioning: false, deprovisioning: false, ...changes } as never, options);
    const people: Person[] = [];
    let progress: RosterProgress | undefined;
    const onProgress = (now: RosterProgress) => {
      progress = now;
    };
    for await (const person of connection.roster({ onProgress })) people.push(person);
    return { people, progress };
  };
  return { emulator, store, asked, read };
}

const rows = (...data: readonly object[]) => Response.json({ object: 'list', data, has_more: false });
const programsOf = (people: readonly Person[]) => people.filter(({ kind }) => kind === 'service_account');

test('a service account that only the Admin API lists is one of its own, told by its kind, behind everyone else', async () => {
  const row = { id: 'sa-31', workspace_id: workspaceId, enabled: true, name: 'Nightly', owner: { id: 'user-ada' } };
  const { read } = openNorth(() => rows(row, { id: 'sa-32', enabled: false }, { id: 'sa-33' }));
  const { people, progress } = await read();
  expect(people.map(({ kind, status }) => [kind, status])).toEqual([
    ['person', 'active'],
    ['service_account', 'active'],
    ['service_account', 'inactive'],
    ['service_account', 'unknown'],
  ]);
  expect(people[1]).toEqual({
    kind: 'service_account',
    name: 'Nightly',
    status: 'active',
    source: 'workspace',
    workspaces: [],
    invitations: [],
    conflicts: [],
    serviceAccounts: [{ workspaceId, id: 'sa-31', name: 'Nightly', isEnabled: true, raw: row }],
  });
  expect(people[0]).not.toHaveProperty('serviceAccounts');
  expect(progress).toMatchObject({ serviceAccounts: 3, unreadServiceAccounts: 0, people: 4 });
});

test('it is joined with an entry of the directory that has its id and is a service account', async () => {
  let id = '';
  const { read, store } = openNorth(() => rows({ id, enabled: false }));
  id = store.users.add(robot);
  const { people } = await read();
  expect(programsOf(people)).toMatchObject([
    { source: 'both', status: 'inactive', name: 'Build robot', directory: { id }, serviceAccounts: [{ id }] },
  ]);
});

test.each([
  ['its name', robot, { id: 'sa-1', name: robot.displayName }],
  ['its user name', robot, { id: 'sa-1', name: robot.userName, email: robot.userName }],
  ['an id of its own in another field', { ...robot, externalId: 'sa-1' }, { id: 'sa-1' }],
])('it is joined with nobody by %s', async (_, entry, row) => {
  const { read, store } = openNorth(() => rows(row));
  const id = store.users.add(entry);
  const { people } = await read();
  const programs = programsOf(people);
  expect(programs.map(({ source, directory }) => [source, directory?.id])).toEqual([
    ['directory', id],
    ['workspace', undefined],
  ]);
  expect(programs[0]).not.toHaveProperty('serviceAccounts');
});

test('it is the entry of the directory that has its id, and no member, whatever the id', async () => {
  let id = '';
  const { read, store } = openNorth(() => rows({ id }, { id: 'user-ada' }));
  id = store.users.add({ userName: 'ben@north.example', active: true });
  const { people } = await read();
  expect(people.filter(({ kind }) => kind !== 'service_account')).toHaveLength(1);
  expect(programsOf(people).map(({ source, serviceAccounts }) => [source, serviceAccounts?.[0]?.id])).toEqual([
    ['both', id],
    ['workspace', 'user-ada'],
  ]);
});

test('what the directory and the Admin API of one workspace have of the same account is listed apart: nothing links them', async () => {
  const { read, store } = openNorth();
  store.users.add(robot);
  const { people, progress } = await read();
  expect(programsOf(people).map(({ source }) => source)).toEqual(['directory', 'workspace']);
  expect(progress).toMatchObject({ serviceAccounts: 1, unreadServiceAccounts: 0 });
});

test('one account of two workspaces is one', async () => {
  const { read, asked } = openNorth(
    (count) => rows({ id: 'sa-1', enabled: count === 2 }),
    [workspaceId, otherWorkspaceId],
  );
  const { people } = await read();
  expect(asked).toHaveLength(2);
  const [program, ...others] = programsOf(people);
  expect(others).toEqual([]);
  expect(program?.status).toBe('active');
  expect(program?.serviceAccounts?.map((one) => one.workspaceId).toSorted()).toEqual([workspaceId, otherWorkspaceId]);
});

test.each([401, 403, 404, 429, 500])(
  'where they are answered %d, everyone else is listed, and the progress tells',
  async (status) => {
    const { read, asked } = openNorth(() => Response.json({}, { status }));
    const { people, progress } = await read();
    expect(people.map(({ email }) => email)).toEqual(['ada@north.example']);
    expect(progress).toMatchObject({ serviceAccounts: 0, unreadServiceAccounts: 1, unreadWorkspaces: 0 });
    expect(asked).toHaveLength(1);
  },
);

test('a list that breaks off, or has a row without an id, keeps what it showed, and is not whole', async () => {
  const broken = openNorth((count) =>
    count === 1
      ? Response.json({ data: [{ id: 'sa-1' }], cursor: 'x', has_more: true })
      : Response.json({}, { status: 500 }),
  );
  const { people, progress } = await broken.read();
  expect(programsOf(people)).toHaveLength(1);
  expect(progress).toMatchObject({ serviceAccounts: 1, unreadServiceAccounts: 1 });
  const nameless = await openNorth(() => rows({ name: 'Nightly' }, { id: 'sa-2' }, { id: 7 })).read();
  expect(programsOf(nameless.people).map(({ serviceAccounts }) => serviceAccounts?.[0]?.id)).toEqual(['sa-2']);
  expect(nameless.progress).toMatchObject({ unreadServiceAccounts: 1 });
});

test('without an Admin key they are not asked for', async () => {
  const { emulator, read, asked } = openNorth();
  const { progress } = await read({ complianceApiKeys: undefined, complianceApiKey: emulator.compliance.apiKey });
  expect(asked).toEqual([]);
  expect(progress).toMatchObject({ serviceAccounts: 0, unreadServiceAccounts: 0 });
});

test('a list that never answers is left after half a minute, and ends at once with the call', async () => {
  let isAsked = () => {};
  const never = () => {
    isAsked();
    return new Promise<Response>(() => {});
  };
  const { open } = openAdmin(never);
  for (const how of ['left', 'aborted'] as const) {
    const clock = createTestClock();
    const stop = new AbortController();
    const asking = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const client = open({ clock, timeoutMs: 600_000 });
    const list = listServiceAccounts(client, workspaceId, { signal: stop.signal }, clock);
    await asking;
    if (how === 'left') {
      clock.advance(30_000);
      expect(await list).toEqual({ accounts: [], isWhole: false });
    } else {
      stop.abort('enough');
      await expect(list).rejects.toBe('enough');
    }
  }
});
