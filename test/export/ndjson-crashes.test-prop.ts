import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ndjsonSinkOf } from '../../src/export/ndjson-sink.js';
import type { LogSink } from '../../src/export/sink.js';
import { createFakeClock, type FakeClock } from '../support/fake-clock.js';
import { timesOf } from '../support/scale.js';
import { type Fault, type FaultyFiles, faultyFiles } from './support/faulty-files.js';
import { eventCount, exportAll, numbersIn, wrongNumbers } from './support/numbered-events.js';
import { eventsBelow } from './support/read-events.js';

const ttlMs = 60_000;
const dayMs = 86_400_000;
const start = Date.UTC(2026, 10, 20);

interface Setting {
  readonly layout: 'day' | 'file';
  readonly compress: 'gzip' | undefined;
}

interface Step {
  readonly work: 'export' | 'erase' | 'prune';
  readonly batch: number;
  readonly faults: readonly Fault[];
}

function work(sink: LogSink, { work, batch }: Step): Promise<unknown> {
  if (work === 'export') return exportAll(sink, batch, { triesAgain: true });
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
  const mayBeGone = (number: number) =>
    (number % 5 === 1 && steps.some((step) => step.work === 'erase')) ||
    (number % 3 === 2 && steps.some((step) => step.work === 'prune'));
  expect(wrongNumbers(await eventsBelow(directory), mayBeGone)).toEqual([]);

  await sink.erase({ userId: 'user-1' });
  await sink.prune({ before: new Date(start - 15 * dayMs) });
  const expected = Array.from({ length: eventCount }, (_, number) => number).filter((n) => n % 5 !== 1 && n % 3 !== 2);
  expect(numbersIn(await eventsBelow(directory))).toEqual(expected);
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
    { numRuns: timesOf(20, 1_000) },
  );
});
