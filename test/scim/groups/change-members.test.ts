import { describe, expect, test } from 'vitest';
import { membersSentOf } from '../../../src/scim/write/members.js';
import { rejection } from '../../support/open-test-transport.js';
import { answer, type FakeServer, fakeServer, lost, once, type Stored, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const ids = (count: number, prefix = 'u') => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const users = [...'abcdexyz', 'known', 'unknown', ...ids(250)].map((id) => ({ id, userName: `${id}@x.y` }));
const groupOf = (...members: string[]) =>
  fakeServer({ users, groups: [{ id: 'g', displayName: 'G', members: members.map((value) => ({ value })) }] });
const membersOf = (server: FakeServer) =>
  ((server.groups.get('g')?.members ?? []) as { value: string }[]).map(({ value }) => value).sort();
const patches = (server: FakeServer) =>
  server.seen.flatMap(({ method, body }) =>
    method === 'PATCH' ? [(body as { Operations: { op: string; path: string; value?: unknown[] }[] }).Operations] : [],
  );

describe('addMembers', () => {
  test('adds in one operation, each id once', async () => {
    const server = groupOf('a');
    const result = await openClient(server).client.groups.addMembers('g', ['b', { value: 'c', type: 'User' }, 'b']);
    expect(result).toEqual({ added: ['b', 'c'], removed: [] });
    expect(patches(server)).toEqual([
      [{ op: 'add', path: 'members', value: [{ value: 'b' }, { value: 'c', type: 'User' }] }],
    ]);
    expect(membersOf(server)).toEqual(['a', 'b', 'c']);
  });

  test('sends at most 100 in a request', async () => {
    const server = groupOf();
    await openClient(server).client.groups.addMembers('g', ids(250));
    expect(patches(server).map(([operation]) => operation?.value?.length)).toEqual([100, 100, 50]);
    expect(membersOf(server)).toHaveLength(250);
  });

  test('of nobody sends nothing', async () => {
    const server = groupOf();
    expect(await openClient(server).client.groups.addMembers('g', [])).toEqual({ added: [], removed: [] });
    expect(server.log).toEqual([]);
  });

  test('sends halves where the server says the body is too large', async () => {
    const server = groupOf();
    server.intercept = ({ body }) =>
      ((body as { Operations?: { value: unknown[] }[] } | undefined)?.Operations?.[0]?.value.length ?? 0) > 30
        ? scimError(413)
        : undefined;
    await openClient(server).client.groups.addMembers('g', ids(100));
    expect(membersOf(server)).toHaveLength(100);
  });

  test('leaves out who is a member already where the server objects to that', async () => {
    const server = groupOf('a');
    server.intercept = ({ method, body }) =>
      method === 'PATCH' && JSON.stringify(body).includes('"a"') ? scimError(409) : undefined;
    await openClient(server).client.groups.addMembers('g', ['a', 'b']);
    expect(membersOf(server)).toEqual(['a', 'b']);
  });

  test('reports a refusal that leaving out does not help', async () => {
    const server = groupOf('a');
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(409) : undefined);
    await expect(openClient(server).client.groups.addMembers('g', ['b'])).rejects.toMatchObject({ code: 'conflict' });
    expect(patches(server)).toHaveLength(1);
  });

  test('with verify reports whom the server dropped without a word', async () => {
    const server = groupOf();
    server.intercept = ({ method }) => {
      if (method !== 'PATCH') return undefined;
      server.groups.set('g', { ...(server.groups.get('g') as Stored), members: [{ value: 'known' }] });
      return new Response(null, { status: 204 });
    };
    const result = await openClient(server).client.groups.addMembers('g', ['known', 'unknown'], { verify: true });
    expect(result).toEqual({
      added: ['known'],
      removed: [],
      verified: true,
      dropped: ['unknown'],
      remaining: [],
    });
  });

  test('with verify says where the server does not show members', async () => {
    const server = fakeServer({ users, groups: [{ id: 'g', displayName: 'G' }] });
    server.intercept = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 204 }) : undefined);
    const result = await openClient(server).client.groups.addMembers('g', ['a'], { verify: true });
    expect(result).toEqual({ added: ['a'], removed: [], verified: false });
  });

  test('that is put off (202) in part is sent whole, and then said to be pending', async () => {
    const server = groupOf();
    server.intercept = ({ method }) =>
      method === 'PATCH' && patches(server).length === 1 ? new Response(null, { status: 202 }) : undefined;
    const added = openClient(server).client.groups.addMembers('g', ids(250));
    const error = await rejection(added);
    expect(error).toMatchObject({ code: 'write_pending' });
    expect(membersSentOf(error)).toEqual({ added: ids(250), removed: [] });
    expect(membersOf(server)).toHaveLength(150);
  });

  test('that fails in the middle says who was sent, where nothing prints it', async () => {
    const server = groupOf();
    server.intercept = ({ method }) =>
      method === 'PATCH' && patches(server).length === 2 ? scimError(403) : undefined;
    const error: unknown = await openClient(server)
      .client.groups.addMembers('g', ids(250))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'forbidden' });
    expect(membersSentOf(error)).toEqual({ added: ids(100), removed: [] });
    expect(JSON.stringify(error)).not.toContain('u0');
  });

  test.each<[string, () => Error | Response]>([
    ['is lost', lost],
    ['is 503', () => scimError(503)],
    ['is 524', () => scimError(524)],
  ])('are not added twice where the answer %s, since some servers make two of one', async (_, failure) => {
    const server = groupOf('a');
    server.intercept = (request) => {
      if (request.method !== 'PATCH') return undefined;
      const { members = [], ...group } = server.groups.get('g') as Stored & { members?: unknown[] };
      const added = (request.body as { Operations: { value: unknown[] }[] }).Operations[0]?.value ?? [];
      // Acts on a part, as it may when it fails in the middle.
      server.groups.set('g', { ...group, members: [...members, ...added.slice(0, 2)] } as Stored);
      return patches(server).length === 1 ? failure() : new Response(null, { status: 204 });
    };
    await openClient(server).client.groups.addMembers('g', ['b', 'c', 'd']);
    expect(membersOf(server)).toEqual(['a', 'b', 'c', 'd']);
    expect(patches(server)).toHaveLength(2);
  });

  test('gives up on a server that never answers, with its error', async () => {
    const server = groupOf('b');
    server.intercept = ({ method }) => (method === 'PATCH' ? lost() : undefined);
    const added = openClient(server).client.groups.addMembers('g', ['a'], { maxRetries: 2 });
    const error = await rejection(added);
    expect(error).toMatchObject({ code: 'network_error' });
    expect(membersSentOf(error)).toEqual({ added: [], removed: [] });
    expect(patches(server)).toHaveLength(3);
  });

  test('survives a lost answer', async () => {
    const server = groupOf();
    server.loseAnswer = once(({ method }) => method === 'PATCH');
    await openClient(server).client.groups.addMembers('g', ['a', 'b']);
    expect(membersOf(server)).toEqual(['a', 'b']);
  });
});

