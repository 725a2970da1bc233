import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { askCompliance, workspaceId } from '../support/ask-compliance.js';
import { askScim, newUser, patchOf } from '../support/ask-scim.js';

function open(sync?: 'tenant' | 'workspace') {
  const clock = createTestClock();
  const emulator = createEmulator({ clock, world: 'empty', scim: { sync }, workspaces: [{ id: workspaceId }] });
  const { workspaces } = emulator.store;
  return {
    emulator,
    workspaces,
    invited: () => workspaces.invitations(workspaceId).map(({ email }) => email),
    members: async () => {
      const { body } = await askCompliance(emulator, `/workspaces/${workspaceId}/users`);
      return (body.data as { email: string }[]).map(({ email }) => email);
    },
  };
}
const ada = 'ada@north.example';
const body = newUser(ada, { displayName: 'Ada Fir', active: true });
const serviceAccount = newUser('svc-build@north.example', {
  displayName: 'Build robot',
  active: true,
  userType: 'ServiceAccount',
});

test('an invitation is not in the member list until it is accepted', async () => {
  const { emulator, workspaces, invited, members } = open();
  workspaces.invite(workspaceId, 'Ada@North.example', 'Ada Fir');
  expect([invited(), await members()]).toEqual([[ada], []]);
  expect(workspaces.acceptInvitation(workspaceId, ada)).toMatchObject({
    email: ada,
    name: 'Ada Fir',
    role: 'standard-user',
    status: 'active',
    created_at: Math.floor(emulator.clock.now() / 1000),
  });
  expect([invited(), await members()]).toEqual([[], [ada]]);
  workspaces.invite(workspaceId, ada);
  expect(invited()).toEqual([]);
  expect(() => workspaces.acceptInvitation(workspaceId, ada)).toThrow('no such invitation');
  expect(() => workspaces.invite('nobody', ada)).toThrow('no such workspace');
});

test('the list of invitations is paged, and shown only to a key that may list the members', async () => {
  const { emulator, workspaces } = open();
  const path = `/workspaces/${workspaceId}/invites`;
  const names = ['ada', 'ben', 'cleo', 'dan', 'eve'].map((name) => `${name}@north.example`);
  for (const name of names) workspaces.invite(workspaceId, name);
  const found: { id: string; email: string; status: string }[] = [];
  let pages = 0;
  for (let after = ''; ; pages++) {
    const { status, body } = await askCompliance(emulator, `${path}?limit=2${after}`);
    expect(status).toBe(200);
    found.push(...(body.data as typeof found));
    if (body.has_more !== true) break;
    after = `&after=${body.last_id}`;
  }
  expect(pages).toBe(2);
  expect(found.map(({ email }) => email).toSorted()).toEqual(names);
  expect(new Set(found.map(({ id, status }) => `${id.slice(0, 7)} ${status}`))).toEqual(new Set(['invite- pending']));
  expect(found.map(({ id }) => id)).toEqual(found.map(({ id }) => id).toSorted());

  const scopes = ['chatgpt.enterprise.compliance_logs_platform.read'];
  expect((await askCompliance(emulator, path, emulator.compliance.keys.create({ scopes }))).status).toBe(403);
  expect((await askCompliance(emulator, '/workspaces/nobody/invites')).status).toBe(404);
  expect((await askCompliance(emulator, `${path}?limit=0`)).status).toBe(422);
  const ofOrganization = askCompliance(emulator, `/organizations/${emulator.compliance.organizationId}/invites`);
  await expect(ofOrganization).rejects.toThrow('does not serve');
});

test('an entry of a directory that is synced to the tenant has access to nothing', async () => {
  const { emulator, invited, members } = open();
  expect((await askScim(emulator, 'POST', '/Users', body)).status).toBe(201);
  expect([invited(), await members()]).toEqual([[], []]);
  expect((await askScim(emulator, 'GET', '/Users')).body.totalResults).toBe(1);
});

test('whom a directory of the workspace creates is invited, and whom it switches off is gone', async () => {
  const { emulator, workspaces, invited, members } = open('workspace');
  const { id } = (await askScim(emulator, 'POST', '/Users', body)).body;
  expect([invited(), await members()]).toEqual([[ada], []]);
  workspaces.acceptInvitation(workspaceId, ada);
  expect([invited(), await members()]).toEqual([[], [ada]]);
  await askScim(emulator, 'PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'active', value: false }));
  expect([invited(), await members()]).toEqual([[], []]);
  await askScim(emulator, 'PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'active', value: true }));
  expect(invited()).toEqual([ada]);
  await askScim(emulator, 'DELETE', `/Users/${id}`);
  expect(invited()).toEqual([]);
});

test('a change that leaves somebody active invites nobody again', async () => {
  const { emulator, invited, members, workspaces } = open('workspace');
  const { id } = (await askScim(emulator, 'POST', '/Users', body)).body;
  workspaces.acceptInvitation(workspaceId, ada);
  await askScim(emulator, 'PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'title', value: 'Lead' }));
  expect([invited(), await members()]).toEqual([[], [ada]]);
});

test('a service account is listed by SCIM, and by no member list', async () => {
  const { emulator, invited, members } = open('workspace');
  const { status, body: made } = await askScim(emulator, 'POST', '/Users', serviceAccount);
  expect(status).toBe(201);
  expect(made).toMatchObject({ userName: 'svc-build@north.example', userType: 'ServiceAccount', active: true });
  expect(made).not.toHaveProperty('emails');
  expect(made).not.toHaveProperty('name');
  const { body: list } = await askScim(emulator, 'GET', '/Users');
  expect(list.Resources).toMatchObject([{ id: made.id, userType: 'ServiceAccount' }]);
  expect([invited(), await members()]).toEqual([[], []]);
});

test('a service account needs no address for a name, is replaced without one, and is known by its name alone', async () => {
  const { emulator } = open();
  const robot = newUser('svc-build', { displayName: 'Build robot', active: true, userType: 'ServiceAccount' });
  const { status, body: made } = await askScim(emulator, 'POST', '/Users', robot);
  expect(status).toBe(201);
  const replaced = await askScim(emulator, 'PUT', `/Users/${made.id}`, { ...robot, displayName: 'Robot' });
  expect([replaced.status, replaced.body.displayName, replaced.body.emails]).toEqual([200, 'Robot', undefined]);
  expect((await askScim(emulator, 'POST', '/Users', robot)).status).toBe(409);
  const person = newUser('svc-build2', { active: true, userType: 'Contractor' });
  expect((await askScim(emulator, 'POST', '/Users', person)).status).toBe(400);
});

test('members and invitations come back with the world', async () => {
  const { emulator, workspaces, invited, members } = open();
  workspaces.invite(workspaceId, ada);
  const before = emulator.snapshot();
  workspaces.acceptInvitation(workspaceId, ada);
  emulator.restore(before);
  expect([invited(), await members()]).toEqual([[ada], []]);
});

test('a member is changed by address, and a misspelt change is refused', () => {
  const { workspaces } = open();
  workspaces.invite(workspaceId, ada);
  workspaces.acceptInvitation(workspaceId, ada);
  expect(workspaces.updateUser(workspaceId, ada, { role: 'account-admin' })).toMatchObject({ role: 'account-admin' });
  expect(workspaces.member(workspaceId, 'ADA@north.example')).toMatchObject({
    role: 'account-admin',
    status: 'active',
  });
  expect(() => workspaces.updateUser(workspaceId, ada, { rol: 'x' } as object)).toThrow('`rol` is not an option');
  expect(() => workspaces.updateUser(workspaceId, 'nobody', { role: 'x' })).toThrow('no such member');
});
