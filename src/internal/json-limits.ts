/**
 * How deep JSON from outside may be nested. `JSON.parse` takes any depth; what walks its result by recursion, here and in the
 * caller's program, ends in a RangeError.
 */
export const deepestNesting = 500;

/** One value for so many bytes: what is parsed takes memory by its values, of which the shortest have two bytes. */
export const bytesPerValue = 32;

export type JsonExcess = 'too_deep' | 'too_many';

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;

/** What keeps a text from being parsed, if it is JSON: in linear time, without recursion, before memory is taken for it. */
export function excessOf(text: string, mostValues = Number.POSITIVE_INFINITY): JsonExcess | undefined {
  const mayBeMany = text.length > mostValues;
  if (!(mayBeMany || mayBeDeep(text))) return undefined;
  let depth = 0;
  let values = 1;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === quote) index = endOfString(text, index);
    else if (unit === comma) values += 1;
    else if ((unit | 0x20) === 0x7b) {
      // `[` and `{`
      values += 1;
      depth += 1;
      if (depth > deepestNesting) return 'too_deep';
    } else if ((unit | 0x20) === 0x7d) depth -= 1;
    if (values > mostValues) return 'too_many';
  }
  return undefined;
}

/** @throws SyntaxError for what is not JSON, or nested too deep. Never quotes the text. */
export function parseJson(text: string): unknown {
  if (excessOf(text) === undefined) {
    try {
      return JSON.parse(text);
    } catch {
      // The engine's own error quotes the text.
    }
  }
  throw new SyntaxError('Not JSON, or nested too deep.');
}

/** The same depth for what was parsed elsewhere. */
export function isNestedTooDeep(value: unknown): boolean {
  const seen = new Set<unknown>();
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const inner: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null || seen.has(item)) continue;
      if (depth >= deepestNesting) return true;
      seen.add(item);
      for (const part of Object.values(item)) inner.push(part);
    }
    level = inner;
  }
  return false;
}

// Nearly every text is told by this, which takes a fraction of the time of parsing it.
function mayBeDeep(text: string): boolean {
  if (text.length < 2 * deepestNesting) return false;
  let brackets = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      brackets += 1;
      if (brackets > deepestNesting) return true;
    }
  }
  return false;
}

/** The place of the quote that closes a string; the end where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}
