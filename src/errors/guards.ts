import type { AccessDeniedError } from './access-denied-error.js';
import type { ConfigError } from './config-error.js';
import type { ConnectionClosedError } from './connection-closed-error.js';
import type { ConnectionError } from './connection-error.js';
import type { ResponseError } from './response-error.js';
import type { ResponseValidationError } from './response-validation-error.js';
import type { ScimError } from './scim-error.js';
import { isSdkError } from './sdk-error.js';

// By name and brand: `instanceof` fails between two copies of the package, and between realms.
const isNamed = (value: unknown, ...names: readonly string[]): boolean =>
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
