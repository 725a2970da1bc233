import { Pool } from 'pg';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { exportLogs } from '../../src/export/export-logs.js';
import type { PostgresClient } from '../../src/export/postgres-client.js';
import { postgresSink } from '../../src/export/postgres-sink.js';
import { openRawLog } from '../audit-logs/support/raw-log.js';
import { cuttingProxy } from './support/cutting-proxy.js';
import { asOperator, databaseUrl, describeWithPostgres, testSchema } from './support/postgres-service.js';

const query = { eventTypes: ['AUTH_LOG'], after: '2026-11-01T00:00:00Z' } as const;
const ids = Array.from({ length: 30 }, (_, index) => `event-${index};`);
const bodies = Array.from({ length: 10 }, (_, file) =>
  ids
    .slice(3 * file, 3 * file + 3)
    .map((id) => JSON.stringify({ event_id: id, type: 'AUTH_LOG', timestamp: '2026-11-01T00:00:00Z' }))
    .join('\n'),
);

const drivers: readonly (readonly [name: string, connect: (url: string) => PostgresClient])[] = [
  [
    'pg Pool',
    (connectionString) => {
      const pool = new Pool({ connectionString, max: 2 });
      pool.on('error', () => {});
      onTestFinished(() => pool.end());
      return pool;
    },
  ],
  [
    'postgres',
    (url) => {
      const sql = postgres(url, { max: 2 });
      onTestFinished(() => sql.end({ timeout: 1 }));
      return sql;
    },
  ],
];

let stores = 0;

function openExport(connect: (url: string) => PostgresClient, url: string) {
  stores += 1;
  const tablePrefix = `g${stores}_`;
  const sink = postgresSink(connect(url), { schemaName: testSchema, tablePrefix });
  const { client } = openRawLog(bodies);
  const run = (onProgress?: () => unknown) =>
    exportLogs({ client, query, sink, batchSize: 3, leaseMs: 1_000, onProgress });
  const stored = async () => {
    const rows = await asOperator(`SELECT event_id AS id FROM ${testSchema}.${tablePrefix}events`);
    return rows.map(({ id }) => String(id)).sort();
  };
  return { run, stored };
}

describeWithPostgres('a database that is gone for a while, in the middle of an export', () => {
  test.each(drivers)(
    '%s: it is said, nothing is lost or doubled, and the next call goes on',
    { timeout: 120_000 },
    async (_name, connect) => {
      const proxy = await cuttingProxy(databaseUrl, 'event-18;');
      const { run, stored } = openExport(connect, proxy.url);
      let written = 0;
      let batches = 0;
      const goAway = async () => {
        batches += 1;
        if (batches === 2) await proxy.goAway();
      };
      await expect(run(goAway)).rejects.toMatchObject({ name: 'ExportError', code: 'store_failed' });
      written = (await stored()).length;
      expect(written).toBe(6);
      // As long as it is away, each call says so.
      await expect(run()).rejects.toMatchObject({ code: 'store_failed' });
      await proxy.comeBack();

      for (const when of ['before the statement', 'before its answer'] as const) {
        proxy.cutNext(when);
        // Until its lease has run out, which nobody could give back, it is held.
        await expect
          .poll(
            () =>
              run().then(
                ({ done }) => done,
                ({ code }) => code,
              ),
            { timeout: 60_000 },
          )
          .toBe('store_failed');
        proxy.mend();
        const before = when === 'before the statement' ? 18 : 21;
        await expect.poll(async () => (await stored()).length, { timeout: 60_000 }).toBe(before);
      }
      let repeated = 0;
      const last = async () => {
        const { done, counts } = await run();
        written = counts.written;
        repeated += counts.repeated;
        return done;
      };
      await expect.poll(last, { timeout: 60_000 }).toBe(true);
      // The batch whose answer was lost was written, with its checkpoint.
      expect([written, repeated]).toEqual([9, 0]);
      expect(await stored()).toEqual(ids.toSorted());
    },
  );
});
