import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../src/audit-logs/checkpoint.js';
import type { EventRow } from '../../src/export/event-row.js';
import { ndjsonSinkOf } from '../../src/export/ndjson-sink.js';
import type { LogSink } from '../../src/export/sink.js';
import { createFakeClock, type FakeClock } from '../support/fake-clock.js';
import { timesOf } from '../support/scale.js';
import { type Fault, type FaultyFiles, faultyFiles } from './support/faulty-files.js';
import { eventsBelow } from './support/read-events.js';
import { checkpointOf, rowOf, workspace } from './support/sink-rows.js';

const ttlMs = 60_000;
const dayMs = 86_400_000;
const start = Date.UTC(2026, 10, 20);
const events = 60;

interface Setting {
  readonly layout: 'day' | 'file';
  readonly compress: 'gzip' | undefined;
}

interface Step {
  readonly work: 'export' | 'erase' | 'prune';
  readonly batch: number;
  readonly faults: readonly Fault[];
}

/** Event by its number: several types, days, log files and people, so that each batch goes into several files. */
function eventOf(number: number): EventRow {
  return rowOf({
    eventId: `event-${number}`,
    eventType: number % 4 === 3 ? 'CODEX_LOG' : 'AUTH_LOG',
    timestamp: new Date(start - (number % 3) * 10 * dayMs).toISOString(),
    userId: `user-${number % 5}`,
    fileId: `file-${number % 7}`,
    line: number,
  });
}

function positionOf(checkpoint: unknown): number {
  // What this test wrote.
  return Number((checkpoint as AuditLogCheckpoint | undefined)?.partitions[0]?.eventType ?? 0);
}

/** What a program does: from where the store stands, batch by batch to the end. */
async function exportAll(sink: LogSink, batch: number): Promise<void> {
  const lease = await sink.lease(workspace.id, ttlMs);
  if (lease === undefined) return;
  let position = positionOf(await lease.checkpoint());
  while (position < events) {
    const end = Math.min(events, position + batch);
    const rows = Array.from({ length: end - position }, (_, index) => eventOf(position + index));
    await lease.write(rows, checkpointOf(String(end)));
    position = end;
  }
  await lease.release();
}

function work(sink: LogSink, { work, batch }: Step): Promise<unknown> {
  if (work === 'export') return exportAll(sink, batch);
  if (work === 'erase') return sink.erase({ userId: 'user-1' });
  return sink.prune({ before: new Date(start - 15 * dayMs) });
}

const faultOf = fc.record<Fault>({
  at: fc.integer({ min: 1, max: 120 }),
  kind: fc.constantFrom('crash', 'crashAfter', 'tear', 'fail', 'stall'),
});

const stepOf = fc.record<Step>({
  work: fc.constantFrom('export', 'export', 'export', 'erase', 'prune'),
  batch: fc.integer({ min: 1, max: 25 }),
  faults: fc.array(faultOf, { maxLength: 2 }),
});

const settingOf = fc.record<Setting>({
  layout: fc.constantFrom('day', 'file'),
  compress: fc.constantFrom(undefined, 'gzip'),
});

interface Stalled {
  readonly faulty: FaultyFiles;
  /** When it ends, or is no more. */
  readonly gone: Promise<unknown>;
}

async function run(setting: Setting, steps: readonly Step[], directory: string): Promise<void> {
  const clock: FakeClock = createFakeClock(start + 10 * 3_600_000);
  const stalled: Stalled[] = [];
  const all: FaultyFiles[] = [];
  for (const [index, step] of steps.entries()) {
    const faulty = faultyFiles(step.faults);
    all.push(faulty);
    const sink = ndjsonSinkOf({ files: faulty.files, directory, ...setting, clock });
    // What fails, fails as it must: what has come of it is looked at in the end.
    const ended = work(sink, step).catch(() => {});
    const gone = Promise.race([ended, faulty.crashed]);
    const isOver = await Promise.race([gone.then(() => true), faulty.stalled.then(() => false)]);
    if (!isOver) stalled.push({ faulty, gone });
    await clock.advance(ttlMs + 1);
    // One that was held up goes on in the middle of what came after.
    if (index % 2 === 1) await goOn(stalled.shift());
  }
  for (const one of stalled) await goOn(one);
  for (const one of all) await one.closeAll();
  await clock.advance(ttlMs + 1);

  const sink = ndjsonSinkOf({ files: faultyFiles([]).files, directory, ...setting, clock });
  await exportAll(sink, 7);
  const numbers = (await eventsBelow(directory)).map((line) => Number(JSON.parse(line).event_id.slice(6)));
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const mayBeGone = (number: number) =>
    (number % 5 === 1 && steps.some((step) => step.work === 'erase')) ||
    (number % 3 === 2 && steps.some((step) => step.work === 'prune'));
  const wrong = Array.from({ length: events }, (_, number) => number).filter((number) => {
    const count = counts.get(number) ?? 0;
    return count > 1 || (count === 0 && !mayBeGone(number));
  });
  expect(wrong.map((number) => [number, counts.get(number) ?? 0])).toEqual([]);

  await sink.erase({ userId: 'user-1' });
  await sink.prune({ before: new Date(start - 15 * dayMs) });
  const left = (await eventsBelow(directory)).map((line) => Number(JSON.parse(line).event_id.slice(6)));
  const expected = Array.from({ length: events }, (_, number) => number).filter((n) => n % 5 !== 1 && n % 3 !== 2);
  expect(left.sort((a, b) => a - b)).toEqual(expected);
}

async function goOn(one: Stalled | undefined): Promise<void> {
  one?.faulty.letGo();
  await one?.gone;
}

test('whatever crashes, fails or is late at any operation, each event ends in the files once', {
  timeout: timesOf(120_000, 1_800_000),
}, async () => {
  await fc.assert(
    fc.asyncProperty(settingOf, fc.array(stepOf, { minLength: 1, maxLength: 6 }), async (setting, steps) => {
      const directory = await mkdtemp(join(tmpdir(), 'ndjson-crashes-'));
      try {
        await run(setting, steps, directory);
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env.RUNS ?? timesOf(40, 2_000)), timeout: 10_000, endOnFailure: true },
  );
});
