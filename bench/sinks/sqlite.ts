import { DatabaseSync } from 'node:sqlite';
import { sqliteSink } from '../../src/export/index.ts';
import { sqlTables } from '../../src/export/sql-tables.ts';
import { sqliteMigrations } from '../../src/export/sqlite-schema.ts';
import { type StoredEvent, storedEvents } from '../../src/export/stored-event.ts';
import { exportInto, measured, readBatches, readIntoMemory, type Sample } from './reading.ts';

/** `delete` is what a database has that nobody has set; both are synchronised as nobody has set it, which is FULL. */
export type Journal = 'delete' | 'wal';

const tables = sqlTables({});
const columns = 'event_id, event_type, timestamp, principal, user_id, action, file_id, line, written_at, raw';
const places = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
// Of 1, 10, 25, 100 and 500 rows a statement, as fast as any.
const rowsAtOnce = 10;

function openDatabase(directory: string, journal: Journal): DatabaseSync {
  const db = new DatabaseSync(`${directory}/events.sqlite`);
  db.exec(`PRAGMA journal_mode = ${journal}`);
  return db;
}

export async function exportToSqlite(url: string, directory: string, journal: Journal): Promise<Sample> {
  using db = openDatabase(directory, journal);
  return await measured(() => exportInto(url, sqliteSink(db)));
}

/** As many rows a transaction as the sink writes, and nothing else. */
export async function insertIntoSqlite(url: string, directory: string, journal: Journal): Promise<Sample> {
  const writes: (readonly StoredEvent[])[] = [];
  await readIntoMemory(url, true, async (rows) => writes.push(await storedEvents(rows)));
  using db = openDatabase(directory, journal);
  for (const step of sqliteMigrations.flatMap((migration) => migration(tables))) db.exec(step);
  const insertOf = (count: number) =>
    db.prepare(`INSERT INTO ${tables.events} (${columns}) VALUES ${Array(count).fill(places).join(', ')}`);
  const many = insertOf(rowsAtOnce);
  const writtenAt = new Date().toISOString();
  return await measured(async () => {
    let events = 0;
    for (const rows of writes) {
      db.exec('BEGIN IMMEDIATE');
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        const some = rows.slice(from, from + rowsAtOnce);
        const values = some.flatMap((row) => {
          const { eventId, eventType, timestamp, principal, userId, action, fileId, line, raw } = row;
          return [eventId, eventType, timestamp, principal, userId, action, fileId, line, writtenAt, raw];
        });
        (some.length === rowsAtOnce ? many : insertOf(some.length)).run(...values);
      }
      db.exec('COMMIT');
      events += rows.length;
    }
    return events;
  });
}

/** Batches of 500 in a loop, a transaction each. */
export async function loopIntoSqlite(url: string, directory: string, journal: Journal): Promise<Sample> {
  using db = openDatabase(directory, journal);
  for (const step of sqliteMigrations.flatMap((migration) => migration(tables))) db.exec(step);
  db.exec('CREATE TABLE checkpoints (id INTEGER PRIMARY KEY, checkpoint TEXT NOT NULL)');
  const insert = db.prepare(
    `INSERT INTO ${tables.events} (${columns}) VALUES ${places} ON CONFLICT (event_id) DO NOTHING`,
  );
  const save = db.prepare('INSERT OR REPLACE INTO checkpoints VALUES (1, ?)');
  return await measured(async () => {
    let written = 0;
    for await (const { events, checkpoint, files } of readBatches(url)) {
      const writtenAt = new Date().toISOString();
      db.exec('BEGIN');
      for (const event of events) {
        const { event_id: id, type, timestamp, principal, actor } = event;
        const userId = actor?.user_id ?? null;
        const raw = JSON.stringify(event);
        const { changes } = insert.run(id, type, timestamp, principal.id, userId, null, files[0].id, 1, writtenAt, raw);
        written += Number(changes);
      }
      save.run(JSON.stringify(checkpoint));
      db.exec('COMMIT');
    }
    return written;
  });
}
