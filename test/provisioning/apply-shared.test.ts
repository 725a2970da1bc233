import { expect, test } from 'vitest';
import { scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, openDirectory, person } from './support/open-directory.js';

const ids = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(2, '0')}`);

/** A server like WorkOS, which takes no filter of several parts. */
async function creating(count: number) {
  const there = ids('t', 20);
  const directory = openDirectory({ users: there.map((id) => account(id)) });
  const first = await directory.plan({ users: [...there, ...ids('n', count)].map((id) => person(id)) });
  directory.server.intercept = ({ query }) =>
    query.get('filter')?.includes(' or ') ? scimError(501, 'notImplemented') : undefined;
  directory.server.log.length = 0;
  return { ...directory, first };
}

test('where no filter asks for several, all people are walked through once for many creations', async () => {
  const { client, server, first } = await creating(12);
  expect((await apply(client, first)).finished).toBe(true);
  const lists = server.log.filter((line) => line === 'GET /Users');
  // Two accounts to try a filter by, that filter, and all pages: this one, and that nothing lies behind it.
  expect(lists).toHaveLength(4);
  expect(server.log).toHaveLength(4 + 2 * 12);
});

test.each([
  ['by its name', { externalId: 'z' }],
  ['by its number', { userName: 'z@north.example' }],
  ['in another case', { userName: 'N05@North.Example', externalId: undefined }],
  ['with a domain before the name', { userName: 'NORTH\\n05@north.example', externalId: undefined }],
])('somebody who has appeared since is found by such a walk: %s', async (_, more) => {
  const { client, server, first } = await creating(12);
  server.users.set('x', account('n05', { ...more, id: 'x' }));
  const lines = resultLinesOf(await apply(client, first));
  expect(lines).toContain('create e-n05 drifted (other_account)');
  expect(lines.filter((line) => line.startsWith('create') && line.endsWith(' done'))).toHaveLength(11);
});

test('a walk that shows fewer than there are proves nobody absent, though its pages agree', async () => {
  const { client, server, first } = await creating(12);
  server.users.set('x', account('n05', { id: 'x' }));
  const { intercept } = server;
  let lists = 0;
  server.intercept = (request, number) => {
    const { method, path, query } = request;
    if (method === 'GET' && path === '/Users' && query.get('filter') === null && ++lists > 1) {
      const shown = [...server.users.values()].filter(({ id }) => id !== 'x');
      const begun = Number(query.get('startIndex') ?? 1) - 1;
      const Resources = shown.slice(begun);
      return Response.json({
        totalResults: shown.length,
        startIndex: begun + 1,
        itemsPerPage: Resources.length,
        Resources,
      });
    }
    return intercept?.(request, number);
  };
  const lines = resultLinesOf(await apply(client, first));
  expect(lines).toContain('create e-n05 already');
  expect([...server.users.values()].filter(({ externalId }) => externalId === 'e-n05')).toHaveLength(1);
});

test('what such a walk has shown is not believed for long', async () => {
  const { client, server, clock, first } = await creating(12);
  const { intercept } = server;
  let posts = 0;
  server.intercept = (request, number) => {
    if (request.method === 'POST') {
      posts += 1;
      if (posts === 1) {
        clock.setWall(31_000);
        server.users.set('z', account('n11', { id: 'z' }));
      }
    }
    return intercept?.(request, number);
  };
  const lines = resultLinesOf(await apply(client, first, { concurrency: 1 }));
  expect(lines).toContain('create e-n11 already');
  expect(posts).toBe(11);
});

const people = ids('p', 12);

async function changing(inOthers: Parameters<typeof groupOf>[1] = ['p11']) {
  const directory = openDirectory({
    users: people.map((id) => account(id)),
    groups: ids('g', 10).map((id) => groupOf(id, inOthers)),
  });
  const groups = ids('g', 10).map((id, index) => ({
    displayName: `Group ${id}`,
    members: ['e-p11', `e-p${String(index).padStart(2, '0')}`],
  }));
  const first = await directory.plan({ users: people.map((id) => person(id)), groups });
  directory.server.log.length = 0;
  return { ...directory, first };
}

test('groups under way beside each other are read with one request before, and with one after', async () => {
  const { client, server, first } = await changing();
  expect(first.actions).toHaveLength(10);
  expect((await apply(client, first)).finished).toBe(true);
  const lists = server.log.filter((line) => line === 'GET /Groups');
  const alone = server.log.filter((line) => line.startsWith('GET /Groups/'));
  expect(lists.length + alone.length).toBeLessThanOrEqual(12);
  expect(server.log.filter((line) => line.startsWith('PATCH'))).toHaveLength(10);
});

test('a group that is another by now is left alone, and one that is gone is told', async () => {
  const { client, server, first } = await changing();
  server.groups.set('g03', groupOf('g03', ['p11'], { displayName: 'Other' }));
  server.groups.delete('g04');
  const lines = resultLinesOf(await apply(client, first));
  expect(lines.filter((line) => !line.includes(' done'))).toEqual([
    'add_members Group g03 drifted (changed_since)',
    'add_members Group g04 drifted (not_found)',
  ]);
  expect(server.groups.get('g03')?.members).toEqual([{ value: 'p11' }]);
});

test('a page shows nothing to those who ask after it was read: a group that became another since is left alone', async () => {
  const { client, server, first } = await changing();
  server.intercept = ({ method }) => {
    if (method === 'PATCH') server.groups.set('g09', groupOf('g09', ['p11'], { displayName: 'Other' }));
    return undefined;
  };
  const lines = resultLinesOf(await apply(client, first, { concurrency: 2 }));
  expect(lines.filter((line) => !line.includes(' done'))).toEqual(['add_members Group g09 drifted (changed_since)']);
  expect(server.groups.get('g09')?.members).toEqual([{ value: 'p11' }]);
});

test('a group is read back from a page that was asked for after its change: none is read again alone', async () => {
  const { client, server, first } = await changing();
  expect((await apply(client, first, { concurrency: 2 })).finished).toBe(true);
  const order = server.log.filter((line) => line === 'GET /Groups' || line.startsWith('PATCH'));
  expect(server.log.filter((line) => line.startsWith('GET /Groups/'))).toEqual([]);
  expect(order.at(-1)).toBe('GET /Groups');
});

test('who is in no group after a success is not called done, though other groups are', async () => {
  const { client, server, first } = await changing();
  server.intercept = ({ method, path }) =>
    method === 'PATCH' && path === '/Groups/g05' ? new Response(null, { status: 204 }) : undefined;
  const lines = resultLinesOf(await apply(client, first));
  expect(lines.filter((line) => !line.includes(' done'))).toEqual([
    'add_members Group g05 failed (not_applied): e-p05 failed',
  ]);
});

test('where the list of groups is refused, each is read alone', async () => {
  const { client, server, first } = await changing();
  server.intercept = ({ method, path }) =>
    method === 'GET' && path === '/Groups' ? scimError(403, 'sensitive') : undefined;
  const result = await apply(client, first);
  expect(result.finished).toBe(true);
  expect(server.log.filter((line) => line.startsWith('GET /Groups/'))).toHaveLength(20);
});
