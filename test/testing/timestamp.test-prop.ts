import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from '../../src/testing/timestamp.js';
import { cpuMs } from '../support/cpu-ms.js';

const micros = fc.integer({ min: 0, max: Date.UTC(2100, 0) * 1000 });

test('a time that is written and read again is the same microsecond', () => {
  fc.assert(
    fc.property(micros, fc.constantFrom('Z' as const, '+00:00' as const), (time, zone) => {
      expect(parseTimestamp(formatTimestamp(time, zone))).toBe(time);
    }),
  );
});

test('an offset moves the time by as much', () => {
  fc.assert(
    fc.property(micros, fc.integer({ min: -14, max: 14 }), (time, hours) => {
      const zone = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
      expect(parseTimestamp(formatTimestamp(time).replace('Z', zone))).toBe(time - hours * 3_600_000_000);
    }),
  );
});

test('what is no date-time is not read, in no time', () => {
  const started = cpuMs();
  for (const text of [
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01',
    `2026-01-01T00:00:00.${'0'.repeat(1e6)}Z`,
  ]) {
    expect(parseTimestamp(text)).toBeUndefined();
  }
  expect(cpuMs() - started).toBeLessThan(100);
});