describe('removeMembers', () => {
  test('removes these and no others, one filter each, and never sends a list to remove', async () => {
    const server = groupOf('a', 'b', 'say "c"');
    await openClient(server).client.groups.removeMembers('g', ['b', 'say "c"', 'b']);
    expect(patches(server)).toEqual([
      [
        { op: 'remove', path: 'members[value eq "b"]' },
        { op: 'remove', path: 'members[value eq "say \\"c\\""]' },
      ],
    ]);
    expect(membersOf(server)).toEqual(['a']);
  });

  test('leaves out who is no member where the server objects to that', async () => {
    const server = groupOf('a', 'b');
    server.intercept = ({ body }) =>
      JSON.stringify(body ?? '').includes('nobody') ? scimError(400, 'noTarget') : undefined;
    await openClient(server).client.groups.removeMembers('g', ['a', 'nobody']);
    expect(membersOf(server)).toEqual(['b']);
  });

  test('takes members that are not shown for unknown, not for gone', async () => {
    const server = fakeServer({ users, groups: [{ id: 'g', displayName: 'G' }] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(400, 'noTarget') : undefined);
    await expect(openClient(server).client.groups.removeMembers('g', ['a'])).rejects.toMatchObject({
      scimType: 'noTarget',
    });
  });

  test('with verify reports who is still a member', async () => {
    const server = groupOf('a', 'b');
    server.intercept = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 204 }) : undefined);
    const result = await openClient(server).client.groups.removeMembers('g', ['a', 'x'], { verify: true });
    expect(result).toMatchObject({ verified: true, remaining: ['a'] });
  });
});

