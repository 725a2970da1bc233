import { FilterSyntaxError } from '../../errors/filter-syntax-error.js';
import { isDelimiterCode, isEscapeCode, isSpaceCode } from './character-codes.js';
import type { ComparisonOperator, FilterExpression, FilterValue } from './filter.js';
import { operatorOf } from './operator-of.js';
import { scanAttributePath } from './scan-attribute-path.js';
import { syntaxExcerpt } from './syntax-excerpt.js';

/**
 * How deeply parentheses and brackets of a filter may be nested, those counted that precedence implies. A deeper filter is refused, in `parseFilter`,
 * `formatFilter` and `compileFilter` alike, so that no filter can exhaust the stack.
 */
export const MAX_FILTER_DEPTH = 128;

/** Stands in the text for a value that is given apart from it: no filter may hold this character. */
export const PLACEHOLDER = '\0';

const TOO_DEEP = `Nested more than ${MAX_FILTER_DEPTH} deep`;

const OPERATORS = 'eq, ne, co, sw, ew, gt, ge, lt, le or pr';

/**
 * Recursive descent over the text, one character at a time and never back: `or` of `and` of units (RFC 7644 §3.4.2.2).
 */
export class FilterReader {
  readonly text: string;
  position: number;
  private readonly values: readonly (FilterValue | FilterExpression)[] | undefined;
  private nextValue = 0;
  private depth = 0;
  private inValuePath = false;
  /** How many parentheses and brackets deep the expression read last is, written with all that it needs. */
  private height = 0;

  constructor(text: string, start = 0, values?: readonly (FilterValue | FilterExpression)[]) {
    this.text = text;
    this.position = start;
    this.values = values;
  }

  /** Reads the whole text as one filter. */
  readFilter(): FilterExpression {
    const filter = this.readOr();
    if (this.position < this.text.length) {
      const next = this.text[this.position];
      if (next === ')' || next === ']') this.fail('Nothing is open that this could close');
      if (next === '.')
        this.fail(
          'Compare within the brackets, as in emails[type eq "work" and value eq "…"]: expected and, or, or the end',
        );
      this.fail('Expected and, or, or the end');
    }
    return filter;
  }

  /** Reads what stands in the brackets of `attribute[…]`, the opening one not yet read, and the closing one. */
  readValueFilter(): FilterExpression {
    if (this.inValuePath) this.fail('A value path cannot hold another one');
    this.inValuePath = true;
    const filter = this.readNested(']');
    this.inValuePath = false;
    this.setHeight(this.height + 1);
    return filter;
  }

  /** Reads `[schema:]attribute[.subAttribute]`. */
  readPath(): string {
    const start = this.position;
    const end = scanAttributePath(this.text, start);
    if (end < 0) this.failInPath(start, ~end);
    this.position = end;
    return this.text.slice(start, end);
  }

  fail(what: string, position = this.position): never {
    const shown = this.text.replaceAll(PLACEHOLDER, '?');
    throw new FilterSyntaxError(`${what}, at position ${position}:\n${syntaxExcerpt(shown, position)}`, { position });
  }

  private readOr(): FilterExpression {
    const first = this.readAnd();
    return this.skipWord('or') ? this.readRest('or', first) : first;
  }

  private readAnd(): FilterExpression {
    const first = this.readUnit();
    return this.skipWord('and') ? this.readRest('and', first) : first;
  }

  private readRest(op: 'and' | 'or', first: FilterExpression): FilterExpression {
    const filters = [first];
    let height = this.heightWithin(first);
    do {
      const next = op === 'and' ? this.readUnit() : this.readAnd();
      height = Math.max(height, this.heightWithin(next));
      filters.push(next);
    } while (this.skipWord(op));
    this.setHeight(height);
    return { op, filters };
  }

  /** The height of what was read last, once it is part of a combination. */
  private heightWithin({ op }: FilterExpression): number {
    return op === 'and' || op === 'or' ? this.height + 1 : this.height;
  }

  private setHeight(height: number): void {
    if (height > MAX_FILTER_DEPTH) this.fail(TOO_DEEP);
    this.height = height;
  }

  private readUnit(): FilterExpression {
    this.skipSpaces();
    const code = this.text.charCodeAt(this.position);
    if (code === 0x28) return this.readNested(')');
    if (code === 0) return this.takeFilter();
    if ((code | 0x20) === 0x6e && this.skipNot()) {
      const filter = this.readNested(')');
      this.setHeight(this.height + 1);
      return { op: 'not', filter };
    }
    const path = this.readPath();
    this.skipSpaces();
    if (this.text.charCodeAt(this.position) === 0x5b) return { op: 'valuePath', path, filter: this.readValueFilter() };
    this.height = 0;
    const op = this.readOperator();
    return op === 'pr' ? { op, path } : { op, path, value: this.readValue() };
  }

  private readNested(closing: ')' | ']'): FilterExpression {
    const opened = this.position;
    if (this.depth === MAX_FILTER_DEPTH) this.fail(TOO_DEEP);
    this.depth += 1;
    this.position += 1;
    const filter = this.readOr();
    const code = this.text.charCodeAt(this.position);
    if (code !== closing.charCodeAt(0)) {
      if (this.position < this.text.length) this.fail(`Expected and, or, or ${closing}`);
      this.fail(closing === ')' ? 'This parenthesis is not closed' : 'This bracket is not closed', opened);
    }
    this.depth -= 1;
    this.position += 1;
    return filter;
  }

