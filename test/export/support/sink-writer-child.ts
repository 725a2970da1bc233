import { writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { postgresSink } from '../../../src/export/postgres-sink.js';
import type { LogSink } from '../../../src/export/sink.js';
import { sqliteSink } from '../../../src/export/sqlite-sink.js';
import { checkpointOf, rowOf } from './sink-rows.js';

/** Writes events 0, 1, 2, … under one lease until there are so many, and says which. */
async function main([kind = '', place = '', schemaName = '', count = '']: readonly string[]) {
  const { sink, end } = open(kind, place, schemaName);
  console.log('ready');
  for (let done = 0; done < Number(count); ) {
    const lease = await sink.lease('one', 100);
    if (lease === undefined) await pause(5);
    else {
      try {
        done = nextOf(await lease.checkpoint());
        // Gives back after a while, so that the other has its turn too; or expires in the middle of its turn.
        for (let turn = 0; turn < 20 && done < Number(count); turn += 1) {
          if (turn === 3 && lease.fence % 3 === 0) stall();
          const rows = [0, 1, 2].map((offset) => rowOf({ eventId: `event-${done + offset}` }));
          const { added } = await lease.write(rows, checkpointOf(String(done + 3)));
          console.log(JSON.stringify({ fence: lease.fence, from: done, added }));
          done += 3;
        }
        await lease.release();
      } catch (error) {
        if (!(isSdkError(error, 'ExportError') && error.code === 'lease_lost')) throw error;
        console.log('lost');
      }
    }
  }
  await end();
}

/** Asleep with the lease in hand, until the other has written under one of its own. */
function stall(): void {
  writeSync(1, 'stalls\n');
  process.kill(process.pid, 'SIGSTOP');
}

function nextOf(checkpoint: unknown): number {
  // Written above.
  return checkpoint === undefined ? 0 : Number((checkpoint as AuditLogCheckpoint).partitions[0]?.eventType);
}

function open(kind: string, place: string, schemaName: string): { sink: LogSink; end(): unknown } {
  if (kind === 'sqlite') {
    const db = new DatabaseSync(place);
    return { sink: sqliteSink(db), end: () => db.close() };
  }
  const sql = postgres(place, { max: 1 });
  return { sink: postgresSink(sql, { schemaName }), end: () => sql.end() };
}

await main(process.argv.slice(2));
