import { connect, isSdkError, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { type AuditLogCheckpoint, type AuditLogFileError, sourceOf } from 'chatgpt-enterprise-sdk/audit-logs';
import {
  createEmulator,
  createTestClock,
  type Emulator,
  type EmulatorClock,
  type Fault,
  type FaultTarget,
  fault,
} from 'chatgpt-enterprise-sdk/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;
const workspaceIds = ['3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11', '8a0e2b1c-55d4-4f3f-8d0a-77c1d2e3f4a5'] as const;

interface File {
  readonly workspace: number;
  readonly type: number;
  /** Tens of seconds after the first possible file: small, so that many share one `end_time`. */
  readonly end: number;
  /** Numbers of the events, some in several files. */
  readonly events: readonly number[];
  /** How the body is written. */
  readonly style: 'plain' | 'crlf' | 'bom' | 'no last newline' | 'blank lines';
}

const file: fc.Arbitrary<File> = fc.record({
  workspace: fc.nat({ max: 1 }),
  type: fc.nat({ max: 1 }),
  end: fc.nat({ max: 12 }),
  events: fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
  style: fc.constantFrom('plain', 'plain', 'crlf', 'bom', 'no last newline', 'blank lines'),
});

const faults: fc.Arbitrary<[Fault, FaultTarget]> = fc
  .tuple(
    fc.oneof(
      fc.tuple(
        fc.constantFrom(
          fault.cut('before_commit'),
          fault.cut('during_body'),
          fault.status(429, { retryAfter: 2 }),
          fault.status(500),
          fault.status(503),
          fault.html(502),
          fault.truncatedBody(),
          fault.emptyPage(),
          fault.latency(60_000),
        ),
        fc.constantFrom('GET /compliance/logs' as const, 'GET /compliance/logs/{log_file_id}' as const),
      ),
      fc.tuple(
        fc.constantFrom(
          fault.cut('before_commit'),
          fault.cut('during_body'),
          fault.corruptBody(),
          fault.expiredUrl(),
          fault.status(429, { retryAfter: 1 }),
          fault.status(500),
          fault.truncatedBody(),
          fault.truncatedBody(0),
          fault.status(403),
          fault.slowBody({ bytes: 100, delayMs: 1_000 }),
        ),
        fc.constant('GET /storage/{file}' as const),
      ),
    ),
    fc.nat({ max: 8 }),
    fc.integer({ min: 1, max: 3 }),
  )
  // An empty page that lies about the end is no fault but a false answer: nobody could tell.
  .filter(([[one]]) => one.kind !== 'list')
  .map(([[one, route], skip, times]) => [one, { route, skip, times }]);

const idOf = (workspace: number, type: number, number: number) => `evt-${workspace}-${type}-${number}`;

const start = Date.UTC(2026, 10, 23, 8);

function bodyOf({ workspace, type, end, events, style }: File, position: number): string {
  const lines = events.map((number, line) =>
    JSON.stringify({
      event_id: idOf(workspace, type, number),
      type: eventTypes[type],
      // Late events, and time that runs backwards within a file.
      timestamp: new Date(start + end * 10_000 - ((number * 7 + line) % 50) * 1_000).toISOString(),
      actor: { type: 'user', name: 'Søren 🦊' },
      place: `${position}:${line}`,
    }),
  );
  if (style === 'blank lines') return lines.map((line) => `\n${line}\n\n`).join('');
  if (style === 'crlf') return lines.map((line) => `${line}\r\n`).join('');
  if (style === 'no last newline') return lines.join('\n');
  return (style === 'bom' ? '\ufeff' : '') + lines.map((line) => `${line}\n`).join('');
}

function openLogs(files: readonly File[]): { emulator: Emulator; clock: EmulatorClock } {
  const clock = createTestClock({ start, skipsWaits: true });
  clock.advance(3_600_000);
  const emulator = createEmulator({ world: 'empty', clock });
  for (const [index, id] of workspaceIds.entries()) {
    emulator.store.workspaces.add({ id, name: `W${index}`, organizationId: emulator.compliance.organizationId });
  }
  files.forEach((one, position) => {
    emulator.store.logs.addFile(workspaceIds[one.workspace] ?? workspaceIds[0], {
      eventType: eventTypes[one.type] ?? eventTypes[0],
      endTime: new Date(start + one.end * 10_000).toISOString(),
      body: bodyOf(one, position),
    });
  });
  return { emulator, clock };
}

interface Run {
  /** Stop after this many events, by leaving the loop; then go on from the checkpoint. */
  readonly stops: readonly number[];
  readonly ordering: 'file' | 'time';
  readonly deduplicate: boolean;
  readonly batches: boolean;
  readonly concurrency: number;
  readonly overlapMs: number;
}

const run: fc.Arbitrary<Run> = fc.record({
  stops: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 }),
  ordering: fc.constantFrom('file', 'time'),
  deduplicate: fc.boolean(),
  batches: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 4 }),
  overlapMs: fc.constantFrom(0, 10_000, 600_000),
});

