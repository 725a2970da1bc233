import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileJournal } from '../../src/provisioning/file-journal.js';
import type { JournalEntry } from '../../src/provisioning/journal.js';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import { logSoak, timesOf } from '../support/scale.js';
import { type FlakyDirectory, grouped, openFlakyDirectory } from './support/flaky-directory.js';
import { linesOf } from './support/open-directory.js';
import { isResult, openApplier } from './support/run-apply.js';
import { sqlJournal } from './support/sql-journal.js';

const kills = timesOf(5, 50);
const changes = 2_000;
/** Of each run that is killed, more or less: a change needs about three requests. */
const requestsPerRun = Math.floor((changes * 3) / (kills + 1));
const mostRuns = 20;

test('a plan of 2,000 changes, applied by processes that are killed at random moments, over a server that fails at random, ends as planned', {
  timeout: timesOf(300_000, 1_800_000),
}, async () => {
  await using directory = await openFlakyDirectory(changes);
  const applier = await openApplier(directory);
  onTestFinished(() => rm(applier.directory, { recursive: true, force: true }));
  const plan = await directory.plan();
  const planPath = await applier.write(plan);
  const journal = applier.journalAt('killed');
  // Each starts so much later that what was sent before should be shown by then.
  const start = (run: number) => applier.start({ plan: planPath, journal, run: String(run), aheadMs: run * 31_000 });
  directory.worsen();

  /** Actions that had a receipt when a run ended, and those of which a request may have been under way. */
  const finishedBy: ReadonlySet<string>[] = [];
  const openAtDeath = new Set<string>();
  let [killed, torn] = [0, 0];
  for (let run = 0; killed < kills; run += 1) {
    expect(run).toBeLessThan(kills + mostRuns);
    const { child, told } = start(run);
    const kill = () => setTimeout(() => child.kill('SIGKILL'), Math.random() * 10);
    // Every fifth one dies before it has come to anything, or when it has just begun.
    if (run % 5 === 4) setTimeout(kill, Math.random() * 400);
    else directory.after(1 + Math.floor(Math.random() * requestsPerRun), kill);
    const end = await told;
    if (end === 'killed') killed += 1;
    else expect(isResult(end) ? end.stopped?.code : end).toBeOneOf(['too_many_failures', undefined]);
    const entries = await fileJournal(journal).read();
    finishedBy.push(new Set(entries.flatMap((one) => (one.type === 'receipt' ? [one.action] : []))));
    for (const id of openIn(entries)) openAtDeath.add(id);
    if (end === 'killed' && entries.length > 0 && Math.random() < 0.5) {
      // As if it had died while it wrote the next line.
      await appendFile(journal, '{"type":"intent","action":"a-1","kind":"cha');
      torn += 1;
      expect(await fileJournal(journal).read()).toEqual(entries);
    }
  }

  let last = await start(finishedBy.length).told;
  for (let runs = 0; runs < mostRuns && !(isResult(last) && last.finished); runs += 1) {
    const entries = await fileJournal(journal).read();
    finishedBy.push(new Set(entries.flatMap((one) => (one.type === 'receipt' ? [one.action] : []))));
    for (const id of openIn(entries)) openAtDeath.add(id);
    last = await start(finishedBy.length).told;
  }
  directory.mend();

  expect(last).toMatchObject({ finished: true });
  expect(directory.differences()).toEqual([]);
  expect(linesOf(await directory.plan())).toEqual([]);
  const entries = await fileJournal(journal).read();
  expectNothingAfterReceipts(entries);
  expectNothingSentAfterReceipts(directory, plan, entries, finishedBy);
  const doubts = isResult(last) ? last.possibleDoubleSends : [];
  expect(new Set(doubts)).toEqual(openAtDeath);
  const noted = entries.flatMap((one) => (one.type === 'doubt' ? [one.action] : []));
  expect(new Set(noted)).toEqual(openAtDeath);
  expect(sentTwice(directory, plan, entries).filter((id) => !doubts.includes(id))).toEqual([]);
  logSoak(
    `${killed} SIGKILLs while ${plan.actions.length} changes were applied in ${finishedBy.length + 1} runs: ${torn} torn lines, ${doubts.length} possible double sends named, ${sentTwice(directory, plan, entries).length} sent by two runs`,
  );
});

