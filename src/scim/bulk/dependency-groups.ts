import type { BulkWrite } from './bulk-request.js';

interface Visit {
  readonly index: number;
  readonly names: Iterator<string>;
  /** The earliest write under way that this one leads back to. */
  earliest: number;
}

/**
 * Indices of the writes in the order in which each comes after those it refers to. Those that refer to one another in a
 * circle are one group, which only one request can hold; every other write is a group of its own.
 *
 * @see Tarjan, Depth-first search and linear graph algorithms (1972)
 */
export function dependencyGroups(
  writes: readonly BulkWrite[],
  references: readonly ReadonlySet<string>[],
): readonly (readonly number[])[] {
  const byName = new Map(
    writes.flatMap((write, index) => (write.method === 'POST' ? [[write.bulkId, index] as const] : [])),
  );
  const groups: number[][] = [];
  const order = new Map<number, number>();
  const ungrouped: number[] = [];
  const isUngrouped = new Set<number>();
  // A stack of our own: a chain of references may be longer than the call stack.
  const path: Visit[] = [];
  const enter = (index: number) => {
    path.push({ index, names: (references[index] ?? new Set()).values(), earliest: order.size });
    order.set(index, order.size);
    ungrouped.push(index);
    isUngrouped.add(index);
  };

  for (const start of writes.keys()) {
    if (!order.has(start)) enter(start);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { value: name, done } = visit.names.next();
      if (done === true) {
        leave(visit);
        continue;
      }
      const index = byName.get(name);
      if (index === undefined) continue;
      const at = order.get(index);
      if (at === undefined) enter(index);
      else if (isUngrouped.has(index)) visit.earliest = Math.min(visit.earliest, at);
    }
  }
  return groups;

  function leave({ index, earliest }: Visit): void {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) parent.earliest = Math.min(parent.earliest, earliest);
    if (order.get(index) !== earliest) return;
    const group = ungrouped.splice(ungrouped.lastIndexOf(index));
    for (const member of group) isUngrouped.delete(member);
    groups.push(group.sort((a, b) => a - b));
  }
}