interface Delivered {
  readonly event_id: string;
  readonly place: string;
  readonly type: string;
}

/** Reads everything, interrupted as the run says, through whatever fails, always going on from the last checkpoint. */
async function readAll({ emulator, clock }: ReturnType<typeof openLogs>, { stops, batches, ...how }: Run) {
  const config = parseConnectionConfig(emulator.connectionConfig({ workspaceIds: workspaceIds.join(', ') }), {
    require: ['compliance'],
  });
  const delivered: Delivered[] = [];
  let resumeFrom: AuditLogCheckpoint | undefined;
  for (let round = 0; ; round += 1) {
    // A new process each time.
    const { auditLogs } = connect(config, {
      fetch: emulator.fetch,
      clock,
      random: () => 0.5,
      auditLogs: { rateLimit: false },
    });
    const stop = stops[round] ?? Number.POSITIVE_INFINITY;
    const query = { eventTypes, resumeFrom, after: new Date(start - 60_000), ...how };
    let got = 0;
    let finished = true;
    if (round > 60) throw new Error('It never ends.');
    try {
      if (batches) {
        const stream = auditLogs.batches({ ...query, batchSize: 3 });
        for await (const { events, checkpoint } of stream) {
          delivered.push(...(events as unknown as Delivered[]));
          resumeFrom = JSON.parse(JSON.stringify(checkpoint)) as AuditLogCheckpoint;
          got += 1;
          if (got >= stop) {
            finished = false;
            break;
          }
        }
        if (finished) resumeFrom = JSON.parse(JSON.stringify(stream.checkpoint())) as AuditLogCheckpoint;
      } else {
        const stream = auditLogs.events(query);
        for await (const event of stream) {
          delivered.push(event as unknown as Delivered);
          expect(sourceOf(event)?.file.event_type).toBe(event.type);
          resumeFrom = JSON.parse(JSON.stringify(stream.checkpoint())) as AuditLogCheckpoint;
          got += 1;
          if (got >= stop) {
            finished = false;
            break;
          }
        }
        if (finished) resumeFrom = JSON.parse(JSON.stringify(stream.checkpoint())) as AuditLogCheckpoint;
      }
    } catch (error) {
      if (!isSdkError(error)) throw error;
      finished = false;
    }
    if (finished) return { delivered, checkpoint: resumeFrom, config };
  }
}

const placesOf = (files: readonly File[]) =>
  files.flatMap((one, position) => one.events.map((_number, line) => `${position}:${line}`));
const eventsOf = (files: readonly File[]) => [
  ...new Set(files.flatMap(({ workspace, type, events }) => events.map((number) => idOf(workspace, type, number)))),
];

