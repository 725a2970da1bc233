import { InputError } from '../../errors/input-errors.js';
import { ScimSyntaxError } from '../../errors/scim-errors.js';
import { isAttributePath } from './attribute-path.js';
import type {
  AttributePath,
  ComparisonArguments,
  ComparisonOperator,
  ElementFilter,
  Filter,
  FilterExpression,
  FilterValue,
  LiteralInput,
  MultiValuedPath,
} from './filter.js';
import { readFilter } from './parse.js';
import { createReader, PLACEHOLDER } from './reader.js';

/**
 * The attribute equals the value; of a multi-valued attribute, any value does. `null` asks for no value at all.
 *
 * The type of resource follows from where the filter is used, or is given: `eq<User>('userName', 'bjensen')`. Then an
 * attribute it does not have, or a value of another type, does not compile. Extensions of your own stay open.
 *
 * @throws {InputError} A filter cannot contain the value (`NaN`, an invalid date).
 * @throws {ScimSyntaxError} The path is not the name of an attribute.
 *
 * @example
 * ```ts
 * import { and, eq, formatFilter, present } from 'chatgpt-enterprise-sdk/scim';
 *
 * formatFilter(and(eq('userName', 'bjensen'), present('title'))); // userName eq "bjensen" and title pr
 * ```
 */
export function eq<R = unknown>(...comparison: ComparisonArguments<R, LiteralInput>): Filter<R> {
  return compare('eq', comparison);
}

/** The attribute differs from the value, or has none; of a multi-valued attribute, any value differs. See {@link eq}. */
export function ne<R = unknown>(...comparison: ComparisonArguments<R, LiteralInput>): Filter<R> {
  return compare('ne', comparison);
}

/** The attribute contains the text. See {@link eq}. */
export function co<R = unknown>(...comparison: ComparisonArguments<R, string>): Filter<R> {
  return compare('co', comparison);
}

/** The attribute starts with the text. See {@link eq}. */
export function sw<R = unknown>(...comparison: ComparisonArguments<R, string>): Filter<R> {
  return compare('sw', comparison);
}

/** The attribute ends with the text. See {@link eq}. */
export function ew<R = unknown>(...comparison: ComparisonArguments<R, string>): Filter<R> {
  return compare('ew', comparison);
}

/** The attribute is greater than the value, or later. See {@link eq}. */
export function gt<R = unknown>(...comparison: ComparisonArguments<R, string | number | Date>): Filter<R> {
  return compare('gt', comparison);
}

/** The attribute is greater than the value, later, or equal to it. See {@link eq}. */
export function ge<R = unknown>(...comparison: ComparisonArguments<R, string | number | Date>): Filter<R> {
  return compare('ge', comparison);
}

/** The attribute is less than the value, or earlier. See {@link eq}. */
export function lt<R = unknown>(...comparison: ComparisonArguments<R, string | number | Date>): Filter<R> {
  return compare('lt', comparison);
}

/** The attribute is less than the value, earlier, or equal to it. See {@link eq}. */
export function le<R = unknown>(...comparison: ComparisonArguments<R, string | number | Date>): Filter<R> {
  return compare('le', comparison);
}

/** The attribute has a value (`pr`): not an empty string, not an empty list. */
export function present<R = unknown>(path: AttributePath<R>): Filter<R> {
  return { op: 'pr', path: checkedPath(path) };
}

/** Every one of the filters is satisfied. One filter alone is that filter; none is an InputError. */
export function and<R = unknown>(...filters: readonly Filter<R>[]): Filter<R> {
  return combine('and', filters);
}

/** At least one of the filters is satisfied. One filter alone is that filter; none is an InputError. */
export function or<R = unknown>(...filters: readonly Filter<R>[]): Filter<R> {
  return combine('or', filters);
}

/** The filter is not satisfied. */
export function not<R = unknown>(filter: Filter<R>): Filter<R> {
  return { op: 'not', filter };
}

/**
 * One value of a multi-valued attribute satisfies the whole filter: `emails[type eq "work" and value co "@example.com"]`
 * is `valuePath('emails', and(eq('type', 'work'), co('value', '@example.com')))`.
 */
export function valuePath<R = unknown, P extends MultiValuedPath<R> = MultiValuedPath<R>>(
  path: P,
  filter: ElementFilter<R, P>,
): Filter<R> {
  return { op: 'valuePath', path: checkedPath(path), filter };
}

function compare(op: ComparisonOperator, comparison: readonly [path: string, value: LiteralInput]): Filter<unknown> {
  return { op, path: checkedPath(comparison[0]), value: filterLiteral(comparison[1]) };
}

function combine(op: 'and' | 'or', filters: readonly Filter[]): Filter<unknown> {
  const [first] = filters;
  if (first === undefined) throw new InputError(`${op}() needs at least one filter.`);
  return filters.length === 1 ? (first as Filter<unknown>) : { op, filters };
}

function checkedPath(path: string): string {
  if (!isAttributePath(path)) {
    throw new ScimSyntaxError(
      'invalid_filter',
      'The path is not the name of an attribute, such as userName or name.familyName.',
    );
  }
  return path;
}

/**
 * Writes a filter as it reads, with values put in: strings, numbers, booleans, null, dates, and other filters, which
 * then stand in parentheses of their own. A value is always a literal, never syntax: whatever text a person typed, it
 * can only be compared with. The name of an attribute cannot be put in; {@link eq} and its companions take one. A filter
 * that is put in is taken as it is: what it holds is checked when the whole is written, by {@link formatFilter}.
 *
 * @throws {ScimSyntaxError} The template is not a filter, or a value stands where none belongs, such as inside quotes.
 * @throws {InputError} A value that no filter can hold: `undefined`, `NaN`, an object.
 *
 * @example
 * ```ts
 * import { filter, formatFilter } from 'chatgpt-enterprise-sdk/scim';
 *
 * const name = 'bjensen" or userName pr or "" eq "';
 * const recent = filter`meta.lastModified ge ${new Date('2026-01-01T00:00:00Z')}`;
 * formatFilter(filter`userName eq ${name} and ${recent}`);
 * // userName eq "bjensen\" or userName pr or \"\" eq \"" and meta.lastModified ge "2026-01-01T00:00:00.000Z"
 * ```
 */
export function filter(template: TemplateStringsArray, ...values: readonly (LiteralInput | Filter)[]): Filter<unknown> {
  // Raw, so that an escape in the template is the escape of JSON.
  if (template.raw.some((text) => text.includes(PLACEHOLDER))) {
    throw new InputError('A filter cannot contain the character U+0000.');
  }
  return readFilter(createReader(template.raw.join(PLACEHOLDER), 0, values.map(operand)));
}

function operand(value: LiteralInput | Filter): FilterValue | FilterExpression {
  return typeof value === 'object' && value !== null && 'op' in value ? value : filterLiteral(value);
}

/** A value of the caller as a literal of a filter. */
function filterLiteral(value: LiteralInput): FilterValue {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new InputError('A filter cannot contain an invalid date.');
    const text = value.toISOString();
    // With a sign come years that xsd:dateTime has no such text for.
    if (/^[+-]/.test(text)) throw new InputError('A filter cannot contain a date outside the years 0 to 9999.');
    return text;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) {
    // Minus zero could not be written back.
    return value === 0 ? 0 : value;
  }
  const kind = typeof value === 'number' ? 'a number that is not finite' : `a value of type ${typeof value}`;
  throw new InputError(`A filter cannot contain ${kind}.`, {
    remedy: 'Use a string, a finite number, a boolean, null or a Date.',
  });
}
