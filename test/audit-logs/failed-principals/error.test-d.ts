import { expectTypeOf, it } from 'vitest';
import type { FailedPrincipal } from '../../../src/audit-logs/query.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';

it('an error of a principal has a code and a remedy, once it is known to be one of this library', () => {
  const told = ({ error }: FailedPrincipal) => (isSdkError(error) ? [error.code, error.remedy] : [error.message]);
  expectTypeOf(told).returns.toEqualTypeOf<(string | undefined)[]>();
});
