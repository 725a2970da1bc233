import { expect, test } from 'vitest';
import { ScimClient } from '../../../src/scim/client.js';
import { etagOf } from '../../../src/scim/resource.js';
import { plainRequest } from './scim-server.js';
import { type Bench, idsOf, seedGroup, seedUsers } from './server-bench.js';
import type { ServerTraits } from './server-traits.js';

/** What a client reads from any server. */
export function testReading(bench: () => Bench, traits: ServerTraits): void {
  test('walks through all users, each once', async () => {
    const { server, client } = bench();
    const told: string[] = [];
    const seen = await idsOf(client.users.iterate({ count: 10, onIncomplete: ({ reason }) => told.push(reason) }));
    // The first page again, and a total of just that page: whether it is all, nobody can know.
    expect(told).toEqual(traits.pagesAreIgnored ? ['stalled'] : []);
    expect(seen.toSorted()).toEqual((await server.readState()).users.map(({ id }) => id).toSorted());
  });

  test('walks through all groups, each once', async () => {
    const { server, ids, client } = bench();
    for (let index = 0; index < 7; index += 1) await seedGroup(server, `Group ${index}`, ids.slice(index, index + 2));
    const told: string[] = [];
    const seen = await idsOf(client.groups.iterate({ count: 3, onIncomplete: ({ reason }) => told.push(reason) }));
    expect(told).toEqual(traits.pagesAreIgnored ? ['stalled'] : []);
    expect(seen.toSorted()).toEqual((await server.readState()).groups.map(({ id }) => id).toSorted());
  });

  if (traits.pagesAreIgnored) {
    test('says so when it cannot reach all users', async () => {
      const { server, proxy, client } = bench();
      await seedUsers(server, 10, 'late');
      const seen: string[] = [];
      const walk = async () => {
        for await (const user of client.users.iterate({ count: 10 })) seen.push(user.id);
      };
      await expect(walk()).rejects.toMatchObject({ code: 'incomplete_list', reason: 'stalled', totalResults: 30 });
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(20);
      expect(proxy.seen.length).toBeLessThan(10);
    });
  }

  test(`searches ${traits.search}`, async () => {
    const { proxy, ids, client } = bench();
    const query = { filter: 'userName eq "user7@example.com"' };
    expect((await client.users.search(query)).items.map(({ id }) => id)).toEqual([ids[7]]);
    expect((await client.users.search(query)).items).toHaveLength(1);
    const asked = proxy.seen.map((request) => (request.endsWith('/Users/.search') ? 'in a body' : 'by URL'));
    const expected = {
      'in a body': ['in a body', 'in a body'],
      'by URL in the end': ['in a body', 'by URL', 'by URL'],
      'by URL': ['by URL', 'by URL'],
    };
    expect(asked).toEqual(expected[traits.search]);
  });

  if (traits.search === 'in a body') {
    test('reads any page of a search in a body', async () => {
      const { server, client } = bench();
      const page = await client.users.search({ startIndex: 16, count: 5 });
      const { users } = await server.readState();
      expect(page.items.map(({ id }) => id)).toEqual(users.slice(15, 20).map(({ id }) => id));
    });
  }

  test('finds one user by name, and nobody by a name that is not there', async () => {
    const { ids, client } = bench();
    const found = await client.users.find({ userName: 'user7@example.com' });
    expect(found?.id).toBe(ids[7]);
    expect(await client.users.find({ userName: 'nobody@example.com' })).toBeUndefined();
  });

  test(`has versions: ${traits.versions}`, async () => {
    const { server, ids, client } = bench();
    const user = await client.users.get(ids[0] ?? '');
    const etag = etagOf(user);
    expect(etag !== undefined).toBe(traits.versions !== 'none');
    const titled = (title: string, ifMatch: string | undefined) =>
      client.users.patch(user.id, [{ op: 'replace', path: 'title', value: title }], { ifMatch });
    await titled('Lead', etag);
    const late = titled('Late', etag ?? 'W/"0"');
    if (traits.versions === 'kept to') {
      await expect(late).rejects.toMatchObject({ code: 'precondition_failed' });
      const now = await client.users.get(user.id);
      expect(await client.users.getIfNoneMatch(user.id, etagOf(now) ?? '')).toBeUndefined();
      expect(await client.users.getIfNoneMatch(user.id, etag ?? '')).toMatchObject({ title: 'Lead' });
    } else {
      await late;
    }
    const { body } = await plainRequest(server, 'GET', `/Users/${user.id}`);
    expect(body.title).toBe(traits.versions === 'kept to' ? 'Lead' : 'Late');
  });

  test('a client without permissions sends nothing that could change anything', async () => {
    const { server, proxy } = bench();
    const before = await server.readState();
    // The methods do not exist for the type checker; called all the same, they reject before anything is sent.
    const reader = new ScimClient({
      baseUrl: `${proxy.baseUrl}${new URL(server.baseUrl).pathname}`,
      token: server.token,
      dangerouslyAllowHttpLoopback: true,
    });
    const users = reader.users as unknown as ScimClient<'provisioning'>['users'];
    await expect(users.create({ userName: 'a@b.c' })).rejects.toMatchObject({ code: 'access_denied' });
    await idsOf(reader.groups.iterate());
    expect(proxy.seen.every((request) => request.startsWith('GET '))).toBe(true);
    expect(await server.readState()).toEqual(before);
  });
}
