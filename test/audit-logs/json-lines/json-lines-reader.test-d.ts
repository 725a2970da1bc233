import { expectTypeOf } from 'vitest';
import { JsonLinesReader } from '../../../src/audit-logs/json-lines.js';

const reader = new JsonLinesReader();
expectTypeOf(reader.value).toEqualTypeOf<Record<string, unknown> | undefined>();
expectTypeOf(reader.problem).toEqualTypeOf<'not_a_json_object' | 'too_long' | undefined>();
// Where one reader stopped, another may begin.
new JsonLinesReader({ start: reader.nextPosition, maxLineBytes: 1_000 });
// @ts-expect-error TS2345: text has to be bytes first
reader.push('{"a":1}');
