import { ScimSyntaxError } from '../../errors/scim-errors.js';
import { isAttributePath } from './attribute-path.js';
import type { Filter, FilterExpression } from './filter.js';
import { MAX_FILTER_DEPTH } from './reader.js';

/**
 * Writes a filter as text, in the form that most servers read: operators in lower case, single spaces, JSON strings, and
 * parentheses around every `and` or `or` within another one. `parseFilter` reads it back as the same filter. The text is
 * not percent-encoded.
 *
 * @throws {ScimSyntaxError} The data is not a filter, so that one that was stored or received cannot smuggle in another.
 *
 * @example
 * ```ts
 * import { and, eq, formatFilter, or, present } from 'chatgpt-enterprise-sdk/scim';
 *
 * formatFilter(and(eq('active', true), or(present('title'), eq('userType', 'Intern'))));
 * // active eq true and (title pr or userType eq "Intern")
 * ```
 */
export function formatFilter(filter: Filter): string {
  return format(filter, 0, false);
}

/** Writes what stands in the brackets of a value path. */
export function formatValueFilter(filter: FilterExpression): string {
  return format(filter, 1, true);
}

function format(filter: FilterExpression, depth: number, inValuePath: boolean): string {
  if (depth > MAX_FILTER_DEPTH)
    throw new ScimSyntaxError('invalid_filter', `The filter is nested more than ${MAX_FILTER_DEPTH} deep.`);
  switch (filter.op) {
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) =>
        part.op === 'and' || part.op === 'or'
          ? `(${format(part, depth + 1, inValuePath)})`
          : format(part, depth, inValuePath),
      );
      if (parts.length === 0) throw new ScimSyntaxError('invalid_filter', `An ${filter.op} needs at least one filter.`);
      return parts.join(` ${filter.op} `);
    }
    case 'not':
      return `not (${format(filter.filter, depth + 1, inValuePath)})`;
    case 'pr':
      return `${checkedPath(filter.path)} pr`;
    case 'valuePath':
      if (inValuePath) throw new ScimSyntaxError('invalid_filter', 'A value path cannot contain another one.');
      return `${checkedPath(filter.path)}[${format(filter.filter, depth + 1, true)}]`;
    case 'eq':
    case 'ne':
    case 'co':
    case 'sw':
    case 'ew':
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return `${checkedPath(filter.path)} ${filter.op} ${literal(filter.value)}`;
    default:
      throw new ScimSyntaxError('invalid_filter', 'This is not a filter: its op is unknown.');
  }
}

function checkedPath(path: string): string {
  if (typeof path !== 'string' || !isAttributePath(path)) {
    throw new ScimSyntaxError('invalid_filter', 'A path of the filter is not the name of an attribute.');
  }
  return path;
}

function literal(value: unknown): string {
  const isLiteral = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  if (!isLiteral)
    throw new ScimSyntaxError('invalid_filter', 'A value of the filter is not a string, a number, a boolean or null.');
  return JSON.stringify(value);
}
