import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { exportLogs } from '../../src/export/export-logs.js';
import { memorySink } from '../../src/export/memory-sink.js';
import { ndjsonSink } from '../../src/export/ndjson-sink.js';
import { objectSink } from '../../src/export/object-sink.js';
import { postgresSink } from '../../src/export/postgres-sink.js';
import type { LogSink } from '../../src/export/sink.js';
import { sqliteSink } from '../../src/export/sqlite-sink.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { fault } from '../../src/testing/faults.js';
import { openPlatform } from '../audit-logs/platform/support/open-platform.js';
import { bundleProgram } from '../audit-logs/support/bundle-program.js';
import { logSoak, timesOf } from '../support/scale.js';
import { httpObjectStore, startObjectServer } from './support/object-http-server.js';
import { asOperator, databaseUrl, describeWithPostgres, testSchema } from './support/postgres-service.js';
import { eventsBelow, filesBelow } from './support/read-events.js';

const route = 'GET /organization/audit_logs';
const session = { type: 'session', session: { user: { id: 'user-1', email: 'ola@north.example' } } };
const query = { eventTypes: 'all' } as const;

/** Exports two parts of a log, the second while events are written, into whatever sink; returns the events as they were sent. */
async function exportInto(sink: LogSink): Promise<readonly string[]> {
  const { client, log, write, emulator } = openPlatform({ platform: { quirks: { maxPageSize: 3 } } });
  write(...Array.from({ length: 40 }, (_, index) => 90_000 - index * 50), ...Array.from({ length: 30 }, () => 500));
  log.append([{ type: 'tenant.user.invited', effective_at: 1_795_000_000 }]);
  const job = { client: client({ includeTenant: true }), query, sink, batchSize: 4 };
  await exportLogs({ ...job, budget: { maxEvents: 25 } });
  emulator.faults.add(
    fault.meanwhile('new events', () => write(500, 2)),
    { route, times: 5 },
  );
  emulator.faults.add(fault.status(503), { route, skip: 9 });
  await exportLogs(job);
  log.append([{ type: 'invite.sent', actor: session, 'invite.sent': { id: 'i1' } }]);
  const { done, held } = await exportLogs(job);
  expect([done, held]).toEqual([true, []]);
  return log.list().map((event) => JSON.stringify(event));
}

const sorted = (lines: readonly string[]) => [...lines].sort();

async function tempDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'platform-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

test('in memory each event is a row: its type is what was done, and its log is the type', async () => {
  const sink = memorySink();
  const sent = await exportInto(sink);
  expect(sorted(sink.events.map(({ raw }) => raw))).toEqual(sorted(sent));
  expect(sink.events.find(({ action }) => action === 'invite.sent')).toMatchObject({
    eventId: expect.stringMatching(/^audit_log-/),
    eventType: 'PLATFORM_AUDIT_LOG',
    timestamp: '2026-11-23T09:00:00.000000Z',
    principal: { type: 'platform', id: 'platform' },
    userId: 'user-1',
  });
  expect(sink.events.find(({ action }) => action === 'tenant.user.invited')?.eventType).toBe('PLATFORM_TENANT_LOG');
  expect(await sink.erase({ userId: 'user-1' })).toEqual({ erased: 1 });
});

test('SQLite has each event once', async () => {
  const db = new DatabaseSync(':memory:');
  const sent = await exportInto(sqliteSink(db));
  const rows = db.prepare('SELECT raw, timestamp FROM audit_log_events ORDER BY rowid').all();
  expect(sorted(rows.map(({ raw }) => String(raw)))).toEqual(sorted(sent));
  expect(rows.every(({ timestamp }) => typeof timestamp === 'string')).toBe(true);
});

test.each(['day', 'file'] as const)('files by %s have each event once, below a name of their own', async (layout) => {
  const directory = await tempDirectory();
  const sink = ndjsonSink(directory, { layout, compress: 'gzip' });
  const sent = await exportInto(sink);
  expect(sorted(await eventsBelow(directory))).toEqual(sorted(sent));
  const paths = [...(await filesBelow(directory)).keys()].map((path) => path.slice(directory.length + 1));
  expect(
    paths.filter((path) => path.includes('ndjson')).every((path) => /^platform\.platform\/PLATFORM_/.test(path)),
  ).toBe(true);
  if (layout === 'day') expect(paths).toContain('platform.platform/PLATFORM_AUDIT_LOG/2026-11-23.ndjson.gz');
  expect(await sink.erase({ userId: 'user-1' })).toEqual({ erased: 1 });
  const { removed } = await sink.prune({ before: '2026-11-22T12:00:00Z' });
  expect(removed).toBeGreaterThan(0);
  expect(await eventsBelow(directory)).toHaveLength(sent.length - 1 - removed);
});

