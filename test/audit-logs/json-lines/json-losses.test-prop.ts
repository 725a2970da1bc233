import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonLinesReader } from '../../../src/audit-logs/json-lines.js';
import { lostNumbers, mayLoseNumbers, quoteBigIntegers, repeatedKeys } from '../../../src/audit-logs/json-losses.js';

/** A piece of JSON as text, with what a reader must say of it: where numbers are lost, and what it means with strings. */
interface Written {
  readonly text: string;
  readonly lost: readonly (readonly (string | number)[])[];
  readonly exact: unknown;
}

const blank = fc.constantFrom('', '', '', ' ', '\t', '  ');
const plain = (value: unknown): Written => ({ text: JSON.stringify(value), lost: [], exact: value });

const bigInteger = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 2n ** 53n, max: 10n ** 40n }))
  .map(([sign, digits]): Written => ({ text: `${sign}${digits}`, lost: [[]], exact: `${sign}${digits}` }));

const tooLarge = fc
  .tuple(fc.constantFrom('1', '-7', '12.5', '123456789012345'), fc.constantFrom('e', 'E', 'e+', 'E+'))
  .chain(([digits, mark]) => fc.constantFrom('309', '400', '0309', '9999').map((power) => `${digits}${mark}${power}`))
  .map((text): Written => ({ text, lost: [[]], exact: Number(text) }));

/** What looks like a lost number and is none. */
const decoy = fc.oneof(
  fc
    .constantFrom('12345678901234567890', ': 12345678901234567890,', '[1e400]', '\\"12345678901234567890', '1e400, ')
    .map(plain),
  fc.string({ unit: 'grapheme' }).map(plain),
  fc
    .constantFrom('9007199254740991', '-9007199254740991', '0.30000000000000004', '1e308', '1e20', '5e-400')
    .map((text): Written => ({ text, lost: [], exact: Number(text) })),
  fc.constantFrom(null, true, false, 0, -1.5).map(plain),
);

const { value } = fc.letrec<{ value: Written; object: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    decoy,
    bigInteger,
    tooLarge,
    array(tie('value')),
    tie('object'),
  ),
  object: object(tie('value')),
}));

const record = object(value);

function array(items: fc.Arbitrary<Written>): fc.Arbitrary<Written> {
  return fc.tuple(fc.array(items, { maxLength: 4 }), blank).map(([written, space]) => ({
    text: `[${written.map(({ text }) => space + text + space).join(',')}]`,
    lost: written.flatMap(({ lost }, index) => lost.map((path) => [index, ...path])),
    exact: written.map(({ exact }) => exact),
  }));
}

function object(values: fc.Arbitrary<Written>): fc.Arbitrary<Written> {
  const key = fc.oneof(fc.string(), fc.constantFrom('12345678901234567890', '"1e400', 'id', '\\', ':'));
  const entries = fc.uniqueArray(fc.tuple(key, values), { selector: ([name]) => name, maxLength: 5 });
  return fc.tuple(entries, blank).map(([written, space]) => ({
    text: `{${written.map(([name, { text }]) => `${space}${JSON.stringify(name)}${space}:${space}${text}${space}`).join(',')}}`,
    lost: written.flatMap(([name, { lost }]) => lost.map((path) => [name, ...path])),
    exact: Object.fromEntries(written.map(([name, { exact }]) => [name, exact])),
  }));
}

/** As the one record of a line. */
function read(text: string, bigIntegers?: 'string') {
  const reader = new JsonLinesReader({ bigIntegers });
  reader.push(new TextEncoder().encode(`{"x":1}\n${text}\n`));
  reader.next();
  reader.next();
  return { value: reader.value, paths: reader.losses({ keys: true }).map(({ path }) => path) };
}

describe('what a line holds and its record does not', () => {
  it('is found wherever it stands, and nowhere else', () => {
    fc.assert(
      fc.property(record, ({ text, lost }) => {
        expect(lostNumbers(text).map(({ path }) => path)).toEqual(lost);
        expect(read(text).paths).toEqual(lost);
      }),
    );
  });

  it('is never missed by the quick look', () => {
    fc.assert(
      fc.property(record, fc.nat({ max: 40 }), ({ text, lost }, before) => {
        const bytes = new TextEncoder().encode(' '.repeat(before) + text);
        if (lost.length > 0) expect(mayLoseNumbers(text, bytes, before, bytes.length)).toBe(true);
      }),
    );
  });

  it('is there where big integers are given as strings, digit by digit', () => {
    fc.assert(
      fc.property(record, ({ text, exact }) => {
        expect(JSON.parse(quoteBigIntegers(text))).toEqual(exact);
        expect(read(text, 'string').value).toEqual(exact);
      }),
    );
  });

  it('is every key but the last of its name', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom('a', 'b', '"', 'ä', ''), value), { maxLength: 6 });
    fc.assert(
      fc.property(pairs, fc.boolean(), (entries, isEscaped) => {
        const spell = (key: string) => (isEscaped ? JSON.stringify(key).replace('a', '\\u0061') : JSON.stringify(key));
        const text = `{"in":[{${entries.map(([key, { text: written }]) => `${spell(key)}:${written}`).join(',')}}]}`;
        const keys = entries.map(([key]) => key);
        const repeated = keys.filter((key, index) => keys.indexOf(key) !== index);
        expect(repeatedKeys(text).map(({ path }) => path)).toEqual(repeated.map((key) => ['in', 0, key]));
      }),
    );
  });
});

it('reads what is nested deeper than the stack', () => {
  const text = `{"a":${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}}`;
  expect(lostNumbers(text)[0]?.path).toHaveLength(200_001);
});

it('takes linear time, whatever stands in the line', () => {
  const start = performance.now();
  for (const part of ['1e', '\\"', '\\\\', '1e1111', '9', '":', '[1,']) {
    const text = JSON.stringify({ text: part.repeat(1_000_000 / part.length), digits: 1 }).replace(
      ':1}',
      `:1${'1'.repeat(300_000)}}`,
    );
    const bytes = new TextEncoder().encode(text);
    expect(mayLoseNumbers(text, bytes, 0, bytes.length)).toBe(true);
    expect(lostNumbers(text)).toHaveLength(1);
  }
  // Quadratic time would be minutes.
  expect(performance.now() - start).toBeLessThan(12_000);
});

it('leaves keys such as __proto__ as they are', () => {
  const text = '{"__proto__":12345678901234567890,"__proto__":1}';
  expect(lostNumbers(text).map(({ path }) => path)).toEqual([['__proto__']]);
  expect(repeatedKeys(text).map(({ path }) => path)).toEqual([['__proto__']]);
});
