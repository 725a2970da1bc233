/**
 * Exports the audit logs of many workspaces into PostgreSQL, with events, checkpoints and jobs in one database: pg-boss queues
 * each workspace every ten minutes. Run it as often as you need workers.
 *
 *     npm run example examples/fleet/pg-boss.ts
 *
 * Ends with Ctrl+C or SIGTERM: what is under way stops, gives its lease back and is queued again. Where the database is, says
 * DATABASE_URL.
 */
import { once } from 'node:events';
import type { AuditLogPrincipal } from 'chatgpt-enterprise-sdk/audit-logs';
import { exportLogs, postgresSink } from 'chatgpt-enterprise-sdk/export';
import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { openConnection, tellIfEmulated } from '../support/open-connection.ts';
import { run } from '../support/run.ts';
import { atATime, budget, databaseUrl, fleetName, query, takeOverSeconds } from './settings.ts';

interface ExportJob {
  readonly principal: AuditLogPrincipal;
}

await run(async () => {
  tellIfEmulated();
  const stop = new AbortController();
  const stopped = once(stop.signal, 'abort');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  await using connection = openConnection('compliance');
  const client = connection.auditLogs;
  const pool = new Pool({ connectionString: databaseUrl });
  pool.on('error', () => console.error('A connection to the database was lost.'));
  const sink = postgresSink(pool, { schemaName: fleetName });
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: fleetName,
    // How often it looks for jobs whose worker is gone.
    superviseIntervalSeconds: takeOverSeconds,
    monitorIntervalSeconds: takeOverSeconds,
  });
  boss.on('error', (error) => console.error(`pg-boss: ${error.message}`));
  await boss.start();

  await boss.createQueue('rounds', { policy: 'stately', retryLimit: 0 });
  await boss.createQueue('exports', {
    // Of each workspace, one job may wait and one may run.
    policy: 'stately',
    // A worker that is not heard of has died; one that takes so long hangs.
    heartbeatSeconds: Math.max(10, takeOverSeconds),
    expireInSeconds: (2 * budget.maxMs) / 1_000,
    ...{ retryLimit: 4, retryDelay: Math.ceil(takeOverSeconds / 2), retryBackoff: true },
    // Jobs that failed for good are kept a day, with their errors, and hold up nothing: the next round queues anew.
    deleteAfterSeconds: 86_400,
  });
  const queue = (principals: readonly AuditLogPrincipal[], startAfter = 0) => {
    const jobs = principals.map((principal) => ({ data: { principal }, singletonKey: principal.id, startAfter }));
    // Leaves out the workspaces that wait already.
    return boss.insert('exports', jobs, { returnId: true });
  };

  await boss.work('rounds', async () => {
    // Ask your own table of customers here.
    const queued = await queue(client.principals);
    console.log(`Queued ${queued?.length ?? 0} of ${client.principals.length} workspaces.`);
  });
  await boss.work<ExportJob>('exports', { localConcurrency: atATime }, async ([job]) => {
    if (job === undefined) return;
    const { principal } = job.data;
    try {
      const leaseMs = takeOverSeconds * 1_000;
      const signal = AbortSignal.any([job.signal, stop.signal]);
      const { budgetSpent, held, counts } = await exportLogs({
        client,
        principal,
        query,
        sink,
        budget,
        leaseMs,
        signal,
      });
      console.log(
        `${principal.id}: ${held.length > 0 ? 'held' : budgetSpent ? 'more' : 'done'}, ${counts.written} events`,
      );
      if (budgetSpent || held.length > 0) await queue([principal], held.length > 0 ? takeOverSeconds : 0);
    } catch (error) {
      if (stop.signal.aborted) return void (await queue([principal]));
      console.error(`${principal.id}: ${error instanceof Error ? error.message : 'failed'}`);
      // pg-boss tries again.
      throw error;
    }
  });
  await boss.schedule('rounds', '*/10 * * * *');
  // The first one now.
  await boss.send('rounds');

  await stopped;
  await boss.stop();
  await pool.end();
});
