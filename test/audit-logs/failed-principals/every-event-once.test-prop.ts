import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditLogCheckpoint, FailedPrincipal } from '../../../src/audit-logs/index.js';
import { fault } from '../../../src/testing/index.js';
import { throughJson } from '../support/read-fake-log.js';
import { first, openWorkspaces, second, third } from './support.js';

const ids = [first, second, third];
const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;

/** What fails for good: a workspace and event type, from which of its requests on, and how. */
const failure = fc.record({
  workspace: fc.nat({ max: 2 }),
  type: fc.constantFrom(...eventTypes),
  route: fc.constantFrom('GET /compliance/logs' as const, 'GET /compliance/logs/{log_file_id}' as const),
  skip: fc.nat({ max: 3 }),
  status: fc.constantFrom(400, 401, 403, 404, 500, 503),
});

const run = fc.record({
  failures: fc.array(failure, { maxLength: 4 }),
  /** How many files there are of each type of each workspace. */
  files: fc.array(fc.nat({ max: 4 }), { minLength: 6, maxLength: 6 }),
  /** After how many events, or batches, a process ends. */
  stops: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  ordering: fc.constantFrom('file', 'time'),
  concurrency: fc.integer({ min: 1, max: 4 }),
  how: fc.constantFrom('events', 'batches'),
});

test('whatever fails, every event of every workspace comes once and in order, and who failed is told', async () => {
  let failed = 0;
  await fc.assert(
    fc.asyncProperty(run, async ({ failures, files, stops, how, ...reading }) => {
      const { emulator, addFile, open } = openWorkspaces();
      const expected = new Map<string, string[]>();
      const typeOf = new Map<string, string>();
      files.forEach((count, index) => {
        const [id, type] = [ids[index % 3] ?? first, eventTypes[index % 2] ?? 'AUTH_LOG'];
        const events = Array.from({ length: count }, (_, n) => [`${index} ${n}a`, `${index} ${n}b`]);
        for (const some of events) typeOf.set(addFile(id, some, type), type);
        expected.set(`${id} ${type}`, events.flat());
      });
      for (const { workspace, type, route, skip, status } of failures) {
        const id = ids[workspace] ?? first;
        const isIt = ({ url }: { readonly url: URL }) =>
          url.pathname.includes(id) &&
          type === (url.searchParams.get('event_type') ?? typeOf.get(url.pathname.split('/').at(-1) ?? ''));
        emulator.faults.add(fault.status(status), { route, skip, when: isIt, times: Number.POSITIVE_INFINITY });
      }

      const got: string[] = [];
      let resumeFrom: AuditLogCheckpoint | undefined;
      const read = async (stop: number, onFailedPrincipal: 'throw' | ((one: FailedPrincipal) => void)) => {
        // A file that is out of reach is left out, and read later; a process of its own each time.
        const query = { eventTypes, ...reading, resumeFrom, deduplicate: false, onFailedFile: () => {} };
        const client = open({ maxRetries: 1 });
        const events = client.events({ ...query, onFailedPrincipal });
        const batches = client.batches({ ...query, onFailedPrincipal, batchSize: 3 });
        const stream = how === 'events' ? events : batches;
        try {
          let taken = 0;
          for await (const item of stream) {
            const some = 'events' in item ? item.events : [item];
            for (const event of some as readonly { readonly event_id: string }[]) got.push(event.event_id);
            if (++taken === stop) break;
          }
        } finally {
          resumeFrom = throughJson(stream.checkpoint());
        }
        return stream.stats;
      };

      for (const stop of [...stops, Number.POSITIVE_INFINITY]) {
        const told: string[] = [];
        const note = ({ principal, eventTypes: types = [] }: FailedPrincipal) => {
          told.push(...types.map((type) => `${principal.id} ${type}`));
        };
        const stats = await read(stop, note).catch(() => undefined);
        // Each is told once, and is one that does fail.
        expect(new Set(told).size).toBe(told.length);
        for (const one of told) {
          expect(failures.map(({ workspace, type }) => `${ids[workspace]} ${type}`)).toContain(one);
        }
        if (stop !== Number.POSITIVE_INFINITY) continue;
        failed += told.length;
        // The others were read to their end, and nobody of whom something is missing is hidden: it failed, or has gaps.
        for (const { principal, eventType, gaps } of resumeFrom?.partitions ?? []) {
          const key = `${principal.id} ${eventType}`;
          const isWhole = (expected.get(key) ?? []).every((id) => got.includes(id));
          expect(isWhole || told.includes(key) || gaps.length > 0).toBe(true);
        }
        // Without stats, all of them failed.
        if (stats === undefined) expect(told).toHaveLength(6);
        else expect(stats.failedPrincipals).toBe(new Set(told.map((key) => key.split(' ')[0])).size);
      }
      emulator.faults.clear();
      await read(Number.POSITIVE_INFINITY, 'throw');
      expect(got.toSorted()).toEqual([...expected.values()].flat().toSorted());
      if (!failures.some(({ route }) => route !== 'GET /compliance/logs')) {
        for (const events of expected.values()) expect(got.filter((id) => events.includes(id))).toEqual(events);
      }
      await emulator.close();
    }),
    { numRuns: 150 },
  );
  expect(failed).toBeGreaterThan(50);
});
