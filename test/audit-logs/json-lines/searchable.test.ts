import { afterEach, expect, test, vi } from 'vitest';
import { searchable } from '../../../src/audit-logs/line-bytes.js';
import { readText } from './read-all.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

const text = '\ufeff{"a":"é"}\r\n\n{"b":1}{"c":2} oops\n{"d":4}';

test('shows the same bytes, not a copy', () => {
  const large = Uint8Array.of(0, 1, 10, 3, 0);
  const view = searchable(large.subarray(1, 4));
  expect([...view]).toEqual([1, 10, 3]);
  expect(view.indexOf(10)).toBe(1);
  large[2] = 9;
  expect(view[1]).toBe(9);
});

test('does without Buffer where there is none, and reads the same', () => {
  const expected = readText(text);
  vi.stubGlobal('Buffer', undefined);
  const bytes = Uint8Array.of(1);
  expect(searchable(bytes)).toBe(bytes);
  expect(readText(text)).toEqual(expected);
});
