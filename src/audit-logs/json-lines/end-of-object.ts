const quote = 0x22;
const backslash = 0x5c;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/**
 * Finds where the JSON object that begins at `start` ends: the index after its closing brace, or -1 when it has none.
 * Looks at braces and strings only. On UTF-8 bytes this is exact: no byte of a longer character equals an ASCII one.
 */
export function endOfObject(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  let isInString = false;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index];
    if (isInString) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isInString = false;
    } else if (byte === quote) {
      isInString = true;
    } else if (byte === openingBrace) {
      depth += 1;
    } else if (byte === closingBrace) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}
