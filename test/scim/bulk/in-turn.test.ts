import { expect, test } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import type { BulkWrite } from '../../../src/scim/bulk/writes.js';
import { coarseForm, isAlike } from '../../../src/scim/proven-filters.js';
import { answer, fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const user = (userName: string): BulkWrite => ({ method: 'POST', path: '/Users', data: { userName } });

/** A server with bulk requests, and without uniqueness, that stores each user some time after it was asked to. */
function slowServer() {
  const server = fakeServer();
  const later = () => new Promise<void>((resolve) => setImmediate(resolve));
  const create = async (data: object) => {
    for (let turn = 0; turn < 20; turn += 1) await later();
    const stored = { ...data, id: `n${server.users.size + 1}` };
    server.users.set(stored.id, stored);
    return stored;
  };
  server.intercept = async ({ method, path, body }) => {
    if (path === '/ServiceProviderConfig') return answer(200, { bulk: { supported: true, maxOperations: 100 } });
    if (method === 'POST' && path === '/Users') return answer(201, await create(body as object));
    if (path !== '/Bulk') return undefined;
    const entries: object[] = [];
    for (const { bulkId, data } of (body as { Operations: { bulkId: string; data: object }[] }).Operations) {
      entries.push({ method: 'POST', bulkId, status: '201', response: await create(data) });
    }
    return answer(200, { Operations: entries });
  };
  return server;
}

const namesOf = ({ users }: ReturnType<typeof slowServer>) => [...users.values()].map(({ userName }) => userName);

test.each(['rfc', 'workos'] as const)(
  'an upsert waits for the bulk call that creates the same (%s)',
  async (profile) => {
    const server = slowServer();
    const { client } = openClient(server, { profile });
    const names = ['a@x.y', 'b@x.y', 'c@x.y'];
    const [results, ...upserted] = await Promise.all([
      bulk(client, names.map(user)),
      ...names.map((name) => client.users.upsert({ userName: name.toUpperCase() })),
    ]);
    expect(namesOf(server)).toEqual(names);
    expect(results.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(upserted.map(({ resource }) => resource.id)).toEqual(results.map(({ id }) => id));
  },
);

test('bulk calls that create the same in another order do not wait for each other for ever', async () => {
  const server = slowServer();
  const { client } = openClient(server, { profile: 'rfc' });
  const names = ['a@x.y', 'b@x.y', 'c@x.y'];
  await Promise.all([bulk(client, names.map(user)), bulk(client, names.toReversed().map(user))]);
  expect(namesOf(server)).toEqual([...names, ...names.toReversed()]);
});

test('a bulk call that is aborted while it waits for its turn sends nothing', async () => {
  const server = slowServer();
  const { client } = openClient(server, { profile: 'rfc' });
  const controller = new AbortController();
  const first = client.users.create({ userName: 'a@x.y' });
  const second = bulk(client, [user('a@x.y')], { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  await first;
  await client.users.upsert({ userName: 'a@x.y' });
  expect(server.log).not.toContain('POST /Bulk');
});

test('two creations of one name in one bulk call are two, each with its own outcome', async () => {
  const server = slowServer();
  const { client } = openClient(server, { profile: 'rfc' });
  const results = await bulk(client, [user('a@x.y'), user('a@x.y')]);
  expect(results.map(({ outcome, id }) => [outcome, id])).toEqual([
    ['succeeded', 'n1'],
    ['succeeded', 'n2'],
  ]);
});

test.each([
  ['DOM\\ann', 'ann'],
  ['ann', 'DOM\\ann'],
  ['Jose\u0301', ' jos\u00e9 '],
])('upserts at the same time of names that may be one, as %j and %j, make one user', async (one, other) => {
  const server = slowServer();
  const { client } = openClient(server, { profile: 'rfc' });
  const [made, second] = await Promise.allSettled([one, other].map((userName) => client.users.upsert({ userName })));
  expect(made).toMatchObject({ status: 'fulfilled', value: { outcome: 'created' } });
  expect(second).toMatchObject({ status: 'rejected', reason: { name: 'NaturalKeyConflictError', reason: 'alike' } });
  expect(namesOf(server)).toEqual([one]);
});

test('values that are alike, in one step or several, have their turn after one another', () => {
  const values = ['ann', ' Ann', 'DOM\\ann', 'dom/ann', 'FOREST\\DOM\\ann', 'FOREST/DOM\\ann'];
  expect(values.map((value) => coarseForm('userName', value))).toEqual(values.map(() => 'ann'));
  expect(isAlike('userName', 'FOREST\\DOM\\ann', 'DOM\\ann')).toBe(true);
  expect(coarseForm('userName', 'ann@x/y')).toBe('ann@x/y');
  expect(coarseForm('externalId', 'DOM\\1')).toBe('dom\\1');
});
