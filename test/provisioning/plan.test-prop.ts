import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { DesiredGroup, DesiredUser } from '../../src/provisioning/desired.js';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import type { PlanPolicy } from '../../src/provisioning/policy.js';
import type { RosterPerson } from '../../src/provisioning/roster-person.js';
import type { Stored } from '../scim/support/fake-server.js';
import { timesOf } from '../support/scale.js';
import { carryOut } from './support/carry-out.js';
import { linesOf, noLimits, openDirectory, rosterOf } from './support/open-directory.js';

vi.setConfig({ testTimeout: timesOf(120_000, 1_800_000) });

// Few names and numbers, so that they collide: twins, renames, addresses that moved.
const number = fc.nat({ max: 6 });
const spelling = fc.constantFrom(
  (text: string) => text,
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => ` ${text}`,
);
const userName = fc.tuple(number, spelling).map(([one, spell]) => spell(`p${one}@x.y`));
const externalId = fc.option(
  number.map((one) => `e${one}`),
  { nil: undefined },
);
const names = fc.option(fc.constantFrom('Ann', 'Bob', 'Cem'), { nil: undefined });

const live: fc.Arbitrary<Stored[]> = fc
  .array(
    fc.record({
      userName,
      externalId,
      displayName: names,
      active: fc.boolean(),
      title: fc.constantFrom('A', 'B', undefined),
      userType: fc.constantFrom('ServiceAccount', undefined, undefined, undefined),
      owns: fc.nat({ max: 5 }).map((one) => one === 0),
    }),
    { maxLength: 8 },
  )
  .map((rows) => rows.map((row, index) => ({ ...row, id: `id${index}` })));

const desiredUsers: fc.Arbitrary<DesiredUser[]> = fc.array(
  fc.record(
    { userName, externalId, displayName: names, title: fc.constantFrom('A', 'B'), active: fc.boolean() },
    { requiredKeys: ['userName'] },
  ) as fc.Arbitrary<DesiredUser>,
  { maxLength: 8 },
);

const groupName = fc.nat({ max: 3 }).map((one) => `G${one}`);
const liveGroups = fc
  .array(fc.record({ displayName: groupName, of: fc.uniqueArray(fc.nat({ max: 8 }), { maxLength: 5 }) }), {
    maxLength: 4,
  })
  .map((rows) =>
    // One that shows a member: else no empty group is believed.
    [...rows, { displayName: 'Shown', of: [0] }].map(({ displayName, of }, index) => ({
      id: `g${index}`,
      displayName,
      members: of.map((member) => ({ value: `id${member}` })),
    })),
  );
const desiredGroups: fc.Arbitrary<DesiredGroup[]> = fc.uniqueArray(
  fc.record({
    displayName: groupName,
    members: fc.array(
      fc.oneof(
        number.map((one) => `e${one}`),
        userName,
      ),
      { maxLength: 5 },
    ),
  }),
  { maxLength: 3, selector: ({ displayName }) => displayName },
);

const world = fc.record({
  users: live,
  groups: liveGroups,
  desired: fc.record({ users: desiredUsers, groups: desiredGroups }),
  policy: fc.record({
    removal: fc.constantFrom('deactivate', 'delete', 'none'),
    membership: fc.constantFrom('exact', 'additive'),
    key: fc.constantFrom('externalId', 'userName', undefined),
    ids: fc.subarray(['id0', 'id3']),
    keyCreator: fc.constantFrom('id1', 'e2', 'p3@x.y'),
  }),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

function open({ users, groups, policy }: Pick<World, 'users' | 'groups' | 'policy'>) {
  const directory = openDirectory({ users: users.map(({ owns: _owns, ...user }) => user as Stored), groups });
  const { ids, keyCreator, key, removal, membership } = policy;
  const own: PlanPolicy = { removal, membership, key, protect: { ids, keyCreator } };
  const owners = users.filter(({ owns }) => owns).map(({ id }) => id);
  const people = (): RosterPerson[] => rosterOf([...directory.server.users.keys()], owners);
  return { ...directory, own, owners, people };
}

/** Ids of accounts that lose something. */
function losersOf({ actions }: DirectoryPlan): Set<string> {
  const losers = new Set<string>();
  for (const action of actions) {
    if (action.kind === 'deactivate' || action.kind === 'delete') losers.add(action.target.id);
    if (action.kind === 'remove_members') for (const { id } of action.members) losers.add(id ?? 'nobody');
  }
  return losers;
}

const runs = { numRuns: timesOf(150, 3_000) };

test('nobody who is protected loses anything, whoever is desired', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { plan, own, owners, people, server } = open(given);
      const result = await plan(given.desired, own, { people: people() });
      const isProtected = ({ id, ...row }: Stored) =>
        owners.includes(id) ||
        given.policy.ids.includes(id) ||
        row.userType === 'ServiceAccount' ||
        [id, row.externalId].includes(given.policy.keyCreator) ||
        String(row.userName).toLowerCase() === given.policy.keyCreator;
      const losers = losersOf(result);
      const lost = [...server.users.values()].filter((row) => losers.has(row.id) && isProtected(row));
      expect(lost).toEqual([]);
    }),
    runs,
  );
});

