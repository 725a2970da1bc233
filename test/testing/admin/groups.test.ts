import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { EmulatorOptions } from '../../../src/testing/emulator.js';
import { personOf } from '../../../src/testing/people.js';
import { askAdmin, askAllOf } from '../support/ask-admin.js';

function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: createTestClock(), ...options });
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  return { emulator, first, second, ...emulator.store };
}

test('groups are those of the directory and those that were made by hand', async () => {
  const { emulator, first, groups } = open();
  const rows = await askAllOf(emulator, '/groups', 2);
  const scim = groups.getByName('Engineering');
  expect(rows.map(({ name, source }) => [name, source])).toEqual([
    ['Engineering', 'scim'],
    ['Finance', 'scim'],
    ['Everyone', 'scim'],
    ['Pilot', 'manual'],
  ]);
  expect(rows[0]).toEqual({
    object: 'directory.workspace.group',
    id: rows[0]?.id,
    workspace_id: first,
    name: 'Engineering',
    created_at: emulator.clock.now() / 1000,
    member_count: 6,
    source: 'scim',
    scim: { id: scim?.id, display_name: 'Engineering' },
  });
  expect(rows[3]).toMatchObject({ scim: null, member_count: 3 });
  expect((await askAdmin(emulator, `/groups/${rows[0]?.id}`)).body).toEqual(rows[0]);
});

test('a newer group comes last, or first where the newest are asked for', async () => {
  const { emulator, first, groups, admin } = open();
  emulator.clock.advance(5000);
  admin.groups.add(first, { name: 'Older' });
  emulator.clock.advance(5000);
  groups.add({ displayName: 'Newest' });
  const names = async (order: string) =>
    (await askAllOf(emulator, `/groups?order=${order}`, 2)).map(({ name }) => name);
  const ascending = await names('asc');
  expect(ascending.slice(-2)).toEqual(['Older', 'Newest']);
  expect(await names('desc')).toEqual(ascending.toReversed());
  expect((await askAdmin(emulator, '/groups?order=up')).status).toBe(400);
});

test('`member_count` is how many are listed, and none of them is a stranger to the workspace', async () => {
  const { emulator, second } = open();
  for (const id of emulator.compliance.workspaceIds) {
    const path = `/manage/workspaces/${id}/groups`;
    const key = emulator.admin.apiKeys[id];
    const members = new Set(emulator.store.workspaces.users(id).map((user) => user.id));
    for (const group of (await askAdmin(emulator, path, key)).body.data) {
      const { body } = await askAdmin(emulator, `${path}/${group.id}/users`, key);
      expect(body.data).toHaveLength(group.member_count);
      for (const user of body.data) expect(members).toContain(user.id);
    }
  }
  const path = `/manage/workspaces/${second}/groups`;
  const { body } = await askAdmin(emulator, path, emulator.admin.apiKeys[second]);
  // Half of the people are members there, and nobody of Finance.
  expect(body.data.map(({ member_count }: { member_count: number }) => member_count)).toEqual([6, 0, 6]);
});

test('the members of a group have the row of the Compliance side, with its own word for an account that is off', async () => {
  const { emulator, first, workspaces } = open();
  const { email } = personOf(1);
  const member = workspaces.updateUser(first, email, { status: 'inactive' });
  const [group] = await askAllOf(emulator, '/groups', 1);
  const rows = await askAllOf(emulator, `/groups/${group?.id}/users`, 2);
  expect(rows.map((row) => row.email)).toEqual([0, 1, 2, 3, 4, 5].map((number) => personOf(number).email));
  expect(rows[1]).toEqual({
    object: 'compliance.workspace.user',
    id: member.id,
    email,
    name: member.name,
    created_at: member.created_at,
    role: member.role,
    status: 'deactivated',
    is_scim_managed: true,
  });
  const newestFirst = await askAllOf(emulator, `/groups/${group?.id}/users?order=desc`, 4);
  expect(newestFirst).toEqual(rows.toReversed());
});

test('the groups of a member are those that list the member', async () => {
  const { emulator, first, workspaces } = open();
  const { id = '' } = workspaces.member(first, personOf(0).email) ?? {};
  const rows = await askAllOf(emulator, `/users/${id}/groups`, 2);
  expect(rows.map(({ name }) => name)).toEqual(['Engineering', 'Everyone', 'Pilot']);
  for (const group of rows) {
    expect((await askAllOf(emulator, `/groups/${group.id}/users`, 100)).map((row) => row.id)).toContain(id);
  }
  expect((await askAdmin(emulator, '/users/user-none/groups')).status).toBe(404);
});

test('what SCIM changes shows in the groups at once, and keeps their ids', async () => {
  const { emulator, groups } = open();
  const [before] = await askAllOf(emulator, '/groups', 1);
  const { id = '' } = groups.getByName('Engineering') ?? {};
  groups.update(id, { displayName: 'Research', members: undefined });
  expect((await askAdmin(emulator, `/groups/${before?.id}`)).body).toMatchObject({
    name: 'Research',
    member_count: 0,
    scim: { id, display_name: 'Research' },
  });
  groups.delete(id);
  expect((await askAdmin(emulator, `/groups/${before?.id}`)).status).toBe(404);
  expect((await askAdmin(emulator, `/groups/${before?.id}/users`)).status).toBe(404);
});

test('a directory of the first workspace has no groups in the second one', async () => {
  const { emulator, second, admin } = open({ scim: { sync: 'workspace' } });
  admin.groups.add(second, { name: 'By hand', members: [personOf(0).email] });
  const key = emulator.admin.apiKeys[second];
  const { body } = await askAdmin(emulator, `/manage/workspaces/${second}/groups`, key);
  expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['By hand']);
  const path = `/manage/workspaces/${second}/users/${personOf(0).userId}/groups`;
  expect((await askAdmin(emulator, path, key)).body.data).toEqual(body.data);
});

test('groups made by hand are changed and taken away, and come back with the world', async () => {
  const { emulator, first, admin } = open();
  const names = async () => (await askAllOf(emulator, '/groups', 100)).map(({ name }) => name);
  const before = emulator.snapshot();
  const id = admin.groups.add(first, { name: 'Night shift', members: [personOf(3).email], id: 'group-night' });
  expect(id).toBe('group-night');
  admin.groups.setMembers(first, id, [personOf(4).email, personOf(5).email]);
  expect((await askAdmin(emulator, `/groups/${id}`)).body.member_count).toBe(2);
  expect(() => admin.groups.setMembers(first, 'none', [])).toThrow('no such group');
  expect(() => admin.groups.setMembers(first, id, ['nobody'])).toThrow('no such member');
  expect(() => admin.groups.add('nowhere', { name: 'x' })).toThrow('no such workspace');
  expect(() => admin.groups.add(first, { name: 'x', member: [] } as never)).toThrow('`member` is not an option');
  admin.groups.delete(first, id);
  expect(await names()).not.toContain('Night shift');
  admin.groups.add(first, { name: 'Again' });
  emulator.restore(before);
  expect(await names()).not.toContain('Again');
});
