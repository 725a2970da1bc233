import { expect, test } from 'vitest';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { ScimBehaviour } from '../../../src/testing/scim/behaviour.js';
import { askFor, askScim, newGroup, newUser, patchOf } from '../support/ask-scim.js';

const workos = (quirks: Partial<ScimBehaviour> = {}) => createEmulator({ world: 'empty', scim: { quirks } });
const work = (value: string) => ({ emails: [{ value, type: 'work', primary: true }] });

test('lower-cases the userName and makes an e-mail address of it when there is none', async () => {
  await using emulator = workos();
  const { status, body } = await askScim(emulator, 'POST', '/Users', newUser('Mira@A.example'));
  expect(status).toBe(201);
  expect(body).toMatchObject({
    userName: 'mira@a.example',
    emails: [{ primary: true, type: 'work', value: 'mira@a.example' }],
  });
});

test.each([
  ['without a userName', { userName: ' ' }, 'invalidValue', "'userName' is required"],
  [
    'without a usable e-mail',
    { userName: 'mira', emails: [{ value: ' ' }] },
    'invalidValue',
    'Required attributes missing: emails',
  ],
  [
    'with active as text',
    { userName: 'm@a.example', active: 'true' },
    'invalidSyntax',
    "'active' is expected boolean, received string",
  ],
  [
    'with a null',
    { userName: 'm@a.example', externalId: null },
    'invalidSyntax',
    "'externalId' is expected string, received null",
  ],
  [
    'with a null that no rule names',
    { userName: 'm@a.example', nickName: null },
    'invalidSyntax',
    "'nickName' is expected string, received null",
  ],
  [
    'with emails as an object',
    { userName: 'm@a.example', emails: {} },
    'invalidSyntax',
    "'emails' is expected array, received object",
  ],
  [
    'with an e-mail as a number',
    { userName: 'm@a.example', emails: [{ value: 1 }] },
    'invalidSyntax',
    "'emails.value' is expected string, received number",
  ],
  [
    'with a name part as null',
    { userName: 'm@a.example', name: { givenName: null } },
    'invalidSyntax',
    "'name.givenName' is expected string, received null",
  ],
])('refuses a user %s', async (_case, body, scimType, detail) => {
  await using emulator = workos();
  const answer = await askScim(emulator, 'POST', '/Users', body);
  expect([answer.status, answer.body.scimType, answer.body.detail]).toEqual([400, scimType, detail]);
});

test('says invalidSyntax for a missing e-mail on PUT', async () => {
  await using emulator = workos();
  const { body: user } = await askScim(emulator, 'POST', '/Users', newUser('m@a.example'));
  const answer = await askScim(emulator, 'PUT', `/Users/${user.id}`, newUser('mira'));
  expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax']);
  expect((await askScim(emulator, 'PUT', '/Users/nobody', newUser('m@a.example'))).status).toBe(404);
});

test('holds a refused user unseen, and the corrected body becomes the held row', async () => {
  await using emulator = workos();
  await askScim(emulator, 'POST', '/Users', newUser('mira', { externalId: 'hr-1' }));
  const [held] = emulator.scim.heldUsers();
  expect((await askScim(emulator, 'GET', '/Users')).body.totalResults).toBe(0);
  const { body: group } = await askScim(emulator, 'POST', '/Groups', newGroup('Ops', [held?.id ?? '']));
  expect(group).not.toHaveProperty('members');
  const { status, body } = await askScim(
    emulator,
    'POST',
    '/Users',
    newUser('mira', { externalId: 'hr-1', ...work('m@a.example') }),
  );
  expect([status, body.id]).toEqual([201, held?.id]);
  expect(emulator.scim.heldUsers()).toEqual([]);
});

test('keeps userName unique whatever the case, and e-mail addresses among active users', async () => {
  await using emulator = workos({ softDelete: true });
  await askScim(emulator, 'POST', '/Users', newUser('m@a.example'));
  const name = await askScim(emulator, 'POST', '/Users', newUser('M@A.example', work('other@a.example')));
  expect([name.status, name.body.detail]).toEqual([
    409,
    "Another user already exists with this username 'm@a.example'",
  ]);
  const email = await askScim(emulator, 'POST', '/Users', newUser('jonas', work('M@a.example')));
  expect([email.status, email.body.detail]).toEqual([409, "Another user already exists with this email 'M@a.example'"]);
  const inactive = await askScim(
    emulator,
    'POST',
    '/Users',
    newUser('jonas', { active: false, ...work('m@a.example') }),
  );
  expect(inactive.status).toBe(201);
});

test('refuses an inactive new user without a word when soft-delete is off', async () => {
  await using emulator = workos();
  const answer = await askScim(emulator, 'POST', '/Users', newUser('m@a.example', { active: false }));
  expect([answer.status, answer.body]).toEqual([400, '']);
});

