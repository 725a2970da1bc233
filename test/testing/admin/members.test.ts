import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { EmulatorOptions } from '../../../src/testing/emulator.js';
import { askAdmin, askAllOf } from '../support/ask-admin.js';
import { askCompliance } from '../support/ask-compliance.js';
import { askScim } from '../support/ask-scim.js';

function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: createTestClock(), ...options });
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  const { workspaces, users } = emulator.store;
  const emails = async (query = '') =>
    (await askAdmin(emulator, `/users${query}`)).body.data.map(({ email }: { email: string }) => email);
  return { emulator, first, second, workspaces, users, emails };
}
const ada = 'ada@north.example';

test('the members are the people whom SCIM and the Compliance side know', async () => {
  const { emulator, first } = open();
  const rows = await askAllOf(emulator, '/users', 5);
  const { body } = await askCompliance(emulator, `/workspaces/${first}/users`);
  const { body: directory } = await askScim(emulator, 'GET', '/Users');
  expect(rows.map(({ id }) => id)).toEqual(body.data.map(({ id }: { id: string }) => id));
  expect(rows.map(({ email }) => email).sort()).toEqual(
    directory.Resources.map(({ userName }: { userName: string }) => userName).sort(),
  );
  expect(rows[0]).toEqual({
    object: 'workspace.user',
    id: 'user-18PEs47An9T9xlEPqZPO0fNU',
    email: 'jonas.nair@northwind.example',
    name: 'Jonas Nair',
    role: 'account-admin',
    seat_type: 'chatgpt',
    is_scim_managed: true,
  });
  expect(new Set(rows.map(({ seat_type }) => seat_type))).toEqual(new Set(['chatgpt', 'codex']));
});

test('the Compliance side says nothing of seats', async () => {
  const { emulator, first } = open();
  const { body } = await askCompliance(emulator, `/workspaces/${first}/users`);
  expect(JSON.stringify(body)).not.toContain('seat');
});

test('pages go from the last id on, and name their first and last one', async () => {
  const { emulator } = open();
  const { body: whole } = await askAdmin(emulator, '/users?limit=1000');
  const { body: one } = await askAdmin(emulator, '/users?limit=7');
  expect(one).toMatchObject({ object: 'list', has_more: true, first_id: whole.first_id, last_id: whole.data[6].id });
  const { body: two } = await askAdmin(emulator, `/users?limit=7&after=${one.last_id}`);
  expect(two).toMatchObject({ has_more: false, first_id: whole.data[7].id, last_id: whole.last_id });
  expect([...one.data, ...two.data]).toEqual(whole.data);
  const { body: empty } = await askAdmin(emulator, `/users?after=${whole.last_id}`);
  expect(empty).toEqual({ object: 'list', data: [], first_id: null, last_id: null, has_more: false });
});

test('an address finds the one member who has it, whatever the case, and no other', async () => {
  const { emails } = open();
  expect(await emails('?email=Jonas.Nair%40northwind.example')).toEqual(['jonas.nair@northwind.example']);
  expect(await emails('?email=nair%40northwind.example')).toEqual([]);
});

test('only active members are listed; whoever was switched off is still read by id', async () => {
  const { emulator, first, workspaces, emails } = open({ admin: { quirks: { staleMembersMs: 0 } } });
  const { id } = workspaces.updateUser(first, 'jonas.nair@northwind.example', { status: 'inactive' });
  expect(await emails()).not.toContain('jonas.nair@northwind.example');
  expect((await askAdmin(emulator, `/users/${id}`)).body).toMatchObject({ id, email: 'jonas.nair@northwind.example' });
  workspaces.removeUser(first, id);
  expect((await askAdmin(emulator, `/users/${id}`)).status).toBe(404);
});

test('whoever is only invited is in no member list, and a service account neither', async () => {
  const { emulator, first, workspaces, users, emails } = open();
  const before = await emails();
  workspaces.invite(first, ada, 'Ada Fir');
  users.add({ userName: 'svc-build@north.example', active: true, userType: 'ServiceAccount' });
  emulator.clock.advance(60_000);
  expect(await emails()).toEqual(before);
});

test('a member who comes is in the list two seconds later, and by id at once', async () => {
  const { emulator, first, workspaces, emails } = open();
  workspaces.invite(first, ada);
  const { id } = workspaces.acceptInvitation(first, ada);
  emulator.clock.advance(1999);
  expect(await emails()).not.toContain(ada);
  expect((await askAdmin(emulator, `/users/${id}`)).status).toBe(200);
  emulator.clock.advance(1);
  expect(await emails()).toContain(ada);
});

test('a member who goes is in the list for two seconds more', async () => {
  const { emulator, first, workspaces, emails } = open();
  workspaces.removeUser(first, 'jonas.nair@northwind.example');
  expect(await emails()).toContain('jonas.nair@northwind.example');
  emulator.clock.advance(2000);
  expect(await emails()).not.toContain('jonas.nair@northwind.example');
});

