import { describe, expect, test } from 'vitest';
import { answer, lost, type Stored, scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, linesOf, openDirectory, person } from './support/open-directory.js';

/** How a PUT comes to nothing known: refused, not carried out, or carried out and its answer lost. */
const failures: readonly [what: string, isDone: boolean, fail: () => Response | Error][] = [
  ['429', false, () => answer(429, {}, { 'retry-after': '30' })],
  ['503', false, () => scimError(503)],
  ['a connection that breaks', false, () => lost()],
  ['an answer that is lost', true, () => lost()],
];

/** A directory without PATCH, of which the first PUT fails, and in which somebody else changes the same thing then. */
function openWithoutPatch(isDone: boolean, fail: () => Response | Error, change: (stored: Stored) => Stored) {
  const opened = openDirectory({
    users: ['a', 'b', 'c'].map((id) => account(id, { title: 'Old' })),
    groups: [groupOf('guild', ['a', 'b'])],
  });
  const { server } = opened;
  let puts = 0;
  server.intercept = ({ method, path, body }) => {
    if (method === 'PATCH') return scimError(405);
    if (method !== 'PUT') return undefined;
    puts += 1;
    if (puts > 1) return undefined;
    const [, endpoint, id = ''] = path.split('/');
    const store = endpoint === 'Users' ? server.users : server.groups;
    if (isDone) store.set(id, { ...(body as Stored), id });
    store.set(id, change(store.get(id) as Stored));
    return fail() as Response;
  };
  return opened;
}

describe.each(failures)('after %s', (_what, isDone, fail) => {
  test('what somebody else has changed of a person meanwhile is not put back', async () => {
    const { client, plan, server } = openWithoutPatch(isDone, fail, (user) => ({ ...user, nickName: 'Al' }));
    const desired = { users: [person('a', { title: 'New' }), person('b'), person('c')] };
    expect(resultLinesOf(await apply(client, await plan(desired)))).toEqual(['change e-a done']);
    expect(server.users.get('a')).toMatchObject({ title: 'New', nickName: 'Al' });
    expect(linesOf(await plan(desired))).toEqual([]);
  });

  test('nor whom somebody else has added to a group', async () => {
    for (const [members, line, kept] of [
      [['e-a', 'e-b', 'e-c'], 'add_members Group guild done: e-c done', ['a', 'b', 'c', 'x']],
      [['e-a'], 'remove_members Group guild done: e-b done', ['a', 'x']],
    ] as const) {
      const { client, plan, server } = openWithoutPatch(isDone, fail, (group) => ({
        ...group,
        members: [...(group.members as object[]), { value: 'x' }],
      }));
      const users = ['a', 'b', 'c'].map((id) => person(id));
      const groups = [{ displayName: 'Group guild', members }];
      expect(resultLinesOf(await apply(client, await plan({ users, groups })))).toEqual([line]);
      const { members: left } = server.groups.get('guild') as Stored;
      const shown = (left as { value: string }[]).map(({ value }) => value);
      expect(shown.toSorted()).toEqual(kept);
    }
  });
});

test('somebody whom a change since has made another is left alone after an unclear failure', async () => {
  const { client, plan, server } = openWithoutPatch(
    false,
    () => scimError(503),
    (user) => ({ ...user, title: 'Own' }),
  );
  const desired = { users: [person('a', { title: 'New' }), person('b'), person('c')] };
  const [line] = resultLinesOf(await apply(client, await plan(desired)));
  expect(line).toMatch(/^change e-a (?:unknown|failed)/);
  expect(server.users.get('a')).toMatchObject({ title: 'Own' });
});

describe.each(['externalId', 'active', 'nickName'])('where %s is left out of answers', (name) => {
  test.each([
    ['once', 1],
    ['always from then on', 99],
  ])('%s, it is not erased', async (_when, times) => {
    const { client, plan, server } = openDirectory({ users: [account('a', { title: 'Old', nickName: 'Al' })] });
    const first = await plan({ users: [person('a', { title: 'New' })] });
    let reads = 0;
    server.intercept = ({ method, path }) => {
      if (method === 'PATCH') return scimError(405);
      if (method !== 'GET' || path !== '/Users/a') return undefined;
      reads += 1;
      // `active` is not told from the first on: that alone would not be seen to have changed.
      const isWhole = name === 'active' ? reads > times + 1 : reads < 2 || reads > 1 + times;
      const { [name]: _left, ...others } = server.users.get('a') as Stored;
      return isWhole ? undefined : answer(200, others);
    };
    const [outcome] = (await apply(client, first)).outcomes;
    expect(server.users.get('a')).toMatchObject({ externalId: 'e-a', active: true, nickName: 'Al' });
    expect(outcome?.outcome === 'done').toBe(server.users.get('a')?.title === 'New');
    if (times === 1) expect(outcome).toMatchObject({ outcome: 'done' });
  });
});
