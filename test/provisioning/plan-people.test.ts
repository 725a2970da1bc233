import { expect, test } from 'vitest';
import { answer, type Stored } from '../scim/support/fake-server.js';
import { rejection } from '../support/open-test-transport.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, heldLinesOf, linesOf, openDirectory, person, rosterOf } from './support/open-directory.js';

const six = () => ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => account(id));
const sixPeople = () => ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => person(id));

test('a directory that is as desired needs nothing, and was read once', async () => {
  const { server, plan } = openDirectory({ users: six() });
  const { actions, held, brakes, totals } = await plan({ users: sixPeople() });
  expect([actions, held, brakes]).toEqual([[], [], []]);
  expect(totals).toMatchObject({ liveUsers: 6, activeManaged: 6, desiredUsers: 6, unchangedUsers: 6, removals: 0 });
  expect(server.log).toEqual(['GET /Users', 'GET /Users', 'GET /Users']);
  // The one page, what is beyond it, and whether rows are counted from 0.
  const queries = server.seen.map(({ query }) => query.toString());
  expect(queries).toEqual(['startIndex=1&count=100', 'startIndex=7&count=100', 'startIndex=0&count=1']);
});

test('ten thousand unchanged people cost one walk: each page once, and nobody looked up', async () => {
  const ids = Array.from({ length: 10_000 }, (_none, index) => `u${index}`);
  const { server, plan } = openDirectory({ users: ids.map((id) => account(id)) });
  const { actions, totals } = await plan({ users: ids.map((id) => person(id)) });
  expect([actions, totals.unchangedUsers]).toEqual([[], 10_000]);
  // Pages of 100 that overlap by one row, so that rows which move are found.
  expect(server.log).toEqual(Array.from({ length: 101 }, () => 'GET /Users'));
  expect(new Set(server.seen.map(({ query }) => query.get('startIndex') ?? '1')).size).toBe(101);
  expect(server.seen.filter(({ query }) => query.get('filter') !== null)).toEqual([]);
});

test.each([
  ['4 unless something is said', undefined, 4],
  ['as many as `prefetch` says', 7, 7],
  ['one after the other with 1', 1, 1],
])('pages under way at once: %s', async (_what, prefetch, expected) => {
  const ids = Array.from({ length: 3_000 }, (_none, index) => `u${index}`);
  const { server, plan } = openDirectory({ users: ids.map((id) => account(id)) });
  let [underWay, mostAtOnce] = [0, 0];
  server.intercept = async () => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return undefined;
  };
  await plan({ users: ids.map((id) => person(id)) }, {}, { prefetch });
  expect(mostAtOnce).toBe(expected);
});

test('of people and groups that a generator gives, as from a file, the plan is the same', async () => {
  async function* people() {
    for (const one of [...sixPeople().slice(1), person('new')]) yield one;
  }
  async function* groups() {
    yield { displayName: 'New', members: ['e-b', 'e-new'] };
  }
  async function* roster() {
    yield* rosterOf(six().map(({ id }) => id));
  }
  const { plan } = openDirectory({ users: six() });
  const streamed = await plan({ users: people(), groups: groups() }, {}, { people: roster() });
  expect(linesOf(streamed)).toEqual([
    'create e-new',
    'create_group New',
    'add_members New: e-b e-new',
    'deactivate e-a',
  ]);
  const [users, all] = [[...sixPeople().slice(1), person('new')], [{ displayName: 'New', members: ['e-b', 'e-new'] }]];
  const listed = await plan({ users, groups: all });
  expect(streamed.desiredDigest).toBe(listed.desiredDigest);
  expect(streamed.actions).toEqual(listed.actions);
});

test('a rename takes provisioning alone, and is done in one request', async () => {
  const users = [{ ...person('a'), userName: 'a.married@north.example' }];
  const { client, plan, server } = openDirectory({ users: [account('a')] }, { provisioning: true });
  const allowed = await plan({ users });
  expect(allowed.actions).toMatchObject([{ kind: 'rename', permission: ['provisioning'], permitted: true }]);
  server.log.length = 0;
  expect(resultLinesOf(await apply(client, allowed))).toEqual(['rename e-a done']);
  expect(server.log.filter((line) => !line.startsWith('GET'))).toEqual(['PATCH /Users/a']);
  expect(server.users.get('a')).toMatchObject({ userName: 'a.married@north.example', externalId: 'e-a', active: true });

  const other = openDirectory({ users: [account('a')] }, { deprovisioning: true });
  const refused = await other.plan({ users });
  expect(linesOf(refused)).toEqual(['not permitted: rename e-a']);
  expect(resultLinesOf(await apply(other.client, refused))).toEqual(['rename e-a not_permitted (access_denied)']);
  expect(other.server.log.filter((line) => !line.startsWith('GET'))).toEqual([]);
});

