/**
 * Audit logs into a store: events and the checkpoint that says how far they go are written together, each event once, by one
 * process at a time.
 *
 * @module chatgpt-enterprise-sdk/export
 */

export { ExportError } from '../errors/export-error.js';
export { InputError } from '../errors/input-errors.js';
export { isSdkError, type SdkErrorClasses } from '../errors/is-sdk-error.js';
export { type ExportErrorCode, SdkError, type SdkErrorCode } from '../errors/sdk-error.js';
export type { EventRow } from './event-row.js';
export { exportLogs } from './export-logs.js';
export type { ExportBudget, ExportOptions, ExportQuery } from './export-options.js';
export type { ExportCounts, ExportLag, ExportProgress, ExportResult } from './export-result.js';
export { type MemorySink, memorySink } from './memory-sink.js';
export { type NdjsonSinkOptions, ndjsonSink } from './ndjson-sink.js';
export { type ObjectSinkOptions, objectSink } from './object-sink.js';
export type { ObjectPutOptions, ObjectStore } from './object-store.js';
export type { PgClient, PgPool, PgQueries, PostgresClient, PostgresSql, PostgresValue } from './postgres-client.js';
export { type PostgresSinkOptions, postgresSink } from './postgres-sink.js';
export type { LogSink, SinkLease } from './sink.js';
export type { SqliteDatabase, SqliteStatement, SqliteValue } from './sqlite-database.js';
export { type SqliteSinkOptions, sqliteSink } from './sqlite-sink.js';
