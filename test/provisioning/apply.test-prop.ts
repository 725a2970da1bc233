import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { isRecord } from '../../src/internal/json.js';
import { type JournalEntry, memoryJournal, type PlanJournal } from '../../src/provisioning/journal.js';
import type { PlanAction } from '../../src/provisioning/plan.js';
import type { PlanResult } from '../../src/provisioning/result.js';
import { type Fault, fault, type ScimRoute } from '../../src/testing/index.js';
import { timesOf } from '../support/scale.js';
import { apply, resultLinesOf } from './support/apply.js';
import { everyFault } from './support/every-fault.js';
import { linesOf } from './support/open-directory.js';
import { keyOf, open, world } from './support/random-directory.js';

vi.setConfig({ testTimeout: timesOf(120_000, 1_800_000) });

const minute = 60_000;
/** What is most likely to do harm comes the more often. */
const harmful: readonly Fault[] = [
  fault.cut('before_commit'),
  fault.cut('during_body'),
  fault.cut('after_commit'),
  fault.cut('after_commit'),
  fault.status(503),
  fault.status(503, { afterCommit: true }),
  fault.status(500, { afterCommit: true }),
  fault.status(429, { retryAfter: 1 }),
  fault.status(400),
  fault.status(401),
  fault.status(403),
  fault.status(404),
  fault.html(502),
  fault.html(200),
  fault.truncatedBody(),
  fault.latency(2 * minute),
  fault.ignoredFilter(),
];
const faults = fc.oneof(fc.constantFrom(...harmful), fc.constantFrom(...everyFault));
const routes = fc.constantFrom<ScimRoute>(
  'POST /Users',
  'GET /Users',
  'GET /Users/{id}',
  'PATCH /Users/{id}',
  'POST /Groups',
  'GET /Groups',
  'GET /Groups/{id}',
  'PATCH /Groups/{id}',
  'DELETE /Users/{id}',
  'PUT /Users/{id}',
);
const schedule = fc.array(
  fc.record({ fault: faults, route: routes, skip: fc.nat({ max: 4 }), times: fc.constantFrom(1, 1, 2, 6) }),
  { maxLength: 6 },
);

type Held = ReturnType<ReturnType<typeof open>['held']>;

function expectNothingLost(before: Held, after: Held): void {
  for (const [index, { id, active, groups }] of before.entries()) {
    expect(after[index]?.id).toBe(id);
    if (active === true) expect(after[index]?.active).toBe(true);
    expect(after[index]?.groups).toEqual(expect.arrayContaining(groups));
  }
}

function expectNoTwins({ store }: Pick<ReturnType<typeof open>, 'store'>): void {
  const keys = store.users.list().map(({ externalId }) => externalId);
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
  const names = store.groups.list().map(({ displayName }) => displayName);
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
}

function isResult(value: unknown): value is PlanResult {
  return isRecord(value) && 'outcomes' in value;
}

/** A journal of a process that dies at one of its entries. */
function dying(journal: PlanJournal, at: number): PlanJournal {
  let count = 0;
  return {
    ...journal,
    async append(entry: JournalEntry, lease) {
      count += 1;
      if (count > at) throw new Error('the power is off');
      return journal.append(entry, lease);
    },
    release: async () => {},
  };
}

const isWell = (outcome: string) => outcome === 'done' || outcome === 'already';
const isNot = (outcome: string) => !isWell(outcome);

type Tokened = Pick<PlanAction, 'kind' | 'target'> & {
  readonly members?: readonly { readonly key: string; readonly outcome?: string }[] | undefined;
  readonly outcome?: string;
};

/** What an action does, or what became of it: one text for each person. */
function tokensOf({ kind, target, members, outcome = '' }: Tokened, of: (outcome: string) => boolean): string[] {
  if (members === undefined) return of(outcome) ? [`${kind} ${target.key}`] : [];
  const some = members.filter((one) => of(one.outcome ?? ''));
  return some.map(({ key }) => `${kind} ${target.key} ${key}`);
}

