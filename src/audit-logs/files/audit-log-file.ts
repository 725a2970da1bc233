import type { AuditLogPrincipal } from '../principal.js';
import type { LogFile } from '../schemas/log-file.js';

/** A log file, and whose it is. */
export type AuditLogFile = LogFile & { readonly principal: AuditLogPrincipal };
