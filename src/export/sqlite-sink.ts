import type { AuditLogCheckpoint } from '../audit-logs/checkpoint.js';
import { checkOptions } from '../errors/check-options.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { formatInstant, instantOfMs } from '../internal/dates.js';
import type { EventRow } from './event-row.js';
import {
  checkLease,
  checkpointText,
  checkRows,
  type LogSink,
  leaseLost,
  parseCheckpoint,
  readErasedUser,
  readPruneTime,
  type SinkLease,
} from './sink.js';
import { type SqlTables, sqlTables } from './sql-tables.js';
import { checkSqliteDatabase, type SqliteDatabase, type SqliteWork, sqliteTransactions } from './sqlite-database.js';
import { migrateSqlite } from './sqlite-schema.js';
import { type StoredEvent, storedEvents, storedKey } from './stored-event.js';

export interface SqliteSinkOptions {
  /** What the names of the tables begin with. @default 'audit_log_' */
  readonly tablePrefix?: string | undefined;
  /** By which leases end and `written_at` is told. @default the system's */
  readonly clock?: Clock | undefined;
}

/**
 * Keeps events in a database of SQLite: `audit_log_events` has a row for each `event_id`, with `event_type`, `timestamp` (UTC as
 * `2026-11-20T09:12:44.118203Z`, null where the event has none), `principal` (the id of the workspace or organization), `user_id`,
 * `action`, `file_id`, `line`, `written_at`, and in `raw` the event as the service wrote it: `raw ->> '$.actor.type'` reads in it. Two indexes serve queries by time and by
 * person. Ids longer than 400 characters stand there as their beginning and a hash; control characters, halves of surrogate
 * pairs and the backslash stand escaped in all columns but `raw`.
 *
 * Opens nothing and closes nothing: give a database of `node:sqlite` or better-sqlite3 that is in no transaction. Its journal and
 * how it is synchronised stay as you set them; `PRAGMA journal_mode = WAL` lets others read meanwhile. Several processes may
 * write the same file: one that finds it locked waits up to 30 seconds.
 *
 * An erased event leaves its `event_id`, type, principal and place, and nothing of the person. SQLite keeps the bytes of what
 * was removed in free pages until they are used again, and in the WAL: set `PRAGMA secure_delete = ON` before `erase`, and
 * after it run `PRAGMA wal_checkpoint(TRUNCATE)`, or run `VACUUM` and then the checkpoint.
 *
 * @throws InputError
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite';
 * import { sqliteSink } from 'chatgpt-enterprise-sdk/export';
 *
 * const db = new DatabaseSync('audit-logs.sqlite');
 * db.exec('PRAGMA journal_mode = WAL');
 * const sink = sqliteSink(db);
 * ```
 */
