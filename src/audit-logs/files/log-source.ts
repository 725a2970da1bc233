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

/** How a file is downloaded. */
export interface DownloadLimits {
  readonly maxFileBytes: number;
  /** Memory to read into, where it is large enough. */
  readonly into?: ArrayBuffer | undefined;
}

/** Where the log files of one principal come from. */
export interface LogSource {
  /** Route template of the list. */
  readonly route: string;
  list(query: FilesQuery, options: RequestOptions): Promise<LogFilePage>;
  /** The bytes, verified. */
  download(file: AuditLogFile, limits: DownloadLimits, options: RequestOptions): Promise<Uint8Array<ArrayBuffer>>;
}
