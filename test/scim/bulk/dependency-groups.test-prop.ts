import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BulkWrite, dependencyGroups, referencesOf } from '../../../src/scim/bulk.js';
import { cpuMs } from '../../support/cpu-ms.js';

const writesOf = (edges: readonly (readonly number[])[]): BulkWrite[] =>
  edges.map((targets, index) => ({
    method: 'POST',
    path: '/Groups',
    bulkId: `g${index}`,
    data: { members: targets.map((target) => ({ value: `bulkId:g${target}` })) },
  }));

const groupsOf = (edges: readonly (readonly number[])[]) => {
  const writes = writesOf(edges);
  return dependencyGroups(writes, writes.map(referencesOf));
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

test('each write is in one group, with exactly those it is in a circle with, after all it refers to', () => {
  const graph = fc
    .integer({ min: 1, max: 9 })
    .chain((size) =>
      fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size }),
    );
  fc.assert(
    fc.property(graph, (edges) => {
      const groups = groupsOf(edges);
      expect([...groups.flat()].sort((a, b) => a - b)).toEqual([...edges.keys()]);
      const place = new Map(groups.flatMap((group, at) => group.map((index) => [index, at] as const)));
      edges.forEach((targets, index) => {
        for (const target of targets) expect(place.get(target)).toBeLessThanOrEqual(place.get(index) ?? -1);
        for (const other of edges.keys()) {
          const isCircle = index === other || (leadsTo(edges, index, other) && leadsTo(edges, other, index));
          expect(place.get(other) === place.get(index)).toBe(isCircle);
        }
      });
    }),
    { numRuns: 500 },
  );
});

test('a chain and a circle of fifty thousand take a moment', () => {
  const started = cpuMs();
  const size = 50_000;
  expect(groupsOf(Array.from({ length: size }, (_, index) => (index + 1 < size ? [index + 1] : [])))).toHaveLength(
    size,
  );
  expect(groupsOf(Array.from({ length: size }, (_, index) => [(index + 1) % size]))).toHaveLength(1);
  expect(cpuMs() - started).toBeLessThan(3_000);
});
