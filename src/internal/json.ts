/** Whether a value is an object with keys: not null, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As `in`, and narrows as it does, for properties of its own: what somebody put on `Object.prototype` is on nothing else. */
export function has<Whole extends object, Name extends PropertyKey>(
  whole: Whole,
  name: Name,
): whole is Extract<Whole, { readonly [Key in Name]: unknown }> {
  return Object.hasOwn(whole, name);
}

/**
 * A copy in which every name is a property of its own, `undefined` where the object itself has none. What somebody put on
 * `Object.prototype` then reaches neither it nor its copies, however they are spread or destructured.
 */
export function ownCopy<Whole extends object>(given: Whole, names: readonly string[]): Whole {
  const own: Whole = { ...given };
  // The same properties: one that was absent is `undefined` all the same when it is read.
  for (const name of names) if (!Object.hasOwn(own, name)) Reflect.set(own, name, undefined);
  return own;
}

/** A copy that inherits nothing, for what is merged later: an absent name must not hide what it is merged with. */
export function ownOnly<Whole extends object>(given: Whole): Whole {
  return Object.assign(Object.create(null), given);
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
