import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/provisioning/exit-code.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import { type Stored, scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, linesOf, noLimits, openDirectory, person } from './support/open-directory.js';

const membersOf = (group: Stored | undefined) =>
  (group?.members as { value: string }[] | undefined)?.map(({ value }) => value);

test('a group is created, and gets members who were created before it', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a')], groups: [groupOf('x', ['a'])] });
  const desired = {
    users: [person('a'), person('b')],
    groups: [{ displayName: 'New', members: ['e-a', 'e-b'] }],
  };
  const result = await apply(client, await plan(desired));
  expect(resultLinesOf(result)).toEqual([
    'create e-b done',
    'create_group New done',
    'add_members New done: e-a done, e-b done',
  ]);
  const created = [...server.groups.values()].find(({ displayName }) => displayName === 'New');
  expect(membersOf(created)).toEqual(['a', [...server.users.keys()].at(-1)]);
  expect(linesOf(await plan(desired))).toEqual([]);
});

test('whoever could not be created is left out of the group, and the others come in', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a')], groups: [groupOf('x', ['a'])] });
  const users = [person('a'), person('b')];
  const first = await plan({ users, groups: [{ displayName: 'New', members: ['e-a', 'e-b'] }] });
  server.intercept = ({ method, path }) => (method === 'POST' && path === '/Users' ? scimError(400) : undefined);
  const journal = memoryJournal();
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual([
    'create e-b failed (bad_request)',
    'create_group New done',
    'add_members New partial (not_created): e-a done, e-b held_back',
  ]);
  server.intercept = undefined;
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual([
    'create e-b done',
    'create_group New done',
    'add_members New done: e-a already, e-b done',
  ]);
});

test('a large group is changed in chunks, and read once before and once after them', async () => {
  const ids = Array.from({ length: 250 }, (_, index) => `u${index}`);
  const { client, plan, server } = openDirectory({
    users: ids.map((id) => account(id)),
    groups: [groupOf('big', ['u0'])],
  });
  const first = await plan({
    users: ids.map((id) => person(id)),
    groups: [{ displayName: 'Group big', members: ids.map((id) => `e-${id}`) }],
  });
  server.log.length = 0;
  expect((await apply(client, first)).finished).toBe(true);
  const [get, patch] = ['GET /Groups/big', 'PATCH /Groups/big'];
  // Those who join are read twenty at once.
  const look = Array.from({ length: 13 }, () => 'GET /Users');
  expect(server.log).toEqual([get, ...look, patch, patch, patch, get]);
});

test('whoever changes groups is not taken out of the old one before the new one shows them', async () => {
  const open = () => {
    const directory = openDirectory({
      users: [account('a'), account('b')],
      groups: [groupOf('old', ['a', 'b']), groupOf('new', [])],
    });
    const groups = [
      { displayName: 'Group old', members: [] },
      { displayName: 'Group new', members: ['e-a', 'e-b'] },
    ];
    return { ...directory, desired: { users: [person('a'), person('b')], groups } };
  };
  const well = open();
  expect(resultLinesOf(await apply(well.client, await well.plan(well.desired)))).toEqual([
    'add_members Group new done: e-a done, e-b done',
    'remove_members Group old done: e-a done, e-b done',
  ]);

  // The server leaves one of them out.
  const { client, plan, server, desired } = open();
  server.intercept = ({ method, path, body }) => {
    if (method === 'PATCH' && path === '/Groups/new') {
      const { Operations } = body as { Operations: { value: { value: string }[] }[] };
      for (const operation of Operations) operation.value = operation.value.filter(({ value }) => value !== 'b');
    }
    return undefined;
  };
  expect(resultLinesOf(await apply(client, await plan(desired)))).toEqual([
    'add_members Group new partial (not_applied): e-a done, e-b failed',
    'remove_members Group old partial (swap_not_added): e-a done, e-b held_back',
  ]);
  expect(membersOf(server.groups.get('old'))).toEqual(['b']);
});

