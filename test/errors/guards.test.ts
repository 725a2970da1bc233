import { expect, it } from 'vitest';
import { AuditLogFileError } from '../../src/audit-logs/audit-log-file-error.js';
import { AccessDeniedError } from '../../src/errors/access-denied-error.js';
import { CheckpointError } from '../../src/errors/checkpoint-error.js';
import { ConfigError } from '../../src/errors/config-error.js';
import { ConnectionClosedError } from '../../src/errors/connection-closed-error.js';
import { ConnectionError } from '../../src/errors/connection-error.js';
import { FilterSyntaxError } from '../../src/errors/filter-syntax-error.js';
import { IncompleteListError } from '../../src/errors/incomplete-list-error.js';
import { InputError } from '../../src/errors/input-error.js';
import { JsonLinesError } from '../../src/errors/json-lines-error.js';
import { NotAppliedError } from '../../src/errors/not-applied-error.js';
import { PaginationError } from '../../src/errors/pagination-error.js';
import { PatchError } from '../../src/errors/patch-error.js';
import { PathSyntaxError } from '../../src/errors/path-syntax-error.js';
import { PendingWriteError } from '../../src/errors/pending-write-error.js';
import { ResponseError } from '../../src/errors/response-error.js';
import { ResponseValidationError } from '../../src/errors/response-validation-error.js';
import { RetentionGapError } from '../../src/errors/retention-gap-error.js';
import { ScimError } from '../../src/errors/scim-error.js';
import * as root from '../../src/index.js';

const call = { method: 'GET', route: '/Users', status: 400, attempts: 1, retryable: false } as const;
const errors = [
  new AccessDeniedError({ permission: 'provisioning', method: 'POST', route: '/Users' }),
  // Only these two are read of a file.
  new AuditLogFileError('invalid_line', { file: { id: 'f', event_type: 'AUTH_LOG' } as never, attempts: 1 }),
  new CheckpointError('invalid_checkpoint', 'no'),
  new ConfigError([]),
  new ConnectionClosedError(),
  new ConnectionError('timeout', 'late', { ...call, delivery: 'unknown' }),
  new FilterSyntaxError('no'),
  new IncompleteListError('stalled', { received: 1, requests: 1 }),
  new InputError('no'),
  new JsonLinesError({ problem: 'too_long', line: 1, byteOffset: 0 }),
  new NotAppliedError({ ...call, attributes: [] }),
  new PaginationError('cursor_stuck', { ...call, cursor: '' }),
  new PatchError('noTarget', 'no', { operation: 0 }),
  new PathSyntaxError('no', { position: 0 }),
  new PendingWriteError(call),
  new ResponseError('bad_request', 'no', call),
  new ResponseValidationError('odd', { ...call, issues: [] }),
  new RetentionGapError([]),
  new ScimError('bad_request', 'no', call),
];
const guards: Readonly<Record<string, unknown>> = root;
const guardOf = (name: string) => guards[`is${name}`] as (value: unknown) => boolean;

it.each(errors.map(({ name }) => name))('the guard of %s knows its own errors and no others', (name) => {
  const known = errors.filter(guardOf(name)).map((error) => error.name);
  expect(known).toEqual(name === 'ResponseError' ? ['ResponseError', 'ScimError'] : [name]);
  for (const other of [undefined, null, name, { name }, Object.assign(new Error(), { name })]) {
    expect(guardOf(name)(other)).toBe(false);
  }
});

it('every guard of the root has an error here', () => {
  const names = Object.keys(root).filter((key) => /^is\w+Error$/.test(key) && key !== 'isSdkError');
  expect(names.sort()).toEqual(errors.map(({ name }) => `is${name}`).sort());
});

it('knows an error of another copy of the package, where instanceof does not', () => {
  const foreign = Object.assign(new Error('no'), {
    name: 'ScimError',
    [Symbol.for('chatgpt-enterprise-sdk.error')]: true,
  });
  expect(foreign).not.toBeInstanceOf(ScimError);
  expect(root.isScimError(foreign)).toBe(true);
});
