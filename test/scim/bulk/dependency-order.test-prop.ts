import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BulkWrite, inDependencyOrder, referencesOf } from '../../../src/scim/bulk/writes.js';
import { cpuMs } from '../../support/cpu-ms.js';

const writesOf = (edges: readonly (readonly number[])[]): BulkWrite[] =>
  edges.map((targets, index) => ({
    method: 'POST',
    path: '/Groups',
    bulkId: `g${index}`,
    data: { members: targets.map((target) => ({ value: `bulkId:g${target}` })) },
  }));

const orderOf = (edges: readonly (readonly number[])[]) => {
  const writes = writesOf(edges);
  return inDependencyOrder(writes, writes.map(referencesOf));
};

/** Whether a walk along the edges leads from one to the other. */
function leadsTo(edges: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to && seen.size > 0) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(edges[at] ?? []));
  }
  return false;
}

test('each write comes once, after all it refers to but those that lead back to it', () => {
  const graph = fc
    .integer({ min: 1, max: 9 })
    .chain((size) =>
      fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size }),
    );
  fc.assert(
    fc.property(graph, (edges) => {
      const order = orderOf(edges);
      expect([...order].sort((a, b) => a - b)).toEqual([...edges.keys()]);
      edges.forEach((targets, index) => {
        for (const target of targets) {
          if (!leadsTo(edges, target, index)) expect(order.indexOf(target)).toBeLessThan(order.indexOf(index));
        }
      });
    }),
    { numRuns: 500 },
  );
});

test('a chain and a cycle of fifty thousand take a moment', () => {
  const started = cpuMs();
  const size = 50_000;
  expect(orderOf(Array.from({ length: size }, (_, index) => (index + 1 < size ? [index + 1] : [])))).toHaveLength(size);
  expect(orderOf(Array.from({ length: size }, (_, index) => [(index + 1) % size]))).toHaveLength(size);
  expect(cpuMs() - started).toBeLessThan(3_000);
});
