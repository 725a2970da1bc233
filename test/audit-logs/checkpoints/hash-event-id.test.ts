import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashEventId } from '../../../src/audit-logs/checkpoints/hash-event-id.js';

const count = 200_000;

/** Their hashes, each as one number of 64 bits, or of the 32 bits of one half. */
function hashesOf(make: (index: number) => string) {
  const view = new DataView(new ArrayBuffer(8));
  const whole = new Set<bigint>();
  const halves = [new Set<number>(), new Set<number>()] as const;
  for (let index = 0; index < count; index++) {
    hashEventId(make(index), view, 0);
    whole.add(view.getBigUint64(0, true));
    halves[0].add(view.getUint32(0, true));
    halves[1].add(view.getUint32(4, true));
  }
  return { whole: whole.size, halves: halves.map(({ size }) => size) };
}

test.each([
  ['numbered', (index: number) => `evt_${String(index).padStart(9, '0')}`],
  ['random', () => randomUUID()],
  ['in hexadecimal', (index: number) => `evt_${index.toString(16).padStart(24, '0')}`],
  ['that differ at their beginning', (index: number) => `${index}-0000-4000-8000-000000000000`],
])('ids %s have hashes of their own', (_name, make) => {
  const { whole, halves } = hashesOf(make);
  expect(whole).toBe(count);
  // Of 200,000 numbers of 32 bits drawn at random, 5 are drawn twice.
  for (const half of halves) expect(count - half).toBeLessThan(25);
});

test('a hash is the same on every machine and in every version', () => {
  const view = new DataView(new ArrayBuffer(8));
  hashEventId('0197c2ab-5d0e-7b63-9c1e-0d7a4f6b8e11', view, 0);
  expect(view.getBigUint64(0, false).toString(16)).toMatchInlineSnapshot(`"3cf48e4371cf8a9c"`);
});
