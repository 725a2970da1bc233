import { describe, expect, test } from 'vitest';
import { toEcs } from '../../../src/normalize/ecs/to-ecs.js';
import { findEcsFaults } from './support/check-ecs.js';
import { eventOf, fixtures, recordOf } from './support/records.js';

const odd: readonly unknown[] = [
  null,
  undefined,
  0,
  Number.NaN,
  7n,
  true,
  '',
  'text',
  [],
  [[]],
  [null],
  {},
  { type: {} },
];

describe('whatever a record holds', () => {
  test('in place of a field, it becomes a document of ECS', () => {
    for (const record of fixtures) {
      for (const field of Object.keys(record)) {
        for (const value of odd) {
          const document = toEcs(recordOf({ ...record, [field]: value }), { include: ['emails', 'content'] });
          expect(findEcsFaults(document)).toEqual([]);
        }
      }
    }
  });

  test('`__proto__` is a name as any other', () => {
    const record = JSON.parse(
      '{"event_id":"e","type":"AUDIT_LOG","timestamp":"2026-08-08T06:58:12.004519Z","__proto__":{"admin":true},' +
        '"actor":{"__proto__":{"user_id":"user-1"},"type":"constructor"},"action":"toString","action_data":{"__proto__":7}}',
    );
    const { event, openai_chatgpt_enterprise: vendor, user } = toEcs(record);
    expect(event).toMatchObject({ action: 'tostring', type: ['info'], outcome: 'unknown' });
    expect(user).toBeUndefined();
    expect(JSON.parse(JSON.stringify(vendor.audit_log))).toEqual(
      JSON.parse(
        '{"type":"AUDIT_LOG","__proto__":{"admin":true},"actor":{"__proto__":{"user_id":"user-1"},"type":"constructor"},' +
          '"action":"toString","action_data":{"__proto__":7}}',
      ),
    );
    expect(({} as Readonly<Record<string, unknown>>).admin).toBeUndefined();
  });

  test('nested beyond all measure, it is left out by name, at once', () => {
    const nested = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
    const { openai_chatgpt_enterprise: vendor } = toEcs(eventOf('NEW_LOG', { nested }));
    expect(vendor.omitted).toContainEqual(expect.stringMatching(/^nested(\.a)+$/));
  });

  test('without a time that can be read, it says so where Elastic looks for it', () => {
    for (const timestamp of ['yesterday', '2026-02-30T00:00:00.000Z', 7, undefined]) {
      const document = toEcs(eventOf('AUTH_LOG', { timestamp }));
      expect(document.event.kind).toBe('pipeline_error');
      expect(document.error?.message).toBe('The record has no time that can be read.');
      expect(document).not.toHaveProperty('@timestamp');
    }
  });

  test('a time in another spelling is written as Elasticsearch takes it, beside how it was', () => {
    const document = toEcs(eventOf('AUTH_LOG', { timestamp: '2026-08-08 08:58:12+02:00' }));
    expect(document['@timestamp']).toBe('2026-08-08T06:58:12.000000Z');
    expect(document.openai_chatgpt_enterprise.auth_log).toMatchObject({ timestamp: '2026-08-08 08:58:12+02:00' });
  });
});

describe('what a caller gets wrong', () => {
  test.each([null, undefined, 'text', 7, []])('%o is no record', (event) => {
    expect(() => toEcs(event as never)).toThrow('`event` must be an object.');
  });

  test('an option that there is not, or a word in `include`, is named with the right one', () => {
    const event = eventOf('AUTH_LOG', {});
    expect(() => toEcs(event, { includes: [] } as never)).toThrow(
      expect.objectContaining({ code: 'invalid_input', remedy: 'Write `include`.' }),
    );
    expect(() => toEcs(event, { include: ['email' as never] })).toThrow(
      expect.objectContaining({ remedy: 'Write `emails`.' }),
    );
  });
});
