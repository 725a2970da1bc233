import { expect, test } from 'vitest';
import { AdminClient, type AdminClientOptions, principalOf } from '../../src/admin/index.js';
import { createEmulator, createTestClock, type EmulatorOptions, fault } from '../../src/testing/index.js';
import { rejection } from '../support/open-test-transport.js';

function open(options: EmulatorOptions = {}, client: Partial<AdminClientOptions> = {}) {
  const emulator = createEmulator({ clock: createTestClock({ skipsWaits: true }), ...options });
  const [workspaceId = '', other = ''] = emulator.compliance.workspaceIds;
  const { baseUrl, apiKeys } = emulator.admin;
  const { fetch, clock } = emulator;
  const how = { baseUrl, fetch, clock, random: () => 0, ...client };
  const admin = new AdminClient({ apiKey: apiKeys[workspaceId] ?? '', workspaceIds: workspaceId, ...how });
  return { emulator, workspaceId, other, admin, how };
}

test('members are the same, however many come on a page, and each is found by id and by address', async () => {
  const { admin } = open();
  const all = await admin.members.iterate().toArray();
  expect(all.length).toBeGreaterThan(5);
  expect(await admin.members.iterate({ limit: 2 }).toArray()).toEqual(all);
  for (const member of all.slice(0, 3)) {
    expect((await admin.members.get(member.id)).email).toBe(member.email);
    expect(await admin.members.find({ email: String(member.email).toUpperCase() })).toEqual(member);
  }
  expect(await admin.members.find({ email: 'nobody@north.example' })).toBeUndefined();
});

test('each group has as many members as it says, and each of these is in the group', async () => {
  const { admin } = open();
  const groups = await admin.groups.iterate({ limit: 1 }).toArray();
  expect(groups.length).toBeGreaterThan(1);
  for (const group of groups) {
    expect(await admin.groups.get(group.id)).toEqual(group);
    const members = await admin.groups.members(group.id, { limit: 2 }).toArray();
    expect(members).toHaveLength(group.member_count ?? -1);
    const [first] = members;
    if (first === undefined) continue;
    const groupsOfFirst = await admin.members.groups(first.id, { limit: 1 }).toArray();
    expect(groupsOfFirst.map(({ id }) => id)).toContain(group.id);
  }
});

test.each(['cursor', 'after'] as const)(
  'what OpenAI has not described is read, paged by %s',
  async (unpublishedPaging) => {
    const { admin, emulator, workspaceId } = open({ admin: { quirks: { unpublishedPaging } } });
    const { users, workspaces } = emulator.store;
    users.add({ userName: 'svc-build', displayName: 'Build robot', active: true, userType: 'ServiceAccount' });
    for (let count = 0; count < 250; count += 1) workspaces.invite(workspaceId, `guest${count}@north.example`);
    const accounts = await admin.serviceAccounts.iterate().toArray();
    expect(accounts).toMatchObject([{ name: 'Build robot', enabled: true }]);
    const id = accounts[0]?.id ?? '';
    expect(await admin.serviceAccounts.get(id)).toEqual(accounts[0]);
    expect(await admin.serviceAccounts.credentials(id).toArray()).toMatchObject([{ service_account_id: id }]);
    const invites = await admin.invites.iterate().toArray();
    expect(new Set(invites.map(({ email }) => email)).size).toBe(250);
    expect(await admin.invites.get(String(invites[0]?.id))).toEqual(invites[0]);
    expect((await admin.invites.list()).nextCursor).toMatch(new RegExp(`^${unpublishedPaging}:`));
  },
);

test.each(['credits', 'amounts'] as const)('limits are read, written as %s', async (limits) => {
  const { admin, workspaceId } = open({ admin: { quirks: { limits } } });
  const { usageLimits } = admin;
  expect((await usageLimits.workspace()).id).toBe(workspaceId);
  const users = await usageLimits.users.iterate({ limit: 3 }).toArray();
  expect(users.map(({ id }) => id).toSorted()).toEqual(
    (await admin.members.iterate().toArray()).map(({ id }) => id).toSorted(),
  );
  const [first] = users;
  expect(await usageLimits.user(first?.id ?? '')).toEqual(first);
  expect((await usageLimits.monthlyUsage(first?.id ?? '')).account_user_id).toBe(`${first?.id}__${workspaceId}`);
  for (const { id } of await usageLimits.groups.iterate().toArray()) expect((await usageLimits.group(id)).id).toBe(id);
  expect((await usageLimits.requests.iterate({ limit: 1 }).toArray()).length).toBeGreaterThan(1);
});

test('use comes by person and day, or by day', async () => {
  const { admin } = open();
  const rows = await admin.usage.iterate({ limit: 3 }).toArray();
  expect(rows.length).toBeGreaterThan(6);
  expect(await admin.usage.iterate().toArray()).toEqual(rows);
  const days = await admin.usage.iterate({ group: 'workspace' }).toArray();
  expect(new Set(rows.map(({ start_time }) => start_time))).toEqual(new Set(days.map(({ start_time }) => start_time)));
});

test('a key of another workspace, an unknown key and a page that repeats itself are told apart', async () => {
  const { emulator, admin, other, workspaceId, how } = open();
  const { apiKeys } = emulator.admin;
  const wrong = new AdminClient({ apiKey: apiKeys[workspaceId] ?? '', workspaceIds: other, ...how });
  const refused = await rejection(wrong.members.list());
  expect(refused).toMatchObject({ remedy: expect.stringContaining('workspace that it was created in') });
  expect(principalOf(refused)?.id).toBe(other);
  const unknown = new AdminClient({ apiKey: 'sk-admin-unknown', workspaceIds: workspaceId, ...how });
  expect(await rejection(unknown.members.list())).toMatchObject({ status: 401, code: 'unauthorized' });
  emulator.faults.add(fault.repeatedPage(), { service: 'admin', skip: 1, times: 1 });
  expect(await rejection(admin.members.iterate({ limit: 2 }).toArray())).toMatchObject({ code: 'pagination_stuck' });
});

test('a key without a permission is told which one', async () => {
  const { emulator, workspaceId, how } = open();
  const apiKey = emulator.compliance.keys.create({ workspaceId, scopes: ['chatgpt.enterprise.user.read'] });
  const admin = new AdminClient({ apiKey, workspaceIds: workspaceId, ...how });
  expect((await admin.members.list()).items.length).toBeGreaterThan(0);
  for (const [read, permission] of [
    [() => admin.groups.list(), 'Group Management'],
    [() => admin.serviceAccounts.list(), 'Service accounts'],
    [() => admin.usageLimits.workspace(), 'Usage limits'],
    [() => admin.usage.list(), 'Enterprise analytics API'],
  ] as const) {
    expect(await rejection(read())).toMatchObject({ status: 403, remedy: expect.stringContaining(permission) });
  }
});
