const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openingBracket = 0x5b;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/**
 * Finds where the JSON object that begins at `start` ends: the index after its closing brace, or -1 when it has none.
 * Looks at braces and strings only. On UTF-8 bytes this is exact: no byte of a longer character equals an ASCII one.
 */
export function endOfObject(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index];
    if (byte === quote) index = endOfString(bytes, index, end);
    else if (byte === openingBrace) depth += 1;
    else if (byte === closingBrace) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}

/**
 * Where the objects lie of the list that stands under `name` in an object of JSON, one that `JSON.parse` has taken. Elements that
 * are no objects are passed over.
 */
export function objectsUnder(name: string, bytes: Uint8Array): readonly (readonly [start: number, end: number])[] {
  const key = new TextEncoder().encode(`"${name}"`);
  const { length } = bytes;
  const found: (readonly [number, number])[] = [];
  let depth = 0;
  let isKey = false;
  let isInside = false;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === quote) {
      const end = endOfString(bytes, index, length);
      isKey = depth === 1 && end + 1 - index === key.length && key.every((one, at) => bytes[index + at] === one);
      index = end;
    } else if (byte === openingBrace && isInside && depth === 2) {
      const end = endOfObject(bytes, index, length);
      if (end === -1) return [];
      found.push([index, end]);
      index = end - 1;
    } else if (byte === openingBrace || byte === openingBracket) {
      depth += 1;
      if (depth === 2) isInside = isKey && byte === openingBracket;
      isKey = false;
    } else if (byte === closingBrace || byte === closingBracket) depth -= 1;
    else if (byte === comma) isKey = false;
  }
  return found;
}

/** What may come next. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

/**
 * Whether an object of JSON may begin at `start`, where an opening brace stands. False only where there is none: its
 * tokens are not in an order that JSON allows. What numbers, words and escapes look like is left to `JSON.parse`.
 */
export function mayBeObject(bytes: Uint8Array, start: number, end: number): boolean {
  /** For each bracket that is open, whether it is a brace. */
  const open: boolean[] = [];
  // Widened by hand: in a loop as long as this one the compiler takes it to stay what it is at first.
  let expected = 'value' as Expected;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index];
    if (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) continue;
    if (byte === quote) {
      if (expected === 'colon' || expected === 'comma or end') return false;
      expected = expected === 'key' || expected === 'key or end' ? 'colon' : 'comma or end';
      index = endOfString(bytes, index, end);
    } else if (byte === colon) {
      if (expected !== 'colon') return false;
      expected = 'value';
    } else if (byte === comma) {
      if (expected !== 'comma or end') return false;
      expected = open.at(-1) === true ? 'key' : 'value';
    } else if (byte === closingBrace || byte === closingBracket) {
      const isEmpty = expected === (byte === closingBrace ? 'key or end' : 'value or end');
      if (!(isEmpty || expected === 'comma or end') || open.pop() !== (byte === closingBrace)) return false;
      if (open.length === 0) return true;
      expected = 'comma or end';
    } else {
      if (expected !== 'value' && expected !== 'value or end') return false;
      if (byte === openingBrace || byte === openingBracket) {
        open.push(byte === openingBrace);
        expected = byte === openingBrace ? 'key or end' : 'value or end';
      } else {
        expected = 'comma or end';
        index = endOfWord(bytes, index, end);
      }
    }
  }
  return false;
}

/** The place of the quote that closes a string; the end where none does. */
function endOfString(bytes: Uint8Array, start: number, end: number): number {
  let index = start + 1;
  while (index < end && bytes[index] !== quote) index += bytes[index] === backslash ? 2 : 1;
  return index;
}

/** The place of the last byte of a number or a word. */
function endOfWord(bytes: Uint8Array, start: number, end: number): number {
  let index = start + 1;
  while (index < end && !endsWord(bytes[index])) index += 1;
  return index - 1;
}

function endsWord(byte = 0): boolean {
  return byte <= 0x20 || byte === comma || byte === closingBrace || byte === closingBracket || byte === colon;
}