export function sqliteSink(db: SqliteDatabase, options: SqliteSinkOptions = {}): LogSink {
  checkSqliteDatabase(db);
  const { tablePrefix, clock = systemClock } = checkOptions('sqliteSink()', options, {
    tablePrefix: true,
    clock: true,
  });
  const tables = sqlTables({ tablePrefix });
  const { events, leases, version } = tables;
  const transaction = sqliteTransactions(db, clock);

  // The tables are looked at in each transaction that begins something: somebody may have put another file in place.
  const inTables = <Result>(what: string, todo: (work: SqliteWork) => Result): Promise<Result> =>
    transaction(what, (work) => {
      migrateSqlite(work, tables);
      return todo(work);
    });

  const open = (key: string, storedName: string, fence: number, ttlMs: number): SinkLease => {
    const renewed = (work: SqliteWork, checkpoint?: string) => {
      const changed = work.run(
        `UPDATE ${leases} SET expires_at_ms = ?, checkpoint = coalesce(?, checkpoint) WHERE key = ? AND fence = ?`,
        clock.now() + ttlMs,
        checkpoint ?? null,
        storedName,
        fence,
      );
      if (changed !== 1) throw leaseLost(key);
    };
    return {
      key,
      fence,
      async checkpoint() {
        const sql = `SELECT checkpoint FROM ${leases} WHERE key = ? AND fence = ?`;
        const [row] = await transaction('Reading the checkpoint', (work) => work.all(sql, storedName, fence));
        if (row === undefined) throw leaseLost(key);
        return parseCheckpoint(row[0]);
      },
      async write(rows: readonly EventRow[], checkpoint: AuditLogCheckpoint) {
        checkRows(rows);
        const text = checkpointText(checkpoint);
        const stored = await storedEvents(rows);
        return transaction('Writing events', (work) => {
          renewed(work, text);
          return { added: insertEvents(work, tables, stored, timeOf(clock)) };
        });
      },
      renew: () => transaction('Renewing the lease', renewed),
      async release() {
        // With another fence, it is nobody's.
        const sql = `UPDATE ${leases} SET fence = fence + 1, expires_at_ms = 0 WHERE key = ? AND fence = ?`;
        await transaction('Releasing the lease', (work) => work.run(sql, storedName, fence));
      },
    };
  };

  return {
    isUniqueByEventId: true,
    async lease(key, ttlMs) {
      checkLease(key, ttlMs);
      const storedName = await storedKey(key);
      const [row] = await inTables('Taking the lease', (work) => {
        const nowMs = clock.now();
        // `RETURNING` is younger than what some programs still bring.
        const taken = work.run(
          `INSERT INTO ${leases} AS held (key, fence, expires_at_ms, ttl_ms) VALUES (?, 1, ?, ?) ON CONFLICT (key)
            DO UPDATE SET fence = held.fence + 1, expires_at_ms = excluded.expires_at_ms, ttl_ms = excluded.ttl_ms
            WHERE held.expires_at_ms <= ? OR held.expires_at_ms > ? + 2 * held.ttl_ms`,
          storedName,
          nowMs + ttlMs,
          ttlMs,
          nowMs,
          nowMs,
        );
        return taken === 0 ? [] : work.all(`SELECT fence FROM ${leases} WHERE key = ?`, storedName);
      });
      return row === undefined ? undefined : open(key, storedName, Number(row[0]), ttlMs);
    },
    async erase(person) {
      const userId = await storedKey(readErasedUser(checkOptions('erase()', person, { userId: true }).userId));
      const sql = `UPDATE ${events} SET user_id = NULL, action = NULL, timestamp = NULL, raw = NULL, written_at = ?
        WHERE rowid IN (SELECT rowid FROM ${events} WHERE user_id = ? LIMIT ${rowsAtOnce})`;
      const chunk = (work: SqliteWork) => work.run(sql, timeOf(clock), userId);
      return { erased: await inChunks(clock, () => inTables('Erasing events', chunk)) };
    },
    async prune(range) {
      const before = formatInstant(
        instantOfMs(readPruneTime(checkOptions('prune()', range, { before: true }).before, clock.now())),
      );
      // First, so that nothing that goes is written again meanwhile.
      const mark = `UPDATE ${version} SET pruned_before = ? WHERE pruned_before IS NULL OR pruned_before < ?`;
      await inTables('Pruning events', (work) => work.run(mark, before, before));
      let removed = 0;
      for (const old of ['timestamp < ?', 'timestamp IS NULL AND written_at < ?']) {
        const sql = `DELETE FROM ${events} WHERE rowid IN (SELECT rowid FROM ${events} WHERE ${old} LIMIT ${rowsAtOnce})`;
        removed += await inChunks(clock, () => inTables('Pruning events', (work) => work.run(sql, before)));
      }
      return { removed };
    },
  };
}

/** One prepared statement, row by row: SQLite is in this process, and takes rows of many values more slowly. */
function insertEvents(
  work: SqliteWork,
  { events, version }: SqlTables,
  rows: readonly StoredEvent[],
  writtenAt: string,
): number {
  const sql = `INSERT INTO ${events} (event_id, event_type, timestamp, principal, user_id, action, file_id, line, written_at, raw)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING`;
  const [[prunedBefore] = []] = work.all(`SELECT pruned_before FROM ${version}`);
  let added = 0;
  for (const { eventId, eventType, timestamp, principal, userId, action, fileId, line, raw } of rows) {
    if (timestamp !== null && typeof prunedBefore === 'string' && timestamp < prunedBefore) continue;
    added += work.run(sql, eventId, eventType, timestamp, principal, userId, action, fileId, line, writtenAt, raw);
  }
  return added;
}

// Few enough that others who write wait for milliseconds.
const rowsAtOnce = 1_000;

/** Goes on until nothing is left, and lets others in between. */
async function inChunks(clock: Clock, chunk: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let some = await chunk(); some > 0; some = await chunk()) {
    all += some;
    await clock.sleep(1);
  }
  return all;
}

function timeOf(clock: Clock): string {
  return formatInstant(instantOfMs(clock.now()));
}
