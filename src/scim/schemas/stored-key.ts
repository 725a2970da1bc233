import { findKey } from './find-key.js';

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