test('who is missing is created, who is not desired is deactivated, and nobody is written to', async () => {
  const { server, plan } = openDirectory({ users: six() });
  const result = await plan({ users: [...sixPeople().slice(1), person('new')] });
  expect(linesOf(result)).toEqual(['create e-new', 'deactivate e-a']);
  expect(result.totals).toMatchObject({ removals: 1, mails: 1 });
  expect(server.log.filter((line) => !line.startsWith('GET '))).toEqual([]);
});

test('an action tells who, why, what it takes, and what was there', async () => {
  const { plan } = openDirectory({ users: [account('a', { title: 'Lead', nickName: 'Al' })] });
  const { actions } = await plan({ users: [person('a', { title: 'Head', timezone: 'Europe/Paris' })] });
  expect(actions).toEqual([
    {
      id: expect.stringMatching(/^[\da-f]{12}$/),
      kind: 'change',
      target: { id: 'a', key: 'e-a', name: 'a@north.example' },
      before: { title: 'Lead', timezone: null },
      after: { title: 'Head', timezone: 'Europe/Paris' },
      operations: [
        { op: 'replace', path: 'timezone', value: 'Europe/Paris' },
        { op: 'replace', path: 'title', value: 'Head' },
      ],
      why: 'Attributes differ from the desired state.',
      permission: ['provisioning'],
      permitted: true,
      baseline: expect.stringMatching(/^[\da-f]{64}$/),
    },
  ]);
});

test('what an entry does not name is left alone, and what it unsets is removed', async () => {
  const { plan } = openDirectory({ users: [account('a', { title: 'Lead', nickName: 'Al' })] });
  const { actions } = await plan({ users: [person('a', { title: null })] });
  expect(actions[0]).toMatchObject({ operations: [{ op: 'remove', path: 'title' }], after: { title: null } });
});

test('who has the number and another userName is renamed, and never removed and created', async () => {
  const { plan } = openDirectory({ users: six() });
  const renamed = { ...person('a'), userName: 'a.married@north.example' };
  const result = await plan({ users: [renamed, ...sixPeople().slice(1)] });
  expect(linesOf(result)).toEqual(['rename e-a']);
  expect(result.held).toEqual([]);
});

test('a userName in another case, with spaces or with a domain in front, is no other name', async () => {
  const names = ['A@North.Example', ' a@north.example ', 'NORTH\\a@north.example'];
  for (const userName of names) {
    const { plan } = openDirectory({ users: [account('a', { userName })] });
    const { actions, held } = await plan({ users: [person('a')] });
    expect([userName, actions, held]).toEqual([userName, [], []]);
  }
});

test('a number that the directory stores as a number is the same', async () => {
  const { plan } = openDirectory({ users: [account('a', { externalId: 1007 })] });
  const { actions, held } = await plan({ users: [{ ...person('a'), externalId: '1007' }] });
  expect([actions, held]).toEqual([[], []]);
});

test('who is not active and desired is activated, with all that differs in one action', async () => {
  const { plan } = openDirectory({ users: [account('a', { active: false, title: 'Lead' })] });
  const result = await plan({ users: [person('a', { title: 'Head' })] });
  expect(linesOf(result)).toEqual(['reactivate e-a']);
  expect(result.actions[0]).toMatchObject({ after: { active: true, title: 'Head' }, permission: ['provisioning'] });
});

test('who should be inactive is deactivated and not changed otherwise; who is not there is not created', async () => {
  const { plan } = openDirectory({ users: [account('a'), account('b', { active: false })] });
  const off = (id: string) => person(id, { active: false, title: 'Gone' });
  const result = await plan({ users: [off('a'), off('b'), off('c')] });
  expect(linesOf(result)).toEqual(['deactivate e-a']);
});

test('who is inactive and not desired is left as is, also where absence means deletion', async () => {
  const { plan } = openDirectory({ users: [account('a', { active: false }), account('b'), account('c')] });
  const result = await plan({ users: [person('c')] }, { removal: 'delete' });
  expect(linesOf(result)).toEqual(['delete e-b']);
  const none = await plan({ users: [person('c')] }, { removal: 'none' });
  expect(linesOf(none)).toEqual([]);
  expect(none.notes.map(({ code }) => code)).toContain('absent_left_alone');
});

