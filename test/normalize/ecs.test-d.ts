import { expectTypeOf, test } from 'vitest';
import type { AuditLogEvent } from '../../src/audit-logs/index.js';
import { type EcsDocument, type EcsOutcome, type NormalizeOptions, toEcs } from '../../src/normalize/index.js';

declare const event: AuditLogEvent;
const document = toEcs(event);

test('a document has what every one has, and may have the rest', () => {
  expectTypeOf(document).toEqualTypeOf<EcsDocument>();
  expectTypeOf(document.ecs.version).toEqualTypeOf<'9.4.0'>();
  expectTypeOf(document['@timestamp']).toEqualTypeOf<string | undefined>();
  expectTypeOf(document.event.outcome).toEqualTypeOf<EcsOutcome | undefined>();
  expectTypeOf(document.user?.target?.id).toEqualTypeOf<string | undefined>();
  expectTypeOf(document.source?.geo?.location).toEqualTypeOf<{ lat: number; lon: number } | undefined>();
  expectTypeOf(document.openai_chatgpt_enterprise.omitted).toEqualTypeOf<string[] | undefined>();
  // @ts-expect-error TS2339: ECS has no such field.
  expectTypeOf(document.actor).toBeAny();
  // @ts-expect-error TS2367: no outcome of ECS.
  if (document.event.outcome === 'SUCCESS') expectTypeOf(document).toBeNever();
});

test('events of both logs are taken, also of types that came later', () => {
  expectTypeOf(toEcs).parameter(0).toExtend<object>();
  toEcs({ id: 'a', type: 'x.y', effective_at: 1 });
  // @ts-expect-error TS2345: no record.
  toEcs('AUTH_LOG');
});

test('options that do not exist do not compile', () => {
  expectTypeOf<{ include: ['content', 'emails'] }>().toExtend<NormalizeOptions>();
  // @ts-expect-error TS2353: misspelt.
  toEcs(event, { includes: ['content'] });
  // @ts-expect-error TS2820: misspelt.
  toEcs(event, { include: ['email'] });
  // @ts-expect-error TS2353: that is of OCSF.
  toEcs(event, { version: '1.5.0' });
});
