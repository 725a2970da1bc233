import { expect, test } from 'vitest';
import { isSdkError } from '../../src/errors/is-sdk-error.js';
import { applyPlan } from '../../src/provisioning/apply-plan.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import { planDirectory } from '../../src/provisioning/plan-directory.js';
import { hashOfPlan } from '../../src/provisioning/plan-hash.js';
import { redactPlan } from '../../src/provisioning/redact-plan.js';
import { ScimClient } from '../../src/scim/client.js';
import { scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, noLimits, openDirectory, person, rosterOf } from './support/open-directory.js';

/** One to create, one to change, one to remove. */
async function planned(policy = {}) {
  const directory = openDirectory({ users: [account('a'), account('b')] });
  const users = [person('a', { title: 'Lead' }), person('c')];
  const plan = await directory.plan({ users }, policy);
  directory.server.log.length = 0;
  return { ...directory, plan };
}

const asIf = async (plan: DirectoryPlan, change: Partial<DirectoryPlan>): Promise<DirectoryPlan> => {
  const changed = { ...plan, ...change };
  return { ...changed, hash: await hashOfPlan(changed) };
};

type Planned = Awaited<ReturnType<typeof planned>>;
const refusals: readonly [what: string, code: string, call: (given: Planned) => Promise<unknown>][] = [
  ['a redacted plan', 'plan_redacted', ({ client, plan }) => apply(client, redactPlan(plan))],
  [
    'a plan of a later version',
    'plan_version',
    async ({ client, plan }) => apply(client, await asIf(plan, { version: 2 as never })),
  ],
  [
    'a plan that was changed after it was made',
    'plan_changed',
    ({ client, plan }) => apply(client, { ...plan, actions: plan.actions.slice(1) }),
  ],
  ['another hash than that of the plan', 'not_approved', ({ client, plan }) => apply(client, plan, { approve: 'h' })],
  [
    'a plan for another directory',
    'other_directory',
    ({ server, plan }) => {
      const { fetch } = server;
      const other = new ScimClient({
        baseUrl: 'https://scim.example/v2/other',
        token: 't',
        fetch,
        access: { provisioning: true },
      });
      return apply(other, plan);
    },
  ],
  [
    'another policy',
    'other_policy',
    ({ client, plan }) => apply(client, plan, { policy: { ...noLimits, removal: 'delete' } }),
  ],
  [
    'a plan whose policy is not that of its digest',
    'other_policy',
    async ({ client, plan }) =>
      apply(
        client,
        await asIf(plan, { policy: { ...plan.policy, protect: { ...plan.policy.protect, ids: [] }, keepDays: 1 } }),
      ),
  ],
  [
    'a plan of sixteen minutes ago',
    'plan_too_old',
    ({ client, plan, clock }) => {
      clock.setWall(16 * 60_000);
      return apply(client, plan);
    },
  ],
  [
    'a plan of the future',
    'plan_too_old',
    async ({ client, plan }) => apply(client, await asIf(plan, { readFrom: '2030-01-01T00:00:00.000Z' })),
  ],
  [
    'a plan without a time',
    'plan_too_old',
    async ({ client, plan }) => apply(client, await asIf(plan, { readFrom: 'x' })),
  ],
];

test.each(refusals)('%s is refused before anything is read or sent', async (_, code, call) => {
  const given = await planned();
  const error = await call(given).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ name: 'PlanError', code, remedy: expect.stringMatching(/\.$/) });
  expect(given.server.log).toEqual([]);
});

test('the same policy is no other one, however it is written', async () => {
  const { client, plan } = await planned();
  const result = await apply(client, plan, { policy: { ...noLimits, key: ['externalId', 'userName'] } });
  expect(result.finished).toBe(true);
});

test('a journal of another plan is refused, and left as it is', async () => {
  const { client, plan, server } = await planned();
  const journal = memoryJournal();
  expect((await apply(client, plan, { journal })).finished).toBe(true);
  const other = await planDirectory(client, { users: [person('a', { title: 'Head' })] }, noLimits);
  const entries = await journal.read();
  server.log.length = 0;
  await expect(apply(client, other, { journal })).rejects.toMatchObject({ code: 'other_journal' });
  expect([server.log, await journal.read()]).toEqual([[], entries]);
});

test('beyond a limit everything is refused, and what is approved for this plan alone releases it', async () => {
  const limits = { ...noLimits.limits, removals: 0 };
  const { client, plan, server } = await planned({ limits });
  await expect(apply(client, plan)).rejects.toMatchObject({ code: 'brake_holds', brakes: ['removals'] });
  await expect(apply(client, plan)).rejects.toMatchObject({
    message: 'The plan goes beyond a limit: removals (1, and the limit is 0).',
    remedy: expect.stringContaining("limits: { plan: '…', removals: 1 }"),
  });
  await expect(apply(client, plan, { limits: { plan: 'another', removals: 5 } })).rejects.toMatchObject({
    code: 'brake_holds',
  });
  expect(server.log).toEqual([]);
  const result = await apply(client, plan, { limits: { plan: plan.hash, removals: 5 } });
  expect(result.finished).toBe(true);
});

test("with `onBrake: 'additions-only'` what takes something away is held back, and the rest is done", async () => {
  const limits = { ...noLimits.limits, removals: 0 };
  const { client, plan } = await planned({ limits, onBrake: 'additions-only' });
  expect(resultLinesOf(await apply(client, plan))).toEqual([
    'create e-c done',
    'change e-a done',
    'deactivate e-b held_back (brake_holds)',
  ]);
});

