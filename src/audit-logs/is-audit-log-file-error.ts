import { isNamed } from '../errors/guards.js';
import type { AuditLogFileError } from './audit-log-file-error.js';

/** Tells whether a value is an AuditLogFileError, also one of another copy of the package. */
export function isAuditLogFileError(value: unknown): value is AuditLogFileError {
  return isNamed(value, 'AuditLogFileError');
}
