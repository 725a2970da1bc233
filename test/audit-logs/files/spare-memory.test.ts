import { expect, test } from 'vitest';
import { SpareMemory } from '../../../src/audit-logs/files/spare-memory.js';

const mebibyte = 1024 * 1024;

test('gives back the smallest that is large enough', () => {
  const spare = new SpareMemory(100 * mebibyte);
  for (const size of [8, 2, 4]) spare.give(new ArrayBuffer(size * mebibyte));
  expect(spare.take(3 * mebibyte)?.byteLength).toBe(4 * mebibyte);
  expect(spare.take(3 * mebibyte)?.byteLength).toBe(8 * mebibyte);
  expect(spare.take(3 * mebibyte)).toBeUndefined();
});

test('gives the same memory to one taker only', () => {
  const spare = new SpareMemory(100 * mebibyte);
  spare.give(new ArrayBuffer(2 * mebibyte));
  expect([spare.take(mebibyte), spare.take(mebibyte)].filter(Boolean)).toHaveLength(1);
});

test('keeps no more than it may, and nothing small', () => {
  const spare = new SpareMemory(4 * mebibyte);
  for (const size of [3, 2, 1 / 2]) spare.give(new ArrayBuffer(size * mebibyte));
  expect(spare.take(mebibyte)?.byteLength).toBe(3 * mebibyte);
  expect(spare.take(mebibyte)).toBeUndefined();
});
