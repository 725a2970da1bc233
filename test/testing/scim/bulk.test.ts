import { expect, test } from 'vitest';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { askScim, newGroup, newUser, patchOf } from '../support/ask-scim.js';

const rfc = () => createEmulator({ world: 'empty', scim: { mode: 'rfc', quirks: { bulkMaxOperations: 5 } } });
const bulkOf = (Operations: object[], more: object = {}) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
  Operations,
  ...more,
});

test('creates what others name by bulkId first, whatever the order', async () => {
  await using emulator = rfc();
  const { status, body } = await askScim(
    emulator,
    'POST',
    '/Bulk',
    bulkOf([
      { method: 'POST', path: '/Groups', bulkId: 'g', data: newGroup('Ops', ['bulkId:u']) },
      { method: 'POST', path: '/Users', bulkId: 'u', data: newUser('mira') },
      { method: 'PATCH', path: '/Users/bulkId:u', data: patchOf({ op: 'add', path: 'title', value: 'Lead' }) },
    ]),
  );
  expect(status).toBe(200);
  expect(body.Operations).toMatchObject([
    { method: 'POST', bulkId: 'g', status: '201' },
    { method: 'POST', bulkId: 'u', status: '201', version: 'W/"1"' },
    { method: 'PATCH', status: '200' },
  ]);
  const user = emulator.store.users.getByName('mira');
  expect(user?.title).toBe('Lead');
  expect(emulator.store.groups.getByName('Ops')?.members).toMatchObject([{ value: user?.id }]);
  expect(body.Operations[2].location).toBe(user?.meta?.location);
});

test('finds what others name by bulkId also where it answers without a Location', async () => {
  await using emulator = createEmulator({ world: 'empty', scim: { mode: 'rfc', quirks: { locationHeader: false } } });
  const { body } = await askScim(
    emulator,
    'POST',
    '/Bulk',
    bulkOf([
      { method: 'POST', path: '/Users', bulkId: 'u', data: newUser('mira') },
      { method: 'POST', path: '/Groups', bulkId: 'g', data: newGroup('Ops', ['bulkId:u']) },
    ]),
  );
  expect(body.Operations).toMatchObject([{ status: '201' }, { status: '201' }]);
  expect(emulator.store.groups.getByName('Ops')?.members).toHaveLength(1);
});

test('stops after as many failures as failOnErrors says, and leaves out what it did not reach', async () => {
  await using emulator = rfc();
  const operations = [
    { method: 'DELETE', path: '/Users/nobody' },
    { method: 'POST', path: '/Users', bulkId: 'a', data: newUser('a') },
    { method: 'POST', path: '/Users', data: newUser('b') },
    { method: 'POST', path: '/Users', bulkId: 'c', data: newUser('c') },
  ];
  const all = await askScim(emulator, 'POST', '/Bulk', bulkOf(operations));
  expect(all.body.Operations.map((operation: { status: string }) => operation.status)).toEqual([
    '404',
    '201',
    '400',
    '201',
  ]);
  expect(all.body.Operations[0].response).toMatchObject({ status: '404' });
  const some = await askScim(emulator, 'POST', '/Bulk', bulkOf(operations, { failOnErrors: 1 }));
  expect(some.body.Operations).toHaveLength(1);
});

test('answers 409 to operations that wait for each other, or for one that failed', async () => {
  await using emulator = rfc();
  const { body } = await askScim(
    emulator,
    'POST',
    '/Bulk',
    bulkOf([
      { method: 'POST', path: '/Groups', bulkId: 'a', data: newGroup('A', ['bulkId:b']) },
      { method: 'POST', path: '/Groups', bulkId: 'b', data: newGroup('B', ['bulkId:a']) },
      { method: 'POST', path: '/Users', bulkId: 'u', data: newUser('') },
      { method: 'POST', path: '/Groups', bulkId: 'c', data: newGroup('C', ['bulkId:u']) },
    ]),
  );
  expect(body.Operations.map((operation: { status: string }) => operation.status)).toEqual([
    '409',
    '409',
    '400',
    '409',
  ]);
});

test('refuses more operations than it takes with 413, and a bulkId used twice', async () => {
  await using emulator = rfc();
  const one = { method: 'DELETE', path: '/Users/1' };
  expect((await askScim(emulator, 'POST', '/Bulk', bulkOf(Array(6).fill(one)))).status).toBe(413);
  const twice = { method: 'POST', path: '/Users', bulkId: 'a', data: newUser('a') };
  expect((await askScim(emulator, 'POST', '/Bulk', bulkOf([twice, twice]))).body.scimType).toBe('invalidSyntax');
});

test('checks the version an operation names', async () => {
  await using emulator = rfc();
  const id = emulator.store.users.add({ userName: 'mira' });
  const operation = { method: 'DELETE', path: `/Users/${id}`, version: 'W/"7"' };
  expect((await askScim(emulator, 'POST', '/Bulk', bulkOf([operation]))).body.Operations).toMatchObject([
    { status: '412' },
  ]);
});
