import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditLogCheckpoint, PartitionCheckpoint } from '../../src/audit-logs/checkpoint.js';
import { readCheckpoint } from '../../src/audit-logs/checkpoint.js';
import type { LogFile } from '../../src/audit-logs/files/log-file.js';
import { packFiles, unpackFiles } from '../../src/audit-logs/reading/completed-files.js';
import { Partition } from '../../src/audit-logs/reading/partition.js';
import { timesOf } from '../support/scale.js';
import { type FakeFile, fakeLogSource, timeAt, workspace } from './support/fake-log-source.js';
import { readEvents, readFilled, throughJson } from './support/read-fake-log.js';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;
const minuteMicros = 60_000_000;

function open(eventType = 'AUTH_LOG', overlapMs?: number) {
  const start = { principal: workspace, eventType, after: timeAt(0), completedFiles: '', gaps: [], seen: [] };
  return new Partition(start, { overlapMs, window: 100, isShort: true });
}

const logFile = (id: string, endsAt: number, eventType = 'AUTH_LOG'): LogFile => ({
  id,
  event_type: eventType,
  end_time: timeAt(endsAt),
  file_name: `${id}.jsonl`,
  file_size: 14_999_999,
  file_sha256: 'f'.repeat(64),
});

/** Every file done with but the last, which is in the middle. */
function readInto(partition: Partition, files: readonly LogFile[]): PartitionCheckpoint {
  for (const file of files) {
    partition.begin(file);
    partition.moveTo({ line: 12_345, byteOffset: 12_345_678 });
    if (file !== files.at(-1)) partition.complete(file);
  }
  partition.markCaughtUp(timeAt(3 * 24 * 60 * minuteMicros));
  return partition.snapshot()();
}

