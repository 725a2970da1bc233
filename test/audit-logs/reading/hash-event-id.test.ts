import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashId } from '../../../src/audit-logs/hash-id.js';

const count = 200_000;

/** How many different hashes they have, and how many different halves. */
function hashesOf(make: (index: number) => string) {
  const hash = { high: 0, low: 0 };
  const whole = new Set<string>();
  const halves = [new Set<number>(), new Set<number>()] as const;
  for (let index = 0; index < count; index++) {
    hashId(make(index), hash);
    whole.add(`${hash.high} ${hash.low}`);
    halves[0].add(hash.high);
    halves[1].add(hash.low);
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
  const hash = { high: 0, low: 0 };
  hashId('0197c2ab-5d0e-7b63-9c1e-0d7a4f6b8e11', hash);
  expect(hash).toMatchInlineSnapshot(`
    {
      "high": 1133442108,
      "low": -1668624527,
    }
  `);
});
