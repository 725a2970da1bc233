import { expect, test } from 'vitest';
import { endOfObject } from '../../../src/audit-logs/json-scan.js';

function endIn(text: string, start = 0): number {
  const bytes = new TextEncoder().encode(text);
  return endOfObject(bytes, start, bytes.length);
}

test.each([
  ['{}', 2],
  ['{}{}', 2],
  ['{"a":{"b":{}}} ', 14],
  ['{"}":"{"}x', 9],
  ['{"\\"}":1}', 9],
  ['{"\\\\"}}', 6],
])('%s ends at %i', (text, end) => {
  expect(endIn(text)).toBe(end);
});

test.each(['{', '{"a":1', '{"a":"}', '{"a":"\\"}', '{{}', '{"\\'])('%s does not end', (text) => {
  expect(endIn(text)).toBe(-1);
});

test('is not led astray by the bytes of longer characters', () => {
  const text = '{"a":"東京{🚲é"}';
  expect(endIn(text)).toBe(new TextEncoder().encode(text).length);
});

test('begins where it is told to, and looks no further than it may', () => {
  expect(endIn('xx{"a":1}yy', 2)).toBe(9);
  expect(endOfObject(new TextEncoder().encode('{"a":1}'), 0, 6)).toBe(-1);
});
