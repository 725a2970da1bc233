import { checkText } from '../../errors/check-options.js';
import { isDelimiterCode, scanAttributeName, scanAttributePath } from './attribute-path.js';
import type { ComparisonOperator, Filter, FilterExpression, FilterValue } from './filter.js';
import { createReader, type FilterReader, fail, MAX_FILTER_DEPTH, skipSpaces, takeValue } from './reader.js';

/**
 * Reads a filter (RFC 7644 §3.4.2.2). Words of the grammar may be in any case, and spaces may be missing or repeated
 * where no doubt arises (`value eq"x"`). Paths are kept as written. Takes linear time.
 *
 * @throws {ScimSyntaxError} The text is not a filter, or nested too deeply. The message shows where, with values masked.
 */
export function parseFilter(text: string): Filter<unknown> {
  checkText('filter', text);
  return readFilter(createReader(text, 0));
}

export const OPERATORS: readonly (ComparisonOperator | 'pr')[] = [
  'eq',
  'co',
  'sw',
  'pr',
  'ne',
  'ew',
  'gt',
  'ge',
  'lt',
  'le',
];

/** Reads the whole text as one filter: recursive descent, one character at a time and never back. */
export function readFilter(reader: FilterReader): FilterExpression {
  const filter = readOr(reader);
  const next = reader.text[reader.position];
  if (next === '.') fail(reader, 'Compare within the brackets, as in emails[type eq "work" and value eq "…"]');
  if (next !== undefined) fail(reader, 'Expected and, or, or the end');
  return filter;
}

/** Reads `[…]`, both brackets included. */
export function readValueFilter(reader: FilterReader): FilterExpression {
  if (reader.inValuePath) fail(reader, 'A value path cannot contain another one');
  reader.inValuePath = true;
  const filter = readNested(reader, ']');
  reader.inValuePath = false;
  setHeight(reader, reader.height + 1);
  return filter;
}

function readOr(reader: FilterReader): FilterExpression {
  const first = readAnd(reader);
  return skipWord(reader, 'or') ? readRest(reader, 'or', first) : first;
}

function readAnd(reader: FilterReader): FilterExpression {
  const first = readUnit(reader);
  return skipWord(reader, 'and') ? readRest(reader, 'and', first) : first;
}

function readRest(reader: FilterReader, op: 'and' | 'or', first: FilterExpression): FilterExpression {
  const filters = [first];
  let height = heightWithin(reader, first);
  do {
    const next = op === 'and' ? readUnit(reader) : readAnd(reader);
    height = Math.max(height, heightWithin(reader, next));
    filters.push(next);
  } while (skipWord(reader, op));
  setHeight(reader, height);
  return { op, filters };
}

function heightWithin(reader: FilterReader, { op }: FilterExpression): number {
  return op === 'and' || op === 'or' ? reader.height + 1 : reader.height;
}

function setHeight(reader: FilterReader, height: number): void {
  if (height > MAX_FILTER_DEPTH) failAsTooDeep(reader);
  reader.height = height;
}

function readUnit(reader: FilterReader): FilterExpression {
  skipSpaces(reader);
  reader.height = 0;
  const { text, position } = reader;
  const code = text.charCodeAt(position);
  if (code === 0x28) return readNested(reader, ')');
  if (code === 0) {
    // In a template, a filter may stand for itself.
    const value = takeValue(reader);
    if (typeof value !== 'object' || value === null) fail(reader, 'Expected an attribute or a filter', position);
    return value;
  }
  if ((code | 0x20) === 0x6e && skipNot(reader)) {
    const filter = readNested(reader, ')');
    setHeight(reader, reader.height + 1);
    return { op: 'not', filter };
  }
  const end = scanPath(text, position);
  if (end < 0) fail(reader, ~end < text.length ? 'Not the name of an attribute' : 'Expected an attribute', ~end);
  reader.position = end;
  const path = text.slice(position, end);
  skipSpaces(reader);
  if (text.charCodeAt(reader.position) === 0x5b) return { op: 'valuePath', path, filter: readValueFilter(reader) };
  const op = readOperator(reader);
  return op === 'pr' ? { op, path } : { op, path, value: readLiteral(reader) };
}

function scanPath(text: string, start: number): number {
  // Most paths are the name of one attribute, which is quicker to read.
  const end = scanAttributeName(text, start);
  return text.charCodeAt(end) === 0x20 ? end : scanAttributePath(text, start);
}

function readNested(reader: FilterReader, closing: ')' | ']'): FilterExpression {
  const opened = reader.position;
  if (reader.depth === MAX_FILTER_DEPTH) failAsTooDeep(reader);
  reader.depth += 1;
  reader.position += 1;
  const filter = readOr(reader);
  const next = reader.text[reader.position];
  if (next === undefined) fail(reader, 'A bracket is not closed', opened);
  if (next !== closing) fail(reader, `Expected and, or, or ${closing}`);
  reader.depth -= 1;
  reader.position += 1;
  return filter;
}

function readOperator(reader: FilterReader): ComparisonOperator | 'pr' {
  const { text, position } = reader;
  const end = position + 2;
  if (end === text.length || isDelimiterCode(text.charCodeAt(end))) {
    for (const operator of OPERATORS) {
      if (startsWord(reader, operator)) {
        reader.position = end;
        return operator;
      }
    }
  }
  fail(reader, `Expected ${OPERATORS.join(', ')}`);
}

/** Without a parenthesis after it, `not` is the name of an attribute. */
function skipNot(reader: FilterReader): boolean {
  const start = reader.position;
  if (!startsWord(reader, 'not')) return false;
  reader.position = start + 3;
  skipSpaces(reader);
  if (reader.text[reader.position] === '(') return true;
  reader.position = start;
  return false;
}

function skipWord(reader: FilterReader, word: 'and' | 'or'): boolean {
  // Brackets hold one comparison, mostly.
  if (reader.text.charCodeAt(reader.position) === 0x5d) return false;
  skipSpaces(reader);
  const { text } = reader;
  const end = reader.position + word.length;
  if (!startsWord(reader, word) || (end < text.length && !isDelimiterCode(text.charCodeAt(end)))) return false;
  reader.position = end;
  return true;
}

function startsWord({ text, position }: FilterReader, word: string): boolean {
  if (position + word.length > text.length) return false;
  for (let index = 0; index < word.length; index += 1) {
    if ((text.charCodeAt(position + index) | 0x20) !== word.charCodeAt(index)) return false;
  }
  return true;
}

function failAsTooDeep(reader: FilterReader): never {
  fail(reader, `Nested more than ${MAX_FILTER_DEPTH} deep`);
}

function readLiteral(reader: FilterReader): FilterValue {
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

/** The position of the escape's last character. */
function skipEscape(reader: FilterReader, start: number): number {
  const { text } = reader;
  const next = text[start + 1] ?? ' ';
  if ('"\\/bfnrt'.includes(next)) return start + 1;
  const isUnicode = next === 'u' && /^[\da-f]{4}$/i.test(text.slice(start + 2, start + 6));
  if (!isUnicode) fail(reader, 'Invalid JSON escape', start);
  return start + 5;
}

function readNumber(reader: FilterReader): number {
  const { text, position: start } = reader;
  let end = start + 1;
  while (end < text.length && !isDelimiterCode(text.charCodeAt(end))) end += 1;
  const digits = text.slice(start, end);
  const value = Number(digits);
  const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(digits) && Number.isFinite(value);
  if (!isNumber) fail(reader, 'Invalid JSON number, or too large');
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
