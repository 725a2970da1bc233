import { expect, test } from 'vitest';
import { brakesInForce } from '../../src/provisioning/brakes.js';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import type { PlanPolicy } from '../../src/provisioning/policy.js';
import { account, groupOf, openDirectory, person, rosterOf } from './support/open-directory.js';

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `u${from + index}`);
const brakesOf = ({ brakes }: DirectoryPlan) => brakes.map(({ name, limit, found }) => [name, limit, found]);

/** So many people, of whom the first so many go. The limits are those of a policy that says nothing of them. */
async function planWithout(count: number, gone: number, policy: PlanPolicy = {}, access?: { provisioning: true }) {
  const directory = openDirectory({ users: ids(count).map((id) => account(id)) }, access);
  const users = ids(count - gone, gone).map((id) => person(id));
  return directory.plan({ users }, { limits: {}, ...policy });
}

test.each([
  [10, 60, []],
  [11, 60, [['removals', 10, 11]]],
  // The share counts from 100 people on, and is the first to be met up to 200.
  [6, 99, []],
  [5, 100, []],
  [6, 100, [['removal_share', 0.05, 0.06]]],
  [10, 200, []],
  [
    11,
    200,
    [
      ['removals', 10, 11],
      ['removal_share', 0.05, 0.055],
    ],
  ],
  [11, 400, [['removals', 10, 11]]],
])('%i removals of %i people', async (gone, count, brakes) => {
  const plan = await planWithout(count, gone);
  expect([plan.totals.removals, brakesOf(plan)]).toEqual([gone, brakes]);
});

test('an empty desired list is no order to remove everybody', async () => {
  const plan = await planWithout(4, 4);
  expect(brakesOf(plan)).toEqual([
    ['empty_desired', 1, 0],
    ['desired_share', 0.8, 0],
  ]);
  expect(brakesOf(await planWithout(4, 4, { removal: 'none' }))).toEqual([['empty_desired', 1, 0]]);
});

test('a desired list of less than four fifths of the people was more likely cut short', async () => {
  expect(brakesOf(await planWithout(10, 2))).toEqual([]);
  expect(brakesOf(await planWithout(10, 3))).toEqual([['desired_share', 0.8, 0.7]]);
  expect(brakesOf(await planWithout(10, 3, { removal: 'none' }))).toEqual([]);
  expect(brakesOf(await planWithout(10, 3, { limits: { minDesiredShare: 0.7 } }))).toEqual([]);
});

test('entries that are nobody do not make a desired list long: one person repeated, or people who are not managed', async () => {
  const { plan } = openDirectory({ users: ids(10).map((id) => account(id)) });
  const repeated = ids(10).map(() => person('u0'));
  expect(brakesOf(await plan({ users: repeated }, { limits: {} }))).toEqual([['desired_share', 0.8, 0.1]]);
  const policy = { limits: {}, managed: 'title eq "A"' };
  const mixed = [...ids(5).map((id) => account(id, { title: 'A' })), ...ids(10, 100).map((id) => account(id))];
  const governed = openDirectory({ users: mixed });
  const few = [person('u0', { title: 'A' }), ...ids(10, 100).map((id) => person(id))];
  expect(brakesOf(await governed.plan({ users: few }, policy))).toEqual([['desired_share', 0.8, 0.2]]);
  // Whoever joins counts as one who will be governed, or not.
  const joining = (title: string) => [person('u0', { title: 'A' }), ...ids(4, 50).map((id) => person(id, { title }))];
  expect(brakesOf(await governed.plan({ users: joining('A') }, policy))).toEqual([]);
  expect(brakesOf(await governed.plan({ users: joining('B') }, policy))).toEqual([['desired_share', 0.8, 0.2]]);
});

