import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDecimals, type Decimal, formatDecimal, parseDecimal, zero } from '../../src/internal/decimal.js';
import { timesOf } from '../support/scale.js';

/** What a text of digits is, in units of 10^-12. */
const inUnits = (text: string) => {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return BigInt(`${sign}${whole}${fraction.padEnd(12, '0')}`);
};
const parsed = (value: unknown): Decimal => {
  const decimal = parseDecimal(value);
  if (decimal === undefined) throw new Error('It is a number.');
  return decimal;
};

const text = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.stringMatching(/^\d{0,12}$/))
  .map(([isNegative, whole, fraction]) => `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`);

test('a sum of decimals is exact, in any order, and reads like a number', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
      const sum = (all: readonly string[]) => formatDecimal(all.map(parsed).reduce(addDecimals, zero));
      expect(inUnits(sum(texts))).toBe(texts.map(inUnits).reduce((one, other) => one + other, 0n));
      expect(sum(texts)).toBe(sum(texts.toReversed()));
      expect(sum(texts)).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
    }),
    { numRuns: timesOf(300, 30_000) },
  );
});

test('a number counts as the text that means it, whatever its exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(Number(formatDecimal(parsed(number)))).toBe(number === 0 ? 0 : number);
    }),
    { numRuns: timesOf(300, 30_000) },
  );
});

test('a number is the same amount as its text', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.tuple(fc.integer(), fc.nat({ max: 16 })).map(([digits, scale]) => digits / 10 ** scale),
  );
  fc.assert(
    fc.property(number, (value) => {
      expect(formatDecimal(parsed(value))).toBe(formatDecimal(parsed(String(value))));
    }),
    { numRuns: timesOf(1_000, 100_000) },
  );
});

test.each([
  '',
  ' ',
  '1,5',
  '1.',
  '.5',
  'NaN',
  '0x10',
  '1e9999',
  '9'.repeat(500),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  {},
  true,
])('%j is no amount', (value) => expect(parseDecimal(value)).toBeUndefined());

test('tenths add up', () => {
  expect(formatDecimal(addDecimals(parsed(0.1), parsed(0.2)))).toBe('0.3');
  expect(formatDecimal(parsed('1e-7'))).toBe('0.0000001');
  expect(formatDecimal(parsed('2.50e3'))).toBe('2500');
});
