import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { etagOf } from '../../../src/scim/reading/resource-origin.js';
import { ScimClient } from '../../../src/scim/scim-client.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { plainRequest, type ScimServer } from './scim-server.js';
import { type FaultProxy, type ProxyFault, startFaultProxy } from './start-fault-proxy.js';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const peopleCount = 57;

/** How a server differs from the others, and what the client makes of it. */
export interface ServerTraits {
  /** What the client takes the server for. @default 'rfc' */
  readonly profile?: 'rfc' | 'workos';
  /** Every page is the first: no walk can reach what lies behind it. */
  readonly pagesAreIgnored?: boolean;
  /** How a search gets there: in a body (POST /.search), by URL after that was refused, or by URL from the first. */
  readonly search: 'in a body' | 'by URL in the end' | 'by URL';
  /** Whether several writes go in one request. */
  readonly bulk: 'at once' | 'one by one';
  /** Whether a write at a version that has passed is refused, is made all the same, or whether there are no versions. */
  readonly versions: 'kept to' | 'given and ignored' | 'none';
  /** What becomes of a member that is nobody's id. */
  readonly unknownMembers: 'refused' | 'dropped' | 'taken';
}

const everything = { provisioning: true, deprovisioning: true } as const;

/**
 * The behaviours every server must get from the client. Each test starts a server of its own, reaches it through a
 * proxy that can break things, and judges by the server's state as read by plain HTTP.
 */
export function describeScimServer(name: string, start: () => Promise<ScimServer>, traits: ServerTraits): void {
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
        profile: traits.profile ?? 'rfc',
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

    test(`searches ${traits.search}`, async () => {
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

    test('sees what a write has become, on request', async () => {
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

    test(`says of a member who is nobody: ${traits.unknownMembers}`, async () => {
      const group = await seedGroup(server, 'Everyone', ids.slice(0, 1));
      const added = client.groups.addMembers(group, ['nobody', ...ids.slice(1, 2)], { verify: true });
      if (traits.unknownMembers === 'refused') {
        await expect(added).rejects.toMatchObject({ code: 'bad_request', membersSent: { added: [] } });
        expect(await membersOf(group)).toEqual(ids.slice(0, 1));
        return;
      }
      const dropped = traits.unknownMembers === 'dropped' ? ['nobody'] : [];
      expect(await added).toMatchObject({ verified: true, dropped });
      const taken = dropped.length === 0 ? ['nobody'] : [];
      expect(await membersOf(group)).toEqual([...taken, ...ids.slice(0, 2)].sort());
    });

    test('adds members to a group that is new, and takes them all away', async () => {
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
      const results = await client.bulk([
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

    test(`has versions: ${traits.versions}`, async () => {
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

    test('never writes to one group twice at once', async () => {
      const group = await seedGroup(server, 'Everyone', ids.slice(0, 1));
      const renamed = { displayName: 'Renamed', externalId: 'e', members: [{ value: ids[0] ?? '' }] };
      await Promise.all([
        client.groups.addMembers(group, ids.slice(1, 5)),
        client.groups.replace(group, renamed),
        client.groups.removeMembers(group, ids.slice(2, 3)),
        client.groups.patch(group, [{ op: 'replace', path: 'displayName', value: 'Patched' }]),
      ]);
      expect(proxy.seen.filter((request) => !request.startsWith('GET'))).toHaveLength(4);
      const [deleted] = await Promise.all([
        client.groups.delete(group),
        client.groups.addMembers(group, ids.slice(5, 8)).catch(() => {}),
      ]);
      expect(deleted).toEqual({ outcome: 'deleted' });
      expect((await server.readState()).groups).toEqual([]);
      expect(proxy.overlaps).toEqual([]);
    });

    test('survives a 503, a 429 and a cut connection in the middle of a walk', async () => {
      const isPage = (method: string, path: string) => method === 'GET' && path.endsWith('/Users');
      proxy.failNext({ status: 503 }, isPage);
      proxy.failNext({ cut: 'after' }, isPage);
      proxy.failNext({ status: 429, headers: { 'retry-after': '2' } }, isPage);
      const seen = await idsOf(client.users.iterate({ count: 15 }));
      expect(seen.toSorted()).toEqual(ids.toSorted());
      proxy.failNext({ cut: 'before' }, isPage);
      expect(await idsOf(client.users.iterate({ count: 15 }))).toHaveLength(ids.length);
    });

    test.each<[string, ProxyFault]>([
      ['the server is busy (503)', { status: 503 }],
      ['the server asks to wait (429)', { status: 429, headers: { 'retry-after': '2' } }],
      ['the connection breaks before the server hears of it', { cut: 'before' }],
      ['the answer is lost after the server acted', { cut: 'after' }],
    ])('changes a user and the members of a group once when %s', async (_what, fault) => {
      const group = await seedGroup(server, 'Everyone', ids.slice(0, 2));
      const isPatch = (method: string) => method === 'PATCH';
      proxy.failNext(fault, isPatch);
      await client.groups.addMembers(group, ids.slice(2, 5));
      proxy.failNext(fault, isPatch);
      await client.groups.removeMembers(group, ids.slice(0, 2));
      expect(await membersOf(group)).toEqual(ids.slice(2, 5).sort());

      proxy.failNext(fault, isPatch);
      await client.users.patch(ids[0] ?? '', [{ op: 'replace', path: 'title', value: 'Lead' }]);
      expect((await plainRequest(server, 'GET', `/Users/${ids[0]}`)).body.title).toBe('Lead');
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
