import { expect, test } from 'vitest';
import { formatInstant, readInstant } from '../../src/internal/dates.js';

const micro = 1_000n;

test.each([
  ['2026-11-01T00:00:00Z', 0n],
  ['2026-11-01t00:00:00z', 0n],
  ['2026-11-01T00:00:00', 0n],
  ['2026-11-01', 0n],
  ['2026-11-01 00:00', 0n],
  ['2026-11-01T02:00:00+02:00', 0n],
  ['2026-10-31T19:30:00-0430', 0n],
  ['20261101T000000Z', 0n],
  ['20261101T020000+02', 0n],
  ['20261101', 0n],
  ['2026-11-01T00:00:00,5Z', 500_000n * micro],
  ['2026-11-01T00:00:00.000001Z', micro],
  ['2026-11-01T00:00:00.000001+00:00', micro],
  ['2026-11-01T00:00:00.5Z', 500_000n * micro],
  ['2026-11-01T00:00:00.123456789Z', 123_456_789n],
  ['2026-11-01T00:00:00.1234567891Z', 123_456_789n],
])('%s is a point in time', (text, nanoseconds) => {
  expect(readInstant(text)).toBe(BigInt(Date.UTC(2026, 10, 1)) * 1_000_000n + nanoseconds);
});

test.each([
  '',
  'now',
  '2026-11-01T',
  '2026-13-01T00:00:00Z',
  '2026-11-01T25:00:00Z',
  '1793491200',
  '10000-01-01T00:00:00Z',
  '300000-01-01T00:00:00Z',
  '-0001-12-31T23:59:59Z',
  '2026-11-01T00:00:00 UTC',
])('%o is none', (text) => {
  expect(readInstant(text)).toBeUndefined();
});

test('is spelled with microseconds, as the service does', () => {
  expect(formatInstant(readInstant('2026-11-01T02:00:00.1234567+02:00') ?? 0n)).toBe('2026-11-01T00:00:00.123456Z');
});

test.each([
  ['1960-02-03T04:05:06.7Z', 0n, '1960-02-03T04:05:06.700000Z'],
  ['0000-01-01T00:00:00Z', -micro, '0000-01-01T00:00:00.000000Z'],
  ['9999-12-31T23:59:59.999999Z', micro, '9999-12-31T23:59:59.999999Z'],
])('%s and %i ns is spelled with a year of four digits', (text, more, spelled) => {
  expect(formatInstant((readInstant(text) ?? 0n) + more)).toBe(spelled);
});
