import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { isSdkError } from '../../src/errors/is-sdk-error.js';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import type { Fault, ScimRoute } from '../../src/testing/index.js';
import { timesOf } from '../support/scale.js';
import { apply } from './support/apply.js';
import { everyFault } from './support/every-fault.js';
import { open, world } from './support/random-directory.js';

vi.setConfig({ testTimeout: timesOf(120_000, 1_800_000) });

const lists: readonly ScimRoute[] = ['GET /Users', 'GET /Groups', 'GET /Groups/{id}'];
const lie = fc.record({
  fault: fc.constantFrom(...everyFault),
  route: fc.constantFrom(...lists),
  skip: fc.nat({ max: 3 }),
  times: fc.constantFrom(1, 1, 2, Number.POSITIVE_INFINITY),
});
type Lie = typeof lie extends fc.Arbitrary<infer Value> ? Value : never;
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

const ofRows: ReadonlySet<string> = new Set([
  'status',
  'latency',
  'cut',
  'truncated_body',
  'list',
  'total_results',
  'query',
]);

/** Whether it leaves the rows as they are, and at most some of them out. */
function isOfRows(one: Fault): boolean {
  return ofRows.has(one.kind) || (one.kind === 'response_body' && one.name === 'the last row is missing');
}

/** Who is made and who loses something, one text for each person. */
function gainsAndLosses({ actions }: Pick<DirectoryPlan, 'actions'>): string[] {
  return actions.flatMap((action) => {
    const { kind, target } = action;
    if (kind === 'create' || kind === 'create_group') return [`${kind} ${target.key}`];
    // By what the service knows them: a list that leaves keys out may name them otherwise.
    if (kind === 'deactivate' || kind === 'delete') return [`${kind} ${target.id}`];
    return kind === 'remove_members' ? action.members.map(({ id }) => `out of ${target.id}: ${id}`) : [];
  });
}

interface Seen {
  readonly how: 'refused' | 'braked' | 'held' | 'as it is';
}

/** Plans from lists that lie, applies what comes of it with lists that do not, and says how that ended. */
async function planAndApply(given: World, told: readonly Lie[], maxPageSize: number): Promise<Seen> {
  const directory = open(given, { maxPageSize });
  const { emulator, connect, plan, roster, held, store } = directory;
  const right = new Set(gainsAndLosses(await plan()));
  const protectedOnes = held();
  const people = () => store.users.list().map(({ id, externalId, active }) => ({ id, key: externalId, active }));
  const memberships = () =>
    store.groups.list().flatMap(({ id, members }) => (members ?? []).map(({ value }) => `out of ${id}: ${value}`));
  const [before, groupsBefore] = [people(), memberships()];
  for (const { fault: one, ...target } of told) emulator.faults.add(one, target);
  const made = await plan().catch((error: unknown) => {
    if (isSdkError(error)) return undefined;
    throw error;
  });
  emulator.faults.clear();
  if (made === undefined) return { how: 'refused' };
  if (made.brakes.length > 0) {
    await expect(apply(connect(), made, { people: roster() })).rejects.toMatchObject({ code: 'brake_holds' });
    return { how: 'braked' };
  }
  // What the number and the order of rows can tell, the plan itself knows; what stands in them is looked at again before a write.
  if (told.every(({ fault: one }) => isOfRows(one)))
    expect(right).toEqual(new Set([...right, ...gainsAndLosses(made)]));
  await apply(connect(), made, { people: roster() });
  // By the service's own store: nobody was made who was there, and nobody lost what is theirs.
  const after = people();
  expect(after.map(({ key }) => key).toSorted()).toEqual([...new Set(after.map(({ key }) => key))].toSorted());
  const ids = new Set(before.map(({ id }) => id));
  const wrong = [
    ...after.flatMap(({ id, key }) => (ids.has(id) ? [] : [`create ${key}`])),
    ...before.flatMap(({ id, active }) => {
      const now = after.find((one) => one.id === id);
      if (now === undefined) return [`delete ${id}`];
      return active === true && now.active === false ? [`deactivate ${id}`] : [];
    }),
    ...groupsBefore.filter((one) => !memberships().includes(one)),
  ].filter((one) => !right.has(one) && !right.has(one.replace('deactivate', 'delete')));
  // Whoever is deleted is in no group any more.
  expect(
    wrong.filter((one) => ![...right].some((other) => other.startsWith('delete ') && one.endsWith(other.slice(7)))),
  ).toEqual([]);
  const names = store.groups.list().map(({ displayName }) => displayName);
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  for (const [index, { id, active, groups }] of protectedOnes.entries()) {
    const now = held()[index];
    expect(now?.id).toBe(id);
    if (active === true) expect(now?.active).toBe(true);
    expect(now?.groups).toEqual(expect.arrayContaining(groups));
  }
  const isWhole = gainsAndLosses(made).every((one) => right.has(one)) && made.held.length === 0;
  return { how: isWhole ? 'as it is' : 'held' };
}

test('from lists that are wrong in whatever way nobody is created or removed who would not be from right ones', async () => {
  const seen = new Map<Seen['how'], number>();
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.array(lie, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(2, 3, 100),
      async (given, told, maxPageSize) => {
        const { how } = await planAndApply(given, told, maxPageSize);
        seen.set(how, (seen.get(how) ?? 0) + 1);
      },
    ),
    { numRuns: timesOf(200, 5_000) },
  );
  // It must be able to fail: some lies are found, and some are lived with.
  for (const how of ['refused', 'braked', 'as it is'] as const) expect(seen.get(how), how).toBeGreaterThan(0);
});
