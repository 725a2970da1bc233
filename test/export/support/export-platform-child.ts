import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { exportLogs } from '../../../src/export/export-logs.js';
import { sqliteSink } from '../../../src/export/sqlite-sink.js';

// Exports the log of the API Platform into SQLite until it is done or killed: `node export-platform-child.mjs <base URL> <key> <file>`.
const [baseUrl = '', apiKey = '', place = ''] = process.argv.slice(2);

const client = new AuditLogClient({
  platform: { id: 'platform', apiKey, baseUrl },
  dangerouslyAllowHttpLoopback: true,
});
const sink = sqliteSink(new DatabaseSync(place, { timeout: 10_000 }));
const job = { client, query: { eventTypes: ['PLATFORM_AUDIT_LOG'] }, sink, batchSize: 7, leaseMs: 1_000 } as const;

for (;;) {
  try {
    const { done, held } = await exportLogs({ ...job, onProgress: () => process.stdout.write('.') });
    if (done) break;
    // What another has begun, its lease ends.
    if (held.length > 0) await pause(50);
  } catch (error) {
    if (!isSdkError(error, 'ExportError') || error.code !== 'lease_lost') throw error;
  }
}
process.stdout.write('done\n');