describe('Reading the logs through faults and interruptions', () => {
  it('delivers every event, and none twice, in both orderings; without de-duplication every line, and none twice', async () => {
    let interrupted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { maxLength: 14 }),
        fc.array(faults, { maxLength: 5 }),
        run,
        async (files, plan, how) => {
          const logs = openLogs(files);
          for (const [one, target] of plan) logs.emulator.faults.add(one, target);
          const { delivered } = await readAll(logs, how);
          if (how.stops.length > 0) interrupted += 1;
          const places = delivered.map(({ place }) => place);
          expect(new Set(places).size).toBe(places.length);
          if (how.deduplicate) {
            const ids = delivered.map(({ event_id }) => event_id);
            expect(ids.toSorted()).toEqual(eventsOf(files).toSorted());
          } else {
            expect(places.toSorted()).toEqual(placesOf(files).toSorted());
          }
          logs.emulator.faults.clear();
          // Whatever happened, no key went to the storage host.
          await logs.emulator.close();
        },
      ),
      { numRuns: 150 },
    );
    expect(interrupted).toBeGreaterThan(50);
  });

  it('delivers what appears late, within the overlap, and what is new, and none of the old again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 8 }),
        fc.array(file, { maxLength: 6 }),
        run,
        async (files, later, how) => {
          const logs = openLogs(files);
          const first = await readAll(logs, { ...how, overlapMs: 600_000 });
          later.forEach((one, index) => {
            logs.emulator.store.logs.addFile(workspaceIds[one.workspace] ?? workspaceIds[0], {
              eventType: eventTypes[one.type] ?? eventTypes[0],
              endTime: new Date(start + one.end * 10_000).toISOString(),
              body: bodyOf(one, files.length + index),
            });
          });
          const { auditLogs } = connect(first.config, {
            fetch: logs.emulator.fetch,
            clock: logs.clock,
            auditLogs: { rateLimit: false },
          });
          const more: Delivered[] = [];
          const query = {
            eventTypes,
            resumeFrom: first.checkpoint,
            deduplicate: how.deduplicate,
            ordering: how.ordering,
          };
          for await (const event of auditLogs.events(query)) more.push(event as unknown as Delivered);
          const all = [...first.delivered, ...more];
          const everything = [...files, ...later];
          if (how.deduplicate)
            expect(all.map(({ event_id }) => event_id).toSorted()).toEqual(eventsOf(everything).toSorted());
          else expect(all.map(({ place }) => place).toSorted()).toEqual(placesOf(everything).toSorted());
          await logs.emulator.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on where it was, when a reading of all there is was interrupted in its first file', async () => {
    const files: File[] = [{ workspace: 0, type: 0, end: 1, events: [1, 2], style: 'plain' }];
    const { emulator, clock } = openLogs(files);
    const config = parseConnectionConfig(emulator.connectionConfig({ workspaceIds: workspaceIds[0] }), {
      require: ['compliance'],
    });
    const open = () => connect(config, { fetch: emulator.fetch, clock }).auditLogs;
    const stream = open().events({ eventTypes: ['AUTH_LOG'] });
    const ids: string[] = [];
    for await (const event of stream) {
      ids.push(event.event_id);
      break;
    }
    // What would be gone by now, had there been anything before that file.
    clock.advance(3_600_000);
    for await (const event of open().events({ eventTypes: ['AUTH_LOG'], resumeFrom: stream.checkpoint() }))
      ids.push(event.event_id);
    expect(ids).toEqual(eventsOf(files));
    await emulator.close();
  });

  it('gives with the error a checkpoint that holds everything that was delivered before it', async () => {
    const files: File[] = [
      { workspace: 0, type: 0, end: 1, events: [1, 2, 3], style: 'plain' },
      { workspace: 1, type: 0, end: 1, events: [1], style: 'plain' },
    ];
    const { emulator, clock } = openLogs(files);
    emulator.faults.add(fault.corruptBody(), { route: 'GET /storage/{file}', skip: 1, times: 4 });
    const config = parseConnectionConfig(emulator.connectionConfig({ workspaceIds: workspaceIds.join(',') }), {
      require: ['compliance'],
    });
    const open = () => connect(config, { fetch: emulator.fetch, clock, auditLogs: { rateLimit: false } }).auditLogs;
    const query = { eventTypes: ['AUTH_LOG'], after: new Date(start), deduplicate: false } as const;
    const places: string[] = [];
    let failed: unknown;
    try {
      for await (const event of open().events(query)) {
        places.push((event as unknown as Delivered).place);
        // Whoever writes events to a database gives the other downloads time to fail.
        for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      failed = error;
    }
    const resumeFrom = (failed as AuditLogFileError).checkpoint();
    for await (const event of open().events({ ...query, resumeFrom }))
      places.push((event as unknown as Delivered).place);
    expect(places.toSorted()).toEqual(placesOf(files).toSorted());
  });

  it('keeps a file that cannot be read as a gap, and takes it up first in a later run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 2, maxLength: 8 }),
        fc.nat(),
        fc.boolean(),
        async (files, which, deduplicate) => {
          const logs = openLogs(files);
          const { emulator, clock } = logs;
          const broken = which % files.length;
          const ids = emulator.store.logs.list(workspaceIds[files[broken]?.workspace ?? 0] ?? '').map(({ id }) => id);
          const id = ids[which % ids.length];
          emulator.faults.add(fault.corruptBody(), {
            route: 'GET /storage/{file}',
            times: Number.POSITIVE_INFINITY,
            when: ({ url }) => url.pathname.includes(String(id)),
          });
          const config = parseConnectionConfig(emulator.connectionConfig({ workspaceIds: workspaceIds.join(',') }), {
            require: ['compliance'],
          });
          const open = () =>
            connect(config, { fetch: emulator.fetch, clock, auditLogs: { rateLimit: false } }).auditLogs;
          const all: Delivered[] = [];
          const gaps: string[] = [];
          const stream = open().events({ eventTypes, deduplicate, onFailedFile: (gap) => gaps.push(gap.file.id) });
          for await (const event of stream) all.push(event as unknown as Delivered);
          emulator.faults.clear();
          const resumeFrom = stream.checkpoint();
          for await (const event of open().events({ eventTypes, deduplicate, resumeFrom }))
            all.push(event as unknown as Delivered);
          expect(gaps.every((gap) => gap === id)).toBe(true);
          if (deduplicate) expect(all.map(({ event_id }) => event_id).toSorted()).toEqual(eventsOf(files).toSorted());
          else expect(all.map(({ place }) => place).toSorted()).toEqual(placesOf(files).toSorted());
          await emulator.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});