test('without a roster nobody loses anything', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { plan, own } = open(given);
      const result = await plan(given.desired, own, { people: undefined });
      expect([...losersOf(result)]).toEqual([]);
    }),
    runs,
  );
});

test('no two actions on one person contradict each other, and nobody is created who may be there', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { plan, own, people, server } = open(given);
      const { actions } = await plan(given.desired, own, { people: people() });
      const targets = actions.flatMap(({ kind, target }) =>
        kind.endsWith('members') ? [] : [target.id ?? target.key],
      );
      expect(targets.length).toBe(new Set(targets).size);
      const moves = actions.flatMap((action) =>
        'members' in action ? action.members.map(({ id, key }) => `${action.target.key} ${id ?? key}`) : [],
      );
      expect(moves.length).toBe(new Set(moves).size);
      const taken = new Set([...server.users.values()].map((row) => String(row.userName).trim().toLowerCase()));
      const created = actions.flatMap((action) => (action.kind === 'create' ? [String(action.after.userName)] : []));
      expect(created.filter((name) => taken.has(name.trim().toLowerCase()))).toEqual([]);
    }),
    runs,
  );
});

test('a plan is the same whatever the order of the lists', async () => {
  const orders = fc.infiniteStream(fc.nat());
  await fc.assert(
    fc.asyncProperty(world, orders, async (given, order) => {
      const shuffled = <T>(list: readonly T[]): T[] =>
        list
          .map((entry) => ({ entry, place: order.next().value ?? 0 }))
          .toSorted((one, other) => one.place - other.place)
          .map(({ entry }) => entry);
      const one = open(given);
      const other = open({ ...given, users: shuffled(given.users), groups: shuffled(given.groups) });
      const desired = {
        users: shuffled(given.desired.users),
        groups: shuffled(given.desired.groups.map((group) => ({ ...group, members: shuffled(group.members) }))),
      };
      const first = await one.plan(given.desired, one.own, { people: one.people() });
      const second = await other.plan(desired, other.own, { people: shuffled(other.people()) });
      // Of one moment, and of one random.
      const { readFrom, readTo, deleteAfter, salt, hash } = first;
      expect({ ...second, readFrom, readTo, deleteAfter, salt, hash }).toEqual(first);
    }),
    runs,
  );
});

/** Nobody has the name of the maker of the key, and somebody is to get it: then the others could go the next time. */
const nameOfTheKeyCreator: World = {
  users: [{ id: 'id0', userName: 'p0@x.y', active: true }],
  groups: [],
  desired: { users: [{ userName: 'p3@x.y' }], groups: [] },
  policy: { removal: 'deactivate', membership: 'exact', key: undefined, ids: [], keyCreator: 'p3@x.y' },
};

test('carried out, a plan leaves what was desired, or has named what it leaves; a second one is empty', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { plan, own, people, server, client } = open(given);
      const first = await plan(given.desired, own, { people: people() });
      const named = new Set(
        first.held.flatMap(({ target, members = [] }) => [target.key, ...members.map(({ key }) => key)]),
      );
      const namedIds = new Set(first.held.flatMap(({ target, ids = [] }) => [target.id, ...ids]));
      await carryOut(client, first);
      const rows = [...server.users.values()];
      for (const user of given.desired.users) {
        const { externalId: number, userName: name } = user;
        const isNamed = [number, name].some((key) => key !== undefined && named.has(String(key)));
        if (isNamed) continue;
        const found = rows.filter(
          (row) => row.active !== false && String(row.userName).trim().toLowerCase() === name.trim().toLowerCase(),
        );
        // With `none`, whom no entry has stays.
        const others = own.removal === 'none' ? [] : found.filter(({ id }) => !namedIds.has(id));
        expect(others.length).toBeLessThanOrEqual(user.active === false ? 0 : 1);
        const isAsDesired = (row: Stored) =>
          (number === undefined || row.externalId === number) && (!user.title || row.title === user.title);
        if (user.active !== false) expect(found.some(isAsDesired)).toBe(true);
      }
      const second = await plan(given.desired, own, { people: people() });
      expect(linesOf(second)).toEqual([]);
    }),
    { ...runs, examples: [[nameOfTheKeyCreator]] },
  );
});

test('a plan of what is already there is empty', async () => {
  const distinct = live.map((rows) =>
    rows.map((row, index) => ({ ...row, userName: `p${index}@x.y`, externalId: `e${index}`, userType: undefined })),
  );
  await fc.assert(
    fc.asyncProperty(distinct, liveGroups, fc.subarray(['id0', 'id1']), async (users, rows, ids) => {
      const groups = rows.map((row, index) => ({ ...row, displayName: `G${index}` }));
      const { plan, client } = openDirectory({ users: users as never, groups });
      const there = await client.users.iterate().toArray();
      const keyOf = new Map(users.map(({ id, externalId: key }) => [id, key]));
      const desired = {
        users: there,
        groups: groups.map(({ displayName, members }) => ({
          displayName,
          members: members.flatMap(({ value }) => keyOf.get(value) ?? []),
        })),
      };
      const result = await plan(desired as never, { ...noLimits, protect: { ids } });
      expect([result.actions, result.held]).toEqual([[], []]);
    }),
    runs,
  );
});
