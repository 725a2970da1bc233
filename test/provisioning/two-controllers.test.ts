import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileJournal } from '../../src/provisioning/file-journal.js';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import { isSettledWell, type PlanResult } from '../../src/provisioning/result.js';
import { logSoak, timesOf } from '../support/scale.js';
import { type FlakyDirectory, openFlakyDirectory } from './support/flaky-directory.js';
import { linesOf } from './support/open-directory.js';
import { type Applying, isResult, openApplier } from './support/run-apply.js';

// Only on Linux is a process known to be dead before its lock has expired, and not everywhere can one be stopped.
const onLinux = test.skipIf(process.platform !== 'linux');
const changes = timesOf(44, 440);
const timeout = timesOf(60_000, 600_000);

async function open(mode?: 'workos' | 'rfc') {
  const directory = await openFlakyDirectory(changes, mode);
  const applier = await openApplier(directory);
  onTestFinished(async () => {
    await directory[Symbol.asyncDispose]();
    await rm(applier.directory, { recursive: true, force: true });
  });
  const plan = await directory.plan();
  return { directory, applier, plan, planPath: await applier.write(plan), journal: applier.journalAt('one') };
}

async function resultOf({ told }: Applying): Promise<PlanResult> {
  const end = await told;
  if (!isResult(end)) throw new Error(`No result: ${JSON.stringify(end)}`);
  return end;
}

onLinux(
  'of two processes with one journal the second is told who works and until when, and sends nothing',
  {
    timeout,
  },
  async () => {
    const { directory, applier, planPath: plan, journal } = await open();
    const first = applier.start({ plan, journal, run: 'first' });
    await first.settled(3);
    first.child.kill('SIGSTOP');
    const refused = await applier.start({ plan, journal, run: 'second' }).told;
    first.child.kill('SIGCONT');
    expect(refused).toMatchObject({ code: 'journal_locked' });
    expect(refused).toHaveProperty(
      'message',
      expect.stringMatching(new RegExp(`by process ${first.child.pid} of this machine\\. .* until 20\\d\\d-.*Z, `)),
    );
    expect((await resultOf(first)).finished).toBe(true);
    expect(new Set(directory.writes.map(({ run }) => run))).toEqual(new Set(['first']));
    expect(directory.differences()).toEqual([]);
  },
);

test('of processes that start at once with one journal one applies the plan', { timeout }, async () => {
  const { directory, applier, planPath: plan, journal } = await open();
  const runs = ['a', 'b', 'c'].map((run) => applier.start({ plan, journal, run }));
  const ends = await Promise.all(runs.map(({ told }) => told));
  const others = ends.filter((end) => !isResult(end));
  for (const end of others) expect(end).toMatchObject({ code: 'journal_locked' });
  for (const end of ends.filter(isResult)) expect(end).toMatchObject({ finished: true, possibleDoubleSends: [] });
  const seen = directory.writes.map(({ what }) => what).filter((what) => !/^PATCH .*/.test(what));
  expect(seen.toSorted()).toEqual([...new Set(seen)].toSorted());
  const entries = await fileJournal(journal).read();
  const fences = entries.map(({ fence }) => fence);
  expect(fences).toEqual(fences.toSorted((one, other) => one - other));
  const writers = new Set(entries.flatMap((one) => (one.type === 'intent' ? [one.fence] : [])));
  expect(writers.size).toBe(1);
  expect(directory.differences()).toEqual([]);
});

onLinux(
  'a process killed in its work is followed at once by another, and leaves no lock behind',
  {
    timeout,
  },
  async () => {
    const { directory, applier, planPath: plan, journal } = await open();
    const first = applier.start({ plan, journal, run: 'first' });
    await first.settled(5);
    first.child.kill('SIGKILL');
    expect(await first.told).toBe('killed');
    // Beside them may be what the process was writing when it was killed.
    const files = await readdir(dirname(journal));
    expect(files).toEqual(expect.arrayContaining(['plan.journal', 'plan.journal.lock-1']));
    const second = await resultOf(applier.start({ plan, journal, run: 'second' }));
    expect(await readdir(dirname(journal))).toEqual(['plan.journal']);
    // What was about to be sent at the kill may still arrive: that is said, and made a minute later.
    const unsettled = second.outcomes.filter((one) => !isSettledWell(one));
    expect(new Set(unsettled.map(({ code }) => code))).toEqual(new Set(unsettled.map(() => 'not_shown')));
    if (unsettled.length > 0) {
      const third = applier.start({ plan, journal, run: 'third', aheadMs: 90_000 });
      expect((await resultOf(third)).finished).toBe(true);
    }
    expect(directory.differences()).toEqual([]);
  },
);