test('a plan that is applied leaves the second one empty, and applied again sends nothing', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { emulator, connect, plan, roster, held, store } = open(given);
      const before = held();
      const first = await plan();
      const journal = memoryJournal();
      const result = await apply(connect(), first, { journal, people: roster() });
      expect(result.finished ? [] : resultLinesOf(result)).toEqual([]);
      expect(linesOf(await plan())).toEqual([]);
      expectNothingLost(before, held());
      expectNoTwins({ store });
      const rows = JSON.stringify([store.users.list(), store.groups.list()]);
      expect((await apply(connect(), first, { journal })).finished).toBe(true);
      expect((await apply(connect(), first)).finished).toBe(true);
      expect(JSON.stringify([store.users.list(), store.groups.list()])).toBe(rows);
      emulator.close();
    }),
    { numRuns: timesOf(60, 2_000) },
  );
});

test('through faults of every kind and crashes nobody gets two accounts, nobody protected loses anything, and what is missing is named', async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      schedule,
      fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
      async (given, planned, deaths) => {
        const directory = open(given);
        const { emulator, clock, connect, plan, roster, held } = directory;
        const before = held();
        const first = await plan();
        for (const { fault: one, ...target } of planned) {
          emulator.faults.add(one, target);
        }
        const journal = memoryJournal();
        for (const at of deaths) {
          await apply(connect(), first, { journal: dying(journal, at), people: roster() }).catch(() => {});
          clock.setWall(2 * minute);
        }
        const told = await apply(connect(), first, { journal, people: roster() }).catch((error: unknown) => error);
        expectNothingLost(before, held());
        expectNoTwins(directory);
        // What it calls done was done, whatever came in between.
        const outcomes = isResult(told) ? told.outcomes : [];
        emulator.faults.clear();
        const left = (await plan()).actions.flatMap((action) => tokensOf(action, () => true));
        for (const token of outcomes.flatMap((one) => tokensOf(one, isWell))) expect(left).not.toContain(token);
        // With the network back, another start does the rest, or names it: later, when nothing can still be on its way.
        clock.setWall(2 * minute);
        const last = await apply(connect(), first, { journal, people: roster(), maxAgeMinutes: 600 });
        const named = last.outcomes.flatMap((one) => tokensOf(one, isNot));
        const second = await plan();
        expect(named).toEqual(expect.arrayContaining(second.actions.flatMap((action) => tokensOf(action, () => true))));
        if (last.finished) expect(linesOf(second)).toEqual([]);
        expectNothingLost(before, held());
        expectNoTwins(directory);
      },
    ),
    { numRuns: timesOf(80, 3_000) },
  );
});

test('of two controllers at once one is refused, and nothing is done twice', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const directory = open(given);
      const { connect, plan } = directory;
      const first = await plan();
      const journal = memoryJournal();
      const all = await Promise.allSettled([
        apply(connect(), first, { journal }),
        apply(connect(), first, { journal }),
      ]);
      const refused = all.filter(({ status }) => status === 'rejected');
      expect(refused).toMatchObject([{ reason: { code: 'journal_locked' } }]);
      expect(linesOf(await plan())).toEqual([]);
      const intents = (await journal.read()).flatMap((entry) => (entry.type === 'intent' ? [entry.action] : []));
      expect(intents.toSorted()).toEqual([...new Set(intents)].toSorted());
      expectNoTwins(directory);
    }),
    { numRuns: timesOf(20, 500) },
  );
});

test('an account that was given to somebody else since the plan was made loses nothing by it', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }), async (given, indices) => {
      const { connect, plan, roster, store, emulator } = open(given);
      const first = await plan();
      const ids = indices.flatMap((index) => {
        const account = store.users.list().find(({ externalId }) => externalId === keyOf(index));
        return account === undefined ? [] : [account.id];
      });
      for (const id of ids) store.users.update(id, { externalId: `of ${id}`, userName: `${id}@south.example` });
      const groupsOf = (id: string) =>
        store.groups
          .list()
          .flatMap(({ id: group, members }) => (members?.some(({ value }) => value === id) ? [group] : []));
      const rows = () => ids.map((id) => ({ ...store.users.get(id), groups: undefined, meta: undefined }));
      const before = { rows: rows(), groups: ids.map(groupsOf) };
      await apply(connect(), first, { people: roster() });
      expect(rows()).toEqual(before.rows);
      for (const [index, id] of ids.entries()) {
        expect(groupsOf(id)).toEqual(expect.arrayContaining(before.groups[index] ?? []));
      }
      emulator.close();
    }),
    { numRuns: timesOf(60, 2_000) },
  );
});
