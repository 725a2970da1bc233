import { describe, expect, test } from 'vitest';
import { fault } from '../../../src/testing/faults.js';
import { always, openDirectory, rejection } from './open-seen.js';

const emails = ['a', 'b', 'c'].map((name) => ({ value: `${name}@northwind.example`, type: name }));
const mira = 'mira.sol@northwind.example';

describe('a success is what the server certainly did', () => {
  test.each([
    ['an error of SCIM', undefined],
    ['`success: false`', { success: false }],
    ['an `error`', { error: { message: 'no' } }],
  ])('%s in a 200 is a failure of every write', async (_what, body) => {
    const { emulator, client, addUsers, store } = openDirectory();
    const [id = ''] = addUsers(1);
    const group = store.groups.add({ displayName: 'Ops' });
    const target = { route: ['PATCH /Users/{id}', 'DELETE /Users/{id}', 'PATCH /Groups/{id}'], times: always } as const;
    emulator.faults.add(fault.status(400, { sentAs: 200, body }), target);
    for (const write of [
      () => client.users.deactivate(id),
      () => client.users.delete(id),
      () => client.users.patch(id, [{ op: 'replace', path: 'title', value: 'Lead' }]),
      () => client.groups.addMembers(group, [id], { maxRetries: 0 }),
    ]) {
      expect(await rejection(write())).toBeInstanceOf(Error);
    }
    expect(store.users.get(id)?.active).toBe(true);
    await emulator.close();
  });

  test('a server that keeps one e-mail address is found out by `verify`', async () => {
    const { emulator, client } = openDirectory({ maxValues: 1 });
    const created = client.users.create({ userName: mira, emails }, { verify: true });
    expect(await rejection(created)).toMatchObject({ code: 'not_applied' });
    await emulator.close();
  });

  test('so is one that takes a list emptied by a PUT for not mentioned', async () => {
    const { emulator, client, store } = openDirectory({ putOmitted: 'kept_and_empty_too' });
    const id = store.users.add({ userName: mira, active: true, emails });
    const replaced = client.users.replace(id, { userName: mira, active: true, emails: [] }, { verify: true });
    expect(await rejection(replaced)).toMatchObject({ code: 'not_applied' });
    expect(store.users.get(id)?.emails).toHaveLength(3);
    await emulator.close();
  });

  test('what a PUT leaves out may stay, and is shown; an emptied list goes', async () => {
    const { emulator, client, store } = openDirectory({ putOmitted: 'kept' });
    const id = store.users.add({ userName: mira, active: true, title: 'Lead', emails });
    const shown = await client.users.replace(id, { userName: mira, active: true, emails: [] });
    expect([shown?.title, shown?.emails]).toEqual(['Lead', undefined]);
    await emulator.close();
  });

  test('members left behind those that are shown are told', async () => {
    const { emulator, client, store, addUsers } = openDirectory({ maxMembersShown: 100 });
    const ids = addUsers(150);
    const group = store.groups.add({ displayName: 'Ops', members: ids.map((value) => ({ value })) });
    const { remaining } = await client.groups.setMembers(group, ids.slice(0, 3), { verify: true });
    expect(remaining).toEqual(ids.slice(100));
    expect(store.groups.get(group)?.members).toHaveLength(53);
    await emulator.close();
  });
});

