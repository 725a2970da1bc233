import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../src/audit-logs/checkpoint.js';
import { type FakeFile, fakeLogSource } from './support/fake-log-source.js';
import { collectIds, readBatches, readEvents, readFilled, throughJson } from './support/read-fake-log.js';

// Ties fit on a page, also beside the ties of the boundary, where a server repeats it.
const mostTies = 3;
const pageSizes = { strict: mostTies, repeating: 2 * mostTies + 1 };
const eventTypes = ['AUTH_LOG', 'AUDIT_LOG', 'CODEX_LOG'];

/** Files of one type: groups that share an end time and fit on a page, of events some of which come twice. */
const partition = (eventType: string) =>
  fc
    .array(
      fc.record({
        gap: fc.integer({ min: 20, max: 60 }),
        files: fc.array(fc.array(fc.nat(40), { maxLength: 6 }), { minLength: 1, maxLength: mostTies }),
      }),
      { maxLength: 6 },
    )
    .map((groups) => {
      let endsAt = 0;
      return groups.flatMap(({ gap, files }) => {
        endsAt += gap;
        const at = endsAt;
        return files.map(
          (numbers, index): FakeFile => ({
            id: `${eventType} ${at} ${index}`,
            eventType,
            endsAt: at,
            events: numbers.map((number) => `${eventType} ${number}`),
          }),
        );
      });
    });

const log = fc.tuple(...eventTypes.map(partition)).map((partitions) => partitions.flat());

function answering(server: 'strict' | 'repeating') {
  return { pageSize: pageSizes[server], repeatsBoundary: server === 'repeating' };
}

/** What should be delivered of each type, in order: every event once, where it stands first. */
function expected(files: readonly FakeFile[]): Record<string, string[]> {
  return Object.fromEntries(
    eventTypes.map((type) => [
      type,
      [...new Set(files.filter(({ eventType }) => eventType === type).flatMap(({ events }) => events))],
    ]),
  );
}

function byType(ids: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(eventTypes.map((type) => [type, ids.filter((id) => id.startsWith(`${type} `))]));
}

const reading = {
  ordering: fc.constantFrom('file' as const, 'time' as const),
  concurrency: fc.integer({ min: 1, max: 5 }),
  server: fc.constantFrom('strict' as const, 'repeating' as const),
  maxBytesInFlight: fc.constantFrom(1, 500, 1_000_000),
  overlapMs: fc.constantFrom(0, 0.03, 10),
};

test('every event comes once and in its order, however the log is cut into files and pages and wherever reading stops', async () => {
  await fc.assert(
    fc.asyncProperty(log, fc.infiniteStream(fc.nat(12)), fc.record(reading), async (files, stops, how) => {
      const { source } = fakeLogSource({ files, ...answering(how.server) });
      const delivered: string[] = [];
      let resumeFrom: AuditLogCheckpoint | undefined;
      for (;;) {
        const stop = stops.next().value ?? 1;
        const events = readEvents(source, { eventTypes, resumeFrom, ...how });
        let count = 0;
        for await (const event of events) {
          delivered.push(event.event_id);
          if (++count > stop) break;
        }
        resumeFrom = throughJson(events.checkpoint());
        if (count <= stop) break;
      }
      expect(byType(delivered)).toEqual(expected(files));
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('the checkpoint of any batch stays right, also when it is looked at after later batches', async () => {
  await fc.assert(
    fc.asyncProperty(
      log,
      fc.integer({ min: 1, max: 5 }),
      fc.nat(),
      fc.record(reading),
      fc.boolean(),
      async (files, batchSize, pick, how, fill) => {
        const { source } = fakeLogSource({ files, ...answering(how.server) });
        const batches = [];
        const read = fill ? readFilled : readBatches;
        for await (const batch of read(source, { eventTypes, batchSize, ...how })) batches.push(batch);
        if (fill) expect(batches.slice(0, -1).every(({ events }) => events.length === batchSize)).toBe(true);
        fc.pre(batches.length > 0);
        const index = pick % batches.length;
        const before = batches.slice(0, index + 1).flatMap(({ events }) => events.map(({ event_id: id }) => id));
        const resumeFrom = throughJson(batches[index]?.checkpoint);
        const after = await collectIds(readEvents(source, { eventTypes, resumeFrom, ...how }));
        expect(byType([...before, ...after])).toEqual(expected(files));
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

test('batches that fill deliver every event once and in its order, wherever reading stops', async () => {
  await fc.assert(
    fc.asyncProperty(
      log,
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.nat(3)),
      fc.record(reading),
      async (files, batchSize, stops, how) => {
        const { source } = fakeLogSource({ files, ...answering(how.server) });
        const delivered: string[] = [];
        let resumeFrom: AuditLogCheckpoint | undefined;
        for (let isWhole = false; !isWhole; ) {
          let left = stops.next().value ?? 0;
          isWhole = true;
          const batches = readFilled(source, { eventTypes, batchSize, resumeFrom, ...how });
          for await (const { events, files: named } of batches) {
            delivered.push(...events.map(({ event_id: id }) => id));
            // Each file once, and none of another type than its events.
            expect(new Set(named.map(({ id }) => id)).size).toBe(named.length);
            expect(new Set(named.map((file) => file.event_type))).toEqual(new Set(events.map(({ type }) => type)));
            if (left-- > 0) continue;
            isWhole = false;
            break;
          }
          resumeFrom = throughJson(batches.checkpoint());
        }
        expect(byType(delivered)).toEqual(expected(files));
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

test('files that appear between runs are read once, also when they share the time of the last one', async () => {
  await fc.assert(
    fc.asyncProperty(log, fc.infiniteStream(fc.nat(3)), fc.record(reading), async (files, stops, how) => {
      // Tied files can appear one after the other, so that a group is cut by the end of the list.
      const later = [...files];
      const fake = { files: [] as FakeFile[], ...answering(how.server) };
      const { source } = fakeLogSource(fake);
      const delivered: string[] = [];
      let resumeFrom: AuditLogCheckpoint | undefined;
      while (later.length > 0) {
        const appeared = later.splice(0, (stops.next().value ?? 0) + 1);
        fake.files = [...fake.files, ...appeared];
        const events = readEvents(source, { eventTypes, resumeFrom, ...how, ordering: 'file' });
        for await (const event of events) delivered.push(event.event_id);
        resumeFrom = throughJson(events.checkpoint());
      }
      expect(byType(delivered)).toEqual(expected(files));
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('ordered by time, no event comes after a later one of another type whose files are in order', async () => {
  await fc.assert(
    fc.asyncProperty(log, async (files) => {
      // Tied files of one type overlap in time, and are not sorted against each other.
      const { source } = fakeLogSource({ files: files.filter(({ id }) => id.endsWith(' 0')) });
      const times: string[] = [];
      for await (const event of readEvents(source, { eventTypes, ordering: 'time', deduplicate: false })) {
        times.push(event.timestamp);
      }
      expect(times).toEqual(times.toSorted());
    }),
  );
}, 60_000);
