import { ExportError } from '../errors/export-error.js';
import type { RunStatement } from './postgres-client.js';
import { foreignTables, type Migration, type SqlTables, stepsFrom } from './sql-tables.js';

/** What makes version 1 of nothing, 2 of 1 and so on. What was released is never changed. */
export const postgresMigrations: readonly Migration[] = [
  ({ events, leases, index }) => [
    // `raw` is null in what is left of an event of a person who was erased.
    `CREATE TABLE ${events} (
      event_id text NOT NULL PRIMARY KEY, event_type text NOT NULL, timestamp timestamptz, principal text NOT NULL,
      user_id text, action text, file_id text NOT NULL, line bigint NOT NULL,
      written_at timestamptz NOT NULL DEFAULT clock_timestamp(), raw text
    )`,
    // What happened in a time, and what is old enough to be pruned. Events come about in order, so that it grows at its end.
    `CREATE INDEX ${index('events_by_time')} ON ${events} (timestamp)`,
    // What a person did, and what is to be erased of them. Those of nobody cost nothing.
    `CREATE INDEX ${index('events_by_user')} ON ${events} (user_id, timestamp) WHERE user_id IS NOT NULL`,
    `CREATE TABLE ${leases} (
      key text NOT NULL PRIMARY KEY, fence bigint NOT NULL, expires_at timestamptz NOT NULL, checkpoint text
    )`,
  ],
];

/**
 * Makes the tables, or brings those of an earlier version to this one, in one transaction. Of several processes that do the
 * same, one does it and the others find it done.
 *
 * @throws ExportError `unknown_schema`
 */
export async function migratePostgres(
  run: RunStatement,
  tables: SqlTables,
  schema: string | undefined,
  migrations = postgresMigrations,
): Promise<void> {
  const found = await versionOf(run, tables);
  const steps = stepsFrom(found ?? 0, migrations, tables);
  if (steps.length === 0) return;
  const { version } = tables;
  const first =
    found === undefined
      ? [
          ...(await missingSchema(run, schema)),
          `CREATE TABLE ${version} (version integer NOT NULL, pruned_before timestamptz)`,
        ]
      : // Fails where another process was quicker.
        [`SELECT 1 / count(*) FROM ${version} WHERE version = ${found}`];
  const last =
    found === undefined
      ? `INSERT INTO ${version} (version) VALUES (${migrations.length})`
      : `UPDATE ${version} SET version = ${migrations.length}`;
  // Sent together and without values, they are one transaction.
  const statements = [lockStatement, ...first, ...steps, last].join(';\n');
  try {
    await run('Making the tables', statements);
  } catch (failure) {
    // Another process may have done it, or made the schema in the meantime.
    if ((await versionOf(run, tables)) === migrations.length) return;
    const code = failure instanceof ExportError ? failure.storeCode : undefined;
    throw code === '42P07' ? foreignTables() : failure;
  }
}

// Any number, as long as it is the same in all versions. It is let go with the transaction.
const lockStatement = 'SELECT pg_advisory_xact_lock(7235102646)';

async function versionOf(run: RunStatement, { version }: SqlTables): Promise<number | undefined> {
  const what = 'Reading the version of the tables';
  const [[table] = []] = await run(what, 'SELECT to_regclass($1)::text', [version]);
  if (table === null) return undefined;
  const [[number] = []] = await run(what, `SELECT version FROM ${version}`);
  return Number(number);
}

/** Only a schema that is not there is made: to say `IF NOT EXISTS` needs the right to make it, and has a notice printed. */
async function missingSchema(run: RunStatement, schema: string | undefined): Promise<readonly string[]> {
  if (schema === undefined) return [];
  const sql = 'SELECT count(*)::integer FROM pg_catalog.pg_namespace WHERE nspname = $1';
  const [[count] = []] = await run('Looking for the schema', sql, [schema]);
  return Number(count) === 0 ? [`CREATE SCHEMA "${schema}"`] : [];
}
