import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ScimClient } from '../../../src/scim/scim-client.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { plainRequest, type ScimServer } from './scim-server.js';
import { type FaultProxy, startFaultProxy } from './start-fault-proxy.js';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const peopleCount = 57;

/** How a server differs from the others, and what the client makes of it. */
export interface ServerTraits {
  /** Every page is the first: no walk can reach what lies behind it. */
  readonly pagesAreIgnored?: boolean;
  /** Sends 200 for a search in a body (POST /.search). */
  readonly hasSearch?: boolean;
}

const everything = { provisioning: true, deprovisioning: true } as const;

/**
 * The behaviours every server must get from the client. Each test starts a server of its own, reaches it through a
 * proxy that can break things, and judges by the server's state as read by plain HTTP.
 */
export function describeScimServer(name: string, start: () => Promise<ScimServer>, traits: ServerTraits = {}): void {
  describe(name, () => {
    let server: ScimServer;
    let proxy: FaultProxy;
    let ids: string[];
    let client: ScimClient<'provisioning' | 'deprovisioning'>;

    beforeEach(async () => {
      server = await start();
      proxy = await startFaultProxy(new URL(server.baseUrl).origin);
      ids = await seedUsers(server, traits.pagesAreIgnored ? 20 : peopleCount);
      client = openClient();
    });
    afterEach(async () => {
      expect(proxy.unmet, 'faults that no request met').toBe(0);
      await proxy.close();
      await server.close();
    });

    /** Waits cost nothing: the clock moves on by what is waited for. */
    const openClient = () =>
      new ScimClient({
        baseUrl: `${proxy.baseUrl}${new URL(server.baseUrl).pathname}`,
        token: server.token,
        access: everything,
        profile: 'rfc',
        dangerouslyAllowHttpLoopback: true,
        rateLimit: false,
        clock: createFakeClock(undefined, { autoAdvance: true }),
        random: () => 0.5,
      });
    const usersNamed = async (userName: string) =>
      (await server.readState()).users.filter((user) => user.userName === userName);
    const membersOf = async (groupId: string) =>
      ((await server.readState()).groups.find(({ id }) => id === groupId)?.members ?? [])
        .map(({ value }) => value)
        .sort();

    test('walks through all users, each once', async () => {
      const seen = await idsOf(client.users.iterate({ count: 10 }));
      expect(seen.toSorted()).toEqual((await server.readState()).users.map(({ id }) => id).toSorted());
    });

    test('walks through all groups, each once', async () => {
      for (let index = 0; index < 7; index += 1) await seedGroup(server, `Group ${index}`, ids.slice(index, index + 2));
      const seen = await idsOf(client.groups.iterate({ count: 3 }));
      expect(seen.toSorted()).toEqual((await server.readState()).groups.map(({ id }) => id).toSorted());
    });

    if (traits.pagesAreIgnored) {
      test('says so when it cannot reach all users', async () => {
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

    if (traits.hasSearch) {
      test('reads any page of a search in a body', async () => {
        const page = await client.users.search({ startIndex: 16, count: 5 });
        const { users } = await server.readState();
        expect(page.items.map(({ id }) => id)).toEqual(users.slice(15, 20).map(({ id }) => id));
      });
    }

    test('finds one user by name, and nobody by a name that is not there', async () => {
      const found = await client.users.find({ userName: 'user7@example.com' });
      expect(found?.id).toBe(ids[7]);
      expect(await client.users.find({ userName: 'nobody@example.com' })).toBeUndefined();
    });

    test('creates, changes, deactivates and deletes a user', async () => {
      const created = await client.users.create(person('new@example.com'));
      await client.users.patch(created.id, [{ op: 'replace', path: 'name.familyName', value: 'Changed' }], {
        verify: true,
      });
      expect(await client.users.deactivate(created.id)).toMatchObject({ outcome: 'deactivated' });
      expect(await client.users.deactivate(created.id)).toMatchObject({ outcome: 'already' });
      const { body } = await plainRequest(server, 'GET', `/Users/${created.id}`);
      expect(body).toMatchObject({ userName: 'new@example.com', active: false, name: { familyName: 'Changed' } });

      expect(await client.users.delete(created.id)).toEqual({ outcome: 'deleted' });
      expect(await client.users.delete(created.id)).toEqual({ outcome: 'already' });
      expect((await plainRequest(server, 'GET', `/Users/${created.id}`)).status).toBe(404);
      expect((await server.readState()).users).toHaveLength(ids.length);
    });

    test('upserts: the second time it adopts, and never makes a second user', async () => {
      const first = await client.users.upsert(person('twice@example.com'));
      const second = await client.users.upsert(person('twice@example.com'));
      expect(second.resource?.id).toBe(first.resource?.id);
      expect(await usersNamed('twice@example.com')).toHaveLength(1);
    });

    test('adds group members from several tasks at once and loses none', async () => {
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

    test('survives a 503 and a cut connection in the middle of a walk', async () => {
      const isPage = (method: string, path: string) => method === 'GET' && path.endsWith('/Users');
      proxy.failNext({ status: 503 }, isPage);
      proxy.failNext({ cut: 'after' }, isPage);
      proxy.failNext({ cut: 'before' }, isPage);
      const seen = await idsOf(client.users.iterate({ count: 15 }));
      expect(seen.toSorted()).toEqual(ids.toSorted());
    });

    test.each([
      ['the server asks to wait (429)', { status: 429, headers: { 'retry-after': '2' } }],
      ['the server asks to wait (503)', { status: 503, headers: { 'retry-after': '2' } }],
      ['the connection breaks before the server hears of it', { cut: 'before' }],
      ['the answer is lost after the server acted', { cut: 'after' }],
    ] as const)('creates exactly one user when %s', async (_what, fault) => {
      proxy.failNext(fault, (method, path) => method === 'POST' && path.endsWith('/Users'));
      const created = await client.users.create(person('once@example.com'));
      const stored = await usersNamed('once@example.com');
      expect(stored.map(({ id }) => id)).toEqual([created.id]);
    });

    test('a deletion whose answer is lost is a deletion', async () => {
      const id = ids[0] ?? '';
      proxy.failNext({ cut: 'after' }, (method) => method === 'DELETE');
      await client.users.delete(id);
      expect((await server.readState()).users.map((user) => user.id)).not.toContain(id);
    });

    test('a client without permissions sends nothing that could change anything', async () => {
      const before = await server.readState();
      // The methods are not there; whoever gets at them all the same is stopped by the transport.
      const reader = new ScimClient({
        baseUrl: `${proxy.baseUrl}${new URL(server.baseUrl).pathname}`,
        token: server.token,
        dangerouslyAllowHttpLoopback: true,
      });
      expect('create' in reader.users).toBe(false);
      await idsOf(reader.groups.iterate());
      expect(proxy.seen.every((request) => request.startsWith('GET '))).toBe(true);
      expect(await server.readState()).toEqual(before);
    });
  });
}

async function idsOf(resources: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of resources) ids.push(id);
  return ids;
}

function person(userName: string) {
  return {
    userName,
    name: { givenName: 'Test', familyName: 'Person' },
    emails: [{ value: userName, type: 'work', primary: true }],
    active: true,
  };
}

async function seedUsers(server: ScimServer, count: number, prefix = 'user'): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await seed(server, '/Users', { schemas: [userUrn], ...person(`${prefix}${index}@example.com`) }));
  }
  return ids;
}

async function seedGroup(server: ScimServer, displayName: string, members: readonly string[]): Promise<string> {
  const group = { schemas: [groupUrn], displayName, members: members.map((value) => ({ value })) };
  return seed(server, '/Groups', group);
}

async function seed(server: ScimServer, path: string, resource: unknown): Promise<string> {
  const { status, body } = await plainRequest(server, 'POST', path, resource);
  if (status !== 201 || typeof body.id !== 'string') throw new Error(`Seeding ${path} was answered with ${status}`);
  return body.id;
}
