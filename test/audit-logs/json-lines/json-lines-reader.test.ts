import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { JsonLinesReader } from '../../../src/audit-logs/json-lines.js';
import { cut, readAll, readText } from './read-all.js';

const encode = (text: string) => new TextEncoder().encode(text);
const values = (text: string) => readText(text).map(({ value }) => value);

describe('records', () => {
  test('stand on lines', () => {
    expect(readText('{"a":1}\n{"b":"two"}\n')).toEqual([
      { value: { a: 1 }, problem: undefined, line: 1, byteOffset: 0 },
      { value: { b: 'two' }, problem: undefined, line: 2, byteOffset: 8 },
    ]);
  });

  test('are read without a newline after the last one', () => {
    expect(values('{"a":1}\n{"b":2}')).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('are read from CRLF lines', () => {
    expect(readText('{"a":1}\r\n{"b":2}\r\n').map(({ value, byteOffset }) => [value, byteOffset])).toEqual([
      [{ a: 1 }, 0],
      [{ b: 2 }, 9],
    ]);
  });

  test('are read behind a byte order mark, at the beginning and where files were joined', () => {
    expect(readText('\ufeff{"a":1}\n\ufeff{"b":2}').map(({ value, byteOffset }) => [value, byteOffset])).toEqual([
      [{ a: 1 }, 3],
      [{ b: 2 }, 14],
    ]);
  });

  test('are counted by the lines of the file, blank ones included', () => {
    expect(readText('\n  \t\r\n{"a":1}\n\n\n{"b":2}\n\n').map(({ line }) => line)).toEqual([3, 6]);
  });

  test('are found when several stand on one line', () => {
    expect(readText('{"a":{"}":"{"}}{"b":"\\"}{"} {"c":[{},{}]}\n{"d":4}')).toEqual([
      { value: { a: { '}': '{' } }, problem: undefined, line: 1, byteOffset: 0 },
      { value: { b: '"}{' }, problem: undefined, line: 1, byteOffset: 15 },
      { value: { c: [{}, {}] }, problem: undefined, line: 1, byteOffset: 28 },
      { value: { d: 4 }, problem: undefined, line: 2, byteOffset: 42 },
    ]);
  });

  test('are found when a whole file is one line', () => {
    const records = Array.from({ length: 50 }, (_, index) => ({ index, text: '東京{}"\\' }));
    expect(values(records.map((record) => JSON.stringify(record)).join(''))).toEqual(records);
  });

  test('keep every character, whatever their number of bytes', () => {
    const text = 'a\u00e9\u20ac\u{1f6b2}\u2028\u0000"\\\ud83d';
    expect(values(`${JSON.stringify({ text })}\n`)).toEqual([{ text }]);
  });

  test('keep a key called __proto__ as data', () => {
    const [record] = values('{"__proto__":{"polluted":true},"a":{"__proto__":1}}');
    expect(Object.hasOwn(record as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('get U+FFFD for bytes that are not UTF-8', () => {
    const bytes = encode('{"a":"x"}\n{"b":2}');
    bytes[6] = 0xff;
    expect(readAll([bytes]).map(({ value }) => value)).toEqual([{ a: '\ufffd' }, { b: 2 }]);
  });

  test('are read alike from plain bytes, from a Buffer and from a view into a larger buffer', () => {
    const text = '{"a":"é"}\n{"b":2}\n';
    const expected = readText(text);
    expect(readAll([Buffer.from(text)])).toEqual(expected);
    const large = encode(`xxxxx${text}yyy`);
    expect(readAll([large.subarray(5, large.length - 3)])).toEqual(expected);
  });
});

describe('pieces', () => {
  test('may be cut at every byte', () => {
    const bytes = encode('\ufeff{"a":"東京 🚲"}\r\n\n{"b":1}{"c":2} oops\n[1]\n{"d":"é"}');
    const expected = readAll([bytes]);
    expect(expected).toHaveLength(6);
    for (let place = 0; place <= bytes.length; place += 1) expect(readAll(cut(bytes, [place]))).toEqual(expected);
    expect(readAll([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  test('may be empty', () => {
    const none = new Uint8Array(0);
    expect(readAll([none, encode('{"a"'), none, encode(':1}\n'), none]).map(({ value }) => value)).toEqual([{ a: 1 }]);
    expect(readAll([])).toEqual([]);
    expect(readAll([none])).toEqual([]);
  });

  test('may be written over once they have been read', () => {
    const reader = new JsonLinesReader();
    const buffer = encode('{"a":1}\n{"b":');
    reader.push(buffer);
    expect(reader.next()).toBe(true);
    expect(reader.next()).toBe(false);
    buffer.fill(0x78);
    reader.push(encode('2}\n'));
    expect(reader.next()).toBe(true);
    expect(reader.value).toEqual({ b: 2 });
  });

  test('give a record as soon as its line has ended', () => {
    const reader = new JsonLinesReader();
    reader.push(encode('{"a":1}'));
    expect(reader.next()).toBe(false);
    reader.push(encode('\n'));
    expect(reader.next()).toBe(true);
    expect(reader.next()).toBe(false);
  });
});

describe('problems', () => {
  test.each(['nonsense', '5', '"text"', 'null', 'true', '[{"a":1}]', '{"a":', '{"a":1', '{a:1}', '{}}', '<html>'])(
    'are reported for %s, and reading goes on behind',
    (line) => {
      const stops = readText(`{"a":1}\n${line}\n{"b":2}\n`);
      expect(stops.filter(({ problem }) => problem !== undefined)).toHaveLength(1);
      expect(stops.at(-1)).toMatchObject({ value: { b: 2 }, line: 3 });
    },
  );

  test('say where they are', () => {
    expect(readText('{"é":1}\n\n  oops\n')).toEqual([
      { value: { é: 1 }, problem: undefined, line: 1, byteOffset: 0 },
      { value: undefined, problem: 'not_a_json_object', line: 3, byteOffset: 12 },
    ]);
  });

  test('do not take the good objects of their line with them', () => {
    expect(
      readText('{"a":1}{bad}{"b":2} tail').map(({ value, problem, byteOffset }) => value ?? [problem, byteOffset]),
    ).toEqual([{ a: 1 }, ['not_a_json_object', 7], { b: 2 }, ['not_a_json_object', 20]]);
  });
});

describe('the limit of a line', () => {
  const long = `{"a":"${'x'.repeat(100)}"}`;

  test.each([1, 7, 64, 1000])('is kept to when the pieces have %i bytes', (size) => {
    const bytes = encode(`{"b":1}\n${long}\n{"c":2}`);
    const places = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
    expect(readAll(cut(bytes, places), { maxLineBytes: 50 })).toEqual([
      { value: { b: 1 }, problem: undefined, line: 1, byteOffset: 0 },
      { value: undefined, problem: 'too_long', line: 2, byteOffset: 8 },
      { value: { c: 2 }, problem: undefined, line: 3, byteOffset: 9 + long.length },
    ]);
  });

  test('counts neither the newline nor what is just as long', () => {
    expect(readText(`${long}\n`, { maxLineBytes: long.length })).toMatchObject([{ problem: undefined }]);
    expect(readText(`${long}\n`, { maxLineBytes: long.length - 1 })).toMatchObject([{ problem: 'too_long' }]);
  });

  test('is reported before the line has ended, once', () => {
    const reader = new JsonLinesReader({ maxLineBytes: 10 });
    reader.push(encode('{"a":"xxxxxxxxxxx'));
    expect(reader.next()).toBe(true);
    expect(reader.problem).toBe('too_long');
    expect(reader).toMatchObject({ line: 1, byteOffset: 0 });
    expect(reader.next()).toBe(false);
    reader.push(encode('"}'));
    reader.end();
    expect(reader.next()).toBe(false);
  });

  test('lets a whole log file through on one line: 15 MB', () => {
    const record = { text: 'é'.repeat(7_499_000) };
    const bytes = encode(`${JSON.stringify(record)}\n{"b":2}`);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) => index * 65_536);
    expect(readAll(cut(bytes, pieces)).map(({ value }) => value)).toEqual([record, { b: 2 }]);
  });

  test('is 16 MiB unless told otherwise', () => {
    const stops = readAll([new Uint8Array(16 * 1024 * 1024 + 1).fill(0x20), encode('\n{"b":2}')]);
    expect(stops).toMatchObject([{ problem: 'too_long' }, { value: { b: 2 } }]);
  });
});

describe('the next position', () => {
  const bytes = encode('\ufeff{"a":"é"}\r\n\n{"b":1}{"c":2} oops\n  {"d":4}\n\n{"e":5}');

  test('lets another reader go on with what was not handed out, nothing twice', () => {
    const all = readAll([bytes]);
    for (let taken = 0; taken <= all.length; taken += 1) {
      const reader = new JsonLinesReader();
      reader.push(bytes);
      reader.end();
      for (let index = 0; index < taken; index += 1) reader.next();
      const start = reader.nextPosition;
      expect(readAll([bytes.subarray(start.byteOffset)], { start })).toEqual(all.slice(taken));
    }
  });

  test('is the beginning of a line that has not ended', () => {
    const reader = new JsonLinesReader();
    reader.push(encode('{"a":1}\n{"b"'));
    while (reader.next());
    expect(reader.nextPosition).toEqual({ line: 2, byteOffset: 8 });
    reader.push(encode(':2}\n{"c":3}'));
    reader.next();
    expect(reader.value).toEqual({ b: 2 });
    expect(reader.nextPosition).toEqual({ line: 3, byteOffset: 16 });
  });

  test('is the beginning when nothing has been read', () => {
    expect(new JsonLinesReader().nextPosition).toEqual({ line: 1, byteOffset: 0 });
    const start = { line: 7, byteOffset: 123 };
    expect(new JsonLinesReader({ start }).nextPosition).toEqual(start);
  });
});

describe('hostile input', () => {
  const megabytes = (unit: string, count: number) => encode(unit.repeat(Math.floor((count * 1_000_000) / unit.length)));

  test.each([
    ['objects on one line', megabytes('{}', 5)],
    ['broken objects on one line', megabytes('{"a":}', 1)],
    ['opening braces', megabytes('{', 15)],
    ['nesting', megabytes('{"a":', 15)],
    ['quotes', megabytes('{"', 15)],
    ['backslashes', encode(`{"${'\\'.repeat(15_000_000)}`)],
    ['blanks', megabytes(' ', 15)],
    ['newlines', megabytes('\n', 15)],
    ['byte order marks', megabytes('\ufeff', 5)],
    ['lines that are not records', megabytes('x\n', 15)],
    ['lines that almost are', megabytes('{x}\n', 0.5)],
  ])('takes time in proportion to its length: %s', (_, bytes) => {
    const reader = new JsonLinesReader();
    const start = performance.now();
    reader.push(bytes);
    reader.end();
    while (reader.next());
    // Quadratic time would be minutes.
    expect(performance.now() - start).toBeLessThan(12_000);
  });

  test('takes time in proportion to its length when it comes byte by byte', () => {
    const bytes = encode(`{"a":"${'x'.repeat(1_000_000)}"}`);
    const start = performance.now();
    const reader = new JsonLinesReader();
    for (let index = 0; index < bytes.length; index += 1) {
      reader.push(bytes.subarray(index, index + 1));
      reader.next();
    }
    reader.end();
    expect(reader.next()).toBe(true);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

test.each(['{\n', '{a}\n', '{"a":}\n', '{"a":1,"b\n'])('a file of nothing but %j is got through fast', (line) => {
  const reader = new JsonLinesReader();
  reader.push(new TextEncoder().encode(line.repeat(Math.floor(2_000_000 / line.length))));
  reader.end();
  const before = process.cpuUsage();
  let records = 0;
  while (reader.next()) if (reader.value !== undefined) records += 1;
  expect(records).toBe(0);
  // The engine alone takes some seconds to refuse so many.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_500);
});
