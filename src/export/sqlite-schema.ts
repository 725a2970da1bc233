import { foreignTables, type Migration, type SqlTables, stepsFrom } from './sql-tables.js';
import type { SqliteWork } from './sqlite-database.js';

/** What makes version 1 of nothing, 2 of 1 and so on. What was released is never changed. */
export const sqliteMigrations: readonly Migration[] = [
  ({ events, leases, index }) => [
    // `raw` is null in what is left of an event of a person who was erased.
    `CREATE TABLE ${events} (
      event_id TEXT NOT NULL PRIMARY KEY, event_type TEXT NOT NULL, timestamp TEXT, principal TEXT NOT NULL,
      user_id TEXT, action TEXT, file_id TEXT NOT NULL, line INTEGER NOT NULL, written_at TEXT NOT NULL, raw TEXT
    )`,
    // What happened in a time, and what is old enough to be pruned. Events come about in order, so that it grows at its end.
    `CREATE INDEX ${index('events_by_time')} ON ${events} (timestamp)`,
    // What a person did, and what is to be erased of them. Those of nobody cost nothing.
    `CREATE INDEX ${index('events_by_user')} ON ${events} (user_id, timestamp) WHERE user_id IS NOT NULL`,
    `CREATE TABLE ${leases} (
      key TEXT NOT NULL PRIMARY KEY, fence INTEGER NOT NULL, expires_at_ms INTEGER NOT NULL, ttl_ms INTEGER NOT NULL,
      checkpoint TEXT
    )`,
  ],
];

/**
 * Makes the tables, or brings those of an earlier version to this one. Runs in a transaction: another process that does the
 * same waits for it, and then finds nothing to do.
 *
 * @throws ExportError `unknown_schema`
 */
export function migrateSqlite(work: SqliteWork, tables: SqlTables, migrations = sqliteMigrations): void {
  const { events, leases, version } = tables;
  const names = [events, leases, version].map((name) => name.slice(1, -1));
  const found = work.all(
    // Names of SQLite are the same whatever the case of their letters.
    `SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name COLLATE NOCASE IN (?, ?, ?)`,
    ...names,
  );
  const hasVersion = found.some(([name]) => String(name).toLowerCase() === names[2]?.toLowerCase());
  if (!hasVersion && found.length > 0) throw foreignTables();
  const [[number] = []] = hasVersion ? work.all(`SELECT version FROM ${version}`) : [[0]];
  const steps = stepsFrom(Number(number), migrations, tables);
  if (steps.length === 0) return;
  for (const step of steps) work.exec(step);
  if (hasVersion) work.run(`UPDATE ${version} SET version = ?`, migrations.length);
  else {
    work.exec(`CREATE TABLE ${version} (version INTEGER NOT NULL, pruned_before TEXT)`);
    work.run(`INSERT INTO ${version} (version) VALUES (?)`, migrations.length);
  }
}
