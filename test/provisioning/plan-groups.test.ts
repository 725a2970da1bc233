import { expect, test } from 'vitest';
import { answer } from '../scim/support/fake-server.js';
import { account, groupOf, heldLinesOf, linesOf, openDirectory, person, rosterOf } from './support/open-directory.js';

const users = () => ['a', 'b', 'c', 'd'].map((id) => account(id));
const people = () => ['a', 'b', 'c', 'd'].map((id) => person(id));
const desired = (id: string, ...members: string[]) => ({ displayName: `Group ${id}`, members });

test('a group gets and loses people by the keys of your own, in either spelling', async () => {
  const { plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a', 'b'])] });
  const result = await plan({ users: people(), groups: [desired('1', 'e-b', 'C@north.example', 'e-c')] });
  expect(linesOf(result)).toEqual(['add_members Group 1: e-c', 'remove_members Group 1: e-a']);
  expect(result.actions.map((action) => 'members' in action && action.members)).toEqual([
    [{ id: 'c', key: 'e-c' }],
    [{ id: 'a', key: 'e-a' }],
  ]);
  expect(result.totals.removals).toBe(1);
});

test('a group that is as desired needs nothing; groups that are not named are left alone', async () => {
  const { plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a', 'b']), groupOf('2', ['c'])] });
  const result = await plan({ users: people(), groups: [desired('1', 'e-b', 'e-a')] });
  expect([linesOf(result), result.held, result.totals.liveGroups]).toEqual([[], [], 2]);
});

test('without desired groups no group is read', async () => {
  const { server, plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a'])] });
  await plan({ users: people() });
  expect(server.log.filter((line) => line.includes('Groups'))).toEqual([]);
});

test('a new group is created, then gets its people, those too whom the plan creates', async () => {
  const { plan } = openDirectory({ users: users() });
  const groups = [{ ...desired('1', 'e-a', 'e-new'), externalId: 'g-1' }];
  const result = await plan({ users: [...people(), person('new')], groups });
  expect(linesOf(result)).toEqual(['create e-new', 'create_group Group 1', 'add_members Group 1: e-a e-new']);
  expect(result.actions[1]).toMatchObject({ after: { displayName: 'Group 1', externalId: 'g-1' } });
  expect(result.actions[2]).toMatchObject({
    target: { key: 'Group 1' },
    members: [{ id: 'a', key: 'e-a' }, { key: 'e-new' }],
  });
});

test('additive groups lose nobody', async () => {
  const { plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a'])] });
  const result = await plan({ users: people(), groups: [desired('1', 'e-b')] }, { membership: 'additive' });
  expect(linesOf(result)).toEqual(['add_members Group 1: e-b']);
});

test('people who leave the directory keep their memberships: the account is off', async () => {
  const { plan } = openDirectory({
    users: [...users(), account('off', { active: false })],
    groups: [groupOf('1', ['a', 'b', 'off'])],
  });
  const result = await plan({ users: people().slice(1), groups: [desired('1', 'e-b')] });
  expect(linesOf(result)).toEqual(['deactivate e-a']);
});

test('nested groups, and ids that are nobody in the list of users, are left alone', async () => {
  const members = [{ value: 'a' }, { value: 'inner', type: 'Group' }, { value: 'ghost' }];
  const { plan } = openDirectory({ users: users(), groups: [{ id: '1', displayName: 'Group 1', members }] });
  const result = await plan({ users: people(), groups: [desired('1', 'e-a')] });
  expect([linesOf(result), result.held]).toEqual([[], []]);
  expect(result.notes.map(({ code }) => code)).toContain('members_unknown_to_directory');
});

test('ids that a group shows in another case are those of its people', async () => {
  const { plan } = openDirectory({ users: [account('abc'), account('def')], groups: [groupOf('1', ['ABC', 'DEF'])] });
  const result = await plan({ users: [person('abc'), person('def')], groups: [desired('1', 'e-abc')] });
  expect(linesOf(result)).toEqual(['remove_members Group 1: e-def']);
  expect(result.actions[0]).toMatchObject({ members: [{ id: 'def' }] });
});

test('a key that names nobody, or somebody who is held, is held and stops nobody else', async () => {
  const moved = { ...person('d'), externalId: 'e-other' };
  const { plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a'])] });
  const groups = [desired('1', 'e-a', 'e-b', 'nobody', 'e-other')];
  const result = await plan({ users: [...people().slice(0, 3), moved], groups });
  expect(linesOf(result)).toEqual(['add_members Group 1: e-b']);
  expect(heldLinesOf(result)).toEqual([
    'change e-other (address_moved)',
    'add_members Group 1: e-other (member_held)',
    'add_members Group 1: nobody (member_unknown)',
    'deactivate e-d (address_moved)',
  ]);
});

test('who is held keeps the memberships', async () => {
  const { plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a', 'd'])] });
  const moved = { ...person('d'), externalId: 'e-other' };
  const result = await plan({ users: [...people().slice(0, 3), moved], groups: [desired('1', 'e-a')] });
  expect(linesOf(result)).toEqual([]);
});

test('a change from one group to another takes both permissions, and is done in both halves or in none', async () => {
  const world = () => ({ users: users(), groups: [groupOf('1', ['a', 'b']), groupOf('2', ['c'])] });
  const groups = [desired('1', 'e-b', 'e-d'), desired('2', 'e-a', 'e-c')];
  const both = await openDirectory(world()).plan({ users: people(), groups });
  expect(both.actions.map(({ kind, permission }) => [kind, ...permission])).toEqual([
    ['add_members', 'provisioning'],
    ['add_members', 'provisioning', 'deprovisioning'],
    ['remove_members', 'provisioning', 'deprovisioning'],
  ]);
  for (const access of [{ provisioning: true }, { deprovisioning: true }]) {
    const result = await openDirectory(world(), access).plan({ users: people(), groups });
    expect(linesOf(result)).toEqual([
      `${access.provisioning ? '' : 'not permitted: '}add_members Group 1: e-d`,
      'not permitted: add_members Group 2: e-a',
      'not permitted: remove_members Group 1: e-a',
    ]);
  }
});

test('a change of group whose one half is held is held in both', async () => {
  const { plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a']), groupOf('2', ['c'])] });
  const groups = [desired('1'), desired('2', 'e-a', 'e-c', 'e-d')];
  const result = await plan({ users: people(), groups }, {}, { people: rosterOf(['a', 'b', 'c', 'd'], ['a']) });
  expect(linesOf(result)).toEqual(['add_members Group 2: e-d']);
  expect(heldLinesOf(result)).toEqual(['add_members Group 2: e-a (swap_held)', 'remove_members Group 1: e-a (owner)']);
});

test('two groups of one name, two entries for one group, and a name that is alike are held', async () => {
  const { plan } = openDirectory({
    users: users(),
    groups: [groupOf('1', ['a']), { ...groupOf('1', ['b']), id: '1b' }, groupOf('2', []), groupOf('3', ['a'])],
  });
  const groups = [
    desired('1', 'e-a'),
    desired('2', 'e-a'),
    desired('2', 'e-b'),
    { displayName: 'Group 3 ', members: ['e-b'] },
  ];
  const result = await plan({ users: people(), groups });
  expect(linesOf(result)).toEqual([]);
  expect(heldLinesOf(result)).toEqual([
    'add_members Group 1 (several_accounts)',
    'add_members Group 2 (desired_twice)',
    'add_members Group 2 (desired_twice)',
    'add_members Group 3  (alike)',
  ]);
});

test('a group is found by its externalId under another name, which is not changed', async () => {
  const { plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a'], { externalId: 'g-1' })] });
  const groups = [{ displayName: 'New name', externalId: 'g-1', members: ['e-b'] }];
  const result = await plan({ users: people(), groups }, { membership: 'additive' });
  expect(linesOf(result)).toEqual(['add_members New name: e-b']);
  expect(result.actions[0]?.target.id).toBe('1');
  expect(heldLinesOf(result)).toEqual(['rename New name (group_renamed)']);
  const other = await plan({
    users: people(),
    groups: [{ ...groups[0], externalId: 'g-2', displayName: 'Group 1' } as never],
  });
  expect(heldLinesOf(other)).toEqual(['add_members Group 1 (address_moved)']);
});

test('a group whose list shows nobody is read once more, and then believed', async () => {
  const { server, plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a', 'b']), groupOf('2', ['c'])] });
  server.intercept = ({ path }) => {
    if (path !== '/Groups') return undefined;
    const rows = [...server.groups.values()].map(({ members: _members, ...group }) => group);
    return answer(200, { totalResults: rows.length, startIndex: 1, Resources: rows });
  };
  const result = await plan({ users: people(), groups: [desired('1', 'e-a', 'e-b')] });
  expect([linesOf(result), result.held]).toEqual([[], []]);
  expect(server.log.filter((line) => line.startsWith('GET /Groups/'))).toEqual(['GET /Groups/1']);
});

test('where no group shows its members they are held, or added again where the policy says so', async () => {
  const { server, plan } = openDirectory({ users: users(), groups: [groupOf('1', [])] });
  const groups = [desired('1', 'e-a')];
  const held = await plan({ users: people(), groups });
  expect([linesOf(held), heldLinesOf(held)]).toEqual([[], ['add_members Group 1: e-a (members_hidden)']]);
  const added = await plan({ users: people(), groups }, { hiddenMembers: 'add' });
  expect(linesOf(added)).toEqual(['add_members Group 1: e-a']);
  // One that shows somebody tells that the other is empty.
  server.groups.set('2', groupOf('2', ['b']));
  const empty = await plan({ users: people(), groups: [...groups, desired('2', 'e-b')] });
  expect(linesOf(empty)).toEqual(['add_members Group 1: e-a']);
});

test('where groups show nobody, what users say of their groups is believed', async () => {
  const told = users().map((user) => (user.id === 'a' ? { ...user, groups: [{ value: '1', type: 'direct' }] } : user));
  const { plan } = openDirectory({ users: told, groups: [groupOf('1', []), groupOf('2', [])] });
  const result = await plan({ users: people(), groups: [desired('1', 'e-a'), desired('2', 'e-b')] });
  expect(linesOf(result)).toEqual(['add_members Group 2: e-b']);
  const other = await plan({ users: people(), groups: [desired('1', 'e-b')] });
  expect(linesOf(other)).toEqual(['add_members Group 1: e-b', 'remove_members Group 1: e-a']);
});

test('a list of groups that was not whole creates none, and takes nobody out of one', async () => {
  const { server, plan } = openDirectory({ users: users(), groups: [groupOf('1', ['a', 'b'])] });
  server.intercept = ({ path }) =>
    path === '/Groups'
      ? answer(200, { totalResults: 5, startIndex: 1, Resources: [groupOf('1', ['a', 'b'])] })
      : undefined;
  const result = await plan({ users: people(), groups: [desired('1', 'e-a'), desired('9', 'e-b')] });
  expect(linesOf(result)).toEqual([]);
  expect(heldLinesOf(result)).toEqual([
    'create_group Group 9 (list_incomplete)',
    'remove_members Group 1: e-b (list_incomplete)',
  ]);
});
