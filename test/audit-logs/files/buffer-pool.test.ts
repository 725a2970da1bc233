import { expect, test } from 'vitest';
import { BufferPool } from '../../../src/audit-logs/files/prefetch.js';

const mebibyte = 1024 * 1024;

test('gives back the smallest that is large enough', () => {
  const spare = new BufferPool(100 * mebibyte);
  const given = [8, 2, 4].map((size) => new ArrayBuffer(size * mebibyte));
  for (const buffer of given) spare.give(buffer);
  expect(spare.take(3 * mebibyte)).toBe(given[2]);
  expect(spare.take(3 * mebibyte)).toBe(given[0]);
  expect(given).not.toContain(spare.take(3 * mebibyte));
});

test('gives the same memory to one taker only', () => {
  const spare = new BufferPool(100 * mebibyte);
  spare.give(new ArrayBuffer(2 * mebibyte));
  expect(spare.take(mebibyte)).not.toBe(spare.take(mebibyte));
});

test('has room for files that are a little larger than the last one', () => {
  const spare = new BufferPool(100 * mebibyte);
  const first = spare.take(14_999_000) ?? new ArrayBuffer(0);
  spare.give(first);
  expect(spare.take(15_000_000)).toBe(first);
});

test('lets go of what is too small when larger files come', () => {
  const spare = new BufferPool(100 * mebibyte);
  const small = new ArrayBuffer(2 * mebibyte);
  spare.give(small);
  spare.take(15_000_000);
  expect(spare.take(mebibyte)).not.toBe(small);
});

test('keeps no more than it may, and nothing small', () => {
  const spare = new BufferPool(4 * mebibyte);
  const given = [3, 2, 1 / 32].map((size) => new ArrayBuffer(size * mebibyte));
  for (const buffer of given) spare.give(buffer);
  expect(spare.take(mebibyte)).toBe(given[0]);
  expect(given).not.toContain(spare.take(mebibyte));
  expect(spare.take(mebibyte / 32)).toBeUndefined();
});
