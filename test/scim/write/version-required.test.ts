import { describe, expect, test } from 'vitest';
import { rejection } from '../../support/open-test-transport.js';
import { type FakeServer, fakeServer, once, type Stored, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const mira = { id: '1', userName: 'mira@x.y', title: 'Lead', active: true };
const wanted = { userName: 'mira@x.y', title: 'Head' };

interface Quirks {
  readonly patch?: boolean;
  /** Whether only a read of one resource shows its version. */
  readonly hidesInLists?: boolean;
  /** Happens before a write is judged. */
  readonly meanwhile?: (server: FakeServer) => void;
}

/** A server that refuses every write without a version (428), and gives each write a new one. */
function strictServer({ patch = true, hidesInLists = false, meanwhile }: Quirks = {}): FakeServer {
  const server = fakeServer({
    users: [mira, { id: '2', userName: 'b@x.y' }, { id: '3', userName: 'c@x.y' }],
    groups: [{ id: 'g', displayName: 'G', members: [{ value: '2' }], meta: { version: 'W/"1"' } }],
  });
  server.users.set('1', { ...mira, meta: { version: 'W/"1"' } });
  server.intercept = ({ method, path, headers }) => {
    if (method === 'GET' && path === '/Users' && hidesInLists) {
      const Resources = [...server.users.values()].map(({ meta: _, ...user }) => user);
      return new Response(JSON.stringify({ totalResults: Resources.length, Resources }));
    }
    if (method === 'GET' || method === 'POST') return undefined;
    if (method === 'PATCH' && !patch) return scimError(501);
    if (headers.get('if-match') === null) return scimError(428);
    meanwhile?.(server);
    return undefined;
  };
  const { fetch } = server;
  const bumping = (async (input: string, init: RequestInit) => {
    const before = [server.users.get('1'), server.groups.get('g')];
    try {
      return await fetch(input, init);
    } finally {
      if (init.method === 'PATCH' || init.method === 'PUT') {
        if (server.users.get('1') !== before[0]) touch(server.users, '1');
        if (server.groups.get('g') !== before[1]) touch(server.groups, 'g');
      }
    }
  }) as typeof globalThis.fetch;
  return Object.assign(server, { fetch: bumping });
}

let versions = 1;
function touch(store: Map<string, Stored>, id: string): void {
  versions += 1;
  store.set(id, { ...(store.get(id) as Stored), meta: { version: `W/"${versions}"` } });
}

const writes = (server: FakeServer) => server.seen.filter(({ method }) => method === 'PATCH' || method === 'PUT');
const members = (server: FakeServer) =>
  ((server.groups.get('g')?.members ?? []) as { value: string }[]).map(({ value }) => value);

describe('where the server requires a version (428)', () => {
  test.each<[string, Quirks]>([
    ['by PATCH', {}],
    ['by PUT', { patch: false }],
    ['where lists leave out the versions', { hidesInLists: true }],
  ])('`upsert` sends the one that it read: %s', async (_, quirks) => {
    const server = strictServer(quirks);
    const { users } = openClient(server).client;
    expect(await users.upsert(wanted)).toMatchObject({ outcome: 'updated', resource: { title: 'Head' } });
    expect(server.users.get('1')).toMatchObject({ title: 'Head' });
    expect(await users.upsert({ ...wanted, title: 'Chief' })).toMatchObject({ outcome: 'updated' });
    // The server is known by now.
    const unconditional = writes(server).filter(({ headers }) => headers.get('if-match') === null);
    expect(unconditional.slice(1)).toEqual(quirks.patch === false ? [expect.objectContaining({ method: 'PUT' })] : []);
  });

  test('`upsert` says where somebody else has changed it since', async () => {
    const meanwhile = once((server: FakeServer) => {
      server.users.set('1', { ...mira, title: 'Chief', meta: { version: 'W/"other"' } });
      return true;
    });
    const server = strictServer({ meanwhile });
    const error = await rejection(openClient(server).client.users.upsert(wanted));
    expect(error).toMatchObject({ code: 'precondition_failed', remedy: expect.stringContaining('changed since') });
    expect(server.users.get('1')).toMatchObject({ title: 'Chief' });
  });

  test('`upsert` whose answer was lost and that was done is done', async () => {
    const server = strictServer();
    server.loseAnswer = once(({ method, headers }) => method === 'PATCH' && headers.has('if-match'));
    expect(await openClient(server).client.users.upsert(wanted)).toMatchObject({
      outcome: 'updated',
      resource: { title: 'Head' },
    });
  });

  test('members are added, removed and set at the version of the moment', async () => {
    const server = strictServer();
    const { groups } = openClient(server).client;
    expect(await groups.addMembers('g', ['1'])).toMatchObject({ added: ['1'] });
    expect(await groups.removeMembers('g', ['2'])).toMatchObject({ removed: ['2'] });
    expect(await groups.setMembers('g', ['2', '3'])).toMatchObject({ added: ['2', '3'], removed: ['1'] });
    expect(members(server)).toEqual(['2', '3']);
  });

  test('members are added though the group changes meanwhile', async () => {
    const meanwhile = once((server: FakeServer) => {
      touch(server.groups, 'g');
      return true;
    });
    const server = strictServer({ meanwhile });
    expect(await openClient(server).client.groups.addMembers('g', ['1'])).toMatchObject({ added: ['1'] });
    expect(members(server)).toEqual(['2', '1']);
  });

  test('`deactivate` sends the version of the user who was read', async () => {
    const server = strictServer();
    expect(await openClient(server).client.users.deactivate('1')).toMatchObject({ outcome: 'deactivated' });
    expect(server.users.get('1')).toMatchObject({ active: false });
  });

  test('`patch`, `replace` and `delete` say what to do, since only the caller knows which version is meant', async () => {
    const { users } = openClient(strictServer()).client;
    for (const write of [
      () => users.patch('1', [{ op: 'replace', path: 'title', value: 'Head' }]),
      () => users.replace('1', { ...wanted, active: true }),
      () => users.delete('1'),
    ]) {
      expect(await rejection(write())).toMatchObject({
        code: 'precondition_required',
        remedy: expect.stringContaining('pass its `etagOf`'),
      });
    }
  });
});

describe('`upsert` with `ifMatch: true`', () => {
  test.each([true, false])('sends the version that was read, whether lists show it: %j', async (isListed) => {
    const server = strictServer({ hidesInLists: !isListed });
    await openClient(server).client.users.upsert(wanted, { ifMatch: true });
    expect(writes(server).map(({ headers }) => headers.get('if-match'))).toEqual(['W/"1"']);
  });

  test('writes nothing on a server without versions', async () => {
    const server = fakeServer({ users: [mira] });
    const error = await rejection(openClient(server).client.users.upsert(wanted, { ifMatch: true }));
    expect(error).toMatchObject({ code: 'invalid_response', remedy: expect.stringContaining('ifMatch') });
    expect(writes(server)).toEqual([]);
  });

  test('takes no version: it is not known yet which one', async () => {
    const error = await rejection(
      openClient(strictServer()).client.users.upsert(wanted, { ifMatch: 'W/"1"' as never }),
    );
    expect(error).toMatchObject({ code: 'invalid_input' });
  });
});
