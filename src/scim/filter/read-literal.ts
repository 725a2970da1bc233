import { isDelimiterCode, isEscapeCode } from './character-codes.js';
import type { FilterValue } from './filter.js';
import { type FilterReader, fail, skipSpaces, takeValue } from './filter-reader.js';

/** Reads what an attribute is compared with: a token of JSON. */
export function readLiteral(reader: FilterReader): FilterValue {
  skipSpaces(reader);
  const { text, position } = reader;
  const code = text.charCodeAt(position);
  if (code === 0x22) return readString(reader);
  if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return readNumber(reader);
  if (text.startsWith('true', position)) return endLiteral(reader, position + 4, true);
  if (text.startsWith('false', position)) return endLiteral(reader, position + 5, false);
  if (text.startsWith('null', position)) return endLiteral(reader, position + 4, null);
  const value = code === 0 ? takeValue(reader) : undefined;
  if (value === undefined || (typeof value === 'object' && value !== null)) {
    fail(reader, 'Expected a value: a string in double quotes, a number, true, false or null', position);
  }
  return value;
}

function readString(reader: FilterReader): string {
  const { text, position: start } = reader;
  let hasEscapes = false;
  for (let position = start + 1; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    // Small letters are by far the most.
    if (code > 0x5c) continue;
    if (code === 0x22) {
      reader.position = position + 1;
      if (!hasEscapes) return text.slice(start + 1, position);
      return JSON.parse(text.slice(start, position + 1)) as string;
    }
    if (code === 0x5c) {
      hasEscapes = true;
      position = skipEscape(reader, position);
    } else if (code < 0x20) {
      const isValue = code === 0 && reader.values !== undefined;
      fail(reader, isValue ? 'Leave out the quotes around a value' : 'A control character must be escaped', position);
    }
  }
  fail(reader, 'This string is not closed');
}

/** The position of the last character of the escape that starts here. */
function skipEscape(reader: FilterReader, start: number): number {
  const { text } = reader;
  const next = start + 1 < text.length ? text.charCodeAt(start + 1) : 0;
  if (isEscapeCode(next)) return start + 1;
  const isUnicode = next === 0x75 && /^[\da-f]{4}$/i.test(text.slice(start + 2, start + 6));
  if (!isUnicode) fail(reader, 'Not an escape of JSON', start);
  return start + 5;
}

function readNumber(reader: FilterReader): number {
  const { text, position: start } = reader;
  let end = start + 1;
  while (end < text.length && !isDelimiterCode(text.charCodeAt(end))) end += 1;
  const digits = text.slice(start, end);
  const value = Number(digits);
  const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(digits) && Number.isFinite(value);
  if (!isNumber) fail(reader, 'Not a number of JSON, or too large');
  reader.position = end;
  // Minus zero could not be written back.
  return value === 0 ? 0 : value;
}

function endLiteral<V extends FilterValue>(reader: FilterReader, end: number, value: V): V {
  const isEnded = end >= reader.text.length || isDelimiterCode(reader.text.charCodeAt(end));
  if (!isEnded) fail(reader, 'Expected a value: a string in double quotes, a number, true, false or null');
  reader.position = end;
  return value;
}
