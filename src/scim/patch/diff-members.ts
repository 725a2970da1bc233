import type { PatchOperation } from '../schemas/patch-operation.js';
import { comparableText } from './comparable-text.js';
import { isObject } from './json-value.js';

/**
 * The operations that lead from one list of members to another: additions first, so that a group that changes hands is
 * at no time empty, which some servers refuse. None where members without an id differ, since no path leads to those.
 */
export function diffMembers(
  path: string,
  before: unknown,
  after: unknown,
  chunkSize: number,
): PatchOperation[] | undefined {
  const from = byValue(before);
  const to = byValue(after);
  if (comparableText(from.others, undefined, false) !== comparableText(to.others, undefined, false)) return undefined;
  const added = [...to.known].filter(([value]) => !from.known.has(value)).map(([, member]) => member);
  const removed = [...from.known.keys()].filter((value) => !to.known.has(value));
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

function byValue(members: unknown): { readonly known: Map<string, unknown>; readonly others: readonly unknown[] } {
  const known = new Map<string, unknown>();
  const others: unknown[] = [];
  for (const member of Array.isArray(members) ? members : []) {
    if (isObject(member) && typeof member.value === 'string') known.set(member.value, member);
    else others.push(member);
  }
  return { known, others };
}
