import { expect, test } from 'vitest';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import { baselineOf, hashOfPlan } from '../../src/provisioning/plan-hash.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, openDirectory, person } from './support/open-directory.js';

type Editable = Record<string, unknown> & { actions: (Record<string, unknown> & { operations?: unknown })[] };

/** The plan as somebody has edited it, with the hash that it has then. */
async function edited(plan: DirectoryPlan, edit: (copy: Editable) => void): Promise<DirectoryPlan> {
  // What an attacker makes is no plan by its type.
  const copy = structuredClone(plan) as unknown as Editable;
  edit(copy);
  const made = copy as unknown as DirectoryPlan;
  return { ...made, hash: await hashOfPlan(made) };
}

function open() {
  return openDirectory({ users: [account('a', { title: 'Old' }), account('z')] });
}
const desired = { users: [person('a', { title: 'New' }), person('z')] };
const off = { op: 'replace', path: 'active', value: false };

function operationsOf([action]: Editable['actions']): unknown[] {
  return Array.isArray(action?.operations) ? action.operations : [];
}

test.each<[string, (copy: Editable) => void]>([
  ['an action that is null', ({ actions }) => actions.splice(0, 1, null as never)],
  ['an action without a target', ({ actions }) => Object.assign(actions[0] ?? {}, { target: null })],
  ['an action of no kind', ({ actions }) => Object.assign(actions[0] ?? {}, { kind: 'x' })],
  ['operations that are not shown', ({ actions }) => operationsOf(actions).push(off)],
  [
    'a value that is not shown',
    ({ actions }) => operationsOf(actions).splice(0, 1, { op: 'replace', path: 'title', value: 'Other' }),
  ],
  [
    'operations without a path',
    ({ actions }) => Object.assign(actions[0] ?? {}, { operations: [{ op: 'replace', value: { active: false } }] }),
  ],
  [
    'a deactivation called a change',
    ({ actions }) => Object.assign(actions[0] ?? {}, { operations: [off], after: { active: false } }),
  ],
])('a plan with %s is refused, although it has its hash', async (_, edit) => {
  const { client, plan, server } = open();
  const made = await edited(await plan(desired), edit);
  const before = server.log.length;
  await expect(apply(client, made)).rejects.toMatchObject({ name: 'PlanError', code: 'plan_changed' });
  expect(server.log).toHaveLength(before);
});

test('whoever is protected loses nothing by a change either', async () => {
  const { client, plan, server } = open();
  const first = await plan(desired, { protect: { ids: ['a'] } });
  const baseline = await baselineOf(server.users.get('a') ?? {}, [{ op: 'replace', path: 'active', value: false }]);
  const made = await edited(first, ({ actions }) =>
    Object.assign(actions[0] ?? {}, {
      operations: [off],
      before: { active: true },
      after: { active: false },
      permission: ['provisioning', 'deprovisioning'],
      baseline,
    }),
  );
  expect(resultLinesOf(await apply(client, made))).toEqual(['change e-a held_back (protected)']);
});

test('a brake that was taken out of a plan holds', async () => {
  const { client, plan } = openDirectory({ users: ['a', 'b', 'c'].map((id) => account(id)) });
  const limits = { removals: 1, removalShare: 1, membersPerGroup: 1, minDesiredShare: 0 };
  const first = await plan({ users: [person('a')] }, { limits });
  const made = await edited(first, (copy) => Object.assign(copy, { brakes: [] }));
  await expect(apply(client, made)).rejects.toMatchObject({ code: 'brake_holds', brakes: ['removals'] });
});

test('what is added to a plan after the call is not done', async () => {
  const { client, plan, server } = open();
  const made = structuredClone(await plan(desired));
  const removal = { id: 'x', kind: 'deactivate', target: { id: 'z', key: 'e-z' }, permission: ['deprovisioning'] };
  const more = { ...removal, why: '', permitted: true, baseline: await baselineOf(server.users.get('z') ?? {}) };
  const applying = apply(client, made);
  (made.actions as unknown[]).push(more);
  expect(resultLinesOf(await applying)).toEqual(['change e-a done']);
  expect(server.users.get('z')?.active).toBe(true);
});
