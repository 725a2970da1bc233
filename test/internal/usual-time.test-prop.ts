import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUsualTime, msOfUsualTime } from '../../src/internal/dates.js';

const part = (most: number, digits: number) => fc.nat(most).map((number) => `${number}`.padStart(digits, '0'));
const time = fc
  .tuple(part(9999, 4), part(13, 2), part(32, 2), part(24, 2), part(60, 2), part(60, 2), part(999_999, 6), fc.boolean())
  .map(
    ([year, month, day, hour, minute, second, micros, isFine]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}.${isFine ? micros : micros.slice(0, 3)}Z`,
  );

/** What `Date` writes again as it was: it takes the 30th of February for the 2nd of March. */
function isOfCalendar(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 23) === text.slice(0, 23);
}

test('a usual time is one of the calendar, and read to the millisecond', () => {
  fc.assert(
    fc.property(time, (text) => {
      expect(isUsualTime(text)).toBe(isOfCalendar(text));
      if (isUsualTime(text)) expect(msOfUsualTime(text)).toBe(Date.parse(text));
    }),
    { numRuns: 3_000 },
  );
});

test.each(['2026-02-29', '2026-04-31', '2026-00-10', '2026-13-01'])('%s is no day', (day) => {
  expect(isUsualTime(`${day}T06:58:12.004Z`)).toBe(false);
});

test.each(['2024-02-29', '2026-01-31', '0000-01-01', '9999-12-31'])('%s is one', (day) => {
  expect(isUsualTime(`${day}T06:58:12.004519Z`)).toBe(true);
});
