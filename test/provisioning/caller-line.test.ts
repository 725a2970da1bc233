import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { PlanError } from '../../src/errors/plan-error.js';
import { applyPlan } from '../../src/provisioning/apply-plan.js';
import { fileJournal } from '../../src/provisioning/file-journal.js';
import { memoryJournal, type PlanJournal } from '../../src/provisioning/journal.js';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import { planDirectory } from '../../src/provisioning/plan-directory.js';
import { revertPlan } from '../../src/provisioning/revert-plan.js';
import type { ScimClient } from '../../src/scim/client.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { fault } from '../../src/testing/faults.js';

type Client = ScimClient<'provisioning' | 'deprovisioning'>;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'caller-line-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** A directory, a plan that makes a person and a group, and its journal. */
async function openWorld() {
  const emulator = createEmulator();
  const form = { ...emulator.connectionConfig(), provisioning: true, deprovisioning: true };
  const { scim } = connect(parseConnectionConfig(form, { require: ['scim'] }), {
    ...emulator.clientOptions,
    random: () => 0,
  });
  const users = [
    {
      userName: 'newcomer@north.example',
      externalId: 'n-1',
      emails: [{ value: 'newcomer@north.example', primary: true }],
    },
  ];
  const groups = [{ displayName: 'Lighthouse', members: ['n-1'] }];
  const plan = await planDirectory(scim, { users, groups }, { removal: 'none' });
  const journal = memoryJournal();
  return { emulator, scim: scim as Client, desired: { users, groups }, plan, journal };
}

type World = Awaited<ReturnType<typeof openWorld>>;

const stop = (code: 'lock_lost' | 'journal_unreadable') => async (): Promise<never> => {
  // What a store fails with comes later, from the outside.
  await new Promise((resolve) => setImmediate(resolve));
  throw new PlanError(code, 'A store failed.');
};
const apply = ({ scim, plan, journal }: World, own: Partial<PlanJournal> = {}, change: Partial<DirectoryPlan> = {}) =>
  applyPlan(scim, { ...plan, ...change }, { approve: plan.hash, journal: { ...journal, ...own } });
const refuse = ({ emulator }: World) => emulator.faults.add(fault.status(401), { times: 99 });
const unreadable = () => join(directory, 'cut.journal');

const calls: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  'planDirectory, refused by the server': (world) => {
    refuse(world);
    return planDirectory(world.scim, world.desired);
  },
  'planDirectory, a wrong policy': ({ scim, desired }) => planDirectory(scim, desired, { remval: 'none' } as never),
  'planDirectory, a list that fails': ({ scim }) => planDirectory(scim, { users: failing() }),
  'applyPlan, wrong options': ({ scim, plan }) => applyPlan(scim, plan, { aprove: 'x' } as never),
  'applyPlan, a wrong hash': ({ scim, plan, journal }) => applyPlan(scim, plan, { approve: 'x', journal }),
  'applyPlan, an old plan': (world) => {
    world.emulator.clock.advance(3_600_000);
    return apply(world);
  },
  'applyPlan, a journal that cannot be read': (world) => apply(world, { read: stop('journal_unreadable') }),
  'applyPlan, a lease that cannot be had': (world) => apply(world, { acquire: stop('lock_lost') }),
  'applyPlan, a journal that cannot be written': (world) => apply(world, { append: stop('journal_unreadable') }),
  'applyPlan, who is told of progress': ({ scim, plan, journal }) =>
    applyPlan(scim, plan, { approve: plan.hash, journal, onProgress: stop('journal_unreadable') }),
  'applyPlan, a file whose lock cannot be made': ({ scim, plan }) => {
    const journal = { ...fileJournal(join(unreadable(), 'below-a-file')), read: async () => [] };
    return applyPlan(scim, plan, { approve: plan.hash, journal });
  },
  'applyPlan, a file that cannot be written': ({ scim, plan }) => {
    const path = join(directory, 'becomes-a-directory');
    const file = fileJournal(path);
    const acquire: PlanJournal['acquire'] = async (request) => {
      const lease = await file.acquire(request);
      await mkdir(path);
      return lease;
    };
    return applyPlan(scim, plan, { approve: plan.hash, journal: { ...file, read: async () => [], acquire } });
  },
  'applyPlan, while another applies it': async ({ scim, plan, journal }) => {
    await journal.acquire({ owner: 'another', now: 0, expiresAt: Number.MAX_SAFE_INTEGER });
    return applyPlan(scim, plan, { approve: plan.hash, journal });
  },
  'applyPlan, a plan that grows old before the first write': (world) => {
    world.emulator.clock.advance(899_999);
    const append: PlanJournal['append'] = (entry, lease) => {
      world.emulator.clock.advance(60_000);
      return world.journal.append(entry, lease);
    };
    return apply(world, { append });
  },
  'revertPlan, an empty journal': ({ scim }) => revertPlan(scim, memoryJournal()),
  'revertPlan, no file': ({ scim }) => revertPlan(scim, join(directory, 'none.journal')),
  'revertPlan, a cut file': ({ scim }) => revertPlan(scim, unreadable()),
  'revertPlan, refused by the server': async (world) => {
    await apply(world);
    refuse(world);
    return revertPlan(world.scim, world.journal);
  },
  'fileJournal().read': () => fileJournal(unreadable()).read(),
};

test('wherever a journal fails', async () => {
  for (let failing = 1; ; failing += 1) {
    const world = await openWorld();
    let entries = 0;
    const append: PlanJournal['append'] = (entry, lease) =>
      ++entries === failing ? stop('journal_unreadable')() : world.journal.append(entry, lease);
    async function callerOfIt() {
      return await apply(world, { append });
    }
    const outcome = await callerOfIt().catch((failure: unknown) => failure);
    if (!(outcome instanceof Error)) {
      // Of three actions each has an intent and a receipt; between the start of a run and its end.
      expect(failing).toBeGreaterThan(8);
      return;
    }
    expect(outcome.stack, `entry ${failing}`).toContain('callerOfIt');
  }
});

// biome-ignore lint/correctness/useYield: it fails before it yields anything
async function* failing(): AsyncGenerator<never> {
  await stop('lock_lost')();
}

test.each(Object.entries(calls))('the stack of a failure leads to its caller: %s', async (_name, call) => {
  await writeFile(unreadable(), '{cut\n{"type":"intent"}\n');
  const world = await openWorld();
  async function callerOfIt() {
    return await call(world);
  }
  const error = await callerOfIt().catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).stack).toContain('callerOfIt');
  world.emulator.faults.clear();
});