onLinux(
  'a process that wakes up when its lock has expired and was taken sends nothing that the other does not name',
  {
    timeout,
  },
  async () => {
    const { directory, applier, plan, planPath, journal } = await open();
    const first = applier.start({ plan: planPath, journal, run: 'first' });
    await first.settled(5);
    first.child.kill('SIGSTOP');
    const before = directory.writes.length;
    const second = await resultOf(applier.start({ plan: planPath, journal, run: 'second', aheadMs: 90_000 }));
    first.child.kill('SIGCONT');
    const woken = await resultOf(first);
    expect(woken.stopped).toMatchObject({ code: 'lock_lost' });
    expect(second.finished).toBe(true);
    const late = directory.writes.slice(before).filter(({ run }) => run === 'first');
    const named = new Set(second.possibleDoubleSends);
    const wires = plan.actions.flatMap(({ id, target }) => (named.has(id) ? [target.key, target.id] : []));
    for (const { what } of late) expect(wires).toContain(what.replace(/^\w+ /, ''));
    expect(directory.differences()).toEqual([]);
    expect(linesOf(await directory.plan())).toEqual([]);
  },
);

test.each(['workos', 'rfc'] as const)(
  'two processes with two plans for one directory (%s) make it as planned, or name what is missing, and touch nobody protected',
  { timeout },
  async (mode) => {
    for (let round = 0; round < timesOf(1, 20); round += 1) {
      const { directory, applier, planPath } = await open(mode);
      const other = await applier.write(await directory.plan());
      expect(other).not.toBe(planPath);
      if (round % 2 === 0) directory.worsen();
      const [one, two] = await Promise.all([
        resultOf(applier.start({ plan: planPath, journal: applier.journalAt('one'), run: 'one', profile: mode })),
        resultOf(applier.start({ plan: other, journal: applier.journalAt('two'), run: 'two', profile: mode })),
      ]);
      directory.mend();
      const left = await directory.plan();
      logSoak(
        `two plans at once on ${mode}: ${one.totals.done} and ${two.totals.done} done, ${left.actions.length} left`,
      );
      expectNamed(left, [one, two]);
      const twice = directory.differences().filter((line) => /removed|times/.test(line) && !/, 1 times/.test(line));
      // Two journals share no lock: where a server takes two groups of one name, both may make it. No account is made twice.
      expect(twice.filter((line) => mode === 'workos' || !line.startsWith('Fresh, 2 times'))).toEqual([]);
      if (twice.length > 0) continue;
      if (one.finished && two.finished) expect(directory.differences()).toEqual([]);
      // Whoever starts again gets there.
      await applyLeft(directory, applier, left, mode);
      expect(directory.differences()).toEqual([]);
    }
  },
);

test.each(['workos', 'rfc'] as const)(
  'of two processes with two plans and one lock (%s) one is refused, nothing is made twice, and the second finds it done',
  { timeout },
  async (mode) => {
    for (let round = 0; round < timesOf(1, 20); round += 1) {
      const { directory, applier, planPath } = await open(mode);
      const lock = join(applier.directory, 'locks', 'directory');
      const plans = { one: planPath, two: await applier.write(await directory.plan()) };
      const start = (run: 'one' | 'two') =>
        applier.start({ plan: plans[run], journal: applier.journalAt(run), lock, run, profile: mode });
      const first = start('one');
      // Not only both at once: the other in the midst of its work, too.
      if (round % 2 === 0) await first.settled(3);
      const ends = await Promise.all([first.told, start('two').told]);
      const refused = ends.filter((end) => !isResult(end));
      for (const end of refused) expect(end).toMatchObject({ code: 'journal_locked' });
      const again = isResult(ends[0]) ? 'two' : 'one';
      const last = isResult(ends[0]) && isResult(ends[1]) ? ends[1] : await resultOf(start(again));
      for (const end of [...ends.filter(isResult), last]) expect(end.finished).toBe(true);
      const runs = directory.writes.map(({ run }) => run);
      expect(runs).toEqual(runs.toSorted((one, other) => runs.indexOf(one) - runs.indexOf(other)));
      expect(directory.differences()).toEqual([]);
      expect(linesOf(await directory.plan())).toEqual([]);
      logSoak(`two plans and one lock on ${mode}: ${refused.length} refused`);
    }
  },
);

/** What is left to do is not well in either of the results. */
function expectNamed(left: DirectoryPlan, results: readonly PlanResult[]): void {
  const named = results.flatMap(({ outcomes }) =>
    outcomes.filter((one) => !isSettledWell(one)).map(({ kind, target }) => `${kind} ${target.key}`),
  );
  for (const { kind, target } of left.actions) expect(named).toContain(`${kind} ${target.key}`);
}

async function applyLeft(
  { differences }: FlakyDirectory,
  applier: Awaited<ReturnType<typeof openApplier>>,
  left: DirectoryPlan,
  profile: 'workos' | 'rfc',
): Promise<void> {
  if (differences().length === 0) return;
  const settings = { plan: await applier.write(left), journal: applier.journalAt('left'), run: 'left', profile };
  expect(await resultOf(applier.start(settings))).toMatchObject({ finished: true });
}
