/** Values deeper than any schema allows (RFC 7643 §2.3.8) are taken as present, so that no data exhausts the stack. */
const MAX_VALUE_DEPTH = 8;

/** Whether a value counts for `pr`: not null, not empty, and of a complex or multi-valued one at least one part is. */
export function isPresent(value: unknown, depth = 0): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'object' || depth === MAX_VALUE_DEPTH) return true;
  return Object.values(value).some((part) => isPresent(part, depth + 1));
}
