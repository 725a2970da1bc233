import { expect, test } from 'vitest';
import { formatPlan } from '../../src/provisioning/format-plan.js';
import { account, openDirectory, person } from './support/open-directory.js';

test('who is created is shown by address and name, and every member of a group', async () => {
  const ids = Array.from({ length: 8 }, (_, index) => `m${index}`);
  const { plan } = openDirectory({ users: ids.map((id) => account(id)) });
  const result = await plan({
    users: [...ids.map((id) => person(id)), person('new', { displayName: 'Mira Sol' })],
    groups: [{ displayName: 'G', members: ids.map((id) => `e-${id}`) }],
  });
  const text = formatPlan(result);
  expect(text).toContain('+ create e-new { userName: new@north.example, displayName: Mira Sol }');
  for (const id of ids) expect(text).toContain(`e-${id}`);
});

test('over a limit the first lines say what will be done', async () => {
  const { plan } = openDirectory({ users: [account('a'), account('b')] });
  const limits = { removals: 0, minDesiredShare: 0 };
  const desired = { users: [person('a'), person('new')] };
  expect(formatPlan(await plan(desired, { limits }))).toContain('A limit stops the whole plan: nothing will be done.');
  const text = formatPlan(await plan(desired, { limits, onBrake: 'additions-only' }));
  expect(text).toContain('1 action that only gives will be done');
});

test('a share is printed as percent, all and nothing too', async () => {
  const ids = Array.from({ length: 4 }, (_, index) => `p${index}`);
  const { plan } = openDirectory({ users: ids.map((id) => account(id)) });
  const limits = { removals: 100, removalShare: 0, shareFrom: 1, minDesiredShare: 1 };
  const text = formatPlan(await plan({ users: [person('new')] }, { limits }));
  expect(text).toContain('STOP removal_share: 100 %, and the limit is 0 %.');
  expect(text).toContain('STOP desired_share: 25 %, and the limit is 100 %.');
});

test('two entries of one person are one line, and of a group the remedy is about groups', async () => {
  const { plan } = openDirectory({ users: [account('a')] });
  const group = { displayName: 'G', members: [] };
  const result = await plan({ users: [person('a'), person('a')], groups: [group, group] });
  const lines = formatPlan(result).split('\n');
  expect(lines.filter((line) => line.includes('held: change'))).toEqual([
    '! held: change e-a (desired_twice), account a, 2 times',
  ]);
  expect(lines[lines.indexOf('! held: add to group G (desired_twice), 2 times') + 1]).toContain('two groups');
});
