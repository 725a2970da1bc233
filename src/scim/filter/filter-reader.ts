import { ScimSyntaxError } from '../../errors/scim-errors.js';
import { isSpaceCode } from './character-codes.js';
import type { FilterExpression, FilterValue } from './filter.js';
import { syntaxExcerpt } from './syntax-excerpt.js';

/**
 * How deeply parentheses and brackets of a filter may be nested, those counted that precedence implies. A deeper filter
 * is refused, in `parseFilter`, `formatFilter` and `compileFilter` alike, so that no filter can exhaust the stack.
 */
export const MAX_FILTER_DEPTH = 128;

/** Stands in the text for a value that is given apart from it: no filter may hold this character. */
export const PLACEHOLDER = '\0';

/** A text and how far it has been read. Functions on it, and not a class: a bundler cannot shorten the names of methods. */
export interface FilterReader {
  readonly text: string;
  /** What stands for the placeholders in the text, in their order. */
  readonly values: readonly (FilterValue | FilterExpression)[] | undefined;
  position: number;
  /** How many of the values have been read. */
  taken: number;
  /** How many parentheses and brackets are open. */
  depth: number;
  inValuePath: boolean;
  /** How many parentheses and brackets deep the expression read last is, written with all that it needs. */
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

/** The value that is given for the placeholder here, where there is one. */
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