test("under `onBrake: 'additions-only'` neither half of a change of group is done, and who only joins comes in", async () => {
  const { client, plan, server } = openDirectory({
    users: ['a', 'b', 'c'].map((id) => account(id)),
    groups: [groupOf('old', ['a', 'b']), groupOf('new', ['b'])],
  });
  const groups = [
    { displayName: 'Group old', members: ['e-b'] },
    { displayName: 'Group new', members: ['e-a', 'e-b', 'e-c'] },
  ];
  const limits = { ...noLimits.limits, removals: 0 };
  const users = ['a', 'b', 'c'].map((id) => person(id));
  const first = await plan({ users, groups }, { limits, onBrake: 'additions-only' });
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'add_members Group new done: e-c done',
    'add_members Group new held_back (brake_holds)',
    'remove_members Group old held_back (brake_holds)',
  ]);
  expect([membersOf(server.groups.get('old')), membersOf(server.groups.get('new'))]).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
});

test('of somebody who may not lose the old group neither half is done', async () => {
  const { client, plan, server } = openDirectory({
    users: [account('a'), account('b')],
    groups: [groupOf('old', ['a', 'b']), groupOf('new', [])],
  });
  const groups = [
    { displayName: 'Group old', members: [] },
    { displayName: 'Group new', members: ['e-a', 'e-b'] },
  ];
  const first = await plan(
    { users: [person('a'), person('b')], groups },
    { protect: { filter: 'title eq "Break glass"' } },
  );
  server.users.set('b', account('b', { title: 'Break glass' }));
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'add_members Group new partial (protected): e-a done, e-b held_back',
    'remove_members Group old partial (swap_not_added): e-a done, e-b held_back',
  ]);
  expect([membersOf(server.groups.get('old')), membersOf(server.groups.get('new'))]).toEqual([['b'], ['a']]);
});

test('nobody is taken out of a group who is protected by now, or is somebody else', async () => {
  const { client, plan, server } = openDirectory({
    users: ['a', 'b', 'c', 'd'].map((id) => account(id)),
    groups: [groupOf('x', ['a', 'b', 'c', 'd'])],
  });
  const first = await plan({
    users: ['a', 'b', 'c', 'd'].map((id) => person(id)),
    groups: [{ displayName: 'Group x', members: ['e-d'] }],
  });
  server.users.set('a', account('a', { userType: 'ServiceAccount' }));
  server.users.set('b', account('b', { userName: 'other@north.example', externalId: 'other' }));
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'remove_members Group x partial (service_account): e-a held_back, e-b drifted, e-c done',
  ]);
  expect(membersOf(server.groups.get('x'))).toEqual(['a', 'b', 'd']);
});

test('a group that was renamed since is left alone', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a')], groups: [groupOf('x', [])] });
  server.groups.set('y', groupOf('y', ['a']));
  const first = await plan({ users: [person('a')], groups: [{ displayName: 'Group x', members: ['e-a'] }] });
  server.groups.set('x', { ...groupOf('x', []), displayName: 'Administrators' });
  expect(resultLinesOf(await apply(client, first))).toEqual(['add_members Group x drifted (changed_since)']);
});

test('a server that replaces the members where one is added stops everything', async () => {
  const { client, plan, server } = openDirectory({
    users: ['a', 'b', 'c'].map((id) => account(id)),
    groups: [groupOf('x', ['a']), groupOf('y', ['a'])],
  });
  const first = await plan({
    users: ['a', 'b', 'c'].map((id) => person(id)),
    groups: ['x', 'y'].map((id) => ({ displayName: `Group ${id}`, members: ['e-a', 'e-b'] })),
  });
  server.intercept = ({ method, path, body }) => {
    if (method === 'PATCH' && path === '/Groups/x') {
      const { Operations } = body as { Operations: { op: string }[] };
      for (const operation of Operations) operation.op = 'replace';
    }
    return undefined;
  };
  const journal = memoryJournal();
  const lines = ['add_members Group x partial (members_lost): e-b done', 'add_members Group y not_reached'];
  const result = await apply(client, first, { concurrency: 1, journal });
  expect(resultLinesOf(result)).toEqual(lines);
  expect(result).toMatchObject({ stopped: { code: 'members_lost' }, finished: false });
  // Nor does another start go on, or call it done.
  const again = await apply(client, first, { concurrency: 1, journal });
  expect(resultLinesOf(again)).toEqual(lines);
  expect(exitCodeOf(again)).toBe(2);
});

