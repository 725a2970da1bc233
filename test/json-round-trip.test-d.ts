import type {
  AuditLogCheckpoint,
  CheckReport,
  ConnectionConfig,
  ConnectionConfigJsonSchema,
  Person,
  RedactedConnectionConfig,
} from 'chatgpt-enterprise-sdk';
import type { Filter, PatchOperation } from 'chatgpt-enterprise-sdk/scim';
import type { Jsonify } from 'type-fest';
import { expectTypeOf, test } from 'vitest';

/** What a caller stores, sends or renders must be data through and through: no dates, maps, functions or classes. */
type SurvivesJson<T> = Jsonify<T> extends T ? true : false;

test('what a program keeps between runs survives JSON', () => {
  expectTypeOf<SurvivesJson<AuditLogCheckpoint>>().toEqualTypeOf<true>();
  expectTypeOf<SurvivesJson<ConnectionConfig>>().toEqualTypeOf<true>();
});

test('what a program shows or logs survives JSON', () => {
  expectTypeOf<SurvivesJson<CheckReport>>().toEqualTypeOf<true>();
  expectTypeOf<SurvivesJson<Person>>().toEqualTypeOf<true>();
  expectTypeOf<SurvivesJson<RedactedConnectionConfig>>().toEqualTypeOf<true>();
  expectTypeOf<SurvivesJson<ConnectionConfigJsonSchema>>().toEqualTypeOf<true>();
});

test('filters and operations are plain data too', () => {
  expectTypeOf<SurvivesJson<Filter>>().toEqualTypeOf<true>();
  expectTypeOf<SurvivesJson<Pick<PatchOperation, 'op' | 'path'>>>().toEqualTypeOf<true>();
});

test('the check can fail: a date does not survive', () => {
  expectTypeOf<SurvivesJson<{ readonly at: Date }>>().toEqualTypeOf<false>();
});