test('objects have each event once', async () => {
  await using server = await startObjectServer();
  const sent = await exportInto(objectSink(httpObjectStore(server.url)));
  const data = [...server.objects].filter(([key]) => key.startsWith('data/'));
  expect(sorted(data.flatMap(([, { body }]) => body.toString().split('\n').slice(0, -1)))).toEqual(sorted(sent));
});

describeWithPostgres('in PostgreSQL', () => {
  test('there is each event once', async () => {
    const pool = new Pool({ connectionString: databaseUrl });
    onTestFinished(() => pool.end());
    const sent = await exportInto(postgresSink(pool, { schemaName: testSchema }));
    const rows = await asOperator(`SELECT raw FROM ${testSchema}.audit_log_events`);
    expect(sorted(rows.map(({ raw }) => String(raw)))).toEqual(sorted(sent));
  });
});

test('two exports at once: one has the lease, and the other is told', async () => {
  const { client, write } = openPlatform();
  write(...Array.from({ length: 20 }, (_, index) => index));
  const sink = memorySink();
  const job = { client: client(), query, sink };
  const results = await Promise.all([exportLogs(job), exportLogs(job)]);
  expect(results.map(({ done }) => done).sort()).toEqual([false, true]);
  expect(results.flatMap(({ held }) => held)).toEqual([{ type: 'platform', id: 'platform' }]);
  expect(sink.events).toHaveLength(20);
});

test('how far the store is behind is known once all was read', async () => {
  const { client, write } = openPlatform();
  write(100, 50);
  const sink = memorySink();
  const first = await exportLogs({ client: client(), query, sink, budget: { maxEvents: 1 }, batchSize: 1 });
  expect(first.lag.ms).toBeUndefined();
  const { lag } = await exportLogs({ client: client(), query, sink });
  expect(lag).toMatchObject({ ms: 0, completeUntil: [{ eventType: 'PLATFORM_AUDIT_LOG' }] });
});

const kills = timesOf(5, 50);

test('SQLite has each event once and in order, however often the process is killed, while events go on being written', {
  timeout: timesOf(120_000, 1_200_000),
}, async () => {
  const { script, directory } = await bundleProgram('export-platform-child', new URL('./support/', import.meta.url));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await using emulator = createEmulator({ world: 'empty', platform: { quirks: { maxPageSize: 20 } } });
  await using server = await emulator.listen();
  const log = emulator.store.platform;
  const now = Math.floor(Date.now() / 1000);
  const written = log.append(
    // In bursts of forty.
    Array.from({ length: timesOf(1_200, 3_000) }, (_, index) => ({
      type: 'user.added',
      effective_at: now - 800_000 + Math.floor(index / 40) * 10_000,
    })),
  );
  const place = join(directory, 'events.db');
  const run = (batches: number) =>
    new Promise<'done' | 'killed'>((resolve, reject) => {
      const args = [script, server.platformBaseUrl, emulator.platform.apiKey, place];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      let [left, output, errors] = [batches, '', ''];
      child.stderr.on('data', (chunk) => {
        errors += String(chunk);
      });
      child.stdout.on('data', (chunk) => {
        output += String(chunk);
        left -= 1;
        if (left >= 0) log.append([{ type: 'group.created' }, { type: 'group.deleted' }]);
        if (left === 0) setTimeout(() => child.kill('SIGKILL'), Math.random() * 20);
      });
      child.on('exit', (code, signal) => {
        if (signal === 'SIGKILL') resolve('killed');
        else if (code === 0 && output.endsWith('done\n')) resolve('done');
        else reject(new Error(`The export failed: ${errors}`));
      });
    });
  let killed = 0;
  for (let tries = 0; tries < kills; tries += 1)
    if ((await run(Math.ceil(Math.random() * 12))) === 'killed') killed += 1;
  // Nothing is written during the last one.
  expect(await run(0)).toBe('done');
  expect(killed).toBeGreaterThan(kills / 2);
  const db = new DatabaseSync(place, { readOnly: true });
  const stored = db.prepare('SELECT event_id FROM audit_log_events ORDER BY rowid').all();
  db.close();
  const ids = stored.map(({ event_id: id }) => String(id));
  expect(sorted(ids)).toEqual(sorted(log.list().map(({ id }) => id)));
  const initial = new Set(written.map(({ id }) => id));
  expect(ids.filter((id) => initial.has(id))).toEqual([...initial]);
  logSoak(
    `${killed} SIGKILLs of an export of the API Platform's log into SQLite: ${ids.length} events, each once, in order`,
  );
});
