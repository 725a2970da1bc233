import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { ScimBehaviour } from '../../../src/testing/scim/behaviour.js';
import { scimQuirks } from '../../../src/testing/scim/quirks.js';
import { askFor, askScim, newUser, patchOf } from '../support/ask-scim.js';

const server = (quirks: Partial<ScimBehaviour>, names = ['a', 'b', 'c', 'd', 'e']) => {
  const emulator = createEmulator({ world: 'empty', clock: createTestClock(), scim: { mode: 'rfc', quirks } });
  const ids = names.map((userName) => emulator.store.users.add({ userName, active: true }));
  const names_ = async (query: string, key = 'Resources') => {
    const { body } = await askScim(emulator, 'GET', `/Users?${query}`);
    return body[key].map((user: { userName: string }) => user.userName).join('');
  };
  return { emulator, ids, names: names_ };
};

test('scimmy on Express 5 gives the first page whatever is asked for', async () => {
  const { emulator, names } = server(scimQuirks.scimmyExpress5);
  await using _emulator = emulator;
  expect(await names('startIndex=3&count=2')).toBe('ab');
  expect((await askScim(emulator, 'GET', '/Users?startIndex=3')).body.startIndex).toBe(1);
});

test('scimmy on Express 4 gives the first page past the end, under the index asked for', async () => {
  const { emulator, names } = server(scimQuirks.scimmyExpress4);
  await using _emulator = emulator;
  expect(await names('startIndex=3&count=2')).toBe('cd');
  const { body } = await askScim(emulator, 'GET', '/Users?startIndex=9&count=2');
  expect([body.startIndex, body.Resources[0].userName]).toEqual([9, 'a']);
  expect((await askFor(emulator, '/Users', 'userName eq "A"')).body.totalResults).toBe(0);
  expect((await askScim(emulator, 'POST', '/Users', newUser('f'))).headers.has('location')).toBe(false);
});

test('a hand-made server ignores filters and spells things its own way', async () => {
  const { emulator } = server(scimQuirks.handMade);
  await using _emulator = emulator;
  const { body, headers } = await askScim(emulator, 'GET', '/Users?count=2&filter=userName%20eq%20%22c%22');
  expect(body).toMatchObject({ totalResults: 2, resources: [{ userName: 'a', active: 'True' }, { userName: 'b' }] });
  expect(body).not.toHaveProperty('startIndex');
  expect(headers.get('content-type')).toBe('application/json');
  expect((await askScim(emulator, 'GET', '/Users/nobody')).body.status).toBe(404);
  expect((await askScim(emulator, 'GET', '/ServiceProviderConfig')).status).toBe(404);
});

test('AWS shows 50 and no members, takes 100 members a PATCH, and wants a User-Agent', async () => {
  const { emulator, ids } = server(
    scimQuirks.aws,
    Array.from({ length: 101 }, (_none, index) => `user${index}`),
  );
  await using _emulator = emulator;
  expect((await askScim(emulator, 'GET', '/Users')).status).toBe(403);
  const agent = { 'user-agent': 'test' };
  const list = await askScim(emulator, 'GET', '/Users?startIndex=51&count=100', undefined, agent);
  expect([list.body.totalResults, list.body.itemsPerPage, list.body.startIndex]).toEqual([101, 50, 1]);
  const group = emulator.store.groups.add({ displayName: 'Ops' });
  const add = (some: string[]) => patchOf({ op: 'add', path: 'members', value: some.map((value) => ({ value })) });
  expect((await askScim(emulator, 'PATCH', `/Groups/${group}`, add(ids), agent)).status).toBe(400);
  const added = await askScim(emulator, 'PATCH', `/Groups/${group}`, add(ids.slice(1)), agent);
  expect([added.status, added.body.members]).toEqual([200, undefined]);
});

test('a terse server answers 404 for no match, nothing for a creation and nothing for a PATCH', async () => {
  const { emulator, ids } = server(scimQuirks.terse);
  await using _emulator = emulator;
  expect((await askFor(emulator, '/Users', 'userName eq "x"')).status).toBe(404);
  const created = await askScim(emulator, 'POST', '/Users', newUser('f'));
  expect([created.status, created.body, created.headers.has('location')]).toEqual([201, '', true]);
  const change = patchOf({ op: 'replace', path: 'active', value: false });
  expect((await askScim(emulator, 'PATCH', `/Users/${ids[0]}`, change)).status).toBe(204);
  expect((await askScim(emulator, 'PATCH', `/Users/${ids[0]}?attributes=active`, change)).body.active).toBe(false);
  expect((await askScim(emulator, 'GET', '/Groups')).body).not.toHaveProperty('Resources');
});

