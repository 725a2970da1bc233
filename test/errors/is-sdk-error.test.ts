import { expect, it } from 'vitest';
import type { SdkErrorClasses } from '../../src/errors/is-sdk-error.js';
import { ScimError } from '../../src/errors/scim-errors.js';
import * as root from '../../src/index.js';

const call = { method: 'GET', route: '/Users', status: 400, attempts: 1, retryable: false } as const;
const errors: { readonly [Name in keyof SdkErrorClasses]: SdkErrorClasses[Name] } = {
  AccessDeniedError: new root.AccessDeniedError({ permissions: ['provisioning'], method: 'POST', route: '/Users' }),
  // Only these two are read of a file.
  AuditLogFileError: new root.AuditLogFileError('invalid_line', {
    file: { id: 'f', event_type: 'AUTH_LOG' } as never,
    attempts: 1,
  }),
  CheckpointError: new root.CheckpointError('invalid_checkpoint', 'no'),
  ConfigError: new root.ConfigError([]),
  ConnectionError: new root.ConnectionError('timeout', 'late', { ...call, delivery: 'unknown' }),
  EmulatorError: new root.EmulatorError('unused_fault', 'no'),
  IncompleteListError: new root.IncompleteListError('stalled', { received: 1, requests: 1 }),
  InputError: new root.InputError('no'),
  NaturalKeyConflictError: new root.NaturalKeyConflictError('several', { route: '/Users', ids: [], externalIds: [] }),
  PatchError: new root.PatchError('noTarget', 'no', { operation: 0 }),
  PlanError: new root.PlanError('plan_too_old', 'no'),
  ExportError: new root.ExportError('store_failed', 'no'),
  ResponseError: new root.ResponseError('bad_request', 'no', call),
  ResponseValidationError: new root.ResponseValidationError('odd', { ...call, issues: [] }),
  ScimError: new root.ScimError('bad_request', 'no', call),
  ScimSyntaxError: new root.ScimSyntaxError('invalid_filter', 'no'),
  WriteNotConfirmedError: new root.WriteNotConfirmedError('write_pending', call),
};
const names = Object.keys(errors) as (keyof SdkErrorClasses)[];

it.each(names)('knows an error of class %s, and no others', (name) => {
  expect(names.filter((other) => root.isSdkError(errors[other], name))).toEqual(
    name === 'ResponseError' ? ['ResponseError', 'ScimError'] : [name],
  );
  for (const other of [undefined, null, name, { name }, Object.assign(new Error(), { name })]) {
    expect(root.isSdkError(other, name)).toBe(false);
  }
});

it('knows every class of errors that the root exports', () => {
  const exported = Object.entries(root).filter(
    ([, value]) => typeof value === 'function' && value.prototype instanceof root.SdkError,
  );
  expect(exported.map(([name]) => name).sort()).toEqual(names.toSorted());
});

it('knows an error of another copy of the package, where instanceof does not', () => {
  const foreign = Object.assign(new Error('no'), {
    name: 'ScimError',
    [Symbol.for('chatgpt-enterprise-sdk.error')]: true,
  });
  expect(foreign).not.toBeInstanceOf(ScimError);
  expect(root.isSdkError(foreign, 'ScimError')).toBe(true);
});
