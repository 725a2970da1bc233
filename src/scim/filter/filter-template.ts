import { InputError } from '../../errors/input-errors.js';
import type { LiteralInput } from './attribute-types.js';
import type { Filter, FilterExpression, FilterValue } from './filter.js';
import { filterLiteral } from './filter-literal.js';
import { createReader, PLACEHOLDER } from './filter-reader.js';
import { readFilter } from './read-filter.js';

/**
 * Writes a filter as it reads, with values put in: strings, numbers, booleans, null, dates, and other filters, which
 * then stand in parentheses of their own. A value is always a literal, never syntax: whatever text a person typed, it
 * can only be compared with. The name of an attribute cannot be put in; {@link eq} and its companions take one. A filter
 * that is put in is taken as it is: what it holds is checked when the whole is written, by {@link formatFilter}.
 *
 * @throws {ScimSyntaxError} The template is no filter, or a value stands where none belongs, such as inside quotes.
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
    throw new InputError('A filter cannot hold the character U+0000.');
  }
  return readFilter(createReader(template.raw.join(PLACEHOLDER), 0, values.map(operand)));
}

function operand(value: LiteralInput | Filter): FilterValue | FilterExpression {
  return typeof value === 'object' && value !== null && 'op' in value ? value : filterLiteral(value);
}
