import { describe, expect, test } from 'vitest';
import { filter } from '../../../src/scim/filter/build.js';
import { fault } from '../../../src/testing/faults.js';
import { tellsOf } from '../../support/tells-of.js';
import { always, collect, openDirectory, rejection } from './open-seen.js';

describe('a list that moves or lies', () => {
  test.each([1, 8])('nobody who stayed is missed while others go and come, prefetch %i', async (prefetch) => {
    const { emulator, client, store, addUsers } = openDirectory({ maxPageSize: 20 });
    const ids = addUsers(100);
    const gone = ids.slice(2, 17);
    const change = () => {
      for (const id of gone) store.users.delete(id);
      addUsers(15, 'new');
    };
    emulator.faults.add(fault.meanwhile('fifteen go and fifteen come', change), { route: 'GET /Users', skip: 2 });
    const users = await collect(client.users.iterate({ prefetch }));
    const read = users.map(({ id }) => id);
    expect(read).toEqual(expect.arrayContaining(ids.filter((id) => !gone.includes(id))));
    expect(new Set(read).size).toBe(read.length);
    await emulator.close();
  });

  test('a first page that comes again while it is the total is not called complete', async () => {
    const { emulator, client, addUsers } = openDirectory({
      startIndex: 'ignored',
      totalResults: 'page_size',
      maxPageSize: 20,
    });
    addUsers(50);
    const error = await rejection(collect(client.users.iterate()));
    expect(error).toMatchObject({ code: 'incomplete_list', reason: 'stalled' });
    await emulator.close();
  });

  test('a cursor may be a number, and the total the size of the page', async () => {
    const { emulator, client, addUsers } = openDirectory({
      cursors: 'always',
      cursorType: 'number',
      totalResults: 'page_size',
      maxPageSize: 20,
      defaultPageSize: 20,
    });
    const ids = addUsers(50);
    expect((await collect(client.users.iterate())).map(({ id }) => id)).toEqual(ids);
    await emulator.close();
  });
});

describe('a server that answers something else', () => {
  test('404 for everything is nobody’s absence', async () => {
    const { emulator, client } = openDirectory();
    emulator.faults.add(fault.html(404), { service: 'scim', times: always });
    const calls = [
      client.users.find({ userName: 'mira' }),
      client.users.count(),
      client.users.deactivate('1'),
      client.users.delete('1'),
    ];
    for (const call of calls) expect(await rejection(call)).toMatchObject({ status: 404 });
    await emulator.close();
  });

  test.each([507, 520, 524, 529, 530, 598])('%i is an outage that passes', async (status) => {
    const { emulator, client, addUsers } = openDirectory();
    addUsers(3);
    emulator.faults.add(fault.status(status, { body: 'error' }), { route: 'GET /Users', times: 2 });
    expect(await client.users.count()).toBe(3);
    await emulator.close();
  });

  test.each([
    ['JSON that is cut', [fault.truncatedBody()]],
    ['a page', [fault.html(200)]],
    ['nothing', [fault.truncatedBody(0)]],
    ['a packed body that is cut', [fault.gzip(), fault.truncatedBody()]],
    ['a body that is not packed as it says', [fault.header('content-encoding', 'gzip')]],
    ['an error in a 200', [fault.status(503, { sentAs: 200 })]],
  ])('%s is asked for again, and is no answer when it stays', async (_what, faults) => {
    const { emulator, client, addUsers } = openDirectory();
    addUsers(3);
    for (const one of faults) emulator.faults.add(one, { route: 'GET /Users' });
    expect(await client.users.count()).toBe(3);
    for (const one of faults) emulator.faults.add(one, { route: 'GET /Users', times: always });
    expect(await rejection(client.users.count())).toBeInstanceOf(Error);
    await emulator.close();
  });

  test('a packed body that is whole is read', async () => {
    const { emulator, client, addUsers } = openDirectory();
    addUsers(3);
    emulator.faults.add(fault.gzip(), { route: 'GET /Users' });
    expect(await client.users.count()).toBe(3);
    await emulator.close();
  });

  test('`Retry-After: 2, 2` is two seconds', async () => {
    const { emulator, client } = openDirectory();
    emulator.faults.add(fault.status(429, { headers: { 'retry-after': '2, 2' } }), { route: 'GET /Users' });
    const before = emulator.clock.now();
    expect(await client.users.count()).toBe(0);
    expect(emulator.clock.now() - before).toBeGreaterThanOrEqual(2_000);
    expect(emulator.clock.now() - before).toBeLessThan(10_000);
    await emulator.close();
  });

  test('a date in Retry-After by a server whose clock is an hour ahead is no hour', async () => {
    const { emulator, client } = openDirectory();
    const date = new Date(emulator.clock.now() + 3_600_000).toUTCString();
    const later = new Date(emulator.clock.now() + 3_605_000).toUTCString();
    emulator.faults.add(fault.status(503, { headers: { date, 'retry-after': later } }), { route: 'GET /Users' });
    const before = emulator.clock.now();
    expect(await client.users.count()).toBe(0);
    expect(emulator.clock.now() - before).toBeLessThan(60_000);
    await emulator.close();
  });

  test.each(['scim', 'scim_1', 'wrapped', 'text'] as const)(
    'the words of an error are kept: %s',
    async (errorShape) => {
      const { emulator, client } = openDirectory({ errorShape });
      const error = await rejection(client.users.get('nobody'));
      expect(tellsOf(error)).toMatchObject({ status: 404, serverMessage: 'User not found.' });
      await emulator.close();
    },
  );
});

describe('a filter that is misread or refused', () => {
  const quoted = 'o"brien\\x@northwind.example';

  test.each(['literal', 'refused'] as const)('escapes that are %s make no second user', async (filterEscapes) => {
    const { emulator, client, store } = openDirectory({ filterEscapes });
    const id = store.users.add({ userName: quoted, active: true });
    expect(await client.users.upsert({ userName: quoted, title: 'Lead' })).toMatchObject({
      outcome: 'updated',
      resource: { id },
    });
    expect(store.users.size).toBe(1);
    await emulator.close();
  });

  test('one refused value does not spoil the lookups of others', async () => {
    const { emulator, client, store, addUsers } = openDirectory({ filterEscapes: 'refused', maxPageSize: 10 });
    addUsers(50);
    store.users.add({ userName: quoted, active: true });
    expect((await client.users.find({ userName: quoted }))?.userName).toBe(quoted);
    const before = emulator.requests.count('GET /Users');
    expect((await client.users.find({ userName: 'user7@northwind.example' }))?.userName).toContain('user7');
    expect(emulator.requests.count('GET /Users') - before).toBeLessThanOrEqual(2);
    await emulator.close();
  });

  test('what is written by hand is refused as it is', async () => {
    const { emulator, client } = openDirectory({ filterEscapes: 'refused' });
    const found = rejection(collect(client.users.iterate({ filter: filter`userName eq ${quoted}` })));
    expect(await found).toMatchObject({ status: 400 });
    await emulator.close();
  });
});
