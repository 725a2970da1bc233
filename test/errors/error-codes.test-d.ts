import { expectTypeOf } from 'vitest';
import type { AuditLogFileError } from '../../src/audit-logs/audit-log-file-error.js';
import type { AccessDeniedError } from '../../src/errors/access-denied-error.js';
import type { CheckpointError } from '../../src/errors/checkpoint-error.js';
import type { ConfigError } from '../../src/errors/config-error.js';
import type { ConnectionClosedError } from '../../src/errors/connection-closed-error.js';
import type { ConnectionError } from '../../src/errors/connection-error.js';
import type { EmulatorError } from '../../src/errors/emulator-error.js';
import type { FilterSyntaxError } from '../../src/errors/filter-syntax-error.js';
import { isRetentionGapError } from '../../src/errors/guards.js';
import type { IncompleteListError } from '../../src/errors/incomplete-list-error.js';
import type { InputError } from '../../src/errors/input-error.js';
import type { JsonLinesError } from '../../src/errors/json-lines-error.js';
import type { NotAppliedError } from '../../src/errors/not-applied-error.js';
import type { PaginationError } from '../../src/errors/pagination-error.js';
import type { PatchError } from '../../src/errors/patch-error.js';
import type { PathSyntaxError } from '../../src/errors/path-syntax-error.js';
import type { PendingWriteError } from '../../src/errors/pending-write-error.js';
import { ResponseError } from '../../src/errors/response-error.js';
import type { ResponseValidationError } from '../../src/errors/response-validation-error.js';
import type { RetentionGapError } from '../../src/errors/retention-gap-error.js';
import { ScimError } from '../../src/errors/scim-error.js';
import { isSdkError, type SdkError } from '../../src/errors/sdk-error.js';
import type { SdkErrorCode } from '../../src/errors/sdk-error-code.js';

// Callers branch on codes: they stay literals, and a misspelt one does not compile.
expectTypeOf<InputError['code']>().toEqualTypeOf<'invalid_input'>();
expectTypeOf<ConnectionError['code']>().toEqualTypeOf<
  'network_error' | 'timeout' | 'response_too_large' | 'insecure_url' | 'response_cut'
>();

declare const failure: unknown;
if (failure instanceof ResponseError) {
  // @ts-expect-error TS2367: no such code
  failure.code === 'notfound';
  expectTypeOf(failure.retryAfterMs).toEqualTypeOf<number | undefined>();
}
if (failure instanceof ScimError) {
  // Open: servers send other types too.
  expectTypeOf<'uniqueness'>().toExtend<NonNullable<typeof failure.scimType>>();
  expectTypeOf<string>().toExtend<NonNullable<typeof failure.scimType>>();
}
if (isSdkError(failure)) {
  expectTypeOf(failure).toEqualTypeOf<SdkError>();
  expectTypeOf(failure.code).toEqualTypeOf<SdkErrorCode>();
  // @ts-expect-error TS2367: no such code
  failure.code === 'retention_gpa';
}
if (isRetentionGapError(failure)) expectTypeOf(failure.code).toEqualTypeOf<'retention_gap'>();

// The list of codes has those of every class, and no others.
expectTypeOf<SdkErrorCode>().toEqualTypeOf<
  | AccessDeniedError['code']
  | AuditLogFileError['code']
  | CheckpointError['code']
  | ConfigError['code']
  | ConnectionClosedError['code']
  | ConnectionError['code']
  | EmulatorError['code']
  | FilterSyntaxError['code']
  | IncompleteListError['code']
  | InputError['code']
  | JsonLinesError['code']
  | NotAppliedError['code']
  | PaginationError['code']
  | PatchError['code']
  | PathSyntaxError['code']
  | PendingWriteError['code']
  | ResponseError['code']
  | ResponseValidationError['code']
  | RetentionGapError['code']
>();
