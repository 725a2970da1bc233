import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonLinesReader } from '../../../src/audit-logs/json-lines.js';
import { cut, readAll } from './read-all.js';

const record = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
const separator = fc.constantFrom('\n', '\r\n', '', '\n\n', ' ', '\n \t\n', '\n\ufeff');
const garbage = fc.string({ unit: 'binary' });
const places = fc.array(fc.nat(), { maxLength: 12 });

const encode = (text: string) => new TextEncoder().encode(text);

test('records come back as they were written, however they are joined and cut', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(record, separator)), places, (entries, at) => {
      const bytes = encode(entries.map(([value, after]) => JSON.stringify(value) + after).join(''));
      const expected = entries.map(([value]) => JSON.parse(JSON.stringify(value)) as unknown);
      expect(readAll(cut(bytes, at)).map(({ value, problem }) => problem ?? value)).toEqual(expected);
    }),
  );
});

test('how a file is cut changes nothing, be it good or bad', () => {
  const text = fc
    .array(
      fc.oneof(
        record.map((value) => JSON.stringify(value)),
        garbage,
        separator,
      ),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, places, fc.integer({ min: 1, max: 60 }), (given, at, maxLineBytes) => {
      const bytes = encode(given);
      expect(readAll(cut(bytes, at))).toEqual(readAll([bytes]));
      expect(readAll(cut(bytes, at), { maxLineBytes })).toEqual(readAll([bytes], { maxLineBytes }));
    }),
  );
});

test('any bytes at all are read to the end, in order, without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const stops = readAll([bytes]);
      for (const [index, { byteOffset, line }] of stops.entries()) {
        const before = stops[index - 1] ?? { byteOffset: -1, line: 1 };
        expect(byteOffset).toBeGreaterThan(before.byteOffset);
        expect(line).toBeGreaterThanOrEqual(before.line);
        expect(bytes.subarray(0, byteOffset).filter((byte) => byte === 0x0a)).toHaveLength(line - 1);
      }
    }),
  );
});

test('each record stands where its position says', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(record, separator), { minLength: 1 }), (entries) => {
      const bytes = encode(entries.map(([value, after]) => JSON.stringify(value) + after).join(''));
      for (const { value, byteOffset } of readAll([bytes])) {
        const [first] = readAll([bytes.subarray(byteOffset)]);
        expect(first?.value).toEqual(value);
      }
    }),
  );
});

test('a reader that stops and one that goes on from there read everything once', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.oneof(
            record.map((value) => JSON.stringify(value)),
            garbage,
          ),
          separator,
        ),
      ),
      fc.nat(),
      (entries, stop) => {
        const bytes = encode(entries.map(([text, after]) => text + after).join(''));
        const all = readAll([bytes]);
        const taken = stop % (all.length + 1);
        const reader = new JsonLinesReader();
        reader.push(bytes);
        reader.end();
        for (let index = 0; index < taken; index += 1) reader.next();
        const start = reader.nextPosition;
        expect(readAll([bytes.subarray(start.byteOffset)], { start })).toEqual(all.slice(taken));
      },
    ),
  );
});
