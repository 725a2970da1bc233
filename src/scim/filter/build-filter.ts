import { FilterSyntaxError } from '../../errors/filter-syntax-error.js';
import { InputError } from '../../errors/input-error.js';
import type {
  AttributePath,
  ComparisonArguments,
  ElementFilter,
  LiteralInput,
  MultiValuedPath,
} from './attribute-types.js';
import type { ComparisonOperator, Filter } from './filter.js';
import { filterLiteral } from './filter-literal.js';
import { isAttributePath } from './scan-attribute-path.js';

/**
 * The attribute equals the value; of a multi-valued attribute, any value does. `null` asks for no value at all.
 *
 * The type of resource follows from where the filter is used, or is given: `eq<User>('userName', 'bjensen')`. Then an
 * attribute it does not have, or a value of another type, does not compile. Extensions of your own stay open.
 *
 * @throws {InputError} The value cannot stand in a filter (`NaN`, an invalid date).
 * @throws {FilterSyntaxError} The path is not the name of an attribute.
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

/** The attribute has a value: not an empty string, not an empty list (`pr`). */
export function present<R = unknown>(path: AttributePath<R>): Filter<R> {
  return { op: 'pr', path: checkedPath(path) };
}

/** Every one of the filters is satisfied. One filter alone is that filter. @throws {InputError} There is none. */
export function and<R = unknown>(...filters: readonly Filter<R>[]): Filter<R> {
  return combine('and', filters);
}

/** At least one of the filters is satisfied. One filter alone is that filter. @throws {InputError} There is none. */
export function or<R = unknown>(...filters: readonly Filter<R>[]): Filter<R> {
  return combine('or', filters);
}

/** The filter is not satisfied. */
export function not<R = unknown>(filter: Filter<R>): Filter<R> {
  return { op: 'not', filter };
}

/**
 * One value of a multi-valued attribute satisfies the whole filter: `emails[type eq "work" and value co "@example.com"]`.
 *
 * @example
 * ```ts
 * import { and, co, eq, formatFilter, valuePath } from 'chatgpt-enterprise-sdk/scim';
 *
 * formatFilter(valuePath('emails', and(eq('type', 'work'), co('value', '@example.com'))));
 * // emails[type eq "work" and value co "@example.com"]
 * ```
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
    throw new FilterSyntaxError('The path is not the name of an attribute, such as userName or name.familyName.');
  }
  return path;
}
