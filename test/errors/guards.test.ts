import { expect, it } from 'vitest';
import { AccessDeniedError } from '../../src/errors/access-denied-error.js';
import { ConfigError } from '../../src/errors/config-error.js';
import { ConnectionClosedError } from '../../src/errors/connection-closed-error.js';
import { ConnectionError } from '../../src/errors/connection-error.js';
import {
  isAccessDeniedError,
  isConfigError,
  isConnectionClosedError,
  isConnectionError,
  isResponseError,
  isResponseValidationError,
  isScimError,
} from '../../src/errors/guards.js';
import { ResponseError } from '../../src/errors/response-error.js';
import { ResponseValidationError } from '../../src/errors/response-validation-error.js';
import { ScimError } from '../../src/errors/scim-error.js';

const call = { method: 'GET', route: '/Users', status: 400, attempts: 1, retryable: false } as const;
const errors = {
  AccessDeniedError: new AccessDeniedError({ permission: 'provisioning', method: 'POST', route: '/Users' }),
  ConfigError: new ConfigError([]),
  ConnectionClosedError: new ConnectionClosedError(),
  ConnectionError: new ConnectionError('timeout', 'late', { ...call, delivery: 'unknown' }),
  ResponseError: new ResponseError('bad_request', 'no', call),
  ResponseValidationError: new ResponseValidationError('odd', { ...call, issues: [] }),
  ScimError: new ScimError('bad_request', 'no', call),
};

it.each([
  [isAccessDeniedError, ['AccessDeniedError']],
  [isConfigError, ['ConfigError']],
  [isConnectionClosedError, ['ConnectionClosedError']],
  [isConnectionError, ['ConnectionError']],
  [isResponseError, ['ResponseError', 'ScimError']],
  [isResponseValidationError, ['ResponseValidationError']],
  [isScimError, ['ScimError']],
])('%o knows its own errors and no others', (guard, names) => {
  const known = Object.entries(errors).filter(([, error]) => guard(error));
  expect(known.map(([name]) => name)).toEqual(names);
  for (const other of [
    undefined,
    null,
    'ConfigError',
    { name: names[0] },
    Object.assign(new Error(), { name: names[0] }),
  ]) {
    expect(guard(other)).toBe(false);
  }
});

it('knows an error of another copy of the package, where instanceof does not', () => {
  const foreign = Object.assign(new Error('no'), {
    name: 'ScimError',
    [Symbol.for('chatgpt-enterprise-sdk.error')]: true,
  });
  expect(foreign).not.toBeInstanceOf(ScimError);
  expect(isScimError(foreign)).toBe(true);
});
