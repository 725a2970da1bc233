import { checkOptions } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { systemClock } from '../internal/clock.js';
import { formatInstant, instantOfMs } from '../internal/dates.js';
import { hashOf } from './event-place.js';
import type { EventRow } from './event-row.js';
import { type PostgresClient, type PostgresValue, postgresStatements, type RunStatement } from './postgres-client.js';
import { migratePostgres } from './postgres-schema.js';
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
import { type StoredEvent, storedEvents, storedKey } from './stored-event.js';

export interface PostgresSinkOptions {
  /** The schema of the tables, which is made where there is none. @default where the connection's `search_path` leads */
  readonly schemaName?: string | undefined;
  /** What the names of the tables begin with. @default 'audit_log_' */
  readonly tablePrefix?: string | undefined;
}

/**
 * Keeps events in PostgreSQL: `audit_log_events` has a row for each `event_id`, with `event_type`, `timestamp` (null where the
 * event has none), `principal` (the id of the workspace or organization), `user_id`, `action`, `file_id`, `line`, `written_at`,
 * and in `raw` the event as the service wrote it: `raw::jsonb ->> 'type'` reads in it. It is text, since `jsonb` refuses some of
 * what the service may write, such as a NUL in a message: `CASE WHEN pg_input_is_valid(raw, 'jsonb') THEN raw::jsonb END` passes
 * over those (PostgreSQL 16). Two indexes serve queries by time and by person. Ids longer than 400 characters stand there as
 * their beginning and a hash; control characters, halves of surrogate pairs and the backslash stand escaped in all columns but
 * `raw`.
 *
 * Takes a `Pool` or a connected `Client` of `pg`, or what `postgres()` returned, and ends none of them. A `Pool` and `postgres()`
 * connect anew when the database was away; a `Client` does not, and must be the sink's alone. Listen for the `error` events of a
 * `Pool` or `Client`: without a listener, a connection that is lost ends the program. Each write is one statement, and so a
 * transaction by itself, also behind a PgBouncer. It is prepared once a connection (with `postgres`, unless you set
 * `prepare: false`); where a pooler between knows nothing of what is prepared, it is planned anew each time. Up to 256 million characters fit into one.
 *
 * An erased event leaves its `event_id`, type, principal and place, and nothing of the person. PostgreSQL keeps the bytes of what
 * was removed until the table is vacuumed, and in its WAL and your backups.
 *
 * @throws InputError
 * @example
 * ```ts
 * import { Pool } from 'pg';
 * import { postgresSink } from 'chatgpt-enterprise-sdk/export';
 *
 * const pool = new Pool({ connectionString: process.env.DATABASE_URL });
 * pool.on('error', () => console.error('A connection to the database was lost.'));
 * const sink = postgresSink(pool, { schemaName: 'audit' });
 * ```
 */
