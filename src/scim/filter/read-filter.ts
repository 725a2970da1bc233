import { isDelimiterCode } from './character-codes.js';
import type { ComparisonOperator, FilterExpression } from './filter.js';
import { type FilterReader, fail, MAX_FILTER_DEPTH, skipSpaces, takeValue } from './filter-reader.js';
import { readLiteral } from './read-literal.js';
import { scanAttributeName, scanAttributePath } from './scan-attribute-path.js';

const OPERATORS: readonly (ComparisonOperator | 'pr')[] = ['eq', 'co', 'sw', 'pr', 'ne', 'ew', 'gt', 'ge', 'lt', 'le'];

/**
 * Reads the whole text as one filter: recursive descent, one character at a time and never back; `or` of `and` of units
 * (RFC 7644 §3.4.2.2).
 */
export function readFilter(reader: FilterReader): FilterExpression {
  const filter = readOr(reader);
  const next = reader.text[reader.position];
  if (next === '.') fail(reader, 'Compare within the brackets, as in emails[type eq "work" and value eq "…"]');
  if (next !== undefined) fail(reader, 'Expected and, or, or the end');
  return filter;
}

/** Reads what stands in the brackets of `attribute[…]`, the opening one not yet read, and the closing one. */
export function readValueFilter(reader: FilterReader): FilterExpression {
  if (reader.inValuePath) fail(reader, 'A value path cannot hold another one');
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

/** The height of what was read last, once it is part of a combination. */
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
  if (code === 0) return takeFilter(reader);
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

/** Most paths are the name of one attribute, which is quicker to read. */
function scanPath(text: string, start: number): number {
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
  if (next === undefined) fail(reader, 'This is not closed', opened);
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

/** Takes a filter that stands for itself in a template. */
function takeFilter(reader: FilterReader): FilterExpression {
  const { position } = reader;
  const value = takeValue(reader);
  if (typeof value !== 'object' || value === null) fail(reader, 'Expected an attribute or a filter', position);
  return value;
}

/** Reads `not` where a parenthesis follows: else it is the name of an attribute. */
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
