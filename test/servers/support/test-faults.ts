import { expect, test } from 'vitest';
import { plainRequest } from './scim-server.js';
import { type Bench, idsOf, person, seedGroup } from './server-bench.js';
import type { ServerTraits } from './server-traits.js';
import type { ProxyFault } from './start-fault-proxy.js';

/** What a client gets done although something breaks on the way. */
export function testFaults(bench: () => Bench, traits: ServerTraits): void {
  test('survives a 503, a 429 and a cut connection in the middle of a walk', async () => {
    const { proxy, ids, client } = bench();
    const isPage = (method: string, path: string) => method === 'GET' && path.endsWith('/Users');
    proxy.failNext({ status: 503 }, isPage);
    proxy.failNext({ cut: 'after' }, isPage);
    proxy.failNext({ status: 429, headers: { 'retry-after': '2' } }, isPage);
    const told: string[] = [];
    const query = { count: 15, onIncomplete: ({ reason }: { readonly reason: string }) => told.push(reason) };
    const seen = await idsOf(client.users.iterate(query));
    expect(seen.toSorted()).toEqual(ids.toSorted());
    proxy.failNext({ cut: 'before' }, isPage);
    expect(await idsOf(client.users.iterate(query))).toHaveLength(ids.length);
    expect(told).toEqual(traits.pagesAreIgnored ? ['stalled', 'stalled'] : []);
  });

  test.each<[string, ProxyFault]>([
    ['the server is busy (503)', { status: 503 }],
    ['the server asks to wait (429)', { status: 429, headers: { 'retry-after': '2' } }],
    ['the connection breaks before the server hears of it', { cut: 'before' }],
    ['the answer is lost after the server acted', { cut: 'after' }],
  ])('changes a user and the members of a group once when %s', async (_what, fault) => {
    const { server, proxy, ids, client, membersOf } = bench();
    const group = await seedGroup(server, 'Everyone', ids.slice(0, 2));
    const isChange = (method: string) => method === (traits.hasNoPatch ? 'PUT' : 'PATCH');
    proxy.failNext(fault, isChange);
    await client.groups.addMembers(group, ids.slice(2, 5));
    proxy.failNext(fault, isChange);
    await client.groups.removeMembers(group, ids.slice(0, 2));
    expect(await membersOf(group)).toEqual(ids.slice(2, 5).sort());

    proxy.failNext(fault, isChange);
    await client.users.patch(ids[0] ?? '', [{ op: 'replace', path: 'title', value: 'Lead' }]);
    expect((await plainRequest(server, 'GET', `/Users/${ids[0]}`)).body.title).toBe('Lead');
  });

  test.each([
    ['the server asks to wait (429)', { status: 429, headers: { 'retry-after': '2' } }],
    ['the server asks to wait (503)', { status: 503, headers: { 'retry-after': '2' } }],
    ['the connection breaks before the server hears of it', { cut: 'before' }],
    ['the answer is lost after the server acted', { cut: 'after' }],
  ] as const)('creates exactly one user when %s', async (_what, fault) => {
    const { proxy, client, usersNamed } = bench();
    proxy.failNext(fault, (method, path) => method === 'POST' && path.endsWith('/Users'));
    const created = await client.users.create(person('once@example.com'));
    const stored = await usersNamed('once@example.com');
    expect(stored.map(({ id }) => id)).toEqual([created.id]);
  });

  test('a deletion whose answer is lost is a deletion', async () => {
    const { server, proxy, ids, client } = bench();
    const id = ids[0] ?? '';
    proxy.failNext({ cut: 'after' }, (method) => method === 'DELETE');
    await client.users.delete(id);
    expect((await server.readState()).users.map((user) => user.id)).not.toContain(id);
  });
}
