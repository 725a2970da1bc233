import { createRequire } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type Pg from 'pg';
import postgres from 'postgres';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { exportLogs } from '../../../src/export/export-logs.js';
import { ndjsonSink } from '../../../src/export/ndjson-sink.js';
import { objectSink } from '../../../src/export/object-sink.js';
import { postgresSink } from '../../../src/export/postgres-sink.js';
import type { LogSink } from '../../../src/export/sink.js';
import { sqliteSink } from '../../../src/export/sqlite-sink.js';
import { systemClock } from '../../../src/internal/clock.js';
import { httpObjectStore } from './object-http-server.js';

// Exports a log into a store until it is done or killed:
// `node export-child.mjs <repository> <base URL> <kind of sink> <place> <schema> <length of a lease> <how far its clock is ahead>`,
// both in milliseconds.
const [repository = '', baseUrl = '', kind = '', place = '', schemaName = '', lease, ahead] = process.argv.slice(2);
const clock = { ...systemClock, now: () => systemClock.now() + Number(ahead) };
// What is not ESM, or brings machine code, no bundle takes in.
const load = createRequire(`${repository}/package.json`);

function openSink(): { readonly sink: LogSink; end?(): unknown } {
  switch (kind) {
    case 'node:sqlite': {
      const db = new DatabaseSync(place, { timeout: 10_000 });
      return { sink: sqliteSink(db, { clock }) };
    }
    case 'better-sqlite3': {
      const Database = load('better-sqlite3') as typeof BetterSqlite3;
      const db = new Database(place, { timeout: 10_000 });
      return { sink: sqliteSink(db, { clock }) };
    }
    case 'pg': {
      const { Pool } = load('pg') as typeof Pg;
      const pool = new Pool({ connectionString: place });
      return { sink: postgresSink(pool, { schemaName }), end: () => pool.end() };
    }
    case 'postgres': {
      const sql = postgres(place, { max: 1, onnotice: () => {} });
      return { sink: postgresSink(sql, { schemaName }), end: () => sql.end() };
    }
    case 'files':
      return { sink: ndjsonSink(place, { clock }) };
    case 'files, compressed':
      return { sink: ndjsonSink(place, { layout: 'file', compress: 'gzip', clock }) };
    case 'objects':
      return { sink: objectSink(httpObjectStore(place), { clock }) };
    default:
      throw new Error(`There is no sink of the kind ${kind}.`);
  }
}

const client = new AuditLogClient({
  apiKey: 'sk-admin-1',
  workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11',
  baseUrl,
  rateLimit: false,
  // What fails is repeated at once, or nearly.
  random: () => 0.02,
  dangerouslyAllowHttpLoopback: true,
});
const { sink, end } = openSink();
const job = { client, query: { eventTypes: ['AUTH_LOG'] }, sink, batchSize: 5, leaseMs: Number(lease) } as const;

for (;;) {
  try {
    const { done, held } = await exportLogs({ ...job, onProgress: () => process.stdout.write('.') });
    if (done) break;
    // What another has begun, it ends, or its lease does.
    if (held.length > 0) await pause(50);
  } catch (error) {
    if (!isSdkError(error, 'ExportError') || error.code !== 'lease_lost') throw error;
    process.stdout.write('-');
  }
}
await end?.();
process.stdout.write('done\n');
