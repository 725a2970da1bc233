import { afterEach, expect, test } from 'vitest';
import { sampleRecords } from '../../bench/normalize/records.js';
import { toEcs, toOcsf } from '../../src/normalize/index.js';
import { recordOf } from './ecs/support/records.js';

const put = { city: 'Atlantis', action_result: 'ERROR', note: 'put there by other code', files: { name: 'x' } };

afterEach(() => {
  for (const name of Object.keys(put)) Reflect.deleteProperty(Object.prototype, name);
});

test.each(sampleRecords)('of what other code puts on Object.prototype, nothing is told of $type', (record) => {
  const event = recordOf(record);
  const before = JSON.stringify([toOcsf(event), toEcs(event).openai_chatgpt_enterprise]);
  Object.assign(Object.prototype, put);
  const after = JSON.stringify([toOcsf(event), toEcs(event).openai_chatgpt_enterprise]);
  expect(after).toBe(before);
});

test('a type called `__proto__` puts nothing on Object.prototype', () => {
  const text = '{"id":"a","type":"__proto__","effective_at":1,"__proto__":{"status":7}}';
  const [event] = toOcsf(JSON.parse(text));
  expect(Object.hasOwn(Object.prototype, 'status')).toBe(false);
  expect(JSON.stringify(event?.unmapped)).toBe('{"__proto__":{"status":7}}');
});