  private readOperator(): ComparisonOperator | 'pr' {
    const { text, position } = this;
    const first = text.charCodeAt(position) | 0x20;
    const second = text.charCodeAt(position + 1) | 0x20;
    const op = first < 0x80 && second < 0x80 ? operatorOf((first << 8) | second) : undefined;
    const ends = position + 2 === text.length || isDelimiterCode(text.charCodeAt(position + 2));
    if (op === undefined || !ends) {
      this.fail(position < text.length ? `Expected ${OPERATORS}` : `Expected ${OPERATORS} after the attribute`);
    }
    this.position = position + 2;
    return op;
  }

  private readValue(): FilterValue {
    this.skipSpaces();
    const { text, position } = this;
    const code = text.charCodeAt(position);
    if (code === 0x22) return this.readString();
    if (code === 0) return this.takeValue();
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.readNumber();
    if (text.startsWith('true', position)) return this.endLiteral(position + 4, true);
    if (text.startsWith('false', position)) return this.endLiteral(position + 5, false);
    if (text.startsWith('null', position)) return this.endLiteral(position + 4, null);
    this.fail('Expected a value: a string in double quotes, a number, true, false or null, in lower case');
  }

  private readString(): string {
    const { text } = this;
    const start = this.position;
    let hasEscapes = false;
    for (let position = start + 1; position < text.length; position += 1) {
      const code = text.charCodeAt(position);
      // Small letters are by far the most.
      if (code > 0x5c) continue;
      if (code === 0x22) {
        this.position = position + 1;
        if (!hasEscapes) return text.slice(start + 1, position);
        return JSON.parse(text.slice(start, position + 1)) as string;
      }
      if (code === 0x5c) {
        hasEscapes = true;
        position = this.skipEscape(position);
      } else if (code === 0 && this.values !== undefined) {
        this.fail('A value is given without quotes around it: they are added', position);
      } else if (code < 0x20) {
        this.fail('A control character must be escaped', position);
      }
    }
    this.fail('This string is not closed');
  }

  /** The position of the last character of the escape that starts here. */
  private skipEscape(start: number): number {
    const next = start + 1 < this.text.length ? this.text.charCodeAt(start + 1) : 0;
    if (isEscapeCode(next)) return start + 1;
    const isUnicode = next === 0x75 && /^[\da-f]{4}$/i.test(this.text.slice(start + 2, start + 6));
    if (!isUnicode) this.fail('Not an escape of JSON', start);
    return start + 5;
  }

  private readNumber(): number {
    const { text } = this;
    const start = this.position;
    let end = start + 1;
    while (end < text.length && !isDelimiterCode(text.charCodeAt(end))) end += 1;
    const digits = text.slice(start, end);
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(digits)) this.fail('Not a number of JSON');
    const value = Number(digits);
    if (!Number.isFinite(value)) this.fail('This number is too large');
    // Minus zero could not be written back.
    return this.endLiteral(end, value === 0 ? 0 : value);
  }

  private endLiteral<V extends FilterValue>(end: number, value: V): V {
    const isEnded = end >= this.text.length || isDelimiterCode(this.text.charCodeAt(end));
    if (!isEnded) this.fail('Expected a value: strings stand in double quotes');
    this.position = end;
    return value;
  }

  private takeValue(): FilterValue {
    const value = this.values?.[this.nextValue];
    if (value === undefined) this.fail('Expected a value');
    if (typeof value === 'object' && value !== null) this.fail('A filter cannot stand where a value belongs');
    this.nextValue += 1;
    this.position += 1;
    return value;
  }

  private takeFilter(): FilterExpression {
    const value = this.values?.[this.nextValue];
    if (value === undefined) this.fail('Expected an attribute');
    if (typeof value !== 'object' || value === null) {
      this.fail('A value cannot stand where an attribute or a filter belongs');
    }
    this.nextValue += 1;
    this.position += 1;
    this.height = 0;
    return value;
  }

  /** Reads `not` where a parenthesis follows: else it is the name of an attribute. */
  private skipNot(): boolean {
    const start = this.position;
    if (!this.startsWord('not')) return false;
    this.position = start + 3;
    this.skipSpaces();
    if (this.text.charCodeAt(this.position) === 0x28) return true;
    this.position = start;
    return false;
  }

  private skipWord(word: 'and' | 'or'): boolean {
    this.skipSpaces();
    if (!this.startsWord(word)) return false;
    const end = this.position + word.length;
    if (end < this.text.length && !isDelimiterCode(this.text.charCodeAt(end))) return false;
    this.position = end;
    return true;
  }

  private startsWord(word: string): boolean {
    const { text, position } = this;
    if (position + word.length > text.length) return false;
    for (let index = 0; index < word.length; index += 1) {
      if ((text.charCodeAt(position + index) | 0x20) !== word.charCodeAt(index)) return false;
    }
    return true;
  }

  private skipSpaces(): void {
    const { text } = this;
    let { position } = this;
    while (position < text.length && isSpaceCode(text.charCodeAt(position))) position += 1;
    this.position = position;
  }

  private failInPath(start: number, position: number): never {
    const character = this.text[position];
    if (character === '.') this.fail('A sub-attribute has no parts of its own', position);
    if (position > start) this.fail('This cannot stand in the name of an attribute', position);
    if (character === undefined) this.fail('Expected an attribute, but the text ends', position);
    if (character === PLACEHOLDER) this.fail('The name of an attribute cannot be given as a value', position);
    this.fail('Expected an attribute', position);
  }
}
