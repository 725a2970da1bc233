import { expect, test } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { plainRequest } from './scim-server.js';
import { type Bench, person, seedGroup } from './server-bench.js';
import type { ServerTraits } from './server-traits.js';

/** What a client writes to any server. */
export function testWriting(bench: () => Bench, traits: ServerTraits): void {
  test('creates, changes, deactivates and deletes a user', async () => {
    const { server, ids, client } = bench();
    const created = await client.users.create(person('new@example.com'));
    await client.users.patch(created.id, [{ op: 'replace', path: 'name.familyName', value: 'Changed' }], {
      verify: true,
    });
    expect(await client.users.deactivate(created.id)).toMatchObject({ outcome: 'deactivated' });
    expect(await client.users.deactivate(created.id)).toMatchObject({ outcome: 'already' });
    const { body } = await plainRequest(server, 'GET', `/Users/${created.id}`);
    expect(body).toMatchObject({ userName: 'new@example.com', active: false, name: { familyName: 'Changed' } });

    expect(await client.users.delete(created.id)).toEqual({ outcome: 'deleted' });
    expect(await client.users.delete(created.id)).toMatchObject({
      outcome: expect.stringMatching(/^(not_found|already)$/),
    });
    expect((await plainRequest(server, 'GET', `/Users/${created.id}`)).status).toBe(404);
    expect((await server.readState()).users).toHaveLength(ids.length);
  });

  test('upserts: the second time it adopts, and never makes a second user', async () => {
    const { client, usersNamed } = bench();
    const first = await client.users.upsert(person('twice@example.com'));
    const second = await client.users.upsert(person('twice@example.com'));
    expect(second.resource?.id).toBe(first.resource?.id);
    expect(await usersNamed('twice@example.com')).toHaveLength(1);
  });

  test('adds group members from several tasks at once and loses none', async () => {
    const { server, ids, client, membersOf } = bench();
    const group = await seedGroup(server, 'Everyone', ids.slice(0, 1));
    const parts = [ids.slice(1, 5), ids.slice(5, 9), ids.slice(9, 13), ids.slice(13, 17), ids.slice(17, 20)];
    await Promise.all(parts.map((part) => client.groups.addMembers(group, part)));
    expect(await membersOf(group)).toEqual(ids.slice(0, 20).sort());

    await Promise.all([
      client.groups.removeMembers(group, ids.slice(0, 5)),
      client.groups.removeMembers(group, ids.slice(5, 10)),
      client.groups.addMembers(group, ids.slice(2, 4)),
    ]);
    expect(await membersOf(group)).toEqual([...ids.slice(2, 4), ...ids.slice(10, 20)].sort());

    await client.groups.setMembers(group, ids.slice(0, 3), { verify: true });
    expect(await membersOf(group)).toEqual(ids.slice(0, 3).sort());
  });

  test('sees what a write has become, on request', async () => {
    const { server, ids, client } = bench();
    const id = ids[1] ?? '';
    const operations = [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'New@example.com' }] as const;
    await client.users.patch(id, operations, { verify: true });
    expect((await plainRequest(server, 'GET', `/Users/${id}`)).body).toMatchObject({
      emails: [{ value: expect.stringMatching(/^new@example.com$/i), type: 'work' }],
    });
    await client.users.replace(id, { ...person('user1@example.com'), title: 'Lead' }, { verify: true });
    const made = await client.users.upsert(person('made@example.com'), { verify: true });
    expect(made.outcome).toBe('created');
    expect(await client.users.deactivate(made.resource.id, { verify: true })).toMatchObject({
      outcome: 'deactivated',
    });
    expect(await client.users.delete(made.resource.id, { verify: true })).toEqual({ outcome: 'deleted' });
  });

  test('sends no member who is nobody, whatever the server would make of it, and says so', async () => {
    const { server, ids, client, membersOf } = bench();
    const group = await seedGroup(server, 'Everyone', ids.slice(0, 1));
    const result = await client.groups.addMembers(group, ['nobody', ...ids.slice(1, 2)], { verify: true });
    expect(result).toMatchObject({ added: ids.slice(1, 2), notFound: ['nobody'], verified: true, dropped: [] });
    expect(await membersOf(group)).toEqual(ids.slice(0, 2).toSorted());
  });

  test('adds members to a group that is new, and takes them all away', async () => {
    const { ids, client, membersOf } = bench();
    const { resource } = await client.groups.upsert({ displayName: 'New', externalId: 'new' });
    expect(await client.groups.addMembers(resource.id, ids.slice(0, 3), { verify: true })).toMatchObject({
      verified: true,
      dropped: [],
    });
    expect(await client.groups.setMembers(resource.id, [], { verify: true })).toMatchObject({
      verified: true,
      remaining: [],
    });
    expect(await membersOf(resource.id)).toEqual([]);
  });

  test(`makes several writes ${traits.bulk}`, async () => {
    const { server, proxy, client, usersNamed } = bench();
    const results = await bulk(client, [
      { method: 'POST', path: '/Groups', data: { displayName: 'Bulk', members: [{ value: 'bulkId:new' }] } },
      { method: 'POST', path: '/Users', bulkId: 'new', data: person('bulk@example.com') },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
    const [user] = await usersNamed('bulk@example.com');
    const { groups } = await server.readState();
    expect(groups.map(({ members }) => members?.map(({ value }) => value))).toEqual([[user?.id]]);
    const paths = proxy.seen.filter((request) => request.startsWith('POST')).map((path) => path.split('/').at(-1));
    expect(paths).toEqual(traits.bulk === 'at once' ? ['Bulk'] : ['Users', 'Groups']);
  });

  test('never writes to one group twice at once', async () => {
    const { server, proxy, ids, client } = bench();
    const group = await seedGroup(server, 'Everyone', ids.slice(0, 1));
    const renamed = { displayName: 'Renamed', externalId: 'e', members: [{ value: ids[0] ?? '' }] };
    await Promise.all([
      client.groups.addMembers(group, ids.slice(1, 5)),
      client.groups.replace(group, renamed),
      client.groups.removeMembers(group, ids.slice(2, 3)),
      client.groups.patch(group, [{ op: 'replace', path: 'displayName', value: 'Patched' }]),
    ]);
    if (!traits.hasNoPatch) expect(proxy.seen.filter((request) => !request.startsWith('GET'))).toHaveLength(4);
    const [deleted] = await Promise.all([
      client.groups.delete(group),
      client.groups.addMembers(group, ids.slice(5, 8)).catch(() => {}),
    ]);
    expect(deleted).toEqual({ outcome: 'deleted' });
    expect((await server.readState()).groups).toEqual([]);
    expect(proxy.overlaps).toEqual([]);
  });
}
