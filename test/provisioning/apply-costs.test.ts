import { expect, test } from 'vitest';
import { answer, scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, openDirectory, person } from './support/open-directory.js';

const ids = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(2, '0')}`);
const there = [...ids('c', 10), ...ids('z', 10)];
const fresh = ids('n', 20);

async function planned() {
  const directory = openDirectory({
    users: there.map((id) => account(id)),
    groups: ids('g', 5).map((id) => groupOf(id, ['c00'])),
  });
  const plan = await directory.plan({
    users: [...ids('c', 10).map((id) => person(id, { title: 'New' })), ...fresh.map((id) => person(id))],
    groups: ids('g', 5).map((id) => ({ displayName: `Group ${id}`, members: ['e-c00', 'e-c01', 'e-n00'] })),
  });
  directory.server.log.length = 0;
  return { ...directory, first: plan };
}

test('applying takes at most three requests a change, where most are creations, other titles, and people who join groups', async () => {
  const { client, server, first } = await planned();
  expect((await apply(client, first)).finished).toBe(true);
  const { log } = server;
  // One for two accounts that are there, and one for every eight who should not be; made, and read back.
  const ofCreations = log.filter(
    (line) => line === 'GET /Users' || line === 'POST /Users' || line.includes('/Users/new'),
  );
  expect(ofCreations).toHaveLength(1 + 3 + 20 + 20);
  expect(log.length).toBeLessThanOrEqual(3 * first.actions.length);
});

test.each([
  ['by its name', { externalId: 'z' }],
  ['by its number', { userName: 'z@north.example' }],
  ['in another case', { userName: 'N05@North.Example', externalId: undefined }],
])('somebody who has appeared since is found among many who have not: %s', async (_, more) => {
  const { client, server, first } = await planned();
  server.users.set('x', account('n05', { ...more, id: 'x' }));
  const lines = resultLinesOf(await apply(client, first));
  expect(lines).toContain('create e-n05 drifted (other_account)');
  expect(lines.filter((line) => line.startsWith('create') && line.endsWith(' done'))).toHaveLength(19);
});

type Intercept = NonNullable<Awaited<ReturnType<typeof planned>>['server']['intercept']>;
const misreading: readonly [what: string, intercept: (given: Awaited<ReturnType<typeof planned>>) => Intercept][] = [
  [
    'refuses such filters',
    () =>
      ({ query }) =>
        query.get('filter')?.includes(' or ') ? scimError(400, 'invalidFilter') : undefined,
  ],
  [
    'finds nothing by them',
    () =>
      ({ query }) =>
        query.get('filter')?.includes(' or ') ? answer(200, { totalResults: 0, Resources: [] }) : undefined,
  ],
  [
    'reads the first part of them only',
    () =>
      ({ query }) => {
        const filter = query.get('filter');
        if (filter?.includes(' or ')) query.set('filter', filter.split(' or ')[0] ?? '');
        return undefined;
      },
  ],
  [
    'ignores filters of more than one part',
    () =>
      ({ query }) => {
        if (query.get('filter')?.includes(' or ')) query.delete('filter');
        return undefined;
      },
  ],
];

test.each(misreading)(
  'on a server that %s, everybody is looked for alone, and nobody made twice',
  async (_, intercept) => {
    const given = await planned();
    const { client, server, first } = given;
    server.intercept = intercept(given);
    server.users.set('x', account('n05', { id: 'x', userName: 'z@north.example' }));
    const lines = resultLinesOf(await apply(client, first));
    expect(lines).toContain('create e-n05 drifted (other_account)');
    expect(lines.filter((line) => line.startsWith('create') && line.endsWith(' done'))).toHaveLength(19);
  },
);