export function postgresSink(client: PostgresClient, options: PostgresSinkOptions = {}): LogSink {
  const { schemaName, tablePrefix } = checkOptions('postgresSink()', options, { schemaName: true, tablePrefix: true });
  const tables = sqlTables({ schemaName, tablePrefix });
  const { events, leases, version } = tables;
  const run = postgresStatements(client, systemClock);
  const text = writeStatement(tables);
  // A connection keeps one statement for each name: that of another version, or of other tables, has another.
  const write = { text, name: `chatgpt-enterprise-sdk-${hashOf(text)}` };

  const open = (key: string, storedName: string, fence: number, ttlMs: number): SinkLease => {
    const held = [storedName, fence];
    const mine = async (what: string, text: string, values: PostgresValue[], name?: string) => {
      const [row] = await run(what, text, values, name);
      if (row === undefined) throw leaseLost(key);
      return row;
    };
    return {
      key,
      fence,
      async checkpoint() {
        const sql = `SELECT checkpoint FROM ${leases} WHERE key = $1 AND fence = $2`;
        return parseCheckpoint((await mine('Reading the checkpoint', sql, held))[0]);
      },
      async write(rows, checkpoint) {
        checkRows(rows);
        const text = checkpointText(checkpoint);
        const values = [...held, ttlMs, text, ...listsOf(rows, await storedEvents(rows))];
        const [added] = await mine('Writing events', write.text, values, write.name);
        return { added: Number(added) };
      },
      async renew() {
        const sql = `UPDATE ${leases} SET expires_at = ${after('$3')} WHERE key = $1 AND fence = $2 RETURNING 1`;
        await mine('Renewing the lease', sql, [...held, ttlMs]);
      },
      async release() {
        // With another fence, it is nobody's.
        const sql = `UPDATE ${leases} SET fence = fence + 1, expires_at = '-infinity' WHERE key = $1 AND fence = $2`;
        await run('Releasing the lease', sql, held);
      },
    };
  };

  return {
    isUniqueByEventId: true,
    async lease(key, ttlMs) {
      checkLease(key, ttlMs);
      const storedName = await storedKey(key);
      await migratePostgres(run, tables, schemaName);
      const sql = `INSERT INTO ${leases} AS held (key, fence, expires_at) VALUES ($1, 1, ${after('$2')}) ON CONFLICT (key)
        DO UPDATE SET fence = held.fence + 1, expires_at = ${after('$2')} WHERE held.expires_at <= clock_timestamp()
        RETURNING fence`;
      const [row] = await run('Taking the lease', sql, [storedName, ttlMs]);
      return row === undefined ? undefined : open(key, storedName, Number(row[0]), ttlMs);
    },
    async erase(person) {
      const userId = await storedKey(readErasedUser(checkOptions('erase()', person, { userId: true }).userId));
      await migratePostgres(run, tables, schemaName);
      const sql = `WITH chunk AS (SELECT event_id FROM ${events} WHERE user_id = $1 LIMIT ${rowsAtOnce}),
        gone AS (UPDATE ${events} SET user_id = NULL, action = NULL, timestamp = NULL, raw = NULL, written_at = clock_timestamp()
          WHERE user_id = $1 AND event_id IN (SELECT event_id FROM chunk) RETURNING 1)
        SELECT count(*)::integer FROM gone`;
      return { erased: await inChunks(run, 'Erasing events', sql, userId) };
    },
    async prune(range) {
      const beforeMs = readPruneTime(checkOptions('prune()', range, { before: true }).before, systemClock.now());
      const before = postgresTime(formatInstant(instantOfMs(beforeMs)));
      await migratePostgres(run, tables, schemaName);
      // First, and once all who write at this moment have written: so that nothing that goes is written again meanwhile.
      const mark = `UPDATE ${version} SET pruned_before = $1::timestamptz
        WHERE pruned_before IS NULL OR pruned_before < $1::timestamptz`;
      await run('Pruning events', mark, [before]);
      let removed = 0;
      // In the order of the index, so that no step reads again what those before it removed.
      const isOld = 'timestamp < $1::timestamptz ORDER BY timestamp';
      for (const old of [isOld, 'timestamp IS NULL AND written_at < $1::timestamptz']) {
        const sql = `WITH chunk AS (SELECT event_id FROM ${events} WHERE ${old} LIMIT ${rowsAtOnce}),
          gone AS (DELETE FROM ${events} WHERE event_id IN (SELECT event_id FROM chunk) RETURNING 1)
          SELECT count(*)::integer FROM gone`;
        removed += await inChunks(run, 'Pruning events', sql, before);
      }
      return { removed };
    },
  };
}

/** By the clock of the database, which all processes share. */
function after(milliseconds: string): string {
  return `clock_timestamp() + ${milliseconds}::float8 * interval '1 millisecond'`;
}

/**
 * The lease is renewed first: while this waits for it, or another has it, nothing is written. Lists come as texts with a
 * separator that stands in none of their items: that is the cheapest form to make and to read, and each driver sends it alike.
 */