describe('members', () => {
  test.each(['hidden', 'empty', 'only_in_reads'] as const)('that are %s are wiped by nothing', async (members) => {
    const { emulator, client, store, addUsers } = openDirectory({ members });
    const ids = addUsers(3);
    const group = store.groups.add({ displayName: 'Ops', members: ids.map((value) => ({ value })) });
    await client.groups.upsert({ displayName: 'Ops', externalId: 'ops' });
    const added = await client.groups.addMembers(group, [store.users.add({ userName: mira })]);
    expect(added.removed).toEqual([]);
    expect(store.groups.get(group)?.members).toHaveLength(4);
    await emulator.close();
  });

  test('an upsert against lists without members reads the group first', async () => {
    const { emulator, client, store, addUsers } = openDirectory({ members: 'only_in_reads' });
    const members = addUsers(3).map((value) => ({ value }));
    store.groups.add({ displayName: 'Ops', members });
    expect(await client.groups.upsert({ displayName: 'Ops', members })).toMatchObject({ outcome: 'unchanged' });
    await emulator.close();
  });

  test('ids that are numbers are ids', async () => {
    const { emulator, client, store, addUsers } = openDirectory({ idType: 'number' });
    const [first = '', second = ''] = addUsers(2);
    expect(first).toBe('1');
    const group = store.groups.add({ displayName: 'Ops', members: [{ value: first }] });
    expect(await client.groups.setMembers(group, [second])).toEqual({ added: ['2'], removed: ['1'] });
    expect((await client.users.get(second)).id).toBe('2');
    expect(await client.users.deactivate(second)).toMatchObject({ outcome: 'deactivated' });
    await emulator.close();
  });

  test('a lost answer doubles nobody on a server that appends', async () => {
    const { emulator, client, store, addUsers } = openDirectory({ repeatedMembers: 'appended' });
    const [id = ''] = addUsers(1);
    const group = store.groups.add({ displayName: 'Ops' });
    emulator.faults.add(fault.cut('after_commit'), { route: 'PATCH /Groups/{id}' });
    expect(await client.groups.addMembers(group, [id])).toMatchObject({ added: [id] });
    expect(store.groups.get(group)?.members).toHaveLength(1);
    await client.groups.addMembers(group, [id]).catch(() => {});
    await emulator.close();
  });

  test.each(['drop', 'keep'] as const)('an id that names nobody is not told as added: %s', async (unknownMembers) => {
    const { emulator, client, store, addUsers } = openDirectory({ unknownMembers });
    const [id = ''] = addUsers(1);
    const group = store.groups.add({ displayName: 'Ops' });
    const result = await client.groups.addMembers(group, [id, mira], { verify: true }).catch(() => undefined);
    expect(result?.added ?? []).not.toContain(mira);
    await emulator.close();
  });
});

describe('a create', () => {
  test('that was answered with a Location the server denies is nobody', async () => {
    const { emulator, client } = openDirectory({ createdBody: false, staleReadMs: always });
    expect(await rejection(client.users.create({ userName: mira }))).toBeInstanceOf(Error);
    await emulator.close();
  });

  test('with a raw Location finds its user', async () => {
    const { emulator, client, store } = openDirectory({ createdBody: false, locationHeader: 'raw' });
    const created = await client.users.create({ userName: 'jürgen@northwind.example' });
    expect(store.users.get(created.id)?.userName).toBe('jürgen@northwind.example');
    await emulator.close();
  });

  test('that was done and answered 503 with Retry-After makes one user', async () => {
    const { emulator, client, store } = openDirectory();
    emulator.faults.add(fault.status(503, { retryAfter: 1, afterCommit: true }), { route: 'POST /Users' });
    const created = await client.users.create({ userName: mira, externalId: 'e-1' });
    expect([created.id, store.users.size]).toEqual([store.users.getByName(mira)?.id, 1]);
    await emulator.close();
  });

  test.each([409, 400] as const)('whose answer was lost is one’s own user: uniqueness as %i', async (status) => {
    const { emulator, client, store } = openDirectory({ uniquenessStatus: status });
    emulator.faults.add(fault.cut('after_commit'), { route: 'POST /Users' });
    const { resource } = await client.users.upsert({ userName: mira, externalId: 'e-1' });
    expect([resource.id, store.users.size]).toEqual([store.users.getByName(mira)?.id, 1]);
    await emulator.close();
  });

  test('that meets somebody whom no lookup shows adopts nobody else', async () => {
    const { emulator, client, store } = openDirectory({ uniquenessStatus: 400 });
    const id = store.users.add({ userName: mira, externalId: 'anna', active: false });
    const error = await rejection(client.users.upsert({ userName: mira, externalId: 'adam', active: true }));
    expect(error).toBeInstanceOf(Error);
    expect(store.users.get(id)).toMatchObject({ externalId: 'anna', active: false });
    await emulator.close();
  });
});

describe('versions', () => {
  test('a lost answer to a write with `ifMatch` that was done is no conflict', async () => {
    const { emulator, client, store, addUsers } = openDirectory();
    const [id = ''] = addUsers(1);
    const { meta } = await client.users.get(id);
    emulator.faults.add(fault.cut('after_commit'), { route: 'PATCH /Users/{id}' });
    await client.users.patch(id, [{ op: 'replace', path: 'title', value: 'Lead' }], { ifMatch: meta?.version ?? '' });
    expect(store.users.get(id)?.title).toBe('Lead');
    await emulator.close();
  });

  test('a server that wants `If-Match` is heard', async () => {
    const { emulator, client, store } = openDirectory({ requiresIfMatch: true });
    const id = store.users.add({ userName: mira, active: true });
    const lead = [{ op: 'replace', path: 'title', value: 'Lead' }] as const;
    expect(await rejection(client.users.patch(id, lead))).toMatchObject({ status: 428 });
    const { meta } = await client.users.get(id);
    await client.users.patch(id, lead, { ifMatch: meta?.version ?? '' });
    expect(store.users.get(id)?.title).toBe('Lead');
    await emulator.close();
  });
});
