import { expect, test } from 'vitest';
import { InputError } from '../../src/errors/input-errors.js';
import { PlanError } from '../../src/errors/plan-error.js';
import { exitCodeOf } from '../../src/provisioning/exit-code.js';
import { apply } from './support/apply.js';
import { account, openDirectory, person } from './support/open-directory.js';

test('0: nothing is to do, or all was done', async () => {
  const { client, plan } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('a', { title: 'x' })] });
  expect(exitCodeOf(await apply(client, first))).toBe(0);
  expect(exitCodeOf(await plan({ users: [person('a', { title: 'x' })] }))).toBe(0);
});

test('0: whoever is protected and on no list is meant to stay, and no finding', async () => {
  const users = [account('a'), account('b'), account('bot', { userType: 'ServiceAccount' })];
  const { plan } = openDirectory({ users });
  expect(exitCodeOf(await plan({ users: [person('b')] }, { protect: { ids: ['a'] } }))).toBe(0);
});

test('1: a person has to look', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a', { title: 'x' }), person('b')] });
  expect(exitCodeOf(first)).toBe(1);
  server.users.set('a', account('a', { title: 'y' }));
  expect(exitCodeOf(await apply(client, first))).toBe(1);
  // All was done that is no matter of a person.
  const held = await plan({ users: [person('b', { title: 'x' })] }, { protect: { keyCreator: 'a' } });
  const result = await apply(client, held);
  expect([result.finished, exitCodeOf(result)]).toEqual([true, 1]);
});

test('3: a brake holds', async () => {
  const { client, plan } = openDirectory({ users: [account('a')] });
  const none = await plan({ users: [person('b')] }, { limits: { removals: 0 }, onBrake: 'additions-only' });
  expect(exitCodeOf(none)).toBe(3);
  const result = await apply(client, none);
  expect([result.brakes, exitCodeOf(result)]).toEqual([['removals'], 3]);
  expect(exitCodeOf(new PlanError('brake_holds', 'no'))).toBe(3);
});

test('3: a brake holds, though all that was let through was done and nothing is left', async () => {
  const { client, plan } = openDirectory({ users: [account('a')] });
  const empty = await plan({ users: [] }, { onBrake: 'additions-only', protect: { ids: ['a'] } });
  const result = await apply(client, empty);
  expect(result).toMatchObject({ finished: true, brakes: ['empty_desired'] });
  expect(exitCodeOf(result)).toBe(3);
});

test.each([
  [new PlanError('plan_too_old', 'no')],
  [new InputError('no')],
  [new Error('no')],
  ['enough'],
  [undefined],
  [{}],
])('2: it could not be made, or applied: %j', (thrown) => {
  expect(exitCodeOf(thrown)).toBe(2);
});
