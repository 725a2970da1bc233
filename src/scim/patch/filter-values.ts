import type { FilterExpression, FilterValue } from '../filter/filter.js';
import { findAttribute } from '../schemas/known-schemas.js';
import type { Attributes } from '../schemas/resource-schema.js';

/** The filter with "True" and "False" read as booleans where the attribute is one: Entra ID quotes them. */
export function tolerantFilter(filter: FilterExpression, attributes: Attributes | undefined): FilterExpression {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { op: filter.op, filters: filter.filters.map((part) => tolerantFilter(part, attributes)) };
    case 'not':
      return { op: 'not', filter: tolerantFilter(filter.filter, attributes) };
    case 'eq':
    case 'ne': {
      const isBoolean = findAttribute(attributes, filter.path)?.rules?.type === 'boolean';
      const text = isBoolean && typeof filter.value === 'string' ? filter.value.toLowerCase() : '';
      return text === 'true' || text === 'false' ? { ...filter, value: text === 'true' } : filter;
    }
    default:
      return filter;
  }
}

/**
 * The value that a filter describes: the attributes it asks to be equal, all of them. `undefined` where it asks for
 * anything else, so that no value follows from it.
 */
export function elementFromFilter(filter: FilterExpression): Record<string, FilterValue> | undefined {
  const terms = filter.op === 'and' ? filter.filters : [filter];
  const element: Record<string, FilterValue> = {};
  for (const term of terms) {
    if (term.op !== 'eq' || /[.:]/.test(term.path)) return undefined;
    // Without a value is what it is already.
    if (term.value !== null) element[term.path] = term.value;
  }
  return element;
}
