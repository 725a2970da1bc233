import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../src/transport/retry.js';

const nowMs = Date.UTC(2026, 10, 23, 12, 0, 0);
const parse = (value: string, more: Record<string, string> = {}) =>
  parseRetryAfter(new Headers({ 'retry-after': value, ...more }), nowMs);

test('reads seconds', () => {
  expect(parse('0')).toBe(0);
  expect(parse('120')).toBe(120_000);
  expect(parse(' 5 ')).toBe(5_000);
  expect(parse('99999999999')).toBe(99_999_999_999_000);
  expect(parse('9'.repeat(400))).toBe(Number.MAX_SAFE_INTEGER);
});

test('reads a date, in the past as 0', () => {
  expect(parse('Mon, 23 Nov 2026 12:00:30 GMT')).toBe(30_000);
  expect(parse('Monday, 23-Nov-26 12:00:30 GMT')).toBe(30_000);
  expect(parse('Mon Nov 23 12:00:30 2026')).toBe(30_000);
  expect(parse('Mon, 23 Nov 2026 11:00:00 GMT')).toBe(0);
});

test('takes a header that was sent twice, with the same value, for one', () => {
  expect(parse('2, 2')).toBe(2_000);
  expect(parse('2,2,2')).toBe(2_000);
  const date = 'Mon, 23 Nov 2026 12:00:30 GMT';
  expect(parse(`${date}, ${date}`)).toBe(30_000);
  expect(parse('2, 3')).toBeUndefined();
  expect(parse(Array(100_000).fill('2').join(', '))).toBeUndefined();
});

test("reads a date against the server's own clock where it tells it", () => {
  expect(parse('Mon, 23 Nov 2026 15:00:30 GMT', { date: 'Mon, 23 Nov 2026 15:00:00 GMT' })).toBe(30_000);
});

test.each(['', '-1', '1.5', '1e3', '0x10', '5s', '5, 6', 'soon', '2026-11-23T12:00:30Z', 'Infinity'])(
  'takes %j for nothing',
  (value) => {
    expect(parse(value)).toBeUndefined();
  },
);

test('takes no header for nothing', () => {
  expect(parseRetryAfter(new Headers(), nowMs)).toBeUndefined();
});
