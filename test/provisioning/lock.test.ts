import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fileJournal } from '../../src/provisioning/file-journal.js';
import { memoryJournal, type PlanJournal } from '../../src/provisioning/journal.js';
import { openClient } from '../scim/support/open-client.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, openDirectory, person } from './support/open-directory.js';

const stores: readonly [what: string, open: () => { mine: PlanJournal; theirs: PlanJournal }][] = [
  [
    'in memory',
    () => {
      const journal = memoryJournal();
      return { mine: journal, theirs: journal };
    },
  ],
  [
    'in a file',
    () => {
      const path = join(mkdtempSync(join(tmpdir(), 'lock-')), 'plan.journal');
      return { mine: fileJournal(path), theirs: fileJournal(path) };
    },
  ],
];

const ids = ['a', 'b', 'c'];

const directory = () => mkdtempSync(join(tmpdir(), 'lock-'));
const request = (owner: string, now: number) => ({ owner, now, expiresAt: now + 60_000 });

test('journals with one lock: while one plan is applied, another is refused, and finds it done afterwards', async () => {
  const { client, first, plan, server } = await planned();
  const second = await plan({ users: ids.map((id) => person(id, { title: 'New' })) }, {}, { madeBy: 'the other' });
  const folder = directory();
  const journalOf = (name: string) => fileJournal(join(folder, name), { lock: join(folder, 'locks', 'shared') });
  let refusal: unknown;
  server.intercept = async ({ method }) => {
    if (method === 'PATCH')
      refusal ??= await apply(client, second, { journal: journalOf('two') }).catch((error: unknown) => error);
    return undefined;
  };
  expect((await apply(client, first, { journal: journalOf('one') })).finished).toBe(true);
  expect(refusal).toMatchObject({ code: 'journal_locked' });
  expect(resultLinesOf(await apply(client, second, { journal: journalOf('two') }))).toEqual(
    ids.map((id) => `change e-${id} already`),
  );
  expect(readdirSync(folder).toSorted()).toEqual(['locks', 'one', 'two']);
});

test('of a shared lock the numbers go on from plan to plan, and an older owner never has it again', async () => {
  const folder = directory();
  const [one, two, three] = ['one', 'two', 'three'].map((name) =>
    fileJournal(join(folder, name), { lock: join(folder, 'all') }),
  );
  const old = await one?.acquire(request('old', 0));
  if (old === undefined || one === undefined) throw new Error('No lease.');
  expect(old).toMatchObject({ owner: 'old', fence: 1 });
  expect(await two?.acquire(request('new', 70_000))).toMatchObject({ owner: 'new', fence: 2 });
  expect(await three?.acquire(request('third', 80_000))).toMatchObject({ owner: 'new' });
  await two?.release({ owner: 'new', fence: 2, expiresAt: 130_000 });
  const entry = { type: 'doubt', action: 'x', at: '', fence: 1 } as const;
  expect([await one.append(entry, old), await one.renew(old)]).toEqual([false, false]);
  await one.release(old);
  expect(await three?.acquire(request('third', 80_000))).toMatchObject({ owner: 'third', fence: 3 });
  expect(readdirSync(folder)).toEqual(['all.lock-3']);
});

test('of many plans that take one lock at once, one gets it, each time', async () => {
  const folder = directory();
  for (let round = 0; round < 5; round += 1) {
    const journals = Array.from({ length: 8 }, (_, index) =>
      fileJournal(join(folder, `${index}`), { lock: join(folder, 'all') }),
    );
    const leases = await Promise.all(
      journals.map((journal, index) => journal.acquire(request(`${round}.${index}`, 0))),
    );
    const own = leases.filter(({ owner }, index) => owner === `${round}.${index}`);
    const inForce = await Promise.all(own.map((lease, index) => journals[index]?.renew(lease)));
    expect(inForce.filter(Boolean)).toHaveLength(1);
    for (const lease of own) await journals[0]?.release(lease);
  }
});

test.each([[''], [5], [{}]])('%j is no lock', (lock) => {
  expect(() => fileJournal('./x', { lock: lock as never })).toThrow(/`lock`/);
});

async function planned() {
  const directory = openDirectory({ users: ids.map((id) => account(id)) });
  const first = await directory.plan({ users: ids.map((id) => person(id, { title: 'New' })) });
  directory.server.log.length = 0;
  return { ...directory, first };
}

test.each(stores)('%s: while one applies a plan, another is refused', async (_, open) => {
  const { client, first, server } = await planned();
  const { mine, theirs } = open();
  let refusal: unknown;
  server.intercept = async ({ method }) => {
    if (method === 'PATCH')
      refusal ??= await apply(client, first, { journal: theirs }).catch((error: unknown) => error);
    return undefined;
  };
  const result = await apply(client, first, { journal: mine });
  expect(result.finished).toBe(true);
  expect(refusal).toMatchObject({ code: 'journal_locked', expiresAt: expect.stringMatching(/Z$/) });
  // It is over: the next one may.
  expect((await apply(client, first, { journal: theirs })).finished).toBe(true);
});