test('a server that counts from 0 repeats the row at the edge of two pages', async () => {
  const { emulator, names } = server(scimQuirks.countsFromZero);
  await using _emulator = emulator;
  expect([await names('startIndex=0&count=2'), await names('startIndex=2&count=2')]).toEqual(['ab', 'bc']);
});

test('a server refuses a count above its cap', async () => {
  const { emulator } = server(scimQuirks.refusesLargeCount);
  await using _emulator = emulator;
  expect((await askScim(emulator, 'GET', '/Users?count=101')).body.scimType).toBe('invalidValue');
  expect((await askScim(emulator, 'GET', '/Users?count=100')).status).toBe(200);
});

test('a server without PATCH answers 501 and says so of itself', async () => {
  const { emulator, ids } = server(scimQuirks.withoutPatch);
  await using _emulator = emulator;
  const change = patchOf({ op: 'replace', path: 'active', value: false });
  expect((await askScim(emulator, 'PATCH', `/Users/${ids[0]}`, change)).status).toBe(501);
  expect((await askScim(emulator, 'GET', '/ServiceProviderConfig')).body.patch).toEqual({ supported: false });
});

test('a server whose DELETE deactivates still has the user afterwards', async () => {
  const { emulator, ids } = server(scimQuirks.deactivatesOnDelete);
  await using _emulator = emulator;
  expect((await askScim(emulator, 'DELETE', `/Users/${ids[0]}`)).status).toBe(204);
  expect((await askScim(emulator, 'GET', `/Users/${ids[0]}`)).body.active).toBe(false);
});

test('a server for Entra ID takes its shapes: capital op, "False", a value for an element that does not exist', async () => {
  const { emulator, ids } = server(scimQuirks.entra);
  await using _emulator = emulator;
  const change = patchOf(
    { op: 'Replace', path: 'active', value: 'False' },
    { op: 'Add', path: 'emails[type eq "work"].value', value: 'a@a.example' },
  );
  expect((await askScim(emulator, 'PATCH', `/Users/${ids[0]}`, change)).status).toBe(204);
  expect(emulator.store.users.get(ids[0] ?? '')).toMatchObject({
    active: false,
    emails: [{ type: 'work', value: 'a@a.example' }],
  });
});

test('reads lag behind writes for as long as the switch says', async () => {
  const { emulator, ids } = server({ staleReadMs: 500 });
  await using _emulator = emulator;
  const path = `/Users/${ids[0]}`;
  await askScim(emulator, 'PATCH', path, patchOf({ op: 'add', path: 'title', value: 'Lead' }));
  expect((await askScim(emulator, 'GET', path)).body).not.toHaveProperty('title');
  emulator.clock.advance(400);
  await askScim(emulator, 'PATCH', path, patchOf({ op: 'add', path: 'nickName', value: 'A' }));
  emulator.clock.advance(100);
  const between = (await askScim(emulator, 'GET', path)).body;
  expect([between.title, between.nickName]).toEqual(['Lead', undefined]);
  emulator.clock.advance(400);
  expect((await askScim(emulator, 'GET', path)).body.nickName).toBe('A');
});

test('a PATCH can answer with the state before it, and add can replace a list', async () => {
  const { emulator, ids } = server({ patchAnswer: 'stale_resource', patchAddReplaces: true });
  await using _emulator = emulator;
  const add = (value: string) => patchOf({ op: 'add', path: 'emails', value: [{ value }] });
  await askScim(emulator, 'PATCH', `/Users/${ids[0]}`, add('one@a.example'));
  const { body } = await askScim(emulator, 'PATCH', `/Users/${ids[0]}`, add('two@a.example'));
  expect(body.emails).toMatchObject([{ value: 'one@a.example' }]);
  expect(emulator.store.users.get(ids[0] ?? '')?.emails).toMatchObject([{ value: 'two@a.example' }]);
});

test('a cursor-only server gives a cursor to a query that asked for none', async () => {
  const { emulator } = server({ cursors: 'always' });
  await using _emulator = emulator;
  const { body } = await askScim(emulator, 'GET', '/Users?count=2');
  expect(body).toMatchObject({ totalResults: 5, nextCursor: expect.any(String) });
  expect(body).not.toHaveProperty('startIndex');
});

test('an attribute that no schema names is kept, or refused', async () => {
  const kept = server({});
  const refused = server({ unknownAttributes: 'refuse' });
  await using _kept = kept.emulator;
  await using _refused = refused.emulator;
  const body = newUser('f', { shoeSize: 42 });
  expect((await askScim(kept.emulator, 'POST', '/Users', body)).body.shoeSize).toBe(42);
  expect((await askScim(refused.emulator, 'POST', '/Users', body)).status).toBe(400);
});