function writeStatement({ events, leases, version }: SqlTables): string {
  const list = (place: number) => `unnest(string_to_array($${place}::text, U&'\\001E', U&'\\001F'))`;
  return `WITH mine AS (
      UPDATE ${leases} SET checkpoint = $4, expires_at = ${after('$3')} WHERE key = $1 AND fence = $2 RETURNING 1
    ), pruned AS (
      SELECT pruned_before AS before FROM ${version} FOR SHARE
    ), rows AS (
      SELECT ${list(5)} AS event_id, ${list(6)} AS event_type, ${list(7)} AS timestamp, ${list(8)} AS principal,
        ${list(9)} AS user_id, ${list(10)} AS action, ${list(11)} AS file_id, ${list(12)} AS line, ${list(13)} AS raw
      OFFSET 1
    ), added AS (
      INSERT INTO ${events} (event_id, event_type, timestamp, principal, user_id, action, file_id, line, raw)
      SELECT event_id, event_type, timestamp::timestamptz, principal, user_id, action, file_id, line::bigint, raw
      FROM rows WHERE EXISTS (SELECT FROM mine)
        AND NOT coalesce(timestamp::timestamptz < (SELECT before FROM pruned), false)
      ON CONFLICT (event_id) DO NOTHING RETURNING 1
    )
    SELECT (SELECT count(*) FROM added)::integer FROM mine`;
}

const separator = '\u001e';
const nothing = '\u001f';
// What PostgreSQL takes at once is a gigabyte, and a character has up to three bytes.
const mostCharacters = 256_000_000;

/** The columns, each as a text. The first item of each is empty and is left out again: a list of one empty text would be none. */
function listsOf(rows: readonly EventRow[], stored: readonly StoredEvent[]): PostgresValue[] {
  const lists = {
    eventId: '',
    eventType: '',
    timestamp: '',
    principal: '',
    userId: '',
    action: '',
    fileId: '',
    line: '',
  };
  for (const row of stored) {
    lists.eventId += separator + row.eventId;
    lists.eventType += separator + row.eventType;
    lists.timestamp += separator + (row.timestamp === null ? nothing : postgresTime(row.timestamp));
    lists.principal += separator + row.principal;
    lists.userId += separator + (row.userId ?? nothing);
    lists.action += separator + (row.action ?? nothing);
    lists.fileId += separator + row.fileId;
    lists.line += separator + row.line;
  }
  return [...Object.values(lists), rawList(rows, stored)];
}

/** As bytes, as they are at hand: they are most of what is sent. */
function rawList(rows: readonly EventRow[], stored: readonly StoredEvent[]): Uint8Array {
  const encoder = new TextEncoder();
  let [characters, length] = [0, 0];
  const parts = stored.map(({ raw }, index) => {
    const { raw: written, bytes } = rows[index] ?? {};
    // What is not UTF-8, the text has U+FFFD for.
    const part = bytes !== undefined && raw === written && !raw.includes('\ufffd') ? bytes : encoder.encode(raw);
    characters += 1 + raw.length;
    length += 1 + part.length;
    if (characters > mostCharacters) {
      throw new InputError('These are more events than fit into one write: more than 256 million characters.', {
        path: ['rows'],
        remedy: 'Write fewer at once.',
      });
    }
    return part;
  });
  const list = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    list[at] = separator.charCodeAt(0);
    list.set(part, at + 1);
    at += 1 + part.length;
  }
  return list;
}

/** What stands before the year 1 has a name of its own there. */
function postgresTime(text: string): string {
  return text.startsWith('0000') ? `0001${text.slice(4)} BC` : text;
}

// Few enough that others who write wait for milliseconds.
const rowsAtOnce = 1_000;

async function inChunks(run: RunStatement, what: string, sql: string, value: string): Promise<number> {
  for (let all = 0; ; ) {
    const [[some] = []] = await run(what, sql, [value]);
    if (Number(some) === 0) return all;
    all += Number(some);
  }
}
