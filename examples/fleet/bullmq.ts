/**
 * Exports the audit logs of many workspaces, with the jobs in Redis: BullMQ queues each workspace every ten minutes. Run it as
 * often as you need workers. Events go into PostgreSQL where DATABASE_URL names one, and into files below `exports/` else.
 *
 *     npm run example examples/fleet/bullmq.ts
 *
 * Ends with Ctrl+C or SIGTERM: what is under way stops, gives its lease back and is queued again. Where Redis is, says REDIS_URL;
 * it must never evict keys (`maxmemory-policy noeviction`). Set FLEET_SHARED_KEY to a name for your API key where all workspaces
 * share one: all processes together then keep its limit.
 */
import { once } from 'node:events';
import { DelayedError, Queue, Worker } from 'bullmq';
import type { AuditLogPrincipal } from 'chatgpt-enterprise-sdk/audit-logs';
import { exportLogs, ndjsonSink, postgresSink } from 'chatgpt-enterprise-sdk/export';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { openAuditLogs, tellIfEmulated } from '../support/open-connection.ts';
import { run } from '../support/run.ts';
import { redisLimiter } from './redis-limiter.ts';
import { atATime, budget, fleetName, query, redisUrl, takeOverSeconds } from './settings.ts';

interface ExportJob {
  readonly principal: AuditLogPrincipal;
}

const sharedKey = process.env.FLEET_SHARED_KEY;
// What OpenAI documents for a key.
const sharedLimits = { download: { requests: 50, intervalMs: 60_000 } };

await run(async () => {
  tellIfEmulated();
  const stop = new AbortController();
  const stopped = once(stop.signal, 'abort');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  redis.on('error', tellBroken);
  const throttle = sharedKey ? redisLimiter(redis, `${fleetName}:limit:${sharedKey}`, sharedLimits) : undefined;
  await using connection = openAuditLogs({ throttle });
  const client = connection.auditLogs;
  const pool = process.env.DATABASE_URL ? new Pool({ connectionString: process.env.DATABASE_URL }) : undefined;
  pool?.on('error', () => console.error('A connection to the database was lost.'));
  const sink = pool ? postgresSink(pool, { schemaName: fleetName }) : ndjsonSink(`exports/${fleetName}`);

  const inRedis = { connection: redis, prefix: fleetName };
  const rounds = new Queue('rounds', inRedis);
  const exports = new Queue<ExportJob>('exports', inRedis);
  const queue = (principals: readonly AuditLogPrincipal[]) =>
    exports.addBulk(
      principals.map((principal) => ({
        name: 'export',
        data: { principal },
        opts: {
          // Leaves out the workspaces that wait already, or are exported at the moment.
          jobId: principal.id,
          ...{ attempts: 5, backoff: { type: 'exponential', delay: takeOverSeconds * 500 } },
          // The id is free again: the next round queues anew.
          ...{ removeOnComplete: true, removeOnFail: true },
        },
      })),
    );

  const rounder = new Worker(
    'rounds',
    async () => {
      // Ask your own table of customers here.
      await queue(client.principals);
      console.log(`A round of ${client.principals.length} workspaces.`);
    },
    inRedis,
  );
  const worker = new Worker<ExportJob>(
    'exports',
    async (job, token) => {
      const { principal } = job.data;
      let againInSeconds: number | undefined;
      try {
        const leaseMs = takeOverSeconds * 1_000;
        const { signal } = stop;
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
        if (budgetSpent) againInSeconds = 0;
        if (held.length > 0) againInSeconds = takeOverSeconds;
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        againInSeconds = 0;
      }
      if (againInSeconds === undefined) return;
      // The same job, behind those that wait; it is no failure.
      await job.moveToDelayed(Date.now() + againInSeconds * 1_000, token);
      throw new DelayedError();
    },
    {
      ...inRedis,
      concurrency: atATime,
      // A worker that does not renew the lock of a job has died: another one takes the job.
      lockDuration: takeOverSeconds * 1_000,
      stalledInterval: takeOverSeconds * 1_000,
    },
  );
  worker.on('failed', (job, error) => console.error(`${job?.data.principal.id}: ${error.message}`));
  // Without a listener, an error of these ends the program.
  for (const one of [rounds, exports]) one.on('error', tellBroken);
  for (const one of [rounder, worker]) one.on('error', tellBroken);
  await rounds.upsertJobScheduler('every ten minutes', { every: 600_000 });

  await stopped;
  await Promise.all([rounder.close(), worker.close()]);
  await Promise.all([rounds.close(), exports.close(), pool?.end()]);
  redis.disconnect();
});

function tellBroken({ message }: Error): void {
  console.error(`BullMQ or Redis: ${message}`);
}