test('an address that moved changes neither account', async () => {
  // The address of `a` was given to a new person; and `b` has the number of one and the address of another.
  const moved = openDirectory({ users: [account('a')] });
  const one = await moved.plan({ users: [{ ...person('a'), externalId: 'e-new' }] });
  expect([linesOf(one), heldLinesOf(one)]).toEqual([
    [],
    ['change e-new (address_moved)', 'deactivate e-a (address_moved)'],
  ]);
  expect(one.held[0]?.ids).toEqual(['a']);
  const swapped = openDirectory({ users: [account('b')] });
  const users = [
    { ...person('c'), externalId: 'e-b' },
    { ...person('b'), externalId: 'e-c' },
  ];
  const two = await swapped.plan({ users });
  expect([linesOf(two), heldLinesOf(two)]).toEqual([[], ['change e-b (address_moved)', 'change e-c (address_moved)']]);
});

test('an address that a leaver still has is not given to another account', async () => {
  const { plan } = openDirectory({ users: [account('a'), account('b')] });
  const result = await plan({ users: [{ ...person('a'), userName: 'b@north.example' }] });
  expect([linesOf(result), heldLinesOf(result)]).toEqual([
    [],
    ['change e-a (address_moved)', 'deactivate e-b (address_moved)'],
  ]);
});

test('two accounts for one person, and two entries for one account, are held', async () => {
  const { plan } = openDirectory({
    users: [account('a'), account('a2', { externalId: 'e-a' }), account('b'), account('c', { externalId: undefined })],
  });
  const twice = [person('b', { title: 'x' }), person('b', { title: 'y' })];
  const result = await plan({ users: [{ ...person('a'), userName: 'other@north.example' }, ...twice, person('c')] });
  expect(heldLinesOf(result)).toEqual([
    'change e-a (several_accounts)',
    'change e-b (desired_twice)',
    'change e-b (desired_twice)',
  ]);
  expect(linesOf(result)).toEqual(['change e-c']);
});

test('the account in use is meant, and not the row that is left of a deleted one', async () => {
  const { plan } = openDirectory({
    users: [account('old', { ...account('a'), id: 'old', active: false }), account('a')],
  });
  const result = await plan({ users: [person('a', { title: 'Head' })] });
  expect(result.actions.map(({ target }) => target.id)).toEqual(['a']);
  expect(result.held).toEqual([]);
});

test('a second active account under the same userName is not removed by a guess', async () => {
  const { plan } = openDirectory({
    users: [account('a'), account('double', { ...account('a'), id: 'double', externalId: '' })],
  });
  const result = await plan({ users: [person('a')] });
  expect([linesOf(result), heldLinesOf(result)]).toEqual([[], ['deactivate a@north.example (several_accounts)']]);
});

test('whom only spaces, case of the number, or the key that does not count would tell apart is held', async () => {
  const { plan } = openDirectory({ users: [account('a', { userName: 'was@north.example' })] });
  const alike = await plan({ users: [{ ...person('a'), userName: 'new@north.example', externalId: ' E-A ' }] });
  expect([linesOf(alike), heldLinesOf(alike)]).toEqual([[], ['change  E-A  (alike)']]);
  const users = [{ ...person('a'), userName: 'new@north.example' }];
  const byName = await plan({ users }, { key: 'userName' });
  expect([linesOf(byName), heldLinesOf(byName)]).toEqual([[], ['change new@north.example (alike)']]);
});

test('a rename that looks like somebody leaving and somebody joining is held both ways', async () => {
  const name = { givenName: 'Mira', familyName: 'Sol' };
  const byName = openDirectory({ users: [account('a', { name }), account('b')] });
  const joined = person('new', { displayName: 'mira  SOL' });
  const one = await byName.plan({ users: [joined, person('b')] });
  expect([linesOf(one), heldLinesOf(one)]).toEqual([
    [],
    ['create e-new (looks_like_rename)', 'deactivate e-a (looks_like_rename)'],
  ]);
  // By its address, also an account that would stay: else the person had two.
  const byMail = openDirectory({ users: [account('a', { active: false }), account('b')] });
  const emails = [{ value: 'A@north.example', type: 'work' as const, primary: true }];
  const two = await byMail.plan({ users: [person('new', { emails }), person('b')] });
  expect([linesOf(two), heldLinesOf(two)]).toEqual([[], ['create e-new (looks_like_rename)']]);
});

