import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import { exportLogs } from '../../../src/export/export-logs.js';
import { memorySink } from '../../../src/export/memory-sink.js';
import { fault } from '../../../src/testing/faults.js';
import { throughJson } from '../support/read-fake-log.js';
import { nowSeconds, openPlatform } from './support/open-platform.js';

const eventTypes = ['PLATFORM_AUDIT_LOG'] as const;
const route = 'GET /organization/audit_logs';

/** How many seconds after the one before an event comes, most of them in bursts; sometimes after a long time. */
const gap = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 90_000 }) },
);

const transientFaults = [
  fault.status(429),
  fault.status(503),
  fault.cut('before_commit'),
  fault.cut('during_body'),
  fault.html(),
];

const world = fc.record({
  written: fc.array(gap, { maxLength: 90 }),
  /** Written while it is read: before which request, and how many seconds after the newest one, each. */
  meanwhile: fc.array(
    fc.record({ skip: fc.nat(40), gaps: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 8 }) }),
    {
      maxLength: 6,
    },
  ),
  faults: fc.array(fc.record({ skip: fc.nat(60), fault: fc.constantFrom(...transientFaults) }), { maxLength: 4 }),
  listOrder: fc.constantFrom('newest_first', 'seconds_by_id', 'by_arrival', 'oldest_first' as const),
  // Small pages make small windows: ten of them are read at a time.
  maxPageSize: fc.integer({ min: 1, max: 4 }),
});

const reading = fc.record({
  ordering: fc.constantFrom('file' as const, 'time' as const),
  overlapMs: fc.constantFrom(0, 5_000, 1_800_000),
  deduplicate: fc.constantFrom(true, false, 3),
});

function open({
  written,
  meanwhile,
  faults,
  listOrder,
  maxPageSize,
}: (typeof world)['generate'] extends (...given: never[]) => { value: infer World } ? World : never) {
  const opened = openPlatform({ platform: { quirks: { listOrder, maxPageSize } } });
  const { log, emulator } = opened;
  const total = written.reduce((sum, one) => sum + one, 0);
  let newest = nowSeconds - 3_600 - total;
  const write = (gaps: readonly number[]) =>
    log.append(
      gaps.map((one) => {
        newest += one;
        return { type: 'user.added', effective_at: newest };
      }),
    );
  const initial = write(written).map(({ id }) => id);
  for (const { skip, gaps } of meanwhile)
    emulator.faults.add(
      fault.meanwhile('new events', () => write(gaps)),
      { route, skip },
    );
  for (const { skip, fault: one } of faults) emulator.faults.add(one, { route, skip });
  return { ...opened, initial, write };
}

test('every event comes once and in order, whatever is written meanwhile, wherever reading stops, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(world, reading, fc.infiniteStream(fc.nat(30)), async (given, how, stops) => {
      const { client, log, initial } = open(given);
      const delivered: { id: string; effective_at: number }[] = [];
      let resumeFrom: AuditLogCheckpoint | undefined;
      for (let quiet = 0; quiet < 2; ) {
        const stop = stops.next().value ?? 1;
        const before = log.list().length;
        const events = client().events({ eventTypes, resumeFrom, ...how });
        let count = 0;
        for await (const event of events) {
          delivered.push(event);
          if (++count > stop) break;
        }
        resumeFrom = throughJson(events.checkpoint());
        quiet = count === 0 && log.list().length === before ? quiet + 1 : 0;
      }
      const ids = delivered.map(({ id }) => id);
      expect(ids.toSorted()).toEqual(
        log
          .list()
          .map(({ id }) => id)
          .toSorted(),
      );
      const times = delivered.map((event) => event.effective_at);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      // Within a second too, where the list tells the order.
      if (given.listOrder === 'newest_first') expect(ids.filter((id) => initial.includes(id))).toEqual(initial);
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('the checkpoint of any batch leads on to exactly the others, also when it is looked at later', async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      reading,
      fc.boolean(),
      fc.integer({ min: 1, max: 7 }),
      fc.nat(),
      async (given, how, fill, batchSize, pick) => {
        const { client, log, emulator } = open(given);
        const batches = [];
        for await (const batch of client().batches({ eventTypes, batchSize, fill, ...how })) batches.push(batch);
        fc.pre(batches.length > 0);
        const index = pick % batches.length;
        const ids = batches.slice(0, index + 1).flatMap(({ events }) => events.map(({ id }) => id));
        const resumeFrom = throughJson(batches[index]?.checkpoint);
        emulator.faults.clear();
        for await (const { id } of client().events({ eventTypes, resumeFrom, ...how })) ids.push(id);
        const rest = log.list().filter(({ id }) => !ids.includes(id));
        expect(new Set(ids).size).toBe(ids.length);
        expect(rest).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

test('an event that is written late, within the overlap, is found', async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.array(fc.nat(1_500), { maxLength: 20 }),
      fc.infiniteStream(fc.nat(30)),
      async (given, ages, stops) => {
        const { client, log, write, emulator } = open(given);
        let resumeFrom: AuditLogCheckpoint | undefined;
        const ids: string[] = [];
        const read = async (most: number) => {
          const events = client().events({ eventTypes, resumeFrom });
          let count = 0;
          for await (const { id } of events) {
            ids.push(id);
            if (++count > most) break;
          }
          resumeFrom = throughJson(events.checkpoint());
          return count;
        };
        for (const age of ages) {
          await read(stops.next().value ?? 1);
          const newest = Math.max(...log.list().map((event) => event.effective_at), nowSeconds - 3_600);
          log.append([{ type: 'user.deleted', effective_at: newest - age }]);
          write([1]);
        }
        emulator.faults.clear();
        await read(Number.POSITIVE_INFINITY);
        expect(ids.toSorted()).toEqual(
          log
            .list()
            .map(({ id }) => id)
            .toSorted(),
        );
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

test('a store has every event once, however small the budget of a run, and each run gets further', async () => {
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.integer({ min: 20, max: 60 }),
      fc.integer({ min: 1, max: 5 }),
      async (given, maxEvents, batchSize) => {
        const { client, log, clock, initial, write, emulator } = open({ ...given, maxPageSize: 100 });
        // A burst for which a short checkpoint has no room.
        const burst = write(Array.from({ length: 250 }, () => 0));
        const sink = memorySink({ clock });
        let isQuiet = false;
        for (let runs = 0; ; runs += 1) {
          const options = { client: client(), query: { eventTypes }, sink, batchSize, budget: { maxEvents } };
          const { done, counts } = await exportLogs(options);
          if (done && isQuiet && counts.written === 0) break;
          // What comes while nothing more is read, no run has to find.
          isQuiet ||= done;
          if (isQuiet) emulator.faults.clear();
          expect(runs).toBeLessThan(100);
        }
        const stored = sink.events.map(({ eventId }) => eventId);
        expect(stored.toSorted()).toEqual(
          log
            .list()
            .map(({ id }) => id)
            .toSorted(),
        );
        if (given.listOrder === 'newest_first') {
          const known = [...initial, ...burst.map(({ id }) => id)];
          expect(stored.filter((id) => known.includes(id))).toEqual(known);
        }
      },
    ),
    { numRuns: 4 },
  );
}, 120_000);
