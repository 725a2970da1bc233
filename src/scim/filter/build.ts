import { InputError } from '../../errors/input-errors.js';
import { has } from '../../internal/json.js';
import type { AttributePath, MultiValuedPath, TextPath } from '../schemas/attribute-paths.js';
import type {
  ComparisonOperator,
  ElementFilter,
  EqualityArguments,
  Filter,
  FilterExpression,
  FilterValue,
  LiteralInput,
  OrderArguments,
} from './filter.js';
import { checkedPath } from './format.js';
import { readFilter } from './parse.js';
import { createReader, PLACEHOLDER } from './reader.js';

/**
 * The attribute equals the value; of a multi-valued attribute, any value does. `null` asks for no value at all.
 *
 * Where the type of resource is known, or given as in `eq<User>('userName', 'bjensen')`, an unknown attribute or a value
 * of the wrong type does not compile. Extensions of your own stay open.
 *
 * @throws {InputError | ScimSyntaxError} A value no filter can contain (`NaN`, an invalid date); an invalid path.
 */
export function eq<R = unknown>(...comparison: EqualityArguments<R>): Filter<R> {
  return compare('eq', comparison);
}

/** The attribute differs from the value, or has none; of a multi-valued attribute, any value differs. See {@link eq}. */
export function ne<R = unknown>(...comparison: EqualityArguments<R>): Filter<R> {
  return compare('ne', comparison);
}

/** The attribute contains the text. See {@link eq}. */
export function co<R = unknown>(path: TextPath<R>, value: string): Filter<R> {
  return compare('co', [path, value]);
}

/** The attribute starts with the text. See {@link eq}. */
export function sw<R = unknown>(path: TextPath<R>, value: string): Filter<R> {
  return compare('sw', [path, value]);
}

/** The attribute ends with the text. See {@link eq}. */
export function ew<R = unknown>(path: TextPath<R>, value: string): Filter<R> {
  return compare('ew', [path, value]);
}

/** The attribute is greater than the value, or later. See {@link eq}. */
export function gt<R = unknown>(...comparison: OrderArguments<R>): Filter<R> {
  return compare('gt', comparison);
}

/** The attribute is greater than the value, later, or equal to it. See {@link eq}. */
export function ge<R = unknown>(...comparison: OrderArguments<R>): Filter<R> {
  return compare('ge', comparison);
}

/** The attribute is less than the value, or earlier. See {@link eq}. */
export function lt<R = unknown>(...comparison: OrderArguments<R>): Filter<R> {
  return compare('lt', comparison);
}

/** The attribute is less than the value, earlier, or equal to it. See {@link eq}. */
export function le<R = unknown>(...comparison: OrderArguments<R>): Filter<R> {
  return compare('le', comparison);
}

/** The attribute has a value (`pr`). An empty string or list is none. */
export function present<R = unknown>(path: AttributePath<R>): Filter<R> {
  return { op: 'pr', path: checkedPath(path) };
}

/** All of the filters are satisfied. At least one is required. */
export function and<R = unknown>(...filters: readonly Filter<R>[]): Filter<R> {
  return combine('and', filters);
}

/** At least one of the filters is satisfied. At least one is required. */
export function or<R = unknown>(...filters: readonly Filter<R>[]): Filter<R> {
  return combine('or', filters);
}

/** The filter is not satisfied. */
export function not<R = unknown>(filter: Filter<R>): Filter<R> {
  return { op: 'not', filter };
}

/** One value satisfies the whole filter: `valuePath('emails', eq('type', 'work'))` is `emails[type eq "work"]`. */
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

/**
 * A filter from a template. Values are always literals, never syntax, whatever a person typed; filters can be put in too.
 * For names of attributes, see {@link eq}.
 *
 * @throws {ScimSyntaxError | InputError} The template is not a filter, or a value stands inside quotes or where none
 * belongs; a value no filter can contain: `undefined`, `NaN`, an object.
 *
 * @example
 * ```ts
 * import { filter, formatFilter } from 'chatgpt-enterprise-sdk/scim';
 *
 * const name = 'bjensen" or userName pr or "" eq "';
 * formatFilter(filter`active eq true and userName eq ${name}`);
 * // active eq true and userName eq "bjensen\" or userName pr or \"\" eq \""
 * ```
 */
export function filter(template: TemplateStringsArray, ...values: readonly (LiteralInput | Filter)[]): Filter<unknown> {
  // Raw, so that an escape in the template is the escape of JSON.
  if (!Array.isArray(Object(template).raw) || !template.raw.every((text) => typeof text === 'string')) {
    throw new InputError('`filter` is a tag for a template.', {
      remedy: 'Write the template right behind `filter`, without parentheses.',
    });
  }
  if (template.raw.some((text) => text.includes(PLACEHOLDER))) {
    throw new InputError('A filter cannot contain the character U+0000.');
  }
  return readFilter(createReader(template.raw.join(PLACEHOLDER), 0, values.map(operand)));
}

function operand(value: LiteralInput | Filter): FilterValue | FilterExpression {
  return typeof value === 'object' && value !== null && has(value, 'op') ? value : filterLiteral(value);
}

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
