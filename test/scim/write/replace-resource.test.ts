import { expect, test } from 'vitest';
import { answer, fakeServer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const user = { id: '1', userName: 'mira@x.y', title: 'Lead', meta: { version: 'W/"1"' } };

test('replace puts the resource, with its id and without its meta', async () => {
  const server = fakeServer({ users: [user] });
  const { users } = openClient(server).client;
  const before = await users.get('1');
  expect(await users.replace('1', { ...before, title: 'Head' }, { ifMatch: 'W/"1"' })).toMatchObject({ title: 'Head' });
  expect(server.seen[1]?.body).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: '1',
    userName: 'mira@x.y',
    title: 'Head',
  });
});

test('replace gives nothing where the server answers without the resource', async () => {
  const server = fakeServer({ users: [user] });
  server.intercept = () => new Response(null, { status: 204 });
  expect(await openClient(server).client.users.replace('1', { userName: 'mira@x.y' })).toBeUndefined();
});

test('verify reports the attributes that are not as written', async () => {
  const server = fakeServer({ users: [user] });
  server.intercept = ({ method }) => (method === 'PUT' ? answer(200, user) : undefined);
  const { users } = openClient(server).client;
  const changed = { userName: 'MIRA@x.y', title: 'Head', password: 'p', groups: [] };
  const replace = users.replace('1', changed, { verify: true });
  await expect(replace).rejects.toMatchObject({ code: 'not_applied', attributes: ['title'] });
});

test('a user that is not there is an error: nothing is created', async () => {
  const server = fakeServer();
  await expect(openClient(server).client.users.replace('1', { userName: 'mira@x.y' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a replacement waits for a change under way, which would undo it on a server that reads and puts back', async () => {
  const server = fakeServer({ users: [{ ...user, title: 'Old' }] });
  server.intercept = async ({ method }) => {
    if (method === 'PATCH') return scimError(501);
    if (method !== 'GET') return undefined;
    const before = server.users.get('1');
    await new Promise((resolve) => setTimeout(resolve, 5));
    return answer(200, before);
  };
  const { users } = openClient(server).client;
  await Promise.all([
    users.patch('1', [{ op: 'replace', path: 'nickName', value: 'M' }]),
    users.replace('1', { userName: 'mira@x.y', title: 'New' }),
  ]);
  expect(server.users.get('1')).toMatchObject({ title: 'New' });
  expect(server.users.get('1')).not.toHaveProperty('nickName');
});
