import { expectTypeOf } from 'vitest';
import type { AuditLogFileError } from '../../src/audit-logs/errors.js';
import type { InputError } from '../../src/errors/input-errors.js';
import { isSdkError, type SdkErrorClasses } from '../../src/errors/is-sdk-error.js';
import { type ConnectionError, ResponseError } from '../../src/errors/response-errors.js';
import { ScimError } from '../../src/errors/scim-errors.js';
import type { SdkError, SdkErrorCode } from '../../src/errors/sdk-error.js';

// Callers branch on codes: they stay literals, and a misspelt one does not compile.
expectTypeOf<InputError['code']>().toEqualTypeOf<'invalid_input'>();
expectTypeOf<ConnectionError['code']>().toEqualTypeOf<
  | 'network_error'
  | 'timeout'
  | 'response_too_large'
  | 'insecure_url'
  | 'host_not_allowed'
  | 'credential_unavailable'
  | 'response_cut'
  | 'queue_full'
  | 'connection_closed'
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
if (isSdkError(failure, 'InputError')) expectTypeOf(failure).toEqualTypeOf<InputError>();
if (isSdkError(failure, 'AuditLogFileError')) expectTypeOf(failure).toEqualTypeOf<AuditLogFileError>();
// @ts-expect-error TS2345: no such class
isSdkError(failure, 'ScimErorr');
// The names are those of the classes.
expectTypeOf<{ [Name in keyof SdkErrorClasses]: SdkErrorClasses[Name]['name'] }>().toEqualTypeOf<{
  [Name in keyof SdkErrorClasses]: Name extends 'ResponseError' ? 'ResponseError' | 'ScimError' : Name;
}>();

// The list of codes has those of every class, and no others.
expectTypeOf<SdkErrorCode>().toEqualTypeOf<SdkErrorClasses[keyof SdkErrorClasses]['code']>();
