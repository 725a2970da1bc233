import { describe, expect, test } from 'vitest';
import {
  answer,
  type FakeServer,
  fakeServer,
  listAnswer,
  once,
  type Stored,
  scimError,
} from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
const entries = (members: readonly string[]) => members.map((value) => ({ value }));
const everyone = [...'abcdex3', ...ids(300)].map((id) => ({ id, userName: `${id}@x.y` }));
const serverOf = (members: readonly string[], users: readonly Stored[] = everyone) =>
  fakeServer({ users, groups: [{ id: 'g', displayName: 'G', members: entries(members) }] });
const membersOf = (server: FakeServer) =>
  ((server.groups.get('g')?.members ?? []) as { value: string }[]).map(({ value }) => value);
const setMembersOf = (server: FakeServer, members: readonly string[]) =>
  server.groups.set('g', { id: 'g', displayName: 'G', members: entries(members) });
const mira = { id: '1', userName: 'mira.sol@north.example', active: true };

/** Shows groups as `shown` makes them of what is stored. */
function show(server: FakeServer, shown: (group: Stored) => object): FakeServer {
  server.intercept = ({ method, path }) => {
    if (method !== 'GET' || !path.startsWith('/Groups')) return undefined;
    const groups = [...server.groups.values()];
    if (path === '/Groups') return listAnswer(groups.map(shown));
    const group = server.groups.get(path.split('/')[2] ?? '');
    return group && answer(200, shown(group));
  };
  return server;
}

const hidesMembers = (server: FakeServer) => show(server, (group) => ({ ...group, members: [] }));

