import type { AuditLogPrincipal } from '../principal.js';
import type { LogFile } from '../schemas/log-file.js';

/** A log file, and whose it is. */
export type AuditLogFile = LogFile & {
  /** The workspace or organization whose log it is. */
  readonly principal: AuditLogPrincipal;
};
