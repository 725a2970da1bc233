import { expect, test } from 'vitest';
import { readAddress } from '../../../src/connection/roster/addresses.js';

test.each([
  ['Mira@North.example', ' mira@north.example\n'],
  ['u\u0308ma@north.example', '\u00fcma@north.example'],
  ['\u00dcMA@north.example', 'u\u0308ma@north.example'],
  ['\u200bmira@north.example', 'mira@north.example'],
  ['mi\u00adra@north.example\ufeff', 'mira@north.example'],
  ['mira@b\u00fccher.example', 'mira@xn--bcher-kva.example'],
  ['mira@BU\u0308CHER.example', 'mira@XN--BCHER-KVA.example'],
])('%j and %j are one address', (one, other) => {
  const key = readAddress(one)?.key;
  expect(key).toBeDefined();
  expect(readAddress(other)?.key).toBe(key);
});

test.each([
  ['mira@north.example', 'mira@south.example'],
  ['mira@north.example', 'mira+work@north.example'],
  ['mira@north.example', 'mira@n\u043erth.example'],
  ['uma@north.example', '\u00fcma@north.example'],
])('%j and %j are two', (one, other) => {
  expect(readAddress(one)?.key).not.toBe(readAddress(other)?.key);
});

test.each([
  undefined,
  null,
  5,
  { value: 'a@x.example' },
  '',
  ' ',
  '\u200b',
  'mira',
  '@north.example',
  'mira@',
  'a@b@c.example',
  'invited user',
  'm***@north.example',
  'm...@north.example',
  'm…@north.example',
  'Mira <mira@north.example>',
  'mailto:mira@north.example',
  'mira@north.example, ben@north.example',
  'mira@b\u00fccher.example/path',
  'mira@\uff11.\uff12',
])('%j is the address of nobody', (given) => {
  expect(readAddress(given)).toBeUndefined();
});

test('an address is told as it was spelled, in lower case', () => {
  expect(readAddress(' Mira@B\u00fccher.example ')?.text).toBe('mira@b\u00fccher.example');
});
