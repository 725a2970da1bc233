import { expectTypeOf } from 'vitest';
import type { ConnectionError } from '../../src/errors/connection-error.js';
import type { InputError } from '../../src/errors/input-error.js';
import { ResponseError } from '../../src/errors/response-error.js';
import { ScimError } from '../../src/errors/scim-error.js';
import { isSdkError, type SdkError } from '../../src/errors/sdk-error.js';

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
if (isSdkError(failure)) expectTypeOf(failure).toEqualTypeOf<SdkError>();
