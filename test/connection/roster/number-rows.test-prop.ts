import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberRows } from '../../../src/connection/roster/number-rows.js';
import { timesOf } from '../../support/scale.js';

const row = fc.tuple(fc.nat(3), fc.oneof(fc.nat(3), fc.constant(2 ** 32 - 1)), fc.nat(2));

test('each row is kept once and has the number of its turn', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
      const kept = new NumberRows(3);
      const turns = new Map<string, number>();
      for (const one of rows) {
        kept.row.set(one);
        expect(kept.has()).toBe(turns.has(String(one)));
        if (!turns.has(String(one))) turns.set(String(one), turns.size);
        expect(kept.add()).toBe(turns.get(String(one)));
        expect(kept.size).toBe(turns.size);
      }
    }),
    { numRuns: timesOf(300, 30_000) },
  );
});

test('a hundred thousand rows have the numbers that they had when there were few', () => {
  const kept = new NumberRows(2);
  const numberOf = (index: number) => {
    kept.row.set([index % 313, Math.floor(index / 313)]);
    return kept.add();
  };
  for (let index = 0; index < 100_000; index++) if (numberOf(index) !== index) expect.fail(`Row ${index} is not new.`);
  for (let index = 0; index < 100_000; index += 997) expect(numberOf(index)).toBe(index);
  expect(kept.size).toBe(100_000);
});
