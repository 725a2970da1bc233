import { expect, test } from 'vitest';
import { applyPlan } from '../../src/provisioning/apply-plan.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import { rejection } from '../support/open-test-transport.js';
import { account, heldLinesOf, linesOf, openDirectory, person } from './support/open-directory.js';

const policy = { protect: { keyCreator: 'kim@north.example' } };

test('nobody gets the name of the maker of the key while no account has it, or the account that made it could go', async () => {
  const { client, plan, server } = openDirectory({ users: [account('kim.new'), account('a'), account('b')] });
  const desired = { users: [person('kim'), person('a'), person('b')] };
  for (const night of [1, 2]) {
    const made = await plan(desired, policy);
    expect([night, linesOf(made), heldLinesOf(made)]).toEqual([
      night,
      [],
      ['create e-kim (key_creator_unknown)', 'deactivate e-kim.new (key_creator_unknown)'],
    ]);
    expect(made.held[0]?.remedy).toMatch(/no active account is yet.*SCIM id in `protect\.keyCreator`/);
    await applyPlan(client, made, { approve: made.hash, journal: memoryJournal() });
  }
  expect(server.users.get('kim.new')).toMatchObject({ active: true });
  // Once it is said which account made the key, the name is free.
  const named = await plan(desired, { protect: { keyCreator: 'kim.new' } });
  expect([linesOf(named), heldLinesOf(named)]).toEqual([['create e-kim'], ['deactivate e-kim.new (key_creator)']]);
});

test('nobody is renamed, nor gets a number, by which they would be taken for the maker of the key', async () => {
  const { plan } = openDirectory({
    users: [account('kim.new'), account('a'), account('b', { externalId: undefined })],
  });
  const renamed = { ...person('a'), userName: 'Kim@north.example' };
  const byName = await plan({ users: [renamed, person('b', { externalId: undefined })] }, policy);
  expect([linesOf(byName), heldLinesOf(byName)]).toEqual([
    [],
    ['rename e-a (key_creator_unknown)', 'deactivate e-kim.new (key_creator_unknown)'],
  ]);
  const byNumber = await plan({ users: [person('a'), person('b')] }, { protect: { keyCreator: 'e-b' } });
  expect([linesOf(byNumber), heldLinesOf(byNumber)]).toEqual([
    [],
    ['change e-b (key_creator_unknown)', 'deactivate e-kim.new (key_creator_unknown)'],
  ]);
});

test('an account that is not active is that of no key in use, unless it is named by its id', async () => {
  const { plan } = openDirectory({ users: [account('kim', { active: false }), account('kim.new'), account('a')] });
  const desired = { users: [person('kim'), person('a')] };
  const byName = await plan(desired, policy);
  expect([linesOf(byName), heldLinesOf(byName)]).toEqual([
    [],
    ['reactivate e-kim (key_creator_unknown)', 'deactivate e-kim.new (key_creator_unknown)'],
  ]);
  const byId = await plan(desired, { protect: { keyCreator: 'kim' } });
  expect(linesOf(byId)).toEqual(['reactivate e-kim', 'deactivate e-kim.new']);
});

test('a name that a server has kept in its own way is no new one, and an empty one names nobody', async () => {
  const { plan } = openDirectory({ users: [account('a', { userName: 'NORTH\\kim' }), account('b')] });
  const users = [{ ...person('a'), userName: 'NORTH\\kim', title: 'New' }, person('b')];
  expect(linesOf(await plan({ users }, { protect: { keyCreator: 'kim' } }))).toEqual(['change e-a']);
  const other = openDirectory({ users: [account('b')] });
  for (const userName of [' KIM ', 'SOUTH\\kim']) {
    const made = await other.plan(
      { users: [person('b'), person('c', { userName })] },
      { protect: { keyCreator: 'kim' } },
    );
    expect(heldLinesOf(made)).toContain('create e-c (key_creator_unknown)');
  }
  for (const keyCreator of ['', ' ']) {
    expect(await rejection(plan({ users }, { protect: { keyCreator } }))).toMatchObject({
      path: ['protect', 'keyCreator'],
    });
  }
});
