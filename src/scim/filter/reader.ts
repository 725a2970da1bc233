import { ScimSyntaxError } from '../../errors/scim-errors.js';
import { isSpaceCode } from './attribute-path.js';
import type { FilterExpression, FilterValue } from './filter.js';

/** How deeply a filter may be nested, with the parentheses that precedence implies, so that none exhausts the stack. */
export const MAX_FILTER_DEPTH = 128;

/** Stands in the text for a value that is given apart from it: no filter may hold this character. */
export const PLACEHOLDER = '\0';

/** A text and how far it has been read. Not a class: bundlers cannot shorten the names of methods. */
export interface FilterReader {
  readonly text: string;
  /** What stands for the placeholders in the text, in their order. */
  readonly values: readonly (FilterValue | FilterExpression)[] | undefined;
  position: number;
  taken: number;
  depth: number;
  inValuePath: boolean;
  /** How deep the expression read last is, written with all the brackets it needs. */
  height: number;
}

export function createReader(text: string, position: number, values?: FilterReader['values']): FilterReader {
  return { text, values, position, taken: 0, depth: 0, inValuePath: false, height: 0 };
}

export function skipSpaces(reader: FilterReader): void {
  const { text } = reader;
  let { position } = reader;
  while (position < text.length && isSpaceCode(text.charCodeAt(position))) position += 1;
  reader.position = position;
}

export function takeValue(reader: FilterReader): FilterValue | FilterExpression | undefined {
  const value = reader.values?.[reader.taken];
  reader.taken += 1;
  reader.position += 1;
  return value;
}

export function fail(reader: FilterReader, what: string, position = reader.position): never {
  const shown = syntaxExcerpt(reader.text.replaceAll(PLACEHOLDER, '?'), position);
  throw new ScimSyntaxError('invalid_filter', `${what}, at position ${position}:\n${shown}`, { position });
}

export function refuse(what: string): never {
  throw new ScimSyntaxError('invalid_filter', what);
}

export function checkDepth(depth: number): void {
  if (depth > MAX_FILTER_DEPTH) refuse(`The filter is nested more than ${MAX_FILTER_DEPTH} deep.`);
}

const BEFORE = 40;
const AFTER = 24;

/**
 * The surroundings of a position with a caret under it. Only words of the grammar and names of attributes before the
 * position are legible; all that could be a value is masked, so that the message may be logged.
 */
export function syntaxExcerpt(text: string, position: number): string {
  const start = Math.max(0, position - BEFORE);
  const end = Math.min(text.length, position + AFTER);
  const head = start === 0 ? '' : '…';
  const tail = end === text.length ? '' : '…';
  const shown = mask(text, position).slice(start, end);
  return `  ${head}${shown}${tail}\n  ${' '.repeat(head.length + position - start)}^`;
}

function mask(text: string, position: number): string {
  let compared = false;
  return text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[^\s"()[\]]+|\s/g, (token: string, offset: number) => {
    if (token.trim() === '') return ' ';
    const isValue = compared;
    compared = /^(?:eq|ne|co|sw|ew|g[te]|l[te])$/i.test(token);
    if (token.startsWith('"')) return token.replace(/[^"]|(?!^)"(?!$)/g, '*');
    if (compared || /^(?:and|or|not|pr|true|false|null)$/i.test(token)) return token;
    const rest = text.slice(offset + token.length, offset + token.length + 8);
    const isName =
      !isValue &&
      offset < position &&
      /^[a-z$][\w$.:-]*$/i.test(token) &&
      /^(?:\s+(?:eq|ne|co|sw|ew|g[te]|l[te]|pr)\b|\[)/i.test(rest);
    return isName ? token : '*'.repeat(token.length);
  });
}
