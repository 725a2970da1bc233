import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/provisioning/canonical-json.js';
import { JsonCopier } from '../../src/provisioning/copy-json.js';
import { ShortText } from '../../src/provisioning/short-text.js';

/** Few keys and values, so that many are nearly the same. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>('', 'a', '0', '[0]', 0, 1, -1, -2, true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('value')),
  ),
}));
const values = fc.array(value, { maxLength: 4 });

function textOf(given: readonly unknown[]): string {
  const [copier, short] = [new JsonCopier(), new ShortText()];
  const text = short.of(given.map((one) => copier.copy(one)));
  return JSON.stringify([text, short.numberedKeys]);
}

test('two lists have one short text where they are the same JSON, and never else', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      expect(textOf(one) === textOf(other)).toBe(canonicalJson(one) === canonicalJson(other));
    }),
    { numRuns: 5_000 },
  );
});

test('a list is not taken for an object with so many keys, nor a number for either', () => {
  const texts = [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, [], [2]],
    [{ a: 1 }, [], 2],
    [{ a: 1 }, 0, 2],
    [{ a: 1 }, -2, 2],
  ].map(textOf);
  expect(new Set(texts).size).toBe(texts.length);
});

test('the order of keys makes no difference, in any of many orders', () => {
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const entry = (shift: number) =>
    Object.fromEntries(keys.map((_, at) => keys[(at + shift) % 5]).map((key) => [key, key]));
  expect(textOf([0, 1, 2, 3, 4].map(entry))).toBe(textOf([4, 2, 0, 1, 3].map(entry)));
});

test('more kinds of objects than are numbered are told apart all the same', () => {
  const kinds = Array.from({ length: 250 }, (_, number) => ({ [`key${number}`]: 1 }));
  const texts = new Set(kinds.map((_, left) => textOf(kinds.toSpliced(left, 1))));
  expect(texts.size).toBe(250);
});