test('shares are shares of the active people whom the policy governs', async () => {
  const others = [
    ...ids(50, 1_000).map((id) => account(id, { active: false })),
    ...ids(50, 2_000).map((id) => account(id, { userType: 'ServiceAccount' })),
  ];
  const { plan } = openDirectory({ users: [...ids(100).map((id) => account(id)), ...others] });
  const result = await plan({ users: ids(94, 6).map((id) => person(id)) }, { limits: {} });
  expect(result.totals.activeManaged).toBe(100);
  expect(brakesOf(result)).toEqual([['removal_share', 0.05, 0.06]]);
});

test('a person counts once, whatever is lost; and a group has a limit of its own', async () => {
  const users = ids(60);
  const world = { users: users.map((id) => account(id)), groups: [groupOf('1', users), groupOf('2', users)] };
  const people = users.map((id) => person(id));
  const without = (count: number) => ({ members: users.slice(count).map((id) => `e-${id}`) });
  const groups = (one: number, other: number) => [
    { displayName: 'Group 1', ...without(one) },
    { displayName: 'Group 2', ...without(other) },
  ];
  const { plan } = openDirectory(world);
  const once = await plan({ users: people, groups: groups(8, 9) }, { limits: {} });
  expect([once.totals.removals, brakesOf(once)]).toEqual([9, []]);
  const limits = { removals: 50, removalShare: 1 };
  const many = await plan({ users: people, groups: groups(8, 11) }, { limits });
  expect(brakesOf(many)).toEqual([['members_per_group', 10, 11]]);
  expect(many.brakes[0]?.groups).toEqual([{ id: '2', key: 'Group 2' }]);
});

test('what is held, and what is not permitted, is no removal', async () => {
  const unpermitted = await planWithout(60, 12, {}, { provisioning: true });
  expect([unpermitted.notPermitted.count, brakesOf(unpermitted)]).toEqual([12, []]);
  const { plan } = openDirectory({ users: ids(60).map((id) => account(id)) });
  const owners = rosterOf(ids(60), ids(12));
  const held = await plan({ users: ids(48, 12).map((id) => person(id)) }, { limits: {} }, { people: owners });
  expect([held.held.length, brakesOf(held)]).toEqual([12, []]);
});

test('a higher limit is approved for one plan, as far as it goes, and for no other', async () => {
  const plan = await planWithout(100, 12);
  const names = (approved?: Parameters<typeof brakesInForce>[1]) =>
    brakesInForce(plan, approved).map(({ name }) => name);
  expect(names()).toEqual(['removals', 'removal_share']);
  expect(names({ plan: plan.hash, removals: 12 })).toEqual(['removal_share']);
  expect(names({ plan: plan.hash, removals: 11, removalShare: 0.12 })).toEqual(['removals']);
  expect(names({ plan: plan.hash, removals: 12, removalShare: 0.12 })).toEqual([]);
  expect(names({ plan: '0'.repeat(64), removals: 12, removalShare: 0.12 })).toEqual(['removals', 'removal_share']);
  const cut = await planWithout(10, 3);
  expect(brakesInForce(cut, { plan: cut.hash, minDesiredShare: 0.7 })).toEqual([]);
  expect(brakesInForce(cut, { plan: cut.hash, minDesiredShare: 0.71 })).toHaveLength(1);
});

test('no limit releases an empty list', async () => {
  const plan = await planWithout(4, 4);
  const approved = { plan: plan.hash, removals: 4, removalShare: 1, membersPerGroup: 4, minDesiredShare: 0 };
  expect(brakesInForce(plan, approved).map(({ name }) => name)).toEqual(['empty_desired']);
});

test('a limit that there is not is refused', async () => {
  const plan = await planWithout(4, 0);
  expect(() => brakesInForce(plan, { plan: plan.hash, removal: 4 } as never)).toThrow('`removal` is not');
  expect(() => brakesInForce(plan, { plan: plan.hash, removals: -1 })).toThrow('`removals`');
  expect(() => brakesInForce(plan, { removals: 1 } as never)).toThrow('`plan`');
  expect(() => brakesInForce(plan, { plan: plan.hash, removalShare: 5 })).toThrow('from 0 to 1');
});
