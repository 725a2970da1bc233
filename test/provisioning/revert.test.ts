import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileJournal } from '../../src/provisioning/file-journal.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import type { PlanPolicy } from '../../src/provisioning/policy.js';
import { revertPlan } from '../../src/provisioning/revert-plan.js';
import { lost, type Stored, scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import {
  account,
  groupOf,
  heldLinesOf,
  linesOf,
  noLimits,
  openDirectory,
  person,
  rosterOf,
} from './support/open-directory.js';

/** A plan with an action of each kind, but for those that cannot be undone. */
async function applied(policy: PlanPolicy = {}) {
  const directory = openDirectory({
    users: [
      account('a', { title: 'Old', name: { givenName: 'Ann' } }),
      account('b', { active: false }),
      account('c'),
      account('d'),
      account('e'),
    ],
    groups: [groupOf('x', ['a', 'e']), groupOf('y', ['c'])],
  });
  const { client, plan, server } = directory;
  const before = structuredClone([...server.users.values(), ...server.groups.values()]);
  const first = await plan(
    {
      users: [
        person('a', { title: 'New', nickName: 'Al', name: { givenName: 'Anne', familyName: 'Sol' } }),
        person('b'),
        person('c', { userName: 'cy@north.example' }),
        person('e'),
        person('n'),
      ],
      groups: [
        { displayName: 'Group x', members: ['e-e', 'e-n'] },
        { displayName: 'Group y', members: ['e-a', 'e-c'] },
      ],
    },
    policy,
  );
  const journal = memoryJournal();
  expect((await apply(client, first, { journal })).finished).toBe(true);
  const people = () => rosterOf([...server.users.keys()]);
  const revert = (own: PlanPolicy = {}, options = {}) =>
    revertPlan(client, journal, { ...noLimits, ...own }, { people: people(), ...options });
  return { ...directory, before, first, journal, revert };
}

test('a plan that undoes another puts everything back, and leaves nothing to undo', async () => {
  const { client, server, before, revert } = await applied();
  const undo = await revert();
  expect(linesOf(undo)).toEqual([
    'reactivate e-d',
    'change e-a',
    'rename e-c',
    'add_members Group x: e-a',
    'remove_members Group x: e-n',
    'remove_members Group y: e-a',
    'deactivate e-b',
    'deactivate e-n',
  ]);
  expect(undo.held).toEqual([]);
  expect(undo.actions.find(({ kind }) => kind === 'change')).toMatchObject({
    before: { title: 'New', nickName: 'Al' },
    after: { title: 'Old', nickName: null },
  });
  const result = await apply(client, undo);
  expect(result.finished).toBe(true);
  const after = [...server.users.values(), ...server.groups.values()].filter(({ id }) => id !== 'new-1');
  const sorted = (rows: readonly object[]) =>
    rows.map((row) => {
      const { members } = row as { members?: { value: string }[] };
      return members === undefined ? row : { ...row, members: members.map(({ value }) => value).toSorted() };
    });
  expect(sorted(after)).toEqual(sorted(before));
  expect(server.users.get('new-1')?.active).toBe(false);
  const again = await revert();
  expect([linesOf(again), heldLinesOf(again)]).toEqual([[], []]);
});

test('who was moved from one group to another is moved back: added first, and then removed', async () => {
  const { revert } = await applied();
  const moves = (await revert()).actions.filter((action) => 'members' in action && action.swap);
  expect(moves.map(({ kind, target }) => `${kind} ${target.key}`)).toEqual([
    'add_members Group x',
    'remove_members Group y',
  ]);
});

test('what somebody has changed since is held', async () => {
  const { server, revert } = await applied();
  const change = (id: string, more: object) => server.users.set(id, { ...(server.users.get(id) ?? { id }), ...more });
  change('a', { title: 'Other' });
  change('c', { userName: 'z@north.example' });
  change('d', { externalId: 'z' });
  change('new-1', { displayName: 'Somebody' });
  server.groups.set('x', { ...groupOf('x', ['e', 'new-1']), displayName: 'Other' });
  const undo = await revert();
  expect(linesOf(undo)).toEqual(['remove_members Group y: e-a', 'deactivate e-b']);
  expect(heldLinesOf(undo)).toEqual([
    'reactivate e-d (changed_since)',
    'change e-a (changed_since)',
    'rename e-c (changed_since)',
    'add_members Group x: e-a (changed_since)',
    'remove_members Group x: e-n (changed_since)',
    'deactivate e-n (changed_since)',
  ]);
});

test('what nobody can undo is held, and mails are said to stay sent', async () => {
  const { client, plan, server } = openDirectory({
    users: [account('a'), account('z')],
    groups: [groupOf('x', ['a'])],
  });
  const first = await plan(
    { users: [person('a'), person('n')], groups: [{ displayName: 'New', members: ['e-a'] }] },
    { removal: 'delete' },
  );
  const journal = memoryJournal();
  await apply(client, first, { journal });
  const undo = await revertPlan(client, journal, noLimits, { people: rosterOf([...server.users.keys()]) });
  expect(heldLinesOf(undo)).toEqual(['create e-z (no_inverse)', 'create_group New (no_inverse)']);
  expect(linesOf(undo)).toEqual(['remove_members New: e-a', 'deactivate e-n']);
  expect(undo.notes.map(({ code }) => code)).toContain('cannot_be_undone');
});

test('nobody is removed whom the policy protects, nor anybody where owners are not known', async () => {
  const { revert } = await applied();
  const undo = await revert({ protect: { filter: 'userName eq "n@north.example"', keyCreator: 'e-b' } });
  expect(heldLinesOf(undo)).toEqual([
    'remove_members Group x: e-n (protected)',
    'deactivate e-b (key_creator)',
    'deactivate e-n (protected)',
  ]);
  const unknown = await revert({}, { people: undefined });
  expect(linesOf(unknown)).toEqual(['reactivate e-d', 'change e-a', 'rename e-c']);
  expect((await revert({ limits: { removals: 1 } })).brakes.map(({ name }) => name)).toEqual(['removals']);
});

test('what is not known to be done is held, and what an earlier run found to be done is not undone', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a', { title: 'x' }), person('b', { title: 'y' })] });
  server.users.set('b', account('b', { title: 'y' }));
  let isAway = false;
  server.intercept = ({ path, method }) => {
    if (method === 'PATCH') isAway = true;
    return isAway && path === '/Users/a' && method === 'GET' ? lost() : undefined;
  };
  const journal = memoryJournal();
  expect(resultLinesOf(await apply(client, first, { journal, concurrency: 1 }))).toEqual([
    'change e-a unknown (network_error)',
    'change e-b already',
  ]);
  server.intercept = undefined;
  const undo = await revertPlan(client, journal, noLimits);
  expect([linesOf(undo), heldLinesOf(undo)]).toEqual([[], ['change e-a (outcome_unknown)']]);
});

