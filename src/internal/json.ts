/** Whether a value is an object with keys: not null, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Absent, null, an empty list and an empty object are one state (RFC 7643 §2.5). */
export function isUnassigned(value: unknown): boolean {
  if (typeof value !== 'object') return value === undefined;
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

/** The same on the wire, where an empty text counts too. */
export function isEmpty(value: unknown): boolean {
  return value === '' || isUnassigned(value);
}
