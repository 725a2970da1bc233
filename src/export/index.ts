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
export { type MemorySink, memorySink } from './memory-sink.js';
export { type NdjsonSinkOptions, ndjsonSink } from './ndjson-sink.js';
export { type ObjectSinkOptions, objectSink } from './object-sink.js';
export type { ObjectPutOptions, ObjectStore } from './object-store.js';
export type { LogSink, SinkLease } from './sink.js';
