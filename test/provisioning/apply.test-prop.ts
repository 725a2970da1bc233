import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRecord } from '../../src/internal/json.js';
import { type JournalEntry, memoryJournal, type PlanJournal } from '../../src/provisioning/journal.js';
import type { PlanAction } from '../../src/provisioning/plan.js';
import { planDirectory } from '../../src/provisioning/plan-directory.js';
import type { PlanPolicy } from '../../src/provisioning/policy.js';
import type { PlanResult } from '../../src/provisioning/result.js';
import { ScimClient } from '../../src/scim/client.js';
import {
  createEmulator,
  type Fault,
  fault,
  type ScimOptions,
  type ScimRoute,
  scimQuirks,
} from '../../src/testing/index.js';
import { createFakeClock } from '../support/fake-clock.js';
import { timesOf } from '../support/scale.js';
import { apply, resultLinesOf } from './support/apply.js';
import { linesOf, noLimits, rosterOf } from './support/open-directory.js';

const minute = 60_000;
const servers: readonly ScimOptions[] = [
  { mode: 'workos' },
  { mode: 'rfc' },
  { mode: 'rfc', quirks: scimQuirks.betterAuth },
  { mode: 'rfc', quirks: scimQuirks.withoutPatch },
];

const somebody = fc.record({
  is: fc.constantFrom('absent', 'there', 'there', 'inactive'),
  isProgram: fc.nat({ max: 8 }).map((one) => one === 0),
  hasOtherName: fc.nat({ max: 3 }).map((one) => one === 0),
  title: fc.constantFrom('A', 'B'),
  isWanted: fc.constantFrom(true, true, true, false),
  wantedTitle: fc.constantFrom('A', 'B'),
  groups: fc.subarray([0, 1]),
  wantedGroups: fc.subarray([0, 1, 2]),
});
const world = fc.record({
  server: fc.nat({ max: servers.length - 1 }),
  people: fc.array(somebody, { minLength: 1, maxLength: 9 }),
  removal: fc.constantFrom('deactivate', 'deactivate', 'delete'),
  isProtected: fc.nat({ max: 8 }),
  owns: fc.nat({ max: 8 }),
});

const faults: fc.Arbitrary<Fault> = fc.constantFrom(
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
);
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

const keyOf = (index: number) => `E${index}`;
const nameOf = (index: number) => `person${index}@north.example`;

type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

function open({ server, people, removal, isProtected, owns }: World) {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const scim = servers[server] ?? {};
  const emulator = createEmulator({ world: 'empty', scim, clock });
  const { fetch, store } = emulator;
  const { baseUrl, token } = emulator.scim;
  const connect = () =>
    new ScimClient({
      baseUrl,
      token,
      fetch,
      clock,
      random: () => 0.5,
      rateLimit: false,
      headers: { 'user-agent': 'test' },
      profile: scim.mode ?? 'workos',
      access: { provisioning: true, deprovisioning: true },
    });
  const idOf = new Map<number, string>();
  for (const [index, { is, isProgram, hasOtherName, title }] of people.entries()) {
    if (is === 'absent') continue;
    const userName = hasOtherName ? `former${index}@north.example` : nameOf(index);
    const userType = isProgram ? { userType: 'ServiceAccount' } : {};
    idOf.set(
      index,
      store.users.add({ userName, externalId: keyOf(index), title, active: is === 'there', ...userType }),
    );
  }
  // Somebody of whom it is seen that groups show their members.
  const shown = store.users.add({ userName: 'shown@north.example', externalId: 'S', active: true });
  for (const group of [0, 1]) {
    const members = people.flatMap((one, index) => (one.groups.includes(group) ? (idOf.get(index) ?? []) : []));
    store.groups.add({ displayName: `G${group}`, members: [shown, ...members].map((value) => ({ value })) });
  }
  const wanted = people.flatMap((one, index) => (one.isWanted ? [{ ...one, index }] : []));
  const desired = {
    users: [
      { userName: 'shown@north.example', externalId: 'S' },
      ...wanted.map(({ index, wantedTitle, isProgram, is }) => ({
        userName: nameOf(index),
        externalId: keyOf(index),
        title: wantedTitle,
        ...(isProgram && is !== 'absent' ? { userType: 'ServiceAccount' } : {}),
      })),
    ],
    groups: [0, 1, 2].map((group) => ({
      displayName: `G${group}`,
      members: [
        'S',
        ...wanted.filter(({ wantedGroups }) => wantedGroups.includes(group)).map(({ index }) => keyOf(index)),
      ],
    })),
  };
  const protectedId = idOf.get(isProtected);
  const ownerId = idOf.get(owns);
  const policy: PlanPolicy = { ...noLimits, removal, protect: { ids: protectedId === undefined ? [] : [protectedId] } };
  const roster = () =>
    rosterOf(
      store.users.list().map(({ id }) => String(id)),
      ownerId === undefined ? [] : [ownerId],
    );
  const plan = () => planDirectory(connect(), desired, policy, { people: roster() });
  const programs = people.flatMap((one, index) => (one.isProgram ? (idOf.get(index) ?? []) : []));
  const neverRemoved = [protectedId, ownerId, ...programs].filter((id) => id !== undefined);
  /** What nobody may take from them. */
  const held = () =>
    neverRemoved.map((id) => ({
      id,
      active: store.users.get(id)?.active,
      groups: store.groups
        .list()
        .filter(({ members }) => JSON.stringify(members ?? []).includes(JSON.stringify(id)))
        .map(({ displayName }) => displayName),
    }));
  return { emulator, store, clock, connect, plan, roster, held };
}

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
        for (const { fault: one, ...target } of planned) emulator.faults.add(one, target);
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
        // With the network back, another start does the rest, or names it.
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