test('an entry that the server would refuse is held alone, with the reason', async () => {
  const { plan } = openDirectory({ users: [account('b')] });
  const nobody = { userName: 'no-address', externalId: 'e-x' };
  const result = await plan({ users: [nobody, person('c'), person('b')] });
  expect([linesOf(result), heldLinesOf(result)]).toEqual([['create e-c'], ['create e-x (invalid)']]);
  expect(result.held[0]?.remedy).toMatch(/e-mail address/);
});

test('a misspelt attribute, a password, and what would make somebody active are refused before anything is read', async () => {
  const { server, plan } = openDirectory({ users: [] });
  const wrong = async (user: unknown) => rejection(plan({ users: [user as never] }));
  expect(await wrong({ ...person('a'), password: 'hunter2' })).toMatchObject({ code: 'invalid_input' });
  expect(await wrong({ ...person('a'), Active: false })).toMatchObject({ remedy: 'Write `active`.' });
  expect(await wrong({ ...person('a'), active: 'false' })).toMatchObject({ path: ['desired', 'users', 0, 'active'] });
  expect(await wrong({ externalId: '1' })).toMatchObject({ path: ['desired', 'users', 0, 'userName'] });
  expect(await wrong('a@north.example')).toMatchObject({ code: 'invalid_input' });
  expect(server.log).toEqual([]);
  expect(await wrong({ ...person('a'), titel: 'Lead' })).toMatchObject({ remedy: expect.stringMatching(/title/) });
});

test('a desired state that ends half-way is no plan', async () => {
  const { plan } = openDirectory({ users: six() });
  async function* users() {
    yield person('a');
    throw new Error('the export broke');
  }
  expect(await rejection(plan({ users: users() }))).toMatchObject({ message: 'the export broke' });
});

test('a list that was not whole removes and creates nobody, and says so', async () => {
  const { server, plan } = openDirectory({ users: six() });
  server.intercept = ({ path, query }) =>
    path === '/Users' && query.get('startIndex') !== null && Number(query.get('startIndex')) > 1
      ? new Response(JSON.stringify({ totalResults: 9, Resources: [] }))
      : new Response(JSON.stringify({ totalResults: 9, startIndex: 1, Resources: six() }));
  const users = [person('a', { title: 'Head' }), person('new')];
  const result = await plan({ users });
  expect(linesOf(result)).toEqual(['change e-a']);
  expect(new Set(result.held.map(({ reason }) => reason))).toEqual(new Set(['list_incomplete']));
  expect(result.brakes.map(({ name }) => name)).toEqual(['incomplete_list']);
});

test('a list of groups that was not whole is a brake: no group is made, and nobody taken out of one', async () => {
  const { client, server, plan } = openDirectory({ users: six(), groups: [groupOf('x', ['a', 'b'])] });
  server.intercept = ({ method, path, query }) => {
    if (method !== 'GET' || path !== '/Groups') return undefined;
    const Resources = Number(query.get('startIndex') ?? 1) > 1 ? [] : [...server.groups.values()];
    return answer(200, { totalResults: 4, startIndex: 1, Resources });
  };
  const groups = [
    { displayName: 'Group x', members: ['e-a', 'e-c'] },
    { displayName: 'Perhaps there', members: ['e-a'] },
  ];
  const first = await plan({ users: sixPeople(), groups });
  expect(linesOf(first)).toEqual(['add_members Group x: e-c']);
  expect(heldLinesOf(first)).toEqual([
    'create_group Perhaps there (list_incomplete)',
    'remove_members Group x: e-b (list_incomplete)',
  ]);
  expect(first.brakes).toMatchObject([{ name: 'incomplete_list', limit: 0, found: 1 }]);
  await expect(apply(client, first, { limits: { plan: first.hash, removals: 100 } })).rejects.toMatchObject({
    code: 'brake_holds',
    brakes: ['incomplete_list'],
  });
});

test('a plan says what cannot be undone, and that access may come from elsewhere, where it does such a thing', async () => {
  const notesOf = async (users: readonly object[], policy = {}, groups?: readonly object[]) => {
    const { plan } = openDirectory({ users: six(), groups: [groupOf('x', ['a', 'b'])] });
    const { notes } = await plan({ users, ...(groups && { groups }) } as never, policy);
    return notes.map(({ code }) => code).filter((code) => code === 'cannot_be_undone' || code === 'direct_access');
  };
  expect(await notesOf(sixPeople())).toEqual([]);
  expect(await notesOf([person('a', { title: 'Head' }), ...sixPeople().slice(1)])).toEqual([]);
  expect(await notesOf([...sixPeople(), person('new')])).toEqual(['cannot_be_undone']);
  expect(await notesOf(sixPeople().slice(1))).toEqual(['direct_access']);
  expect(await notesOf(sixPeople().slice(1), { removal: 'delete' })).toEqual(['cannot_be_undone', 'direct_access']);
  const groups = [{ displayName: 'Group x', members: ['e-a'] }];
  expect(await notesOf(sixPeople(), {}, groups)).toEqual(['direct_access']);
});

