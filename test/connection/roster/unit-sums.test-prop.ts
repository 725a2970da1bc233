import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnitSums } from '../../../src/connection/roster/unit-sums.js';
import { addDecimals, type Decimal, formatDecimal, parseDecimal, zero } from '../../../src/internal/decimal.js';
import { timesOf } from '../../support/scale.js';

const parsed = (value: unknown): Decimal => {
  const decimal = parseDecimal(value);
  if (decimal === undefined) throw new Error('It is a number.');
  return decimal;
};

/** Few, so that there are sums, and some far apart. */
const userNumber = fc.oneof(fc.constantFrom(1, 2), fc.nat({ max: 5_000 }));

/** Of all sizes: whole, of many digits, of a fraction that no column holds, beyond 2^53. */
const amount = fc.oneof(
  fc.integer({ min: -1_000, max: 1_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  fc.integer({ min: 0, max: 999_999 }).map((digits) => digits / 1e5),
  fc.constantFrom(
    '0.0000000000000000001',
    '9007199254740991',
    '9007199254740993',
    '123456789012.000000000001',
    '0',
    '-0',
  ),
);

test('each user has the exact sum of what was added, whatever else was', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(userNumber, amount), { maxLength: 60 }), (added) => {
      const sums = new UnitSums();
      const known = new Map<number, Decimal>();
      for (const [user, value] of added) {
        sums.add(user, parsed(value));
        known.set(user, addDecimals(known.get(user) ?? zero, parsed(String(value))));
      }
      for (const [user, sum] of known)
        expect(formatDecimal(sums.of(user) ?? parsed(Number.NaN))).toBe(formatDecimal(sum));
      for (const user of [0, 1, 4_999, 100_000]) expect(sums.of(user) === undefined).toBe(!known.has(user));
    }),
    { numRuns: timesOf(300, 30_000) },
  );
});
