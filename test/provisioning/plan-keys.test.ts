import { expect, test } from 'vitest';
import { formatPlan } from '../../src/provisioning/format-plan.js';
import { rejection } from '../support/open-test-transport.js';
import { account, groupOf, heldLinesOf, linesOf, openDirectory, person } from './support/open-directory.js';

test.each([
  ['an empty externalId', { externalId: '' }, 'externalId', 'is empty'],
  ['an externalId of spaces', { externalId: '  ' }, 'externalId', 'is empty'],
  ['no externalId, by null', { externalId: null }, 'externalId', 'is empty'],
  ['an externalId that is a number', { externalId: 1000 }, 'externalId', 'is no text'],
  ['a userName that is a number', { userName: 1000 }, 'userName', 'is no text'],
])('a desired person with %s is refused before anything is read, and the entry named', async (_, more, name, what) => {
  const { server, plan } = openDirectory({ users: [account('a'), account('b')] });
  const users = [person('a'), { ...person('b'), ...more }] as never;
  const error = await rejection(plan({ users }));
  expect(error).toMatchObject({ code: 'invalid_input', path: ['desired', 'users', 1, name] });
  expect(String(error)).toContain(`\`desired.users[1].${name}\` ${what}`);
  expect(server.log).toEqual([]);
});

test('a person who was read keeps a key that is a number, and loses none where the server shows an empty one', async () => {
  const rows = [account('a', { externalId: 1007 }), account('b', { externalId: '' })];
  const { plan } = openDirectory({ users: rows });
  const { actions, held } = await plan({ users: rows as never });
  expect([actions, held]).toEqual([[], []]);
});

test('whoever has the address of a desired person, and a key that nobody desired has, is seen to be still there', async () => {
  const { plan } = openDirectory({ users: [account('a'), account('b')] });
  const result = await plan({ users: [{ ...person('a'), externalId: 'e-new' }, person('b')] });
  expect([linesOf(result), heldLinesOf(result)]).toEqual([
    [],
    ['change e-new (address_moved)', 'deactivate e-a (address_moved)'],
  ]);
  expect(result.held[1]).toMatchObject({ target: { id: 'a' }, remedy: expect.stringContaining('still active') });
  const printed = formatPlan(result);
  expect(printed).toContain('! held: change e-new (address_moved), account a');
  const none = await plan({ users: [{ ...person('a'), externalId: 'e-new' }] }, { removal: 'none' });
  expect(heldLinesOf(none)).toEqual(['change e-new (address_moved)']);
});

test('a key that differs in spaces or case alone is alike, and no address that moved', async () => {
  for (const externalId of [' e-a', 'E-A']) {
    const { plan } = openDirectory({ users: [account('a')] });
    const result = await plan({ users: [{ ...person('a'), externalId }] });
    expect([linesOf(result), heldLinesOf(result)]).toEqual([[], [`change ${externalId} (alike)`]]);
  }
});

test('the key of an account is never replaced, whichever key counts', async () => {
  const { plan } = openDirectory({ users: [account('a')] });
  const result = await plan({ users: [{ ...person('a'), externalId: 'e-new' }] }, { key: ['userName'] });
  expect(linesOf(result)).toEqual([]);
});

test('two new people of whom one has the other`s address as a number are held, and so is who should join a group by it', async () => {
  const { plan } = openDirectory({ users: [account('a'), account('c')], groups: [groupOf('1', ['c'])] });
  const boss = { userName: 'a.boss@north.example', externalId: 'b.intern@north.example' };
  const result = await plan({
    users: [person('a'), person('c'), boss, { userName: 'b.intern@north.example' }],
    groups: [{ displayName: 'Group 1', members: ['a.boss@north.example', 'e-a', 'e-c'] }],
  });
  expect(linesOf(result)).toEqual(['add_members Group 1: e-a']);
  expect(heldLinesOf(result)).toEqual([
    'change b.intern@north.example (desired_twice)',
    'change b.intern@north.example (desired_twice)',
    'add_members Group 1: a.boss@north.example (member_held)',
  ]);
  const alone = await plan({ users: [person('a'), person('c'), boss] });
  expect(linesOf(alone)).toEqual(['create b.intern@north.example']);
});
