import { describe, expect, test } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { answer, type FakeServer, fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
const failures: [name: string, body: object, status: number | undefined][] = [
  ['a SCIM error', { schemas: [errorUrn], status: '400', scimType: 'invalidValue', detail: 'mira.sol' }, 400],
  ['a SCIM error without a status', { schemas: [errorUrn], detail: 'no' }, undefined],
  ['a SCIM error with an id', { schemas: [errorUrn], status: '403', id: '1' }, 403],
  ['`error`', { error: { message: 'no' } }, undefined],
  ['`errors`', { errors: ['no'] }, undefined],
  ['`success: false`', { success: false }, undefined],
  ['a `status` as text', { Status: '409', message: 'no' }, 409],
  ['`error` beside nothing', { data: null, Resources: null, error: { message: 'no' } }, undefined],
  ['an error of SCIM 1.1', { schemas: 'urn:scim:schemas:core:1.0:errors' }, undefined],
  ['a numeric `status`', { status: 409, message: 'no' }, 409],
  ['a numeric `code`', { code: 422 }, 422],
  ['`errorCode`', { errorCode: 'E0000001', errorSummary: 'no' }, undefined],
  ['`fault`', { fault: { faultstring: 'no' } }, undefined],
  ['a `statusCode`', { statusCode: 403, message: 'no' }, 403],
  ['a `scimType` without a schema', { detail: 'no', scimType: 'mutability' }, undefined],
  ['`status: "error"`', { status: 'error' }, undefined],
  ['`ok: false`', { ok: false }, undefined],
  ['a list of errors', [{ error: 'no' }], undefined],
  ['an error with an empty list', { success: false, error: 'no', Resources: [], totalResults: 0 }, undefined],
  ['a SCIM error with a list', { schemas: [errorUrn], status: '400', Resources: [], totalResults: 0 }, 400],
];

const answeringWrites = (body: object) => {
  const server = fakeServer({
    users: [{ id: '1', userName: 'mira.sol', active: true }],
    groups: [{ id: 'g', displayName: 'G', members: [{ value: '2' }] }],
  });
  server.intercept = ({ method }) => (method === 'GET' ? undefined : answer(200, body));
  return server;
};

describe.each(failures)('a 200 that holds %s', (_, body, status) => {
  const failure = { status: status ?? 200, ...(status === undefined && { code: 'invalid_response' }) };

  test('is a failure of every write', async () => {
    const { users, groups } = openClient(answeringWrites(body)).client;
    const writes = [
      () => users.patch('1', [{ op: 'replace', path: 'title', value: 'Lead' }]),
      () => users.replace('1', { userName: 'mira.sol', emails: [{ value: 'm@n.example', type: 'work' }] }),
      () => users.deactivate('1'),
      () => users.delete('1'),
      () => users.upsert({ userName: 'mira.sol', title: 'Lead', emails: [{ value: 'm@n.example', type: 'work' }] }),
      () => groups.addMembers('g', ['1'], { maxRetries: 0 }),
      () => groups.removeMembers('g', ['2']),
      () => groups.setMembers('g', ['1'], { maxRetries: 0 }),
    ];
    for (const write of writes) {
      const error: unknown = await write().catch((reason: unknown) => reason);
      expect(error).toMatchObject(failure);
      expect(String(error)).not.toContain('mira');
    }
  });

  test('is a failure of every read', async () => {
    const server = fakeServer();
    server.intercept = () => answer(200, body);
    const { users } = openClient(server, { maxRetries: 0 }).client;
    for (const read of [() => users.get('1'), () => users.list(), () => users.find({ userName: 'mira.sol' })]) {
      const error: unknown = await read().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'invalid_response', message: expect.stringContaining('200 with an error') });
      expect(String(error)).not.toContain('mira');
    }
  });

  test('is a failure of a write in a bulk request', async () => {
    const server = answeringWrites({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
      Operations: [{ method: 'DELETE', location: '/Users/1', status: '200', response: body }],
    });
    const { client } = openClient(server, { profile: 'rfc' });
    const [result] = await bulk(client, [{ method: 'DELETE', path: '/Users/1' }]);
    expect(result).toMatchObject({ outcome: 'failed', ...(status !== undefined && { status }) });
  });
});

