import { expectTypeOf, test } from 'vitest';
import type { Person } from '../../src/connection/roster/person.js';
import {
  applyPlan,
  type DirectoryPlan,
  exitCodeOf,
  fileJournal,
  type JournalEntry,
  type JournalLease,
  memoryJournal,
  type PlanJournal,
  type PlanResult,
  revertPlan,
} from '../../src/provisioning/index.js';
import type { ScimClient } from '../../src/scim/client.js';

declare const client: ScimClient<'provisioning'>;
declare const plan: DirectoryPlan;
declare const people: AsyncGenerator<Person, void, undefined>;

test('a plan is applied with an approval and a journal, by a client of any access', () => {
  const journal = fileJournal('./plan.journal');
  expectTypeOf(applyPlan(client, plan, { approve: plan.hash, journal, people })).toEqualTypeOf<Promise<PlanResult>>();
  applyPlan(client as ScimClient<'provisioning' | 'deprovisioning'>, plan, { approve: plan.hash, journal });
  // @ts-expect-error Nobody has approved it.
  applyPlan(client, plan, { journal });
  // @ts-expect-error Without a journal nothing could be gone on with.
  applyPlan(client, plan, { approve: plan.hash });
  // @ts-expect-error A path is no journal: that is what `fileJournal` is for.
  applyPlan(client, plan, { approve: plan.hash, journal: './plan.journal' });
});

test('a plan is undone by a journal or by the path of one, and gives a plan', () => {
  expectTypeOf(revertPlan(client, memoryJournal())).toEqualTypeOf<Promise<DirectoryPlan>>();
  expectTypeOf(
    revertPlan(client, './plan.journal', { limits: { removals: 50 } }, { people }),
  ).resolves.toEqualTypeOf<DirectoryPlan>();
});

test('a store of your own is a journal', () => {
  const rows: { entry: JournalEntry; fence: number }[] = [];
  let inForce: JournalLease | undefined;
  const isMine = (lease: JournalLease) => inForce?.owner === lease.owner && inForce.fence === lease.fence;
  const store = {
    read: async () => rows.map(({ entry }) => entry),
    append: async (entry: JournalEntry, lease: JournalLease) =>
      isMine(lease) && rows.push({ entry, fence: lease.fence }) > 0,
    acquire: async (request: { owner: string; now: number; expiresAt: number }) => {
      const isFree = inForce === undefined || inForce.expiresAt <= request.now;
      if (isFree) inForce = { ...request, fence: (inForce?.fence ?? 0) + 1 };
      return inForce as JournalLease;
    },
    renew: async (lease: JournalLease) => isMine(lease),
    release: async () => {},
  };
  expectTypeOf(store).toExtend<PlanJournal>();
});

test('an exit code is one of four', () => {
  expectTypeOf(exitCodeOf(plan)).toEqualTypeOf<0 | 1 | 2 | 3>();
  // Whatever was thrown.
  const thrown: unknown = undefined;
  exitCodeOf(thrown);
});
