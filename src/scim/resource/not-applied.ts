import { PatchError } from '../../errors/scim-errors.js';
import { applyPatch } from '../patch/apply-patch.js';
import type { Resource } from '../schemas/common.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { differences } from './differences.js';
import type { ResourceContext } from './resource-context.js';

/**
 * The attributes that operations did not take effect on: those that would change if they were applied once more, and
 * that, where it is known what the resource was like before, are not as that and the operations have them either.
 */
export function notApplied(
  context: ResourceContext,
  operations: readonly PatchOperation[],
  now: Resource,
  before: Resource | undefined,
): readonly string[] {
  const left = shortfall(context, operations, now, now);
  return left.length === 0 || before === undefined ? left : shortfall(context, operations, now, before);
}

/**
 * Whether the outcome shows that an operation was applied: to replace or remove what a path names twice is to do it
 * once. What a filter chose may not match it any more, and what was added may be stored in another spelling.
 */
export function showsInOutcome({ op, path }: PatchOperation): boolean {
  return op !== 'add' && path !== undefined && !path.includes('[');
}

/** The attributes that are not as the operations make them of the resource given. */
function shortfall(
  context: ResourceContext,
  operations: readonly PatchOperation[],
  now: Resource,
  from: Resource,
): readonly string[] {
  try {
    const to = applyPatch(from, operations, { schema: context.schema });
    const names = Object.keys({ ...from, ...to }).filter((name) => from[name] !== to[name]);
    return differences(context, now, Object.fromEntries(names.map((name) => [name, to[name]])));
  } catch (error) {
    // What should have been changed is not even there.
    if (error instanceof PatchError) return [error.path ?? 'a value'];
    throw error;
  }
}
