import type { Filter } from './filter.js';
import { createReader } from './filter-reader.js';
import { readFilter } from './read-filter.js';

/**
 * Reads a filter (RFC 7644 §3.4.2.2): precedence, `not`, value paths, attributes qualified by a schema URN, JSON
 * literals. Operators and `and`, `or`, `not`, `pr` are read in any case, and spaces beyond or short of the grammar's one
 * where no doubt arises (`value eq"x"`). Everything else is refused. Time grows with the length of the text.
 *
 * Paths are kept as written; which schema a path belongs to is decided where the filter is applied.
 *
 * @throws {ScimSyntaxError} The text is no filter, or is nested deeper than {@link MAX_FILTER_DEPTH}. The message shows
 * where, with every value masked.
 *
 * @example
 * ```ts
 * import { parseFilter } from 'chatgpt-enterprise-sdk/scim';
 *
 * parseFilter('userType eq "Employee" and not (emails[type eq "work"])');
 * // { op: 'and', filters: [
 * //   { op: 'eq', path: 'userType', value: 'Employee' },
 * //   { op: 'not', filter: { op: 'valuePath', path: 'emails', filter: { op: 'eq', path: 'type', value: 'work' } } } ] }
 * ```
 */
export function parseFilter(text: string): Filter<unknown> {
  return readFilter(createReader(text, 0));
}
