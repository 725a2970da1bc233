import { expect, test } from 'vitest';
import { parseHttpDate } from '../../src/internal/dates.js';

const nowMs = Date.UTC(2026, 10, 23);
const example = Date.UTC(1994, 10, 6, 8, 49, 37);

// The three examples of RFC 9110 §5.6.7.
test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
  'reads %s',
  (text) => {
    expect(parseHttpDate(text, nowMs)).toBe(example);
  },
);

test('takes a two-digit year for the nearest one that is not more than 50 years ahead', () => {
  expect(parseHttpDate('Friday, 01-Jan-76 00:00:00 GMT', nowMs)).toBe(Date.UTC(2076, 0, 1));
  expect(parseHttpDate('Saturday, 01-Jan-77 00:00:00 GMT', nowMs)).toBe(Date.UTC(1977, 0, 1));
});

test.each([
  '',
  '1994-11-06T08:49:37Z',
  'Sun, 06 Nov 1994 08:49:37',
  'Sun, 06 Nov 1994 08:49:37 UTC',
  'Sun, 6 Nov 1994 08:49:37 GMT',
  'Sun, 31 Feb 1994 08:49:37 GMT',
  'Sun, 06 Foo 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 24:49:37 GMT',
  'Sun, 06 Nov 1994 08:60:37 GMT',
  ' Sun, 06 Nov 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 08:49:37 GMT, and more',
])('refuses %j', (text) => {
  expect(parseHttpDate(text, nowMs)).toBeUndefined();
});
