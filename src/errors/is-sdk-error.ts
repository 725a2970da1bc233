import type { EmulatorError } from './emulator-error.js';
import type { AccessDeniedError, ConfigError, InputError } from './input-errors.js';
import type { CheckpointError } from './log-errors.js';
import type {
  ConnectionError,
  IncompleteListError,
  ResponseError,
  ResponseValidationError,
} from './response-errors.js';
import type { PatchError, ScimError, ScimSyntaxError, WriteNotConfirmedError } from './scim-errors.js';
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
  CheckpointError: CheckpointError;
  EmulatorError: EmulatorError;
}

/**
 * Tells whether a value is an error of this library, or of one class of them. It knows an error by its brand and its name:
 * `instanceof` fails between two copies of the package, and between realms.
 *
 * @example
 * ```ts
 * import { connect, isSdkError, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * try {
 *   await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 *   await connection.scim.users.list();
 * } catch (error) {
 *   if (isSdkError(error, 'ResponseError')) console.error(error.status, error.requestId);
 *   else if (isSdkError(error)) console.error(error.code, error.message, error.remedy);
 *   else throw error;
 * }
 * ```
 */
export function isSdkError(error: unknown): error is SdkError;
export function isSdkError<Name extends keyof SdkErrorClasses>(
  error: unknown,
  className: Name,
): error is SdkErrorClasses[Name];
export function isSdkError(error: unknown, className?: keyof SdkErrorClasses): boolean {
  if (typeof error !== 'object' || error === null || (error as Record<symbol, unknown>)[brand] !== true) return false;
  const { name } = error as SdkError;
  // Given to `filter`, it is called with an index. And a ScimError is a ResponseError, too.
  return typeof className !== 'string' || name === className || (className === 'ResponseError' && name === 'ScimError');
}

/**
 * Whether an error says that something failed. That a connection was closed is an error of this library, too, but says
 * that the caller wants no more: nothing may be tried in its place, and nothing be concluded from it.
 */
export function isFailure(error: unknown): error is SdkError {
  return isSdkError(error) && error.code !== 'connection_closed';
}
