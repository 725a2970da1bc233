import type { RequestOptions } from '../../transport/transport.js';
import type { LogFilePage } from '../schemas/log-file.js';
import type { AuditLogFile } from './audit-log-file.js';

/** One page of files of one event type. */
export interface FilesQuery {
  readonly eventType: string;
  /** As it is sent. */
  readonly after: string;
  readonly before: string | undefined;
}

/** Where the log files of one principal come from. */
export interface LogSource {
  /** Route template of the list. */
  readonly route: string;
  list(query: FilesQuery, options: RequestOptions): Promise<LogFilePage>;
  /** The bytes, verified. */
  download(file: AuditLogFile, maxFileBytes: number, options: RequestOptions): Promise<Uint8Array<ArrayBuffer>>;
}
