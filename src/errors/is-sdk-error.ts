import type { EmulatorError } from './emulator-error.js';
import type { ExportError } from './export-error.js';
import type { AccessDeniedError, ConfigError, InputError } from './input-errors.js';
import type { CheckpointError } from './log-errors.js';
import type { PlanError } from './plan-error.js';
import type {
  ConnectionError,
  IncompleteListError,
  ResponseError,
  ResponseValidationError,
} from './response-errors.js';
import type {
  NaturalKeyConflictError,
  PatchError,
  ScimError,
  ScimSyntaxError,
  WriteNotConfirmedError,
} from './scim-errors.js';
import { brand, type SdkError } from './sdk-error.js';

/** The classes of errors by their names. `AuditLogFileError` is added where it is declared. */
export interface SdkErrorClasses {
  InputError: InputError;
  AccessDeniedError: AccessDeniedError;
  ConfigError: ConfigError;
  ConnectionError: ConnectionError;
  ResponseError: ResponseError;
  ResponseValidationError: ResponseValidationError;
  IncompleteListError: IncompleteListError;
  ScimError: ScimError;
  ScimSyntaxError: ScimSyntaxError;
  PatchError: PatchError;
  WriteNotConfirmedError: WriteNotConfirmedError;
  NaturalKeyConflictError: NaturalKeyConflictError;
  CheckpointError: CheckpointError;
  PlanError: PlanError;
  ExportError: ExportError;
  EmulatorError: EmulatorError;
}

/**
 * Tells whether a value is an error of this library, or of the named class: `isSdkError(error, 'ScimError')`. Goes by brand
 * and name, as `instanceof` fails between two copies of the package and between realms.
 */
export function isSdkError(error: unknown): error is SdkError;
export function isSdkError<Name extends keyof SdkErrorClasses>(
  error: unknown,
  className: Name,
): error is SdkErrorClasses[Name];
export function isSdkError(error: unknown, className?: keyof SdkErrorClasses): boolean {
  if (typeof error !== 'object' || error === null || (error as Record<symbol, unknown>)[brand] !== true) return false;
  const { name } = error as SdkError;
  // `filter` passes an index here. And a ScimError is a ResponseError, too.
  return typeof className !== 'string' || name === className || (className === 'ResponseError' && name === 'ScimError');
}

/**
 * Whether something failed. A closed connection is not a failure: the caller wants no more, so nothing may be tried in its
 * place, and nothing concluded from it.
 */
export function isFailure(error: unknown): error is SdkError {
  return isSdkError(error) && error.code !== 'connection_closed';
}
