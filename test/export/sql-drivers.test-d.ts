import { DatabaseSync } from 'node:sqlite';
import type Database from 'better-sqlite3';
import type { Client, Pool, PoolClient } from 'pg';
import type postgres from 'postgres';
import { expectTypeOf, test } from 'vitest';
import {
  type LogSink,
  type PostgresClient,
  postgresSink,
  type SqliteDatabase,
  sqliteSink,
} from '../../src/export/index.js';

test('both drivers of SQLite are taken as they are', () => {
  expectTypeOf<DatabaseSync>().toExtend<SqliteDatabase>();
  expectTypeOf<Database.Database>().toExtend<SqliteDatabase>();
  expectTypeOf(sqliteSink).toBeCallableWith(new DatabaseSync(':memory:'));
  expectTypeOf(sqliteSink).returns.toEqualTypeOf<LogSink>();
});

test('clients, pools and `postgres` are taken as they are', () => {
  expectTypeOf<Client>().toExtend<PostgresClient>();
  expectTypeOf<Pool>().toExtend<PostgresClient>();
  expectTypeOf<PoolClient>().toExtend<PostgresClient>();
  expectTypeOf<postgres.Sql>().toExtend<PostgresClient>();
  expectTypeOf<postgres.Sql<{ bigint: bigint }>>().toExtend<PostgresClient>();
  expectTypeOf(postgresSink).returns.toEqualTypeOf<LogSink>();
});

test('a transaction of `postgres` is not, nor a string', () => {
  expectTypeOf<postgres.TransactionSql>().not.toExtend<PostgresClient>();
  expectTypeOf<string>().not.toExtend<PostgresClient>();
  expectTypeOf<string>().not.toExtend<SqliteDatabase>();
});

test('an option that does not exist does not compile', () => {
  // @ts-expect-error TS2353: `prefix` is no option.
  expectTypeOf(sqliteSink).toBeCallableWith(new DatabaseSync(':memory:'), { prefix: 'x_' });
});
