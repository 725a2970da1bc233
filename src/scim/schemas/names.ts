/**
 * The value of an attribute: the key with the same letters, in any case (RFC 7643 §2.1). Only what the object itself
 * holds counts, so that no name reaches its prototype.
 */
export function readAttribute(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  const fields = object as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(fields, name)) return fields[name];
  const key = findKey(fields, name.toLowerCase());
  return key === undefined ? undefined : fields[key];
}

/**
 * The object's own key with these letters, given in lower case: the names of attributes have no case (RFC 7643 §2.1).
 */
export function findKey(object: object, lowerName: string): string | undefined {
  for (const key in object) {
    const isFound = key.length === lowerName.length && key.toLowerCase() === lowerName && Object.hasOwn(object, key);
    if (isFound) return key;
  }
  return undefined;
}

/** From here on an index of the keys pays: to look at each key for each name takes the square of their number. */
export const MANY_NAMES = 32;

/** The keys of an object by their letters in lower case; of several spellings of one name, the first. */
export type KeyIndex = Map<string, string>;

export function keyIndexOf(object: object): KeyIndex {
  const index: KeyIndex = new Map();
  for (const key of Object.keys(object)) {
    const lower = key.toLowerCase();
    if (!index.has(lower)) index.set(lower, key);
  }
  return index;
}

/** The key that an object stores a name under: that spelling, else another. The index, where there is one, is its own. */
export function storedKey(object: object, name: string, index: KeyIndex | undefined): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const lower = name.toLowerCase();
  return index === undefined ? findKey(object, lower) : index.get(lower);
}

/** Whether two URNs of schemas are the same: they are compared without case (RFC 7644 §3.10). */
export function isSameUrn(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}
