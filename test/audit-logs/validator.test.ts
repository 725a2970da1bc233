import { expect, test } from 'vitest';
import { checkEnvelope } from '../../src/audit-logs/validator.js';

const envelope = { event_id: 'e-1', type: 'AUTH_LOG', timestamp: '2026-09-14T07:41:02.338001Z' };

test('has nothing to say of a record with id, type and time', () => {
  expect(checkEnvelope(envelope)).toBeUndefined();
  expect(checkEnvelope({ ...envelope, type: 'SOMETHING_NEWER', more: [1] })).toBeUndefined();
});

test.each(['event_id', 'type', 'timestamp'])('reports %s when it is missing, empty or no text', (key) => {
  const issue = { path: [key], message: 'expected non-empty text' };
  for (const value of [undefined, null, '', 0, {}, ['x']]) {
    expect(checkEnvelope({ ...envelope, [key]: value })).toEqual([issue]);
  }
});

test('reports everything that is missing at once', () => {
  expect(checkEnvelope({})?.map(({ path }) => path)).toEqual([['event_id'], ['type'], ['timestamp']]);
});

test('does not quote the record', () => {
  expect(JSON.stringify(checkEnvelope({ event_id: 5, type: '', timestamp: ['mira@example.org'] }))).not.toMatch(
    /mira|5/,
  );
});
