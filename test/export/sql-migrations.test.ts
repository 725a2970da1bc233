import { DatabaseSync } from 'node:sqlite';
import { Client, Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { ExportError } from '../../src/errors/export-error.js';
import { InputError } from '../../src/errors/input-errors.js';
import { postgresStatements } from '../../src/export/postgres-client.js';
import { migratePostgres, postgresMigrations } from '../../src/export/postgres-schema.js';
import { postgresSink } from '../../src/export/postgres-sink.js';
import type { LogSink } from '../../src/export/sink.js';
import { type Migration, sqlTables } from '../../src/export/sql-tables.js';
import { sqliteTransactions } from '../../src/export/sqlite-database.js';
import { migrateSqlite, sqliteMigrations } from '../../src/export/sqlite-schema.js';
import { sqliteSink } from '../../src/export/sqlite-sink.js';
import { systemClock } from '../../src/internal/clock.js';
import { rejection } from '../support/open-test-transport.js';
import { asOperator, databaseUrl, describeWithPostgres, testSchema } from './support/postgres-service.js';
import { checkpointOf, rowsOf } from './support/sink-rows.js';
import { eachDriver, type sqliteDrivers, sqliteFile } from './support/sqlite-file.js';

/** A step that a later version may bring: a new column, filled from what is there. */
const laterStep: Migration = ({ events }) => [
  `ALTER TABLE ${events} ADD COLUMN length bigint`,
  `UPDATE ${events} SET length = length(raw)`,
];
const brokenStep: Migration = ({ events }) => [`ALTER TABLE ${events} ADD COLUMN more text`, 'THIS IS NO STATEMENT'];

const callsOf = (sink: LogSink) => [
  () => sink.lease('key', 1_000),
  () => sink.erase({ userId: 'a' }),
  () => sink.prune({ before: '2026-01-01' }),
];

test.each([[''], ['1a'], ['a b'], ['a"b'], ["a'b"], ['a.b'], ['a;b'], ['ä'], ['x'.repeat(41)], [7], [null]])(
  'the name %j is refused, wherever it stands',
  (name) => {
    const db = new DatabaseSync(':memory:');
    onTestFinished(() => db.close());
    const pool = new Pool();
    // As JavaScript would call it.
    for (const open of [
      () => sqliteSink(db, { tablePrefix: name as never }),
      () => postgresSink(pool, { tablePrefix: name as never }),
      () => postgresSink(pool, { schemaName: name as never }),
    ]) {
      expect(open).toThrow(InputError);
    }
  },
);

test('a name that a database keeps to itself is refused, by the option that has it', () => {
  const db = new DatabaseSync(':memory:');
  onTestFinished(() => db.close());
  const pool = new Pool();
  for (const [open, option] of [
    [() => sqliteSink(db, { tablePrefix: 'sqlite_' }), 'tablePrefix'],
    [() => sqliteSink(db, { tablePrefix: 'SQLite_logs_' }), 'tablePrefix'],
    [() => postgresSink(pool, { tablePrefix: 'sqlite_' }), 'tablePrefix'],
    [() => postgresSink(pool, { schemaName: 'pg_x' }), 'schemaName'],
  ] as const) {
    expect(open).toThrow(expect.objectContaining({ name: 'InputError', path: [option] }));
  }
  postgresSink(pool, { schemaName: 'pgx', tablePrefix: 'pg_' });
  sqliteSink(db, { tablePrefix: 'sqlite' });
});

test('a name that is a word of SQL is taken, and two prefixes are two stores', async () => {
  const db = new DatabaseSync(':memory:');
  onTestFinished(() => db.close());
  for (const tablePrefix of ['select', 'Table_']) {
    const lease = await sqliteSink(db, { tablePrefix }).lease('key', 1_000);
    expect(await lease?.write(rowsOf(2), checkpointOf('ONE'))).toEqual({ added: 2 });
  }
  const { n } = db.prepare('SELECT count(*) AS n FROM "selectevents"').get() as { n: number };
  expect(n).toBe(2);
});

const migrating = (
  db: DatabaseSync | ReturnType<(typeof sqliteDrivers)['better-sqlite3']>,
  steps: readonly Migration[],
) => sqliteTransactions(db, systemClock)('Migrating', (work) => migrateSqlite(work, sqlTables({}), steps));

for (const { name, connect } of eachDriver) {
  test(`${name}: tables of an earlier version are brought to the newest, whole or not at all`, async () => {
    const db = sqliteFile(connect).open();
    const lease = await sqliteSink(db).lease('key', 60_000);
    await lease?.write(rowsOf(2), checkpointOf('ONE'));
    const shape = () => JSON.stringify(db.prepare('SELECT sql FROM sqlite_master ORDER BY name').all());
    const before = shape();
    expect(await rejection(migrating(db, [...sqliteMigrations, laterStep, brokenStep]))).toMatchObject({
      code: 'store_failed',
    });
    expect(shape()).toBe(before);
    await migrating(db, [...sqliteMigrations, laterStep]);
    const lengths = db.prepare('SELECT length FROM audit_log_events WHERE length > 10').all();
    expect(lengths).toHaveLength(2);
    await migrating(db, [...sqliteMigrations, laterStep]);
    expect(Object.values(db.prepare('SELECT version FROM audit_log_version').get() as object)).toEqual([2]);
  });

  test(`${name}: tables of a later version are refused, and not touched`, async () => {
    const { open } = sqliteFile(connect);
    const db = open();
    await migrating(db, [...sqliteMigrations, laterStep]);
    const everything = () =>
      JSON.stringify([
        db.prepare('SELECT * FROM sqlite_master').all(),
        db.prepare('SELECT * FROM audit_log_leases').all(),
      ]);
    const before = everything();
    const sink = sqliteSink(db);
    for (const call of callsOf(sink)) {
      const error = await rejection(call());
      expect(error).toBeInstanceOf(ExportError);
      expect(error).toMatchObject({ code: 'unknown_schema', message: expect.stringContaining('version 2') });
    }
    expect(everything()).toBe(before);
  });

  test(`${name}: a table of this name that another program made is refused, and not touched`, async () => {
    const db = sqliteFile(connect).open();
    db.exec('CREATE TABLE Audit_Log_Events (mine)');
    expect(await rejection(sqliteSink(db).lease('key', 1_000))).toMatchObject({ code: 'unknown_schema' });
    expect(db.prepare('SELECT name FROM sqlite_master').all()).toHaveLength(1);
  });
}

describeWithPostgres('the tables in PostgreSQL', () => {
  let stores = 0;
  const openStore = () => {
    stores += 1;
    const tablePrefix = `m${stores}_`;
    const pool = new Pool({ connectionString: databaseUrl, max: 3 });
    onTestFinished(() => pool.end());
    const options = { schemaName: testSchema, tablePrefix };
    const migrate = (steps: readonly Migration[]) =>
      migratePostgres(postgresStatements(pool, systemClock), sqlTables(options), testSchema, steps);
    const shape = async () =>
      JSON.stringify(
        await asOperator(
          `SELECT table_name, column_name, data_type FROM information_schema.columns
            WHERE table_schema = $1 AND table_name LIKE $2 ORDER BY table_name, column_name`,
          [testSchema, `${tablePrefix}%`],
        ),
      );
    return { pool, options, migrate, shape, table: (name: string) => `${testSchema}.${tablePrefix}${name}` };
  };

  test('tables of an earlier version are brought to the newest, whole or not at all', async () => {
    const { pool, options, migrate, shape, table } = openStore();
    const lease = await postgresSink(pool, options).lease('key', 60_000);
    await lease?.write(rowsOf(2), checkpointOf('ONE'));
    const before = await shape();
    expect(await rejection(migrate([...postgresMigrations, laterStep, brokenStep]))).toMatchObject({
      storeCode: '42601',
    });
    expect(await shape()).toBe(before);
    // Done twice, it would be seen.
    const countingStep: Migration = ({ leases }) => [`UPDATE ${leases} SET fence = fence + 1`];
    const newest = [...postgresMigrations, laterStep, countingStep];
    await migrate([...postgresMigrations, laterStep]);
    await Promise.all(Array.from({ length: 4 }, () => migrate(newest)));
    expect(await asOperator(`SELECT fence::integer FROM ${table('leases')}`)).toEqual([{ fence: 2 }]);
    expect(await asOperator(`SELECT version FROM ${table('version')}`)).toEqual([{ version: 3 }]);
    expect(await asOperator(`SELECT 1 FROM ${table('events')} WHERE length > 10`)).toHaveLength(2);
  });

  test('tables of a later version are refused, and not touched', async () => {
    const { pool, options, migrate, shape, table } = openStore();
    await migrate([...postgresMigrations, laterStep]);
    const before = await shape();
    const sink = postgresSink(pool, options);
    for (const call of callsOf(sink)) {
      expect(await rejection(call())).toMatchObject({
        code: 'unknown_schema',
        message: expect.stringContaining('version 2'),
      });
    }
    expect([await shape(), await asOperator(`SELECT * FROM ${table('leases')}`)]).toEqual([before, []]);
  });

  test('a table of this name that another program made is refused, and not touched', async () => {
    const { pool, options, shape, table } = openStore();
    await asOperator(`CREATE TABLE ${table('leases')} (mine text)`);
    const before = await shape();
    expect(await rejection(postgresSink(pool, options).lease('key', 1_000))).toMatchObject({ code: 'unknown_schema' });
    expect(await shape()).toBe(before);
  });

  test('many processes that start at once on nothing make the schema and the tables once', async () => {
    const schemaName = `${testSchema}_new`;
    onTestFinished(async () => void (await asOperator(`DROP SCHEMA IF EXISTS ${schemaName} CASCADE`)));
    const clients = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const client = new Client({ connectionString: databaseUrl });
        await client.connect();
        return client;
      }),
    );
    onTestFinished(async () => void (await Promise.all(clients.map((client) => client.end()))));
    const leases = await Promise.all(
      clients.map((client, index) => postgresSink(client, { schemaName }).lease(`key ${index}`, 1_000)),
    );
    expect(leases.map((lease) => lease?.fence)).toEqual(clients.map(() => 1));
    expect(await asOperator(`SELECT version FROM ${schemaName}.audit_log_version`)).toEqual([{ version: 1 }]);
  });

  test('a role that may not make tables uses those that are there', async () => {
    const { pool, options } = openStore();
    const role = `${testSchema}_writer`;
    await postgresSink(pool, options).lease('other', 1_000);
    await asOperator(`CREATE ROLE ${role}`);
    onTestFinished(async () => void (await asOperator(`DROP OWNED BY ${role}; DROP ROLE ${role}`)));
    await asOperator(`GRANT USAGE ON SCHEMA ${testSchema} TO ${role}`);
    await asOperator(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${testSchema} TO ${role}`);
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query(`SET ROLE ${role}`);
    const lease = await postgresSink(client, options).lease('key', 1_000);
    expect(await lease?.write(rowsOf(2), checkpointOf('ONE'))).toEqual({ added: 2 });
  });
});
