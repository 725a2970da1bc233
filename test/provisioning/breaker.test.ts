import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/provisioning/exit-code.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import { lost, scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, openDirectory, person } from './support/open-directory.js';

const ids = Array.from({ length: 40 }, (_, index) => `u${String(index).padStart(2, '0')}`);

async function planned() {
  const directory = openDirectory({ users: [...ids, 'z'].map((id) => account(id)) });
  const plan = await directory.plan({ users: ids.map((id) => person(id, { title: 'New' })) });
  return { ...directory, first: plan };
}

const outages: readonly [what: string, answer: () => Response | Error, code: string][] = [
  ['a refused token', () => scimError(401), 'unauthorized'],
  ['a token that may not write', () => scimError(403), 'too_many_failures'],
  ['a broken network', () => lost(), 'too_many_failures'],
  ['a broken server', () => scimError(500), 'too_many_failures'],
  ['a web page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'too_many_failures'],
];

test.each(outages)('%s stops everything, and what is left can be gone on with', async (_, answer, code) => {
  const { client, server, first } = await planned();
  const journal = memoryJournal();
  let done = 0;
  server.intercept = ({ method }) => {
    if (method === 'PATCH') done += 1;
    return done > 10 ? answer() : undefined;
  };
  const result = await apply(client, first, { journal });
  expect(result.stopped).toMatchObject({
    code,
    message: expect.stringMatching(/\.$/),
    remedy: expect.stringMatching(/\.$/),
  });
  expect(result.totals.not_reached).toBeGreaterThan(20);
  expect(result.totals.done).toBeGreaterThan(5);
  expect(result.outcomes.at(-1)).toMatchObject({ kind: 'deactivate', outcome: 'not_reached' });
  expect([result.finished, exitCodeOf(result)]).toEqual([false, 2]);

  server.intercept = undefined;
  const again = await apply(client, first, { journal });
  expect([again.finished, again.stopped, exitCodeOf(again)]).toEqual([true, undefined, 0]);
});

test('failures that are not in a row stop nothing', async () => {
  const { client, server, first } = await planned();
  server.intercept = ({ method, path }) => {
    const isOdd = Number(path.slice(-2)) % 2 === 1;
    return method === 'PATCH' && path.startsWith('/Users/u') && isOdd ? scimError(403) : undefined;
  };
  const result = await apply(client, first, { concurrency: 1 });
  expect([result.stopped, result.totals.failed, result.totals.done]).toEqual([undefined, 20, 21]);
});

test('people whom the server refuses in a row are no outage until they are very many', async () => {
  const { client, server, first } = await planned();
  server.intercept = ({ method, path }) => (method === 'PATCH' && path < '/Users/u20' ? scimError(400) : undefined);
  const result = await apply(client, first, { concurrency: 1 });
  expect([result.stopped, result.totals.failed]).toEqual([undefined, 20]);
  const other = await planned();
  other.server.intercept = ({ method }) => (method === 'PATCH' ? scimError(400) : undefined);
  const stopped = await apply(other.client, other.first, { concurrency: 1 });
  expect([stopped.stopped?.code, stopped.totals.failed]).toEqual(['too_many_failures', 25]);
});

test('where most of what was tried failed, nobody loses a group, nor changes from one to another', async () => {
  const ids = ['a', 'b', 'c', 'd', 'mover', 'loser', 'joiner'];
  const { client, server, plan } = openDirectory({
    users: ids.map((id) => account(id)),
    groups: [groupOf('x', ['a', 'mover', 'loser']), groupOf('y', ['b'])],
  });
  const first = await plan({
    users: ids.map((id) => person(id, 'abcd'.includes(id) ? { title: 'New' } : {})),
    groups: [
      { displayName: 'Group x', members: ['e-a'] },
      { displayName: 'Group y', members: ['e-b', 'e-mover', 'e-joiner'] },
    ],
  });
  server.intercept = ({ method, path }) =>
    method === 'PATCH' && /^.Users.[abc]$/.test(path) ? scimError(400) : undefined;
  const journal = memoryJournal();
  const result = await apply(client, first, { journal });
  expect(resultLinesOf(result).slice(4)).toEqual([
    'add_members Group y held_back (earlier_failures)',
    'add_members Group y done: e-joiner done',
    'remove_members Group x held_back (earlier_failures)',
    'remove_members Group x held_back (swap_not_added): e-mover held_back',
  ]);
  expect(server.groups.get('x')?.members).toHaveLength(3);
  server.intercept = undefined;
  expect((await apply(client, first, { journal })).finished).toBe(true);
  expect(server.groups.get('x')?.members).toEqual([{ value: 'a' }]);
});

test('where most of what was tried failed, nobody is removed', async () => {
  const { client, server, plan } = openDirectory({ users: ['a', 'b', 'c', 'd', 'z'].map((id) => account(id)) });
  const first = await plan({ users: ['a', 'b', 'c', 'd'].map((id) => person(id, { title: 'New' })) });
  server.intercept = ({ method, path }) => (method === 'PATCH' && path < '/Users/d' ? scimError(400) : undefined);
  const result = await apply(client, first);
  expect(result.outcomes.at(-1)).toMatchObject({ kind: 'deactivate', outcome: 'held_back', code: 'earlier_failures' });
  expect(server.users.get('z')?.active).toBe(true);
});
