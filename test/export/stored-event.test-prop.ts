import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storedEvents, storedKey } from '../../src/export/stored-event.js';
import { rowOf } from './support/sink-rows.js';

const units = fc.oneof(
  fc.constantFrom('\\', '\\u0000', '\u0000', '\u001e', '\u001f', '\ud800', '\udfff', '#sha256:', 'é', '👩', 'u'),
  fc.string({ unit: 'binary' }),
);
const texts = fc.array(units).map((parts) => parts.join(''));
const longTexts = fc.tuple(fc.constantFrom('', 'x'.repeat(330), '\u0000'.repeat(400), 'é'.repeat(5_000)), texts);
const anyText = fc.oneof(
  texts,
  longTexts.map((parts) => parts.join('')),
);

test('two different texts are never the same key, and a key fits into every store', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, async (one, other) => {
      const [first, second] = [await storedKey(one), await storedKey(other)];
      expect(first === second).toBe(one === other);
      expect(first).not.toMatch(/\p{Cc}|\p{Cs}/u);
      // What an entry of an index of PostgreSQL holds.
      expect(new TextEncoder().encode(first).length).toBeLessThan(2_600);
    }),
  );
});

test('the key of a text is no other text that is kept whole', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const key = await storedKey(text);
      if (key !== text) expect(await storedKey(key)).not.toBe(key);
    }),
  );
});

test('what was JSON is kept to the letter, and all else without what a store cannot hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary' }), anyText, async (value, text) => {
      const json = JSON.stringify(value);
      const [whole, hostile] = await storedEvents([rowOf({ raw: json }), rowOf({ raw: text })]);
      expect(whole?.raw).toBe(json);
      for (const unstorable of ['\u0000', '\u001e']) expect(hostile?.raw).not.toContain(unstorable);
      expect(hostile?.raw).not.toMatch(/\p{Cs}/u);
    }),
  );
});

test('a time is kept in one form, which sorts', async () => {
  const times = [
    '2026-11-20T09:12:44.118203Z',
    '2026-11-20T09:12:44Z',
    '20261120T111244+0200',
    '2026-11-20T09:12:60.000000Z',
  ];
  const others = ['2026-11-20T09:12:44.118203X', '2026-13-20T09:12:44.118203Z', 'never', '', undefined];
  const stored = await storedEvents([...times, ...others].map((timestamp) => rowOf({ timestamp })));
  expect(stored.map(({ timestamp }) => timestamp)).toEqual([
    '2026-11-20T09:12:44.118203Z',
    '2026-11-20T09:12:44.000000Z',
    '2026-11-20T09:12:44.000000Z',
    '2026-11-20T09:13:00.000000Z',
    ...others.map(() => null),
  ]);
});
