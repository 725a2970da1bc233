import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storedEvents, storedKey } from '../../src/export/stored-event.js';
import { formatInstant, readInstant } from '../../src/internal/dates.js';
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

test('a time in the form that most have is kept as any other is that says the same', async () => {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'));
  const year = fc.constantFrom('2026', '2024', '0000', '9999', '-001', '-202', '12345');
  const fraction = fc.stringMatching(/^\d{0,8}$/).map((digits) => (digits === '' ? '' : `.${digits}`));
  const zone = fc.constantFrom('Z', 'Z', 'z', '', '+02:00');
  const parts = fc.tuple(year, two(13), two(32), fc.constantFrom('T', 't'), two(25), two(60), two(61), fraction, zone);
  const times = parts.map(([y, mo, d, t, h, mi, s, f, z]) => `${y}-${mo}-${d}${t}${h}:${mi}:${s}${f}${z}`);
  const usual = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        times,
        usual.map((date) => date.toISOString()),
      ),
      async (timestamp) => {
        const instant = readInstant(timestamp);
        const [stored] = await storedEvents([rowOf({ timestamp })]);
        expect(stored?.timestamp).toBe(instant === undefined ? null : formatInstant(instant));
      },
    ),
    {
      numRuns: 1_000,
      examples: [['-001-01-01T00:00:00.000Z'], ['9999-12-31T24:00:00.000Z'], ['2026-02-03T23:59:60.000Z']],
    },
  );
});
