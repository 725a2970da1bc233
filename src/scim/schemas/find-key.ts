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
