/** The value of an attribute, whatever the case of its name (RFC 7643 §2.1). No name reaches the object's prototype. */
export function readAttribute(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  const key = storedKey(object, name);
  return key === undefined ? undefined : (object as Readonly<Record<string, unknown>>)[key];
}

/** After so many names that are not spelled as they are stored, an index is worth it. */
const mostSearches = 16;

/** Reads many attributes of an object that stays as it is: to look through all for each would take the square of them. */
export function attributeReader(object: unknown): (name: string) => unknown {
  if (typeof object !== 'object' || object === null) return () => undefined;
  let searches = 0;
  let index: KeyIndex | undefined;
  return (name) => {
    if (!Object.hasOwn(object, name)) searches += 1;
    if (searches > mostSearches) index ??= keyIndexOf(object);
    const key = storedKey(object, name, index);
    return key === undefined ? undefined : (object as Readonly<Record<string, unknown>>)[key];
  };
}

/** The object's own key with these letters, given in lower case. */
export function findKey(object: object, lowerName: string): string | undefined {
  for (const key in object) {
    const isFound = key.length === lowerName.length && key.toLowerCase() === lowerName && Object.hasOwn(object, key);
    if (isFound) return key;
  }
  return undefined;
}

/** The key under which an object stores a name: spelled the same, else in another case. */
export function storedKey(object: object, name: string, index?: KeyIndex): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const lower = name.toLowerCase();
  return index === undefined ? findKey(object, lower) : index.get(lower);
}

/** The keys of an object by their lower case; of several spellings of one name, the first. */
export type KeyIndex = Map<string, string>;

export function keyIndexOf(object: object): KeyIndex {
  const index: KeyIndex = new Map();
  for (const key of Object.keys(object)) {
    const lower = key.toLowerCase();
    if (!index.has(lower)) index.set(lower, key);
  }
  return index;
}

/** URNs of schemas are compared without case (RFC 7644 §3.10). */
export function isSameUrn(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}