test.each(stores)('%s: an owner whose lock has expired and was taken over stops at its next write', async (_, open) => {
  const { client, first, server, clock } = await planned();
  const { mine, theirs } = open();
  let other: Awaited<ReturnType<typeof apply>> | undefined;
  server.intercept = async ({ method, path }) => {
    if (method === 'PATCH' && path === '/Users/a' && other === undefined) {
      // It sleeps for longer than its lock holds, and another goes on.
      clock.setWall(10 * 60_000);
      server.intercept = undefined;
      other = await apply(openClient(server, { clock }).client, first, { journal: theirs, concurrency: 1 });
    }
    return undefined;
  };
  const result = await apply(client, first, { journal: mine, concurrency: 1 });
  expect(other).toMatchObject({ finished: true, possibleDoubleSends: [first.actions[0]?.id] });
  expect(result.stopped?.code).toBe('lock_lost');
  expect(resultLinesOf(result)).toEqual([
    'change e-a unknown (lock_lost)',
    'change e-b not_reached',
    'change e-c not_reached',
  ]);
  // What was under way arrived: that is the double send that is named. Nothing else was sent twice.
  const patches = server.log.filter((line) => line.startsWith('PATCH'));
  expect(patches.toSorted()).toEqual(['PATCH /Users/a', 'PATCH /Users/a', 'PATCH /Users/b', 'PATCH /Users/c']);
  const fences = (await mine.read()).map(({ fence }) => fence);
  expect(fences).toEqual(fences.toSorted((one, next) => one - next));
});

test('where the lock is lost before anything was sent, the action was not reached', async () => {
  const { client, first, server } = await planned();
  const journal = memoryJournal();
  const lost: PlanJournal = {
    ...journal,
    append: async (entry, lease) => (entry.type === 'intent' ? false : journal.append(entry, lease)),
  };
  const result = await apply(client, first, { journal: lost, concurrency: 1 });
  expect(result.stopped?.code).toBe('lock_lost');
  expect(result.totals).toMatchObject({ not_reached: 3, unknown: 0 });
  expect(server.log.filter((line) => !line.startsWith('GET'))).toEqual([]);
});

test('a lock is renewed while the work takes long', async () => {
  const { client, first, server, clock } = await planned();
  const path = join(mkdtempSync(join(tmpdir(), 'lock-')), 'plan.journal');
  const refusals: unknown[] = [];
  server.intercept = async ({ method }) => {
    if (method !== 'PATCH') return undefined;
    clock.setWall(45_000);
    return undefined;
  };
  const result = await apply(client, first, {
    journal: fileJournal(path),
    concurrency: 1,
    onProgress: async () => {
      // After 45 seconds each: only a renewed lock still holds.
      const now = clock.now() + 1;
      refusals.push(await fileJournal(path).acquire({ owner: 'other', now, expiresAt: now + 60_000 }));
    },
  });
  expect(result.finished).toBe(true);
  expect(refusals).toHaveLength(3);
  for (const lease of refusals) expect(lease).not.toMatchObject({ owner: 'other' });
  expect(readdirSync(dirname(path))).toEqual(['plan.journal']);
});

test('the lock is renewed between writes, too, by a heartbeat', async () => {
  const { client, first, server, clock } = await planned();
  const journal = memoryJournal();
  let renewals = 0;
  const counting = {
    ...journal,
    renew: (lease: Parameters<PlanJournal['renew']>[0]) => {
      renewals += 1;
      return journal.renew(lease);
    },
  };
  server.intercept = async ({ method, path }) => {
    // One answer takes five minutes.
    if (method === 'PATCH' && path === '/Users/a')
      for (let minute = 0; minute < 5; minute += 1) await clock.advance(25_000);
    return undefined;
  };
  await apply(client, first, { journal: counting, concurrency: 1, timeoutMs: 1_000_000, deadlineMs: 2_000_000 });
  expect(renewals).toBeGreaterThanOrEqual(5);
  expect(clock.pending).toBe(0);
});

test('a lock that came after an abort is given back', async () => {
  const { client, first } = await planned();
  const journal = memoryJournal();
  const controller = new AbortController();
  const slow: PlanJournal = {
    ...journal,
    acquire: async (request) => {
      controller.abort('enough');
      await new Promise((resolve) => setImmediate(resolve));
      return journal.acquire(request);
    },
  };
  await expect(apply(client, first, { journal: slow, signal: controller.signal })).rejects.toBe('enough');
  await new Promise((resolve) => setTimeout(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect((await apply(client, first, { journal })).finished).toBe(true);
});

test.each([
  ['read', async () => undefined],
  ['acquire', async () => undefined],
])('a store whose %s gives nothing is refused', async (method, answer) => {
  const { client, first, server } = await planned();
  const journal = { ...memoryJournal(), [method]: answer };
  await expect(apply(client, first, { journal })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(server.log).toEqual([]);
});

test('what the store refuses to write down is not sent', async () => {
  const { client, first, server } = await planned();
  const journal = memoryJournal();
  let intents = 0;
  const taken: PlanJournal = {
    ...journal,
    append: async (entry, lease) => {
      if (entry.type === 'intent') intents += 1;
      return intents > 1 ? false : journal.append(entry, lease);
    },
  };
  const result = await apply(client, first, { journal: taken, concurrency: 1 });
  expect(result.stopped?.code).toBe('lock_lost');
  expect(server.log.filter((line) => line.startsWith('PATCH'))).toEqual(['PATCH /Users/a']);
});