test('each of several changes shows when its own time has come', async () => {
  const { emulator, first, workspaces, emails } = open({ admin: { quirks: { staleMembersMs: 1000 } } });
  const count = (await emails()).length;
  workspaces.removeUser(first, 'jonas.nair@northwind.example');
  emulator.clock.advance(600);
  workspaces.removeUser(first, 'mira.sol@northwind.example');
  expect((await emails()).length).toBe(count);
  emulator.clock.advance(400);
  expect((await emails()).length).toBe(count - 1);
  emulator.clock.advance(600);
  expect((await emails()).length).toBe(count - 2);
});

test('a world that was arranged shows at once, and so does one that was brought back', async () => {
  const { emulator, first, workspaces, emails } = open();
  const before = emulator.snapshot();
  workspaces.removeUser(first, 'jonas.nair@northwind.example');
  emulator.restore(before);
  expect(await emails()).toContain('jonas.nair@northwind.example');
  const { organizationId } = emulator.compliance;
  const user = { id: 'user-a', email: ada, name: '', created_at: 1, role: 'standard-user', status: 'active' };
  workspaces.add({ id: first, name: 'Anew', organizationId }, [user]);
  expect(await emails()).toEqual([ada]);
  expect((await askAdmin(emulator, '/users')).body.data[0]).toMatchObject({ name: null, is_scim_managed: false });
});

test('the world may say of a member what the address does not: the seat, and who manages the account', async () => {
  const { emulator, first, workspaces } = open({ admin: { quirks: { staleMembersMs: 0 } } });
  const { id } = workspaces.updateUser(first, 'mira.sol@northwind.example', {
    seatType: 'codex',
    is_scim_managed: false,
  });
  const { body } = await askAdmin(emulator, `/users/${id}`);
  expect(body).toMatchObject({ seat_type: 'codex', is_scim_managed: false });
});

test('an invitation is listed until it is accepted, and read by its id', async () => {
  const { emulator, first, second, workspaces } = open();
  workspaces.invite(first, ada, 'Ada Fir');
  workspaces.invite(second, 'bo@north.example');
  const { body } = await askAdmin(emulator, '/invites');
  expect(body.data).toMatchObject([{ email: ada, name: 'Ada Fir', status: 'pending' }]);
  expect((await askAdmin(emulator, `/invites/${body.data[0].id}`)).body).toEqual(body.data[0]);
  const { body: other } = await askCompliance(emulator, `/workspaces/${first}/invites`);
  expect(other.data.map(({ id }: { id: string }) => id)).toEqual([body.data[0].id]);
  expect((await askAdmin(emulator, '/invites/invite-none')).status).toBe(404);
  workspaces.acceptInvitation(first, ada);
  expect((await askAdmin(emulator, '/invites')).body.data).toEqual([]);
});

test.each(['cursor', 'after'] as const)(
  'invitations are paged by %s, as the world has it',
  async (unpublishedPaging) => {
    const { emulator, first, workspaces } = open({ admin: { quirks: { unpublishedPaging } } });
    const wanted = Array.from({ length: 7 }, (_none, number) => `guest${number}@north.example`);
    for (const email of wanted) workspaces.invite(first, email);
    const { body } = await askAdmin(emulator, '/invites?limit=3');
    expect([body.has_more, 'cursor' in body, 'first_id' in body]).toEqual([
      true,
      unpublishedPaging === 'cursor',
      unpublishedPaging === 'after',
    ]);
    const rows = await askAllOf(emulator, '/invites', 3);
    expect(rows.map(({ email }) => email).sort()).toEqual(wanted);
  },
);

test('service accounts are those of the directory, in the first workspace, and their tokens end with them', async () => {
  const { emulator, second, users } = open();
  const robot = { userName: 'svc-build', displayName: 'Build robot', active: true, userType: 'serviceaccount' };
  const id = users.add(robot);
  const { body } = await askAdmin(emulator, '/service-accounts');
  const [account] = body.data;
  expect(body.data).toMatchObject([{ name: 'Build robot', enabled: true }]);
  expect((await askAdmin(emulator, `/service-accounts/${account.id}`)).body).toEqual(account);
  const credentials = async () => (await askAdmin(emulator, `/service-accounts/${account.id}/credentials`)).body.data;
  expect(await credentials()).toMatchObject([{ service_account_id: account.id }]);
  expect(JSON.stringify(await credentials())).not.toMatch(/access_token|secret/);
  users.update(id, { active: false });
  expect(await credentials()).toEqual([]);
  expect((await askAdmin(emulator, `/service-accounts/${account.id}`)).body.enabled).toBe(false);
  expect((await askAdmin(emulator, '/service-accounts/sa-none/credentials')).status).toBe(404);
  const path = `/manage/workspaces/${second}/service-accounts`;
  expect((await askAdmin(emulator, path, emulator.admin.apiKeys[second])).body.data).toEqual([]);
});
