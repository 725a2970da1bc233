import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { logFilePageSchema, logFileSchema } from '../../../src/audit-logs/files/log-file.js';

const file = {
  id: 'eclf_20b7',
  event_type: 'AUTH_LOG',
  end_time: '2026-09-14T07:50:00.000001+00:00',
  file_name: 'AUTH_LOG_2026-09-14.jsonl',
  file_size: 4821,
  file_sha256: 'AB12',
};

test('reads a page of files and keeps what it does not know', () => {
  const page = { data: [{ ...file, part: 2 }], has_more: true, last_end_time: file.end_time, object: 'list' };
  expect(z.parse(logFilePageSchema, page)).toEqual(page);
});

test.each([{}, { last_end_time: null }])('takes an empty page that ends with %j', (end) => {
  const page = { data: [], has_more: false, ...end };
  expect(z.parse(logFilePageSchema, page)).toEqual(page);
});

test('keeps timestamps as they are spelled', () => {
  expect(z.parse(logFileSchema, file).end_time).toBe('2026-09-14T07:50:00.000001+00:00');
});

test.each(['id', 'event_type', 'end_time'])('refuses a file without %s', (key) => {
  expect(z.safeParse(logFileSchema, { ...file, [key]: undefined }).success).toBe(false);
});

test.each(['data', 'has_more'])('refuses a page without %s', (key) => {
  expect(z.safeParse(logFilePageSchema, { data: [], has_more: false, [key]: undefined }).success).toBe(false);
});