describe('an id that names nobody, such as a `userName`', () => {
  test('is not removed, and the person is a member still', async () => {
    const server = serverOf(['1'], [mira]);
    const result = await openClient(server).client.groups.removeMembers('g', [mira.userName]);
    expect(result).toEqual({ added: [], removed: [], notFound: [mira.userName] });
    expect(membersOf(server)).toEqual(['1']);
    expect(server.log).not.toContain('PATCH /Groups/g');
  });

  test('is not removed where the server hides members either', async () => {
    const server = hidesMembers(serverOf(['1'], [mira]));
    const result = await openClient(server).client.groups.removeMembers('g', ['1', mira.userName]);
    expect(result).toEqual({ added: [], removed: ['1'], notFound: [mira.userName] });
  });

  test('is not added, on a server that would take anything', async () => {
    const server = serverOf([], [mira]);
    const result = await openClient(server).client.groups.addMembers('g', ['1', mira.userName], { verify: true });
    expect(result).toEqual({
      added: ['1'],
      removed: [],
      notFound: [mira.userName],
      verified: true,
      dropped: [],
      remaining: [],
    });
    expect(membersOf(server)).toEqual(['1']);
  });

  test('is reported by `setMembers`', async () => {
    const server = serverOf(['2'], [mira]);
    const result = await openClient(server).client.groups.setMembers('g', ['1', mira.userName]);
    expect(result).toEqual({ added: ['1'], removed: ['2'], notFound: [mira.userName] });
  });

  test('is told from a user who is no member, and from a group that may be one', async () => {
    const server = serverOf(['a'], [mira]);
    server.groups.set('h', { id: 'h', displayName: 'H' });
    const result = await openClient(server).client.groups.removeMembers('g', ['a', '1', 'h', 'nobody']);
    expect(result).toEqual({ added: [], removed: ['a'], already: ['1', 'h'], notFound: ['nobody'] });
  });

  test('is not concluded from a 404 that is not of SCIM, or where the list does not answer', async () => {
    for (const failure of [() => new Response('<html>', { status: 404 }), () => scimError(404)]) {
      const server = serverOf(['a']);
      server.intercept = ({ path }) => (path.startsWith('/Users') ? failure() : undefined);
      const result = await openClient(server).client.groups.removeMembers('g', ['a', 'b@c.d']);
      expect(result).toEqual({ added: [], removed: ['a'], already: ['b@c.d'] });
    }
  });

  test.each(['mira.sol', '2819c223-7f76', 'x'.repeat(30)])(
    'is neither added nor removed, whatever it looks like, on a server that takes anything: %s',
    async (nobody) => {
      const server = serverOf(['2'], [mira]);
      const { groups } = openClient(server).client;
      const notFound = [nobody];
      expect(await groups.addMembers('g', ['1', nobody])).toEqual({ added: ['1'], removed: [], notFound });
      expect(await groups.removeMembers('g', ['1', nobody])).toEqual({ added: [], removed: ['1'], notFound });
      expect(await groups.setMembers('g', ['1', nobody])).toEqual({ added: ['1'], removed: ['2'], notFound });
      expect(await groups.upsert({ displayName: 'G', members: entries([nobody]) })).toMatchObject({
        outcome: 'unchanged',
        members: { added: [], notFound },
      });
      expect(membersOf(server)).toEqual(['1']);
      const hiding = hidesMembers(serverOf(['2'], [mira]));
      expect(await openClient(hiding).client.groups.setMembers('g', ['1', nobody])).toMatchObject({ notFound });
      expect(membersOf(hiding)).toEqual(['1']);
    },
  );

  test.each<[string, number, number, number]>([
    ['one request for each of a few', 300, 10, 10],
    ['the list of users, where that takes fewer', 300, 250, 4],
    ['one request for each beside a long list, of which it read a page', 2_500, 11, 12],
  ])('is found out by %s', async (_, userCount, added, requests) => {
    const server = serverOf(
      [],
      [...ids(userCount)].map((id) => ({ id, userName: id })),
    );
    const result = await openClient(server).client.groups.addMembers('g', ids(userCount).slice(-added));
    expect(result.added).toHaveLength(added);
    expect(server.log.filter((request) => request.startsWith('GET /Users'))).toHaveLength(requests);
  });

  test('is told from another group, which may be a member, beyond the users who are listed', async () => {
    const server = serverOf([]);
    server.groups.set('h', { id: 'h', displayName: 'H' });
    const result = await openClient(server).client.groups.addMembers('g', [...ids(20), 'h', 'nobody']);
    expect(result).toEqual({ added: [...ids(20), 'h'], removed: [], notFound: ['nobody'] });
  });

  test('must be a text that is not empty', async () => {
    const { groups } = openClient(serverOf(['a'])).client;
    await expect((async () => groups.removeMembers('g', ['']))()).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test.each([{ id: 'a', userName: 'a@x.y' }, null, undefined, 7])(
    'is asked of %j, with what to pass',
    async (member) => {
      const server = serverOf(['a']);
      const { groups } = openClient(server).client;
      const given = [member] as never;
      for (const change of ['addMembers', 'removeMembers', 'setMembers'] as const) {
        await expect(groups[change]('g', given)).rejects.toMatchObject({
          code: 'invalid_input',
          path: [0, 'value'],
          remedy: 'Pass `user.id` for each user, and not the user.',
        });
      }
      await expect(groups.create({ displayName: 'N', members: given })).rejects.toMatchObject({
        path: ['members', 0, 'value'],
        remedy: 'Pass `{ value: user.id }` for each user.',
      });
      expect(server.log).toEqual([]);
    },
  );
});

describe('addMembers that is repeated', () => {
  /** A server that makes two members of one who is added twice. */
  const appending = (members: readonly string[]) => {
    const server = serverOf(members);
    server.intercept = ({ method, body }) => {
      if (method !== 'PATCH') return undefined;
      const [operation] = (body as { Operations: { value: { value: string }[] }[] }).Operations;
      setMembersOf(server, [...membersOf(server), ...(operation?.value ?? []).map(({ value }) => value)]);
      return new Response(null, { status: 204 });
    };
    return server;
  };

  test('sends only who is missing, also by a client that has just begun', async () => {
    const server = appending(['a']);
    server.loseAnswer = once(({ method }) => method === 'PATCH');
    await expect(
      openClient(server).client.groups.addMembers('g', ['a', 'b'], { maxRetries: 0 }),
    ).resolves.toBeDefined();
    expect(await openClient(server).client.groups.addMembers('g', ['a', 'b', 'c'])).toEqual({
      added: ['c'],
      removed: [],
      already: ['a', 'b'],
    });
    expect(membersOf(server)).toEqual(['a', 'b', 'c']);
  });

  test('by `upsert` reads the group first, where lists leave out members', async () => {
    const server = appending(['a']);
    const patching = server.intercept;
    server.intercept = (request, number) =>
      request.path === '/Groups' && request.method === 'GET'
        ? listAnswer([{ id: 'g', displayName: 'G' }])
        : patching?.(request, number);
    const { groups } = openClient(server).client;
    const wanted = { displayName: 'G', members: [{ value: 'a' }] };
    expect(await groups.upsert(wanted)).toMatchObject({ outcome: 'unchanged' });
    expect(await groups.upsert({ ...wanted, members: entries(['a', 'b']) })).toMatchObject({ outcome: 'updated' });
    expect(membersOf(server)).toEqual(['a', 'b']);
  });

  test('is sent whole where the group cannot be read', async () => {
    const server = serverOf(['a']);
    server.intercept = ({ method }) => (method === 'GET' ? scimError(403) : undefined);
    expect(await openClient(server).client.groups.addMembers('g', ['b'])).toEqual({ added: ['b'], removed: [] });
  });
});

describe('`members: []` of a server that was never seen to show a member', () => {
  test('is not compared', async () => {
    const server = hidesMembers(serverOf(['a', 'b']));
    const { groups } = openClient(server).client;
    expect(await groups.addMembers('g', ['c'], { verify: true })).toEqual({
      added: ['c'],
      removed: [],
      verified: false,
    });
    expect(await groups.removeMembers('g', ['a'], { verify: true })).toEqual({
      added: [],
      removed: ['a'],
      verified: false,
    });
    expect(membersOf(server)).toEqual(['b', 'c']);
  });

  test('does not make `setMembers` believe that nobody has to go', async () => {
    const server = hidesMembers(serverOf(['a', 'b']));
    const { groups } = openClient(server).client;
    expect(await groups.setMembers('g', ['a'], { verify: true })).toMatchObject({ added: ['a'], verified: false });
    expect(membersOf(server)).toEqual(['a']);
    expect(await groups.setMembers('g', [])).toMatchObject({ added: [] });
    expect(membersOf(server)).toEqual([]);
  });

  test('is not put back where there is no PATCH', async () => {
    const server = hidesMembers(serverOf(['a', 'b']));
    const inner = server.intercept;
    server.intercept = (request, number) => (request.method === 'PATCH' ? scimError(501) : inner?.(request, number));
    const { groups } = openClient(server).client;
    await expect(groups.addMembers('g', ['c'])).rejects.toMatchObject({ code: 'invalid_response' });
    const rename = groups.patch('g', [{ op: 'replace', path: 'displayName', value: 'H' }]);
    await expect(rename).rejects.toMatchObject({ code: 'invalid_response' });
    expect(membersOf(server)).toEqual(['a', 'b']);
  });

  test('does not pass for a group that was created as it was asked for', async () => {
    const server = hidesMembers(fakeServer());
    const created = openClient(server).client.groups.create(
      { displayName: 'G', members: entries(['a']) },
      { verify: true },
    );
    await expect(created).rejects.toMatchObject({ code: 'not_applied', attributes: ['members'] });
  });
});

describe('a group that is created', () => {
  const members = entries(['a', 'nobody']);
  /** Leaves out whom it does not know, and answers with `shown` of the members. */
  const dropping = (shown: (kept: readonly object[]) => readonly object[]) => {
    const server = fakeServer({ users: everyone });
    server.intercept = ({ method }) => {
      if (method !== 'POST') return undefined;
      const kept = members.filter(({ value }) => server.users.has(value));
      server.groups.set('n', { id: 'n', displayName: 'N', members: kept });
      return answer(201, { id: 'n', displayName: 'N', members: shown(kept) });
    };
    return server;
  };

  test('says whom the server left out, in `dropped` and nowhere else', async () => {
    const server = dropping((kept) => kept);
    const result = await openClient(server).client.groups.upsert({ displayName: 'N', members }, { verify: true });
    expect(result).toMatchObject({ outcome: 'created' });
    expect(result.members).toEqual({ added: ['a'], removed: [], verified: true, dropped: ['nobody'], remaining: [] });
  });

  test('says so without `verify` too where its answer shows it, which takes no further request', async () => {
    const server = dropping((kept) => kept);
    const result = await openClient(server).client.groups.upsert({ displayName: 'N', members });
    expect(result.members).toEqual({ added: ['a'], removed: [], dropped: ['nobody'] });
    expect(server.log.at(-1)).toBe('POST /Groups');
    const silent = dropping(() => []);
    const hidden = await openClient(silent).client.groups.upsert({ displayName: 'N', members });
    expect(hidden.members).toEqual({ added: ['a', 'nobody'], removed: [] });
    expect(silent.log.at(-1)).toBe('POST /Groups');
  });

  test('without members has nothing to say of them', async () => {
    const result = await openClient(fakeServer()).client.groups.upsert({ displayName: 'N' });
    expect(result).not.toHaveProperty('members');
  });
});

describe('setMembers with verify', () => {
  test('reports who is left beyond the members that are shown', async () => {
    const server = show(serverOf(ids(150)), (group) => ({
      ...group,
      members: entries(membersOf(server).slice(0, 100)),
    }));
    const result = await openClient(server).client.groups.setMembers('g', ['u0', 'u1'], { verify: true });
    expect(membersOf(server)).toHaveLength(52);
    expect(result.remaining).toEqual(ids(150).slice(100));
  });

  test('reports who came meanwhile, and who went', async () => {
    const server = serverOf(['a', 'b', 'x']);
    server.intercept = ({ method }) => {
      if (method !== 'PATCH') return undefined;
      setMembersOf(server, ['b', 'stranger']);
      return new Response(null, { status: 204 });
    };
    const result = await openClient(server).client.groups.setMembers('g', ['a', 'b'], { verify: true });
    expect(result).toEqual({ added: [], removed: ['x'], verified: true, dropped: ['a'], remaining: ['stranger'] });
  });

  test('does not say removed of whom the server keeps', async () => {
    const server = serverOf(['a', 'b']);
    server.intercept = ({ method }) => (method === 'PATCH' ? answer(200, server.groups.get('g')) : undefined);
    const { groups } = openClient(server).client;
    expect(await groups.removeMembers('g', ['a'], { verify: true })).toMatchObject({ removed: [], remaining: ['a'] });
    expect(await groups.setMembers('g', ['b'], { verify: true })).toMatchObject({ removed: [], remaining: ['a'] });
  });

  test('takes numbers for ids', async () => {
    const server = show(serverOf(['1', '2']), (group) => ({
      ...group,
      members: membersOf(server).map((value) => ({ value: Number(value) })),
    }));
    const result = await openClient(server).client.groups.setMembers('g', ['1', '3'], { verify: true });
    expect(result).toEqual({ added: ['3'], removed: ['2'], verified: true, dropped: [], remaining: [] });
  });
});

test('removal from a list that shows only the first members is sent for those it does not show', async () => {
  const users = ids(150).map((id) => ({ id, userName: id }));
  const server = show(serverOf(ids(150), users), (group) => ({
    ...group,
    members: entries(membersOf(server).slice(0, 100)),
  }));
  await openClient(server).client.groups.removeMembers('g', ['u149']);
  expect(membersOf(server)).not.toContain('u149');
});
