import { describe, expect, it } from 'vitest';
import { compareMoments, parseDateTime } from '../../../src/internal/dates.js';

describe('a moment', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0, ''],
    ['1969-12-31T23:59:59Z', -1, ''],
    ['2000-02-29T12:00:00Z', Date.UTC(2000, 1, 29, 12) / 1000, ''],
    ['2026-11-23T00:00:00.500Z', Date.UTC(2026, 10, 23) / 1000, '5'],
    ['2026-11-23T00:00:00.000', Date.UTC(2026, 10, 23) / 1000, ''],
    ['2026-11-23T00:00:00.1234567890', Date.UTC(2026, 10, 23) / 1000, '123456789'],
    ['2026-11-23T00:00:00+14:00', Date.UTC(2026, 10, 22, 10) / 1000, ''],
    ['2026-11-23T00:00:00-00:30', Date.UTC(2026, 10, 23, 0, 30) / 1000, ''],
    ['2026-12-31T24:00:00Z', Date.UTC(2027, 0, 1) / 1000, ''],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1) / 1000, ''],
    ['0001-01-01T00:00:00Z', -62_135_596_800, ''],
    ['-0001-01-01T00:00:00Z', -62_198_755_200, ''],
    ['12026-01-01T00:00:00z', Date.UTC(12026, 0, 1) / 1000, ''],
  ])('is read from %s', (text, seconds, fraction) => {
    expect(parseDateTime(text)).toEqual({ seconds, fraction });
  });

  it.each([
    '',
    'yesterday',
    '2026-01-01',
    '2026-01-01 00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01T24:00:01Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:61Z',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00+15:00',
    '2026-01-01T00:00:00+01:60',
    '2026-01-01T00:00:00+0100',
    '2026-01-01T00:00:00ZZ',
    '2026-01-01T00:00:0aZ',
    '20a6-01-01T00:00:00Z',
    '026-01-01T00:00:00Z',
    '2026-1-01T00:00:00Z',
  ])('is not read from %j', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });

  it('agrees with Date on every day of eight centuries', () => {
    for (let day = -292_194; day < 100_000; day += 7) {
      const date = new Date(day * 86_400_000);
      expect(parseDateTime(date.toISOString())?.seconds).toBe(day * 86_400);
    }
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', 0],
    ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.49Z', 1],
    ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.51Z', -1],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.0000000000001Z', -1],
    ['2026-01-01T00:00:01Z', '2026-01-01T00:00:00.9Z', 1],
  ])('%s and %s are in their order', (left, right, order) => {
    const [a, b] = [parseDateTime(left), parseDateTime(right)];
    if (a === undefined || b === undefined) throw new Error('not moments');
    expect(Math.sign(compareMoments(a, b))).toBe(order);
    expect(Math.sign(compareMoments(b, a))).toBe(order === 0 ? 0 : -order);
  });
});