test("with a journal in a database of one's own, a plan whose processes are killed half-way ends as planned", async () => {
  await using directory = await openFlakyDirectory(44);
  const applier = await openApplier(directory);
  onTestFinished(() => rm(applier.directory, { recursive: true, force: true }));
  const plan = await directory.plan();
  const planPath = await applier.write(plan);
  const path = join(applier.directory, 'journals.sqlite');
  // Such a store does not know that a process died: each starts when the lease of the one before has expired.
  const start = (run: number) =>
    applier.start({ plan: planPath, journal: path, run: String(run), aheadMs: run * 61_000 });
  const finishedBy: ReadonlySet<string>[] = [];
  const openAtDeath = new Set<string>();
  for (const requests of [3, 40, 30]) {
    const { child, told } = start(finishedBy.length);
    directory.after(requests, () => child.kill('SIGKILL'));
    expect(await told).toBe('killed');
    const entries = await sqlJournal(path, plan.hash).read();
    finishedBy.push(new Set(entries.flatMap((one) => (one.type === 'receipt' ? [one.action] : []))));
    for (const id of openIn(entries)) openAtDeath.add(id);
  }
  const last = await start(finishedBy.length).told;
  expect(last).toMatchObject({ finished: true, possibleDoubleSends: expect.arrayContaining([...openAtDeath]) });
  expect(finishedBy.at(-1)?.size).toBeGreaterThan(0);
  expect(directory.differences()).toEqual([]);
  expect(linesOf(await directory.plan())).toEqual([]);
  const entries = await sqlJournal(path, plan.hash).read();
  expectNothingAfterReceipts(entries);
  expectNothingSentAfterReceipts(directory, plan, entries, finishedBy);
});

/** Actions of which a request may be under way. */
function openIn(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const entry of entries) {
    if (entry.type === 'intent') open.add(entry.action);
    const isSettled = entry.type === 'receipt' || (entry.type === 'failure' && entry.outcome !== 'unknown');
    if (isSettled) open.delete(entry.action);
  }
  return open;
}

function expectNothingAfterReceipts(entries: readonly JournalEntry[]): void {
  const finished = new Set<string>();
  for (const entry of entries) {
    if (entry.type === 'intent') expect(finished).not.toContain(entry.action);
    if (entry.type === 'receipt') finished.add(entry.action);
  }
}

/** What a write of an action looks like on the wire, by the ids that its receipt has. */
function wiresOf(plan: DirectoryPlan, entries: readonly JournalEntry[]): ReadonlyMap<string, string> {
  const ids = new Map(entries.flatMap((one) => (one.type === 'receipt' ? [[one.action, one.target.id]] : [])));
  return new Map(
    plan.actions.map(({ id, kind, target }) => {
      const isCreation = kind === 'create' || kind === 'create_group';
      return [id, isCreation ? `POST ${target.key}` : `PATCH ${target.id ?? ids.get(id)}`] as const;
    }),
  );
}

/** A change that a server did not apply by PATCH is made by PUT. */
const asPatch = (what: string) => what.replace(/^PUT /, 'PATCH ');

/** By what the server saw: a group is written to by two actions, and is finished when both are. */
function expectNothingSentAfterReceipts(
  { writes }: FlakyDirectory,
  plan: DirectoryPlan,
  entries: readonly JournalEntry[],
  finishedBy: readonly ReadonlySet<string>[],
): void {
  const wires = wiresOf(plan, entries);
  const actionsOf = grouped(wires.keys(), (id) => wires.get(id) ?? '');
  for (const { run, what } of writes) {
    const before = finishedBy[Number(run) - 1];
    const actions = actionsOf.get(asPatch(what)) ?? [];
    expect(actions, what).not.toEqual([]);
    expect(before !== undefined && actions.every((id) => before.has(id)), `${what} in run ${run}`).toBe(false);
  }
}

/** Actions that the server got from two runs, the first of which did not know that it had failed. */
function sentTwice({ writes }: FlakyDirectory, plan: DirectoryPlan, entries: readonly JournalEntry[]): string[] {
  const wires = wiresOf(plan, entries);
  const shared = new Set(
    [...grouped(wires.values(), (what) => what)].flatMap(([what, all]) => (all.length > 1 ? [what] : [])),
  );
  const failed = new Set(
    entries.flatMap((one) => (one.type === 'failure' && one.outcome !== 'unknown' ? [one.action] : [])),
  );
  return [...wires].flatMap(([id, what]) => {
    const runs = new Set(writes.filter((write) => asPatch(write.what) === what).map(({ run }) => run));
    return runs.size > 1 && !failed.has(id) && !shared.has(what) ? [id] : [];
  });
}