test('keeps the row and its memberships when a user is deactivated', async () => {
  await using emulator = workos();
  const { body: user } = await askScim(emulator, 'POST', '/Users', newUser('m@a.example'));
  const { body: group } = await askScim(emulator, 'POST', '/Groups', newGroup('Ops', [user.id]));
  await askScim(emulator, 'PATCH', `/Users/${user.id}`, patchOf({ op: 'replace', path: 'active', value: false }));
  expect((await askScim(emulator, 'GET', `/Users/${user.id}`)).body.active).toBe(false);
  expect((await askScim(emulator, 'GET', `/Groups/${group.id}`)).body.members).toHaveLength(1);
});

test.each([
  [true, 200],
  [false, 404],
])('with soft-delete %s a deleted user is afterwards a %i', async (softDelete, status) => {
  await using emulator = workos({ softDelete });
  const { body: user } = await askScim(emulator, 'POST', '/Users', newUser('m@a.example'));
  await askScim(emulator, 'POST', '/Groups', newGroup('Ops', [user.id]));
  expect((await askScim(emulator, 'DELETE', `/Users/${user.id}`)).status).toBe(204);
  const after = await askScim(emulator, 'GET', `/Users/${user.id}`);
  expect(after.status).toBe(status);
  const group = emulator.store.groups.getByName('Ops');
  expect(group?.members?.length ?? 0).toBe(softDelete ? 1 : 0);
  if (softDelete) expect(after.body.active).toBe(false);
});

test('knows a group by its externalId, whatever it is renamed to, and drops members it cannot resolve', async () => {
  await using emulator = workos();
  const { body: group } = await askScim(
    emulator,
    'POST',
    '/Groups',
    newGroup('Ops', ['nobody'], { externalId: 'g-1' }),
  );
  expect(group).not.toHaveProperty('members');
  await askScim(
    emulator,
    'PATCH',
    `/Groups/${group.id}`,
    patchOf({ op: 'replace', path: 'displayName', value: 'New' }),
  );
  const again = await askScim(emulator, 'POST', '/Groups', newGroup('Other', [], { externalId: 'g-1' }));
  expect([again.status, again.body.detail]).toEqual([409, "Another group already exists with this ID 'g-1'"]);
  expect((await askScim(emulator, 'POST', '/Groups', { schemas: [] })).body.detail).toBe("'displayName' is required");
});

test('takes the filters its own code uses and 501s the rest; no bulk, no search, no versions', async () => {
  await using emulator = workos();
  await askScim(emulator, 'POST', '/Users', newUser('m@a.example', { externalId: 'e1' }));
  expect((await askFor(emulator, '/Users', 'userName eq "M@A.example"')).body.totalResults).toBe(1);
  expect((await askFor(emulator, '/Users', 'externalId eq "e1"')).body.totalResults).toBe(1);
  expect((await askFor(emulator, '/Users', 'active eq true')).status).toBe(501);
  expect((await askScim(emulator, 'POST', '/Bulk', {})).status).toBe(404);
  expect((await askScim(emulator, 'POST', '/Users/.search', {})).status).toBe(404);
  const { headers, body } = await askScim(emulator, 'GET', '/Users?sortBy=userName');
  expect([headers.get('etag'), body.Resources[0].meta.version]).toEqual([null, undefined]);
});

test('refuses a body above 2,000 KB in words that are not SCIM', async () => {
  await using emulator = workos();
  const answer = await askScim(emulator, 'POST', '/Groups', newGroup('x'.repeat(2_048_001)));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([413, 'text/plain']);
});

test('takes two tokens at a time, so that one can be replaced', async () => {
  await using emulator = workos();
  const statusOf = async (token: string) =>
    (await emulator.fetch(`${emulator.scim.baseUrl}/Users`, { headers: { authorization: `Bearer ${token}` } })).status;
  const second = emulator.scim.createToken();
  expect([await statusOf(emulator.scim.token), await statusOf(second)]).toEqual([200, 200]);
  const third = emulator.scim.createToken();
  expect([await statusOf(emulator.scim.token), await statusOf(second), await statusOf(third)]).toEqual([401, 200, 200]);
  emulator.scim.revokeToken(second);
  expect(await statusOf(second)).toBe(401);
});

test('takes a list of members to remove as Entra ID sends it, and removes only those', async () => {
  await using emulator = workos();
  const ids = ['a@a.example', 'b@a.example'].map((userName) => emulator.store.users.add({ userName }));
  const { body: group } = await askScim(emulator, 'POST', '/Groups', newGroup('Ops', ids));
  const removal = patchOf({ op: 'Remove', path: 'members', value: [{ value: ids[0] }] });
  const { body } = await askScim(emulator, 'PATCH', `/Groups/${group.id}`, removal);
  expect(body.members).toMatchObject([{ value: ids[1] }]);
});
