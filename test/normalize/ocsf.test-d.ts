import { expectTypeOf, test } from 'vitest';
import type { AuditLogEvent } from '../../src/audit-logs/index.js';
import { type NormalizableEvent, type OcsfEvent, type OcsfOptions, toOcsf } from '../../src/normalize/index.js';

declare const event: OcsfEvent;

test('the class says what the event is about', () => {
  if (event.class_uid === 3002) expectTypeOf(event.user.uid).toEqualTypeOf<string | undefined>();
  if (event.class_uid === 3005) expectTypeOf(event.privileges).toEqualTypeOf<readonly string[]>();
  if (event.class_uid === 6003) expectTypeOf(event.api.operation).toEqualTypeOf<string>();
  // @ts-expect-error TS2367: no event is of this class.
  if (event.class_uid === 4001) expectTypeOf(event).toBeNever();
  // @ts-expect-error TS2339: not every class has it.
  expectTypeOf(event.privileges).toBeAny();
});

test('what is common to all is there without asking', () => {
  expectTypeOf(event.time).toEqualTypeOf<number>();
  expectTypeOf(event.metadata.version).toEqualTypeOf<'1.5.0'>();
  expectTypeOf(event.unmapped?.omitted).toEqualTypeOf<readonly string[] | undefined>();
});

test('events of both logs are taken, also of types that came later', () => {
  expectTypeOf<AuditLogEvent>().toExtend<NormalizableEvent>();
  expectTypeOf<AuditLogEvent<'COSTS_V2'>>().toExtend<NormalizableEvent>();
  expectTypeOf({ id: 'a', type: 'x.y', effective_at: 1, 'x.y': { id: 'b' } }).toExtend<NormalizableEvent>();
  // @ts-expect-error TS2345: no record.
  toOcsf('AUTH_LOG');
});

test('options that do not exist do not compile', () => {
  expectTypeOf<{ include: ['content', 'emails']; version: '1.5.0' }>().toExtend<OcsfOptions>();
  // @ts-expect-error TS2353: misspelt.
  toOcsf({ id: 'a', type: 'x', effective_at: 1 }, { includes: ['content'] });
  // @ts-expect-error TS2820: misspelt.
  toOcsf({ id: 'a', type: 'x', effective_at: 1 }, { include: ['email'] });
  // @ts-expect-error TS2322: not known here.
  toOcsf({ id: 'a', type: 'x', effective_at: 1 }, { version: '1.9.0' });
});
