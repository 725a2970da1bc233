import type { PatchOperation } from '../schemas/patch-operation.js';
import { isObject } from './json-value.js';

/**
 * The operations that lead from one list of members to another: additions first, so that a group that changes hands is
 * at no time empty, which some servers refuse.
 */
export function diffMembers(path: string, before: unknown, after: unknown, chunkSize: number): PatchOperation[] {
  const from = byValue(before);
  const to = byValue(after);
  const added = [...to].filter(([value]) => !from.has(value)).map(([, member]) => member);
  const removed = [...from.keys()].filter((value) => !to.has(value));
  return [...addOperations(path, added, chunkSize), ...removed.map((value) => removeOperation(path, value))];
}

function addOperations(path: string, members: readonly unknown[], chunkSize: number): PatchOperation[] {
  const operations: PatchOperation[] = [];
  for (let start = 0; start < members.length; start += chunkSize) {
    operations.push({ op: 'add', path, value: members.slice(start, start + chunkSize) });
  }
  return operations;
}

function removeOperation(path: string, value: string): PatchOperation {
  return { op: 'remove', path: `${path}[value eq ${JSON.stringify(value)}]` };
}

function byValue(members: unknown): Map<string, unknown> {
  const list = Array.isArray(members) ? members : [];
  const entries = list.flatMap((member): [string, unknown][] =>
    isObject(member) && typeof member.value === 'string' ? [[member.value, member]] : [],
  );
  return new Map(entries);
}
