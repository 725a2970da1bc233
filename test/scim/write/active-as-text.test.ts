import { expect, test } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { rejection } from '../../support/open-test-transport.js';
import { fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const urn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const op = 'replace';
const user = { userName: 'a@b.c' };
const refused = { code: 'invalid_input', message: expect.stringContaining('`active` must be a boolean') };

test.each<[string, object]>([
  ['a path', { op, path: 'active', value: 'False' }],
  ['a path in another case', { op, path: 'Active', value: 'False' }],
  ['a path with the URN', { op, path: `${urn}:active`, value: 'False' }],
  ['a path with the URN in another case', { op, path: `${urn.toUpperCase()}:ACTIVE`, value: 'False' }],
  ['attributes without a path', { op, value: { active: 'False' } }],
  ['attributes in another case', { op, value: { Active: 'false' } }],
  ['attributes by URN', { op, value: { [`${urn}:active`]: 'False' } }],
  ['attributes below the URN', { op, value: { [urn]: { active: 'False' } } }],
  ['the schema as path', { op, path: urn, value: { active: 'False' } }],
  ['an empty path', { op, path: '', value: { active: 'False' } }],
  ['names of the operation in another case', { Op: 'Replace', Path: 'active', Value: 'False' }],
  ['a number', { op, path: 'active', value: 0 }],
])('`active` as text is refused in a patch, also in bulk: %s', async (_, operation) => {
  const server = fakeServer({ users: [{ id: '1', ...user, active: true }] });
  const { client } = openClient(server, { profile: 'rfc' });
  const single = (async () => client.users.patch('1', [operation as never]))();
  expect(await rejection(single)).toMatchObject(refused);
  const data = { Operations: [operation] };
  const several = (async () => bulk(client, [{ method: 'PATCH', path: '/Users/1', data }]))();
  expect(await rejection(several)).toMatchObject(refused);
  expect(server.log).toEqual([]);
});

test.each<[string, object]>([
  ['its name', { active: 'False' }],
  ['another case', { ACTIVE: 'False' }],
  ['the URN', { [`${urn}:active`]: 'False' }],
  ['below the URN', { [urn]: { Active: 'False' } }],
])('and in a resource, by %s', async (_, attributes) => {
  const server = fakeServer();
  const { client } = openClient(server);
  const data = { ...user, ...attributes };
  for (const write of [
    async () => client.users.create(data as never),
    async () => client.users.replace('1', data as never),
    async () => client.users.upsert(data as never),
    async () => bulk(client, [{ method: 'POST', path: '/Users', data }]),
    async () => bulk(client, [{ method: 'PUT', path: '/Users/1', data }]),
  ]) {
    expect(await rejection(write())).toMatchObject(refused);
  }
  expect(server.log).toEqual([]);
});

test('an `active` of another schema may be a text', async () => {
  const server = fakeServer({ users: [{ id: '1', ...user, active: true }] });
  const { users } = openClient(server).client;
  const value = { 'urn:example:2.0:User': { active: 'from March' } };
  await expect(users.patch('1', [{ op: 'add', value }])).resolves.not.toThrow();
});