test('of service accounts that are made none gets a mail, and none is counted', async () => {
  const { plan } = openDirectory({ users: six() });
  const robot = { ...person('robot'), userType: 'ServiceAccount' };
  const { actions, totals } = await plan({ users: [...sixPeople(), person('new'), robot] });
  expect(actions.map(({ kind }) => kind)).toEqual(['create', 'create']);
  expect(totals.mails).toBe(1);
});

test('without a checkbox its half is planned, and marked', async () => {
  const users = [person('b'), person('new')];
  const one = await openDirectory({ users: six() }, { provisioning: true }).plan({ users });
  expect(linesOf(one)[0]).toBe('create e-new');
  expect(linesOf(one)[1]).toBe('not permitted: deactivate e-a');
  expect(one.notPermitted).toEqual({ count: 5, missing: ['deprovisioning'] });
  expect(one.totals.removals).toBe(0);
  const other = await openDirectory({ users: six() }, { deprovisioning: true }).plan({ users });
  expect(linesOf(other)[0]).toBe('not permitted: create e-new');
  expect(other.totals).toMatchObject({ removals: 5, mails: 0 });
});

test('whoever is created is created active, whatever the server makes of those of whom nothing is said', async () => {
  const { client, plan, server } = openDirectory({});
  const desired = { users: [person('new'), person('off', { active: false })] };
  const first = await plan(desired);
  expect(first.actions).toMatchObject([{ kind: 'create', after: { active: true }, permission: ['provisioning'] }]);
  expect(resultLinesOf(await apply(client, first))).toEqual(['create e-new done']);
  expect([...server.users.values()]).toMatchObject([{ userName: 'new@north.example', active: true }]);
  expect(linesOf(await plan(desired))).toEqual([]);
});

test('a server that does not show whether an account is active is believed in the rest; one that makes it inactive is not', async () => {
  for (const [shown, line] of [
    [{}, 'create e-new done'],
    [{ active: false }, 'create e-new partial (not_applied)'],
  ] as const) {
    const { client, plan, server } = openDirectory({});
    server.intercept = ({ method, body }) => {
      if (method !== 'POST') return undefined;
      const { active: _active, ...user } = body as Stored;
      const made = { ...user, id: 'made', ...shown };
      server.users.set('made', made);
      return answer(201, made);
    };
    const users = [person('new')];
    expect(resultLinesOf(await apply(client, await plan({ users })))).toEqual([line]);
    expect(linesOf(await plan({ users }))).toEqual(line.endsWith('done') ? [] : ['reactivate e-new']);
  }
});

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const many = Array.from({ length: 300 }, (_none, index) => person(`n${index}`));

test('of a long desired state the directory is asked for while it is still read', async () => {
  const { server, plan } = openDirectory({ users: [account('n1')] });
  const onceAsked = async () => {
    for (let turns = 0; server.log.length === 0; turns += 1) {
      if (turns === 1_000) throw new Error('Nothing was asked for.');
      await turn();
    }
    return person('last');
  };
  const users: unknown[] = [...many];
  Object.defineProperty(users, users.length, { enumerable: true, get: onceAsked });
  const { actions, totals } = await plan({ users: users as never });
  expect(totals).toMatchObject({ desiredUsers: 301, unchangedUsers: 1 });
  expect(actions).toHaveLength(300);
});

test('what is wrong with a late entry is told, and the directory is read no further', async () => {
  const { server, plan } = openDirectory({
    users: Array.from({ length: 900 }, (_none, index) => account(`n${index}`)),
  });
  const late = { ...person('late'), password: 'hunter2' };
  const failure = await rejection(plan({ users: [...many, late as never] }));
  expect(failure).toMatchObject({ code: 'invalid_input', path: ['desired', 'users', 300, 'password'] });
  const asked = server.log.length;
  for (let turns = 0; turns < 50; turns += 1) await turn();
  expect(server.log).toHaveLength(asked);
});

test('a directory that cannot be read meanwhile is told once the desired state was read', async () => {
  const { server, plan } = openDirectory({ users: [account('n1')] });
  server.intercept = () => new Response('{}', { status: 401 });
  await expect(plan({ users: many })).rejects.toMatchObject({ code: 'unauthorized' });
});