test('a bulk request that is answered so is not taken for made', async () => {
  const server = answeringWrites({ schemas: [errorUrn], status: '400' });
  const { client } = openClient(server, { profile: 'rfc' });
  const writes = ['1', '2'].map((id) => ({ method: 'DELETE', path: `/Users/${id}` }) as const);
  expect(await bulk(client, writes.slice(1))).toMatchObject([{ outcome: 'failed', error: { status: 400 } }]);
  expect(await bulk(client, writes)).toMatchObject(writes.map(() => ({ outcome: 'failed', error: { status: 400 } })));
});

test('what only looks like it is the resource, or the list, that was read', async () => {
  const server = fakeServer();
  const read = { id: '1', userName: 'mira.sol', status: 500, error: 'none', success: false };
  server.intercept = ({ path }) =>
    answer(200, path === '/Users' ? { totalResults: 1, Resources: [read], errors: ['none'], code: 500 } : read);
  const { users } = openClient(server).client;
  expect(await users.get('1')).toMatchObject({ id: '1' });
  expect(await users.list()).toMatchObject({ items: [{ id: '1' }] });
});

test('what only looks like it is the resource that was written', async () => {
  const resource = { id: '1', userName: 'mira.sol', status: 500, error: 'none', success: false };
  const { users } = openClient(answeringWrites(resource)).client;
  const patched = await users.patch('1', [{ op: 'replace', path: 'title', value: 'Lead' }]);
  expect(patched).toMatchObject({ id: '1' });
  for (const body of [{}, { error: null, errors: [] }, { status: 'active' }, { status: 200, code: 0 }]) {
    const server = answeringWrites(body);
    const { intercept } = server;
    server.intercept = (request, number) => {
      if (request.method === 'DELETE') server.users.clear();
      return intercept?.(request, number);
    };
    await expect(openClient(server).client.users.delete('1')).resolves.toEqual({ outcome: 'deleted' });
  }
});

describe.each<[string, unknown]>([
  ['a message', { message: 'done' }],
  ['nothing in it', {}],
  ['an empty list', []],
  ['null', null],
])('a write that is answered with %s', (_, body) => {
  const change = [{ op: 'replace', path: 'title', value: 'Lead' }] as const;
  const writes: [string, (server: FakeServer) => Promise<unknown>][] = [
    ['patch', (server) => openClient(server).client.users.patch('1', change)],
    [
      'replace',
      (server) =>
        openClient(server).client.users.replace('1', {
          userName: 'mira.sol',
          emails: [{ value: 'm@n.example', type: 'work' }],
        }),
    ],
    ['deactivate', (server) => openClient(server).client.users.deactivate('1')],
  ];

  test.each(writes)('is done where that can be read: %s', async (name, write) => {
    const server = answeringWrites({});
    server.intercept = ({ method }) => {
      if (method === 'GET') return undefined;
      const emails = [{ value: 'm@n.example', type: 'work' }];
      const user = { id: '1', userName: 'mira.sol', title: 'Lead', emails };
      server.users.set('1', { ...user, active: name !== 'deactivate' });
      return answer(200, body);
    };
    await expect(write(server)).resolves.toBeDefined();
  });

  test.each(writes)('is not done where the resource is as it was: %s', async (_name, write) => {
    const server = answeringWrites({});
    server.intercept = ({ method }) => (method === 'GET' ? undefined : answer(200, body));
    await expect(write(server)).rejects.toMatchObject({ code: 'not_applied' });
  });
});

test('a deletion that is answered with a message, and of one who is still there, is not done', async () => {
  const server = answeringWrites({ message: 'denied' });
  await expect(openClient(server).client.users.delete('1')).rejects.toMatchObject({ code: 'not_applied' });
});
