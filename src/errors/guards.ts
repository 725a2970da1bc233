import type { AccessDeniedError } from './access-denied-error.js';
import type { CheckpointError } from './checkpoint-error.js';
import type { ConfigError } from './config-error.js';
import type { ConnectionClosedError } from './connection-closed-error.js';
import type { ConnectionError } from './connection-error.js';
import type { FilterSyntaxError } from './filter-syntax-error.js';
import type { IncompleteListError } from './incomplete-list-error.js';
import type { InputError } from './input-error.js';
import type { JsonLinesError } from './json-lines-error.js';
import type { NotAppliedError } from './not-applied-error.js';
import type { PaginationError } from './pagination-error.js';
import type { PatchError } from './patch-error.js';
import type { PathSyntaxError } from './path-syntax-error.js';
import type { PendingWriteError } from './pending-write-error.js';
import type { ResponseError } from './response-error.js';
import type { ResponseValidationError } from './response-validation-error.js';
import type { RetentionGapError } from './retention-gap-error.js';
import type { ScimError } from './scim-error.js';
import { isSdkError } from './sdk-error.js';

/** By name and brand: `instanceof` fails between two copies of the package, and between realms. */
export const isNamed = (value: unknown, ...names: readonly string[]): boolean =>
  isSdkError(value) && names.includes(value.name);

/**
 * Tells whether a value is a ConfigError, also one of another copy of the package.
 *
 * @example
 * ```ts
 * import { isConfigError, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
 *
 * try {
 *   parseConnectionConfig({ scimToken: 'se_1234567890' });
 * } catch (error) {
 *   if (!isConfigError(error)) throw error;
 *   for (const { path, message } of error.issues) console.error(path.join('.'), message);
 * }
 * ```
 */
export function isConfigError(value: unknown): value is ConfigError {
  return isNamed(value, 'ConfigError');
}

/**
 * Tells whether a value is a ConnectionError: no usable answer came. Also one of another copy of the package.
 *
 * @example
 * ```ts
 * import { connect, isConnectionError, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 * try {
 *   await connection.scim.users.list();
 * } catch (error) {
 *   if (!isConnectionError(error)) throw error;
 *   console.error(error.code, error.reason);
 * }
 * ```
 */
export function isConnectionError(value: unknown): value is ConnectionError {
  return isNamed(value, 'ConnectionError');
}

/**
 * Tells whether a value is a ConnectionClosedError, also one of another copy of the package.
 *
 * @example
 * ```ts
 * import { connect, isConnectionClosedError, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 * try {
 *   await connection.scim.users.list();
 * } catch (error) {
 *   if (!isConnectionClosedError(error)) throw error;
 *   console.log('The connection was closed meanwhile.');
 * }
 * ```
 */
export function isConnectionClosedError(value: unknown): value is ConnectionClosedError {
  return isNamed(value, 'ConnectionClosedError');
}

/**
 * Tells whether a value is a ResponseError, SCIM or not: the answer is no. Also one of another copy of the package.
 *
 * @example
 * ```ts
 * import { connect, isResponseError, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 * try {
 *   await connection.scim.users.list();
 * } catch (error) {
 *   if (!isResponseError(error)) throw error;
 *   console.error(error.status, error.code, error.requestId);
 * }
 * ```
 */
export function isResponseError(value: unknown): value is ResponseError {
  return isNamed(value, 'ResponseError', 'ScimError');
}

/**
 * Tells whether a value is a ScimError, also one of another copy of the package.
 *
 * @example
 * ```ts
 * import { connect, isScimError, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 * try {
 *   await connection.scim.users.list();
 * } catch (error) {
 *   if (!isScimError(error)) throw error;
 *   console.error(error.status, error.scimType);
 * }
 * ```
 */
export function isScimError(value: unknown): value is ScimError {
  return isNamed(value, 'ScimError');
}

/**
 * Tells whether a value is a ResponseValidationError, also one of another copy of the package.
 *
 * @example
 * ```ts
 * import { connect, isResponseValidationError, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 * try {
 *   await connection.scim.users.list();
 * } catch (error) {
 *   if (!isResponseValidationError(error)) throw error;
 *   console.error(error.issues);
 * }
 * ```
 */
export function isResponseValidationError(value: unknown): value is ResponseValidationError {
  return isNamed(value, 'ResponseValidationError');
}

/**
 * Tells whether a value is an AccessDeniedError, also one of another copy of the package.
 *
 * @example
 * ```ts
 * import { canProvision, connect, isAccessDeniedError, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 * try {
 *   const { scim } = connection;
 *   if (canProvision(scim)) await scim.users.upsert({ userName: 'left@north.example', active: false });
 * } catch (error) {
 *   if (!isAccessDeniedError(error)) throw error;
 *   console.error(`Not allowed: ${error.permission}`);
 * }
 * ```
 */
export function isAccessDeniedError(value: unknown): value is AccessDeniedError {
  return isNamed(value, 'AccessDeniedError');
}

/** Tells whether a value is an InputError, also one of another copy of the package. */
export function isInputError(value: unknown): value is InputError {
  return isNamed(value, 'InputError');
}

/** Tells whether a value is an IncompleteListError: a list may not be complete. Also one of another copy of the package. */
export function isIncompleteListError(value: unknown): value is IncompleteListError {
  return isNamed(value, 'IncompleteListError');
}

/** Tells whether a value is a NotAppliedError: a write took no effect. Also one of another copy of the package. */
export function isNotAppliedError(value: unknown): value is NotAppliedError {
  return isNamed(value, 'NotAppliedError');
}

/** Tells whether a value is a PendingWriteError: a write is not carried out yet. Also one of another copy of the package. */
export function isPendingWriteError(value: unknown): value is PendingWriteError {
  return isNamed(value, 'PendingWriteError');
}

/** Tells whether a value is a PatchError, also one of another copy of the package. */
export function isPatchError(value: unknown): value is PatchError {
  return isNamed(value, 'PatchError');
}

/** Tells whether a value is a FilterSyntaxError, also one of another copy of the package. */
export function isFilterSyntaxError(value: unknown): value is FilterSyntaxError {
  return isNamed(value, 'FilterSyntaxError');
}

/** Tells whether a value is a PathSyntaxError, also one of another copy of the package. */
export function isPathSyntaxError(value: unknown): value is PathSyntaxError {
  return isNamed(value, 'PathSyntaxError');
}

/** Tells whether a value is a CheckpointError, also one of another copy of the package. */
export function isCheckpointError(value: unknown): value is CheckpointError {
  return isNamed(value, 'CheckpointError');
}

/** Tells whether a value is a JsonLinesError, also one of another copy of the package. */
export function isJsonLinesError(value: unknown): value is JsonLinesError {
  return isNamed(value, 'JsonLinesError');
}

/** Tells whether a value is a PaginationError, also one of another copy of the package. */
export function isPaginationError(value: unknown): value is PaginationError {
  return isNamed(value, 'PaginationError');
}

/** Tells whether a value is a RetentionGapError: log files are gone. Also one of another copy of the package. */
export function isRetentionGapError(value: unknown): value is RetentionGapError {
  return isNamed(value, 'RetentionGapError');
}