test('of limits that no approval raises, the refusal and what is held back say what else to do', async () => {
  const open = () => openDirectory({ users: [account('a')] });
  const { client, plan } = open();
  const refusal = apply(client, await plan({ users: [] }, { limits: {} }));
  await expect(refusal).rejects.toMatchObject({ code: 'brake_holds', remedy: expect.not.stringContaining('approve') });
  const careful = await plan({ users: [] }, { limits: {}, onBrake: 'additions-only' });
  const { outcomes } = await apply(client, careful);
  expect(outcomes[0]?.remedy).toBe('Repair the source, and plan again. No limit can be raised for this.');
});

test('the limits that a refusal names release the plan', async () => {
  const ids = Array.from({ length: 120 }, (_none, index) => `u${index}`);
  const { client, plan } = openDirectory({ users: ids.map((id) => account(id)) });
  const made = await plan({ users: ids.slice(40).map((id) => person(id)) }, { limits: {} });
  const { message, remedy = '' } = await apply(client, made).catch((error) => error);
  expect(message).toBe(
    'The plan goes beyond a limit: desired_share (66.67 %, and the limit is 80 %); removals (40, and the limit is 10); removal_share (33.33 %, and the limit is 5 %).',
  );
  const named = [...remedy.matchAll(/(\w+): ([\d.]+)/g)].map(([, name, value]) => [name, Number(value)]);
  const limits = { plan: made.hash, ...Object.fromEntries(named) };
  expect(limits).toMatchObject({ removals: 40, removalShare: 0.3334, minDesiredShare: 0.6666 });
  // Whoever raised some of them is told all: what is approved next replaces what was.
  const some = { plan: made.hash, removals: 40 };
  const again = await apply(client, made, { limits: some }).catch((error) => error);
  expect([again.brakes, again.remedy]).toEqual([['desired_share', 'removal_share'], remedy]);
  expect((await apply(client, made, { limits })).finished).toBe(true);
});

test('what the server said is told to `onProgress` by the error, and is in no result', async () => {
  const { client, plan, server } = await planned();
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  const refusal = { schemas, status: '418', detail: 'Mira is no teapot' };
  const headers = { 'content-type': 'application/scim+json' };
  server.intercept = ({ method }) =>
    method === 'PATCH' ? new Response(JSON.stringify(refusal), { status: 418, headers }) : undefined;
  const told: unknown[] = [];
  const result = await apply(client, plan, {
    onProgress: ({ outcome, error }) => {
      told.push([outcome.outcome, isSdkError(error, 'ScimError') ? error.serverMessage() : error]);
    },
  });
  expect(told).toContainEqual(['failed', 'Mira is no teapot']);
  expect(told).toContainEqual(['done', undefined]);
  expect(JSON.stringify(result)).not.toContain('teapot');
  const failed = result.outcomes.find(({ outcome }) => outcome === 'failed');
  expect(failed?.remedy).toMatch(/^Look at what the server said: `onProgress`/);
});

test.each([
  ['no options', undefined],
  ['no journal', { approve: 'h' }],
  ['a path for a journal', { approve: 'h', journal: './x' }],
  ['a journal without a method', { approve: 'h', journal: { ...memoryJournal(), renew: undefined } }],
  ['no approval', { journal: memoryJournal() }],
  ['an option that there is not', { approve: 'h', journal: memoryJournal(), force: true }],
  ['no actions at once', { approve: 'h', journal: memoryJournal(), concurrency: 0 }],
])('%s make no sense', async (_, options) => {
  const { client, plan, server } = await planned();
  // What the compiler refuses is tried at run time.
  await expect(applyPlan(client, plan, options as never)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(server.log).toEqual([]);
});

test('a path in place of a journal leads to fileJournal', async () => {
  const { client, plan } = await planned();
  // What the compiler refuses is tried at run time.
  await expect(applyPlan(client, plan, { approve: 'h', journal: './x' } as never)).rejects.toMatchObject({
    remedy: 'Give `fileJournal(path)`.',
  });
});

test('what is old enough is applied where more minutes are allowed, and a resume is judged by drift alone', async () => {
  const { client, plan, clock, server } = await planned();
  clock.setWall(16 * 60_000);
  const journal = memoryJournal();
  server.intercept = ({ method, path }) => (method === 'PATCH' && path === '/Users/a' ? scimError(400) : undefined);
  const lines = resultLinesOf(await apply(client, plan, { maxAgeMinutes: 30, journal }));
  expect(lines).toEqual(['create e-c done', 'change e-a failed (bad_request)', 'deactivate e-b done']);
  server.intercept = undefined;
  clock.setWall(24 * 60 * 60_000);
  expect((await apply(client, plan, { journal })).finished).toBe(true);
  // A run that wrote nothing is no beginning.
  const other = await planDirectory(client, { users: [person('a')] }, noLimits, {
    people: rosterOf(['a', 'b', 'new-1']),
  });
  const empty = memoryJournal();
  server.intercept = ({ path }) => (path === '/Users/a' || path === '/Users/new-1' ? scimError(403) : undefined);
  expect((await apply(client, other, { journal: empty })).finished).toBe(false);
  clock.setWall(16 * 60_000);
  await expect(apply(client, other, { journal: empty })).rejects.toMatchObject({ code: 'plan_too_old' });
});

test('a plan that has grown too old while the first target was read is not begun', async () => {
  const { client, plan, server, clock } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('a', { title: 'New' })] });
  server.log.length = 0;
  server.intercept = () => {
    clock.setWall(20 * 60_000);
    return undefined;
  };
  const journal = memoryJournal();
  await expect(apply(client, first, { journal })).rejects.toMatchObject({ code: 'plan_too_old' });
  expect(server.log).toEqual(['GET /Users/a']);
  expect((await journal.read()).map(({ type }) => type)).not.toContain('intent');
});
