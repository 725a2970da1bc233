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

/** Tells whether a value is a ConfigError, also one of another copy of the package. */
export function isConfigError(value: unknown): value is ConfigError {
  return isNamed(value, 'ConfigError');
}

/** Tells whether a value is a ConnectionError: no usable answer came. Also one of another copy of the package. */
export function isConnectionError(value: unknown): value is ConnectionError {
  return isNamed(value, 'ConnectionError');
}

/** Tells whether a value is a ConnectionClosedError, also one of another copy of the package. */
export function isConnectionClosedError(value: unknown): value is ConnectionClosedError {
  return isNamed(value, 'ConnectionClosedError');
}

/** Tells whether a value is a ResponseError, SCIM or not: the answer is no. Also one of another copy of the package. */
export function isResponseError(value: unknown): value is ResponseError {
  return isNamed(value, 'ResponseError', 'ScimError');
}

/** Tells whether a value is a ScimError, also one of another copy of the package. */
export function isScimError(value: unknown): value is ScimError {
  return isNamed(value, 'ScimError');
}

/** Tells whether a value is a ResponseValidationError, also one of another copy of the package. */
export function isResponseValidationError(value: unknown): value is ResponseValidationError {
  return isNamed(value, 'ResponseValidationError');
}

/** Tells whether a value is an AccessDeniedError, also one of another copy of the package. */
export function isAccessDeniedError(value: unknown): value is AccessDeniedError {
  return isNamed(value, 'AccessDeniedError');
}