describe('a checkpoint for a store that drops doubles', () => {
  test('holds the files of 5 hours of costs, and of half an hour of a type with a file every 20 seconds', () => {
    const idOf = (index: number) => `file_${index}`.padEnd(60, 'x');
    const costs = Array.from({ length: 40 }, (_, index) =>
      logFile(idOf(index), (index + 1) * 10 * minuteMicros, 'COSTS'),
    );
    const busy = Array.from({ length: 400 }, (_, index) =>
      logFile(idOf(index), ((index + 1) * minuteMicros) / 3 + (index % 7)),
    );
    for (const [files, eventType, most] of [
      [costs, 'COSTS', 30],
      [busy, 'CONVERSATION_MESSAGE', 90],
    ] as const) {
      const partition = open(eventType);
      const checkpoint = readInto(partition, files);
      expect(bytesOf({ version: 1, partitions: [checkpoint] })).toBeLessThanOrEqual(2048);
      expect(unpackFiles(checkpoint.completedFiles)?.length).toBe(partition.completedFiles.length);
      expect(partition.completedFiles.length).toBeGreaterThanOrEqual(most);
      expect(checkpoint.listFrom).toBeUndefined();
    }
  });

  test('is 2 KB at most, whatever files there were', () => {
    const event = fc.record({
      id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }),
      gap: fc.oneof(fc.nat(1), fc.nat(minuteMicros), fc.nat(100 * minuteMicros)),
      how: fc.constantFrom('complete', 'complete', 'complete', 'complete', 'leaveOut', 'move', 'catchUp'),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 400, size: 'max' }),
        fc.constantFrom(0, 60_000, 18_000_000),
        fc.integer({ min: 1, max: 12 }),
        (events, overlapMs, times) => {
          const partition = open('AUTH_LOG', overlapMs);
          let endsAt = 0;
          for (const { id, gap, how } of events) {
            endsAt += gap;
            const file = logFile(`${endsAt} ${id.repeat(times)}`, endsAt);
            partition.begin(file);
            partition.moveTo({ line: 1_000_000, byteOffset: 14_000_000 });
            if (how === 'complete') partition.complete(file);
            if (how === 'leaveOut') partition.leaveOut(file, 'hash_mismatch');
            if (how === 'catchUp') partition.markCaughtUp(timeAt(endsAt));
            const checkpoint = { version: 1, partitions: [partition.snapshot()()] } as const;
            const [{ gaps: _, ...rest }] = checkpoint.partitions as [PartitionCheckpoint];
            expect(bytesOf(rest)).toBeLessThanOrEqual(2048);
            expect(rest.seen).toEqual([]);
            expect(readCheckpoint(throughJson(checkpoint))).toEqual(throughJson(checkpoint));
          }
        },
      ),
      { numRuns: timesOf(6, 60) },
    );
  }, 60_000);

  test('is 2 KB at most too where the times of files have thousands of digits, and still tells which are done with', () => {
    const partition = open('AUTH_LOG', 60_000);
    const files = Array.from({ length: 200 }, (_, index) => {
      const file = logFile(`f${index}`, index * 1_000_000);
      return { ...file, end_time: file.end_time.replace('Z', `${'1'.repeat(3_000)}Z`) };
    });
    const checkpoint = { version: 1, partitions: [readInto(partition, files)] };
    expect(bytesOf(checkpoint)).toBeLessThanOrEqual(2048);
    expect(readCheckpoint(throughJson(checkpoint))).toEqual(throughJson(checkpoint));
    expect(unpackFiles(checkpoint.partitions[0]?.completedFiles ?? '')?.length).toBeGreaterThanOrEqual(60);
    expect(partition.after.length).toBeLessThan(40);
  });

  test('leads a store in which ids are unique to every event, wherever reading stops and however little it does', async () => {
    // More files than a checkpoint has room for, all of them within the overlap; some of them come late.
    const log = fc.array(fc.record({ gap: fc.nat(30), events: fc.nat(3), lookLater: fc.nat(20) }), {
      minLength: 150,
      maxLength: 260,
      size: 'max',
    });
    await fc.assert(
      fc.asyncProperty(
        log,
        fc.infiniteStream(fc.oneof(fc.nat(4), fc.nat(200))),
        fc.boolean(),
        fc.constantFrom(1, 7, 500),
        async (plan, stops, late, batchSize) => {
          let endsAt = 0;
          const all = plan.map(({ gap, events, lookLater }, index): FakeFile & { readonly from: number } => {
            endsAt += gap;
            const ids = Array.from({ length: events }, (_, number) => `e${index}-${number}`);
            return { id: `f${index}`, endsAt, events: ids, from: late && lookLater < 3 ? lookLater : 0 };
          });
          const stored = new Set<string>();
          let resumeFrom: AuditLogCheckpoint | undefined;
          let looks = 0;
          // As often as files come late, the list is read to its end.
          for (let runs = 0; looks < 4; runs += 1) {
            expect(runs).toBeLessThan(2000);
            const visible = all.filter(({ from }) => from <= looks);
            const { source } = fakeLogSource({ files: visible });
            const stop = stops.next().value ?? 1;
            const batches = readFilled(source, { deduplicate: 'store', overlapMs: 60_000, resumeFrom, batchSize });
            let count = 0;
            let isWhole = true;
            for await (const { events, checkpoint } of batches) {
              for (const { event_id: id } of events) stored.add(id);
              resumeFrom = throughJson(checkpoint);
              count += events.length;
              if (count <= stop) continue;
              isWhole = false;
              break;
            }
            if (isWhole) {
              resumeFrom = throughJson(batches.checkpoint());
              looks += 1;
            }
            expect(bytesOf(resumeFrom)).toBeLessThanOrEqual(2048);
          }
          expect(stored.size).toBe(all.flatMap(({ events }) => events).length);
        },
      ),
      { numRuns: timesOf(8, 100) },
    );
  }, 120_000);

  test('leads on through the list, also where a run does less than what it has to read again', async () => {
    const files = Array.from({ length: 250 }, (_, index) => ({
      id: `f${index}`,
      endsAt: Math.floor(index / 3) * 10,
      events: [`e${index}`],
    }));
    const { source } = fakeLogSource({ files });
    const query = { deduplicate: 'store', overlapMs: 60_000 } as const;
    for (const resumed of [false, true]) {
      const stored = new Set<string>();
      const first = readEvents(source, query);
      if (resumed) for await (const { event_id: id } of first) stored.add(id);
      let resumeFrom = resumed ? throughJson(first.checkpoint()) : undefined;
      for (let runs = 0, isWhole = false; !isWhole; runs += 1) {
        expect(runs).toBeLessThan(300);
        isWhole = true;
        let count = 0;
        const events = readEvents(source, { ...query, resumeFrom });
        for await (const { event_id: id } of events) {
          stored.add(id);
          isWhole = ++count < 2;
          if (!isWhole) break;
        }
        resumeFrom = throughJson(events.checkpoint());
      }
      expect(stored.size).toBe(250);
    }
  });

  test('says nothing of late files that it has forgotten itself', async () => {
    const files = Array.from({ length: 250 }, (_, index) => ({
      id: `f${index}`,
      endsAt: index * 10,
      events: [`e${index}`],
    }));
    const { source, asked } = fakeLogSource({ files });
    const query = { deduplicate: 'store', overlapMs: 60_000, onWarning: () => expect.unreachable() } as const;
    const first = readEvents(source, query);
    for await (const _ of first);
    const again = readEvents(source, { ...query, resumeFrom: throughJson(first.checkpoint()) });
    for await (const _ of again);
    expect(asked.downloads.length).toBeGreaterThan(300);
    expect(asked.downloads.length).toBeLessThan(450);
    expect(again.stats.lateFiles).toBe(0);
  });
});

test('completed files come out of a checkpoint as they went in, to the microsecond and never later', () => {
  const time = fc
    .bigInt({ min: 0n, max: 315_537_897_599_999_999n })
    .map((micros) =>
      new Date(Number(micros / 1000n) - 62_167_219_200_000)
        .toISOString()
        .replace('Z', `${String(micros % 1000n).padStart(3, '0')}Z`),
    )
    .filter((text) => /^\d{4}-/.test(text));
  const file = fc.record({ hash: fc.nat({ max: 2 ** 48 - 1 }), endTime: time });
  fc.assert(
    fc.property(fc.array(file), fc.option(fc.nat(500), { nil: undefined }), (files, room) => {
      const latestFirst = files.toSorted((one, other) =>
        one.endTime > other.endTime ? -1 : one.endTime < other.endTime ? 1 : 0,
      );
      const { packed, count } = packFiles(files, room);
      expect(packed.length).toBeLessThanOrEqual(room ?? Number.POSITIVE_INFINITY);
      expect(unpackFiles(packed)).toEqual(latestFirst.slice(0, count));
      if (room === undefined) expect(count).toBe(files.length);
    }),
  );
  const [cut] = unpackFiles(packFiles([{ hash: 1, endTime: '2026-11-01T00:00:00.123456999+01:00' }]).packed) ?? [];
  expect(cut?.endTime).toBe('2026-10-31T23:00:00.123456Z');
});