test('nobody joins a group in exchange for one that was renamed since: neither half is sent', async () => {
  const { client, plan, server } = openDirectory({
    users: [account('a'), account('b')],
    groups: [groupOf('x', ['a']), groupOf('y', ['b'])],
  });
  const first = await plan({
    users: [person('a'), person('b')],
    groups: [
      { displayName: 'Group x', members: [] },
      { displayName: 'Group y', members: ['e-a', 'e-b'] },
    ],
  });
  server.groups.set('x', { ...groupOf('x', ['a']), displayName: 'Administrators' });
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'add_members Group y held_back (swap_not_possible): e-a held_back',
    'remove_members Group x drifted (changed_since)',
  ]);
  expect(server.groups.get('y')?.members).toEqual([{ value: 'b' }]);
});

test('where nobody tells who is in a group, that is unknown, and said', async () => {
  const { client, plan, server } = openDirectory({
    users: [account('a')],
    groups: [groupOf('x', [])],
  });
  server.intercept = ({ method, path }) => {
    const group = server.groups.get('x');
    if (method !== 'GET' || path !== '/Groups/x' || group === undefined) return undefined;
    const { members: _members, ...shown } = group;
    return new Response(JSON.stringify(shown), { headers: { 'content-type': 'application/scim+json' } });
  };
  const desired = { users: [person('a')], groups: [{ displayName: 'Group x', members: ['e-a'] }] };
  const result = await apply(client, await plan(desired, { hiddenMembers: 'add' }));
  expect(resultLinesOf(result)).toEqual(['add_members Group x unknown (members_hidden): e-a unknown']);
  expect(result.outcomes[0]?.message).toContain('does not show who is in it');
});

test('a group that appeared since is not made twice, and is the one', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a')], groups: [groupOf('x', ['a'])] });
  const first = await plan({ users: [person('a')], groups: [{ displayName: 'New', members: ['e-a'] }] });
  server.groups.set('n', { id: 'n', displayName: 'New', members: [] });
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'create_group New already',
    'add_members New done: e-a done',
  ]);
  expect(server.groups.size).toBe(2);
});

test('whoever was changed since gets into no group', async () => {
  const { client, plan, server } = openDirectory({
    users: [account('a'), account('b')],
    groups: [groupOf('x', ['b'])],
  });
  const first = await plan({
    users: [person('a', { title: 'New' }), person('b')],
    groups: [{ displayName: 'Group x', members: ['e-a', 'e-b'] }],
  });
  server.users.set('a', account('a', { title: 'Other' }));
  server.log.length = 0;
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'change e-a drifted (changed_since)',
    'add_members Group x drifted (changed_since): e-a drifted',
  ]);
  expect(server.log.filter((line) => line.startsWith('PATCH'))).toEqual([]);
});

test('whoever could not be made active gets into no group', async () => {
  const { client, plan, server } = openDirectory({
    users: [account('a', { active: false }), account('b')],
    groups: [groupOf('x', ['b'])],
  });
  const first = await plan({
    users: [person('a'), person('b')],
    groups: [{ displayName: 'Group x', members: ['e-a', 'e-b'] }],
  });
  server.intercept = ({ method, path }) =>
    method === 'PATCH' && path === '/Users/a' ? scimError(400, 'invalidValue') : undefined;
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'reactivate e-a failed (bad_request)',
    'add_members Group x held_back (not_reactivated): e-a held_back',
  ]);
  expect(membersOf(server.groups.get('x'))).toEqual(['b']);
});
