import { checkDepth } from './json-value.js';

/**
 * Whether two values of JSON are equal, whatever the order of keys.
 *
 * @throws {PatchProblem} Both are nested too deeply to tell.
 */
export function isSameValue(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  checkDepth(depth);
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => isSameValue(item, b[index], depth + 1))
    );
  }
  if (Array.isArray(b)) return false;
  return isSameObject(a as Record<string, unknown>, b as Record<string, unknown>, depth + 1);
}

function isSameObject(a: Record<string, unknown>, b: Record<string, unknown>, depth: number): boolean {
  let count = 0;
  for (const key in a) {
    if (!Object.hasOwn(b, key) || !isSameValue(a[key], b[key], depth)) return false;
    count += 1;
  }
  for (const _key in b) count -= 1;
  return count === 0;
}