test('what was refused, and somebody else has done since, is not undone', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a', { title: 'Old' })] });
  const first = await plan({ users: [person('a', { title: 'New' }), person('n')] });
  const journal = memoryJournal();
  server.intercept = ({ method, path, body }) => {
    if (method === 'PATCH') return scimError(400);
    // Another was faster.
    if (method === 'POST' && path === '/Users') server.users.set('other', { ...(body as Stored), id: 'other' });
    return undefined;
  };
  await apply(client, first, { journal });
  server.intercept = undefined;
  server.users.set('a', account('a', { title: 'New' }));
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual(['create e-n already', 'change e-a already']);
  const undo = await revertPlan(client, journal, noLimits, { people: rosterOf(['a', 'other']) });
  expect([linesOf(undo), heldLinesOf(undo)]).toEqual([[], []]);
});

test('a path is that of the file; an empty journal and that of another directory are refused', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'revert-')), 'plan.journal');
  const { client, plan } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('a', { title: 'x' })] });
  await expect(revertPlan(client, path)).rejects.toMatchObject({ code: 'invalid_input', path: ['journal'] });
  await apply(client, first, { journal: fileJournal(path) });
  expect(linesOf(await revertPlan(client, path, noLimits))).toEqual(['change e-a']);
  const journal = memoryJournal();
  const lease = await journal.acquire({ owner: 'o', now: 0, expiresAt: 1 });
  for (const entry of await fileJournal(path).read()) {
    const other = entry.type === 'start' ? { ...entry, connection: { host: 'x', directory: 'y' } } : entry;
    await journal.append(other, lease);
  }
  await expect(revertPlan(client, journal)).rejects.toMatchObject({ code: 'other_directory' });
});

test('who is deactivated by undoing is a share of all active people, too', async () => {
  const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const { client, plan, server } = openDirectory({ users: ids('u', 94).map((id) => account(id)) });
  const journal = memoryJournal();
  const first = await plan({ users: [...ids('u', 94), ...ids('n', 6)].map((id) => person(id)) });
  await apply(client, first, { journal });
  const undo = await revertPlan(client, journal, {}, { people: rosterOf([...server.users.keys()]) });
  expect(undo.totals).toMatchObject({ removals: 6, activeManaged: 100 });
  expect(undo.brakes.map(({ name, found }) => [name, found])).toEqual([['removal_share', 0.06]]);
});
