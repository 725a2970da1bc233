import type { ConfigIssueCode } from '../../errors/input-errors.js';
import type { ConfigWarningCode } from './config-warning.js';

/** Where the reader of a field says what it found. */
export interface FieldReport {
  /** Something that must be put right by a person. */
  problem(
    code: ConfigIssueCode,
    message: string,
    remedy: string,
    more?: { readonly index?: number | undefined; readonly suggestion?: string | undefined },
  ): void;
  /** Something that was mended. */
  warning(code: ConfigWarningCode, message: string, index?: number): void;
}