describe('setMembers', () => {
  test('adds who is missing, then removes who is too many', async () => {
    const server = groupOf('a', 'b', 'c');
    expect(await openClient(server).client.groups.setMembers('g', ['b', 'd'])).toEqual({
      added: ['d'],
      removed: ['a', 'c'],
    });
    expect(patches(server).map(([operation]) => operation?.op)).toEqual(['add', 'remove']);
    expect(membersOf(server)).toEqual(['b', 'd']);
  });

  test('changes nothing where nothing differs', async () => {
    const server = groupOf('a');
    await openClient(server).client.groups.setMembers('g', ['a']);
    expect(patches(server)).toEqual([]);
  });

  test('tells the server to replace members that are not shown', async () => {
    const server = fakeServer({ users, groups: [{ id: 'g', displayName: 'G' }] });
    const result = await openClient(server).client.groups.setMembers('g', ids(120));
    expect(patches(server).map(([operation]) => [operation?.op, operation?.value?.length])).toEqual([
      ['replace', 100],
      ['add', 20],
    ]);
    expect(result.added).toHaveLength(120);
  });

  test('leaves a group that is not there as an error', async () => {
    await expect(openClient(fakeServer()).client.groups.setMembers('g', [])).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('several tasks at once', () => {
  test('wait for one another, so that nobody is lost on a server that reads and writes back', async () => {
    const server = groupOf();
    let underWay = 0;
    server.intercept = async ({ method }) => {
      if (method !== 'PATCH') return undefined;
      underWay += 1;
      expect(underWay).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return undefined;
    };
    const { groups } = openClient(server).client;
    await Promise.all(ids(16).map((id) => groups.addMembers('g', [id])));
    expect(membersOf(server)).toHaveLength(16);
  });

  test('also on a server without PATCH', async () => {
    const server = groupOf('x');
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    const { groups } = openClient(server).client;
    await Promise.all([...ids(5).map((id) => groups.addMembers('g', [id])), groups.removeMembers('g', ['x'])]);
    expect(membersOf(server)).toEqual(ids(5));
  });
});

describe('a group without `members`', () => {
  /** Leaves out what is empty, as RFC 7643 §2.5 has it, and has no PATCH. */
  const serverOf = (groups: Stored[], heedsAttributes: boolean) => {
    const server = fakeServer({ users, groups });
    server.intercept = ({ method, path, query }) => {
      if (method === 'PATCH') return scimError(501);
      const group = server.groups.get(path.split('/')[2] ?? '');
      if (method !== 'GET' || group === undefined) return undefined;
      const { members, ...others } = group as Stored & { members?: unknown[] };
      const shown = members?.length ? { members } : {};
      const isAsked = heedsAttributes && query.get('attributes') === 'members';
      return answer(200, isAsked ? { id: group.id, ...shown } : { ...others, ...shown });
    };
    return server;
  };

  test('is empty where the server showed members before', async () => {
    const server = serverOf([{ id: 'g', displayName: 'G', members: [{ value: 'a' }] }], false);
    const { groups } = openClient(server).client;
    expect(await groups.setMembers('g', [], { verify: true })).toMatchObject({ verified: true, remaining: [] });
    await groups.addMembers('g', ['b']);
    expect(membersOf(server)).toEqual(['b']);
    expect(await groups.removeMembers('g', ['b'], { verify: true })).toMatchObject({ verified: true, remaining: [] });
  });

  test('is known to be emptied by a client that has just begun', async () => {
    const server = serverOf([{ id: 'g', displayName: 'G', members: [{ value: 'a' }] }], false);
    const removed = await openClient(server).client.groups.removeMembers('g', ['a'], { verify: true });
    expect(removed).toMatchObject({ verified: true, remaining: [] });
  });

  test('is not put back by what one answer leaves out, though it showed members before', async () => {
    const server = serverOf([{ id: 'g', displayName: 'G', members: [{ value: 'a' }, { value: 'b' }] }], false);
    const { groups } = openClient(server).client;
    await groups.addMembers('g', ['c']);
    const inner = server.intercept;
    server.intercept = (request, number) =>
      request.method === 'GET' && request.path === '/Groups/g'
        ? answer(200, { id: 'g', displayName: 'G' })
        : inner?.(request, number);
    await expect(groups.addMembers('g', ['d'])).rejects.toMatchObject({ code: 'invalid_response' });
    expect(membersOf(server)).toEqual(['a', 'b', 'c']);
    server.intercept = inner;
    await groups.addMembers('g', ['d']);
    expect(membersOf(server)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('is not said to be empty by what the server shows of others: it may be too large', async () => {
    const others = { id: 'h', displayName: 'H', members: [{ value: 'a' }] };
    const server = serverOf([{ id: 'g', displayName: 'G', members: [{ value: 'a' }, { value: 'b' }] }, others], false);
    const inner = server.intercept;
    server.intercept = (request, number) =>
      request.method === 'GET' && request.path === '/Groups/g'
        ? answer(200, { id: 'g', displayName: 'G' })
        : inner?.(request, number);
    const { groups } = openClient(server).client;
    await groups.addMembers('h', ['b']);
    const rename = [{ op: 'replace', path: 'displayName', value: 'All' }] as const;
    for (const change of [() => groups.patch('g', rename, { verify: true }), () => groups.addMembers('g', ['c'])]) {
      await expect(change()).rejects.toMatchObject({ code: 'invalid_response' });
    }
    expect(membersOf(server)).toEqual(['a', 'b']);
  });

  test('is empty where it was created so, until it is written to', async () => {
    const server = serverOf([], false);
    const { groups } = openClient(server).client;
    const { id } = await groups.create({ displayName: 'G' });
    await groups.addMembers(id, ['a']);
    expect(server.groups.get(id)?.members).toEqual([{ value: 'a' }]);
    server.intercept = ({ method }) =>
      method === 'PATCH' ? scimError(501) : method === 'GET' ? answer(200, { id, displayName: 'G' }) : undefined;
    const again = openClient(server).client;
    const other = await again.groups.create({ displayName: 'H' });
    await again.groups.replace(other.id, { displayName: 'H', members: [{ value: 'x' }] });
    await expect(again.groups.addMembers(other.id, ['a'])).rejects.toMatchObject({ code: 'invalid_response' });
    expect(server.groups.get(other.id)?.members).toEqual([{ value: 'x' }]);
  });

  test('keeps members that are shown only where they are asked for', async () => {
    const server = serverOf([{ id: 'g', displayName: 'G', members: [{ value: 'a' }] }], true);
    const inner = server.intercept;
    server.intercept = (request, number) =>
      request.method === 'GET' && !request.query.has('attributes')
        ? answer(200, { id: 'g', displayName: 'G' })
        : inner?.(request, number);
    const { groups } = openClient(server).client;
    await groups.addMembers('g', ['b']);
    await groups.addMembers('g', ['c']);
    expect(membersOf(server)).toEqual(['a', 'b', 'c']);
  });

  test.each([true, false])(
    'stays unknown where nothing says that the server shows members, whether it heeds `attributes`: %j',
    async (heedsAttributes) => {
      const server = serverOf([{ id: 'g', displayName: 'G' }], heedsAttributes);
      const { groups } = openClient(server).client;
      await expect(groups.addMembers('g', ['a'])).rejects.toMatchObject({ code: 'invalid_response' });
      expect(server.log).not.toContain('PUT /Groups/g');
    },
  );
});
