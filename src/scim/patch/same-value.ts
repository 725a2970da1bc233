/** Whether two values of JSON are equal, whatever the order of keys. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSameValue(item, b[index]));
  }
  if (Array.isArray(b)) return false;
  return isSameObject(a as Record<string, unknown>, b as Record<string, unknown>);
}

function isSameObject(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let count = 0;
  for (const key in a) {
    if (!Object.hasOwn(b, key) || !isSameValue(a[key], b[key])) return false;
    count += 1;
  }
  for (const _key in b) count -= 1;
  return count === 0;
}
