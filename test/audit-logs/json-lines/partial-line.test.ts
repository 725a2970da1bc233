import { expect, test } from 'vitest';
import { PartialLine } from '../../../src/audit-logs/line-bytes.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

test('puts pieces together in order', () => {
  const line = new PartialLine();
  line.append(bytes(1, 2));
  line.append(bytes());
  line.append(bytes(3));
  expect(line.length).toBe(3);
  expect([...line.take()]).toEqual([1, 2, 3]);
});

test('copies what it is given', () => {
  const line = new PartialLine();
  const piece = bytes(1, 2);
  line.append(piece);
  piece.fill(9);
  expect([...line.take()]).toEqual([1, 2]);
});

test('begins anew when it was taken or cleared', () => {
  const line = new PartialLine();
  line.append(bytes(1, 2));
  line.take();
  expect(line.length).toBe(0);
  line.append(bytes(3));
  line.clear();
  line.append(bytes(4));
  expect([...line.take()]).toEqual([4]);
});

test('leaves what was taken alone until something is appended', () => {
  const line = new PartialLine();
  const long = new Uint8Array(2 * 1024 * 1024).fill(7);
  line.append(long);
  const taken = line.take();
  line.append(bytes(1));
  // So long a buffer is not kept, so that it stays with whoever took it.
  expect(taken).toEqual(long);
  expect([...line.take()]).toEqual([1]);
});
