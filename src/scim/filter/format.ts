import { read } from '../../errors/check-options.js';
import { isRecord } from '../../internal/json.js';
import { isAttributePath } from './attribute-path.js';
import type { Comparison, Filter, FilterExpression } from './filter.js';
import { OPERATORS } from './parse.js';
import { checkDepth, refuse } from './reader.js';

/**
 * Writes a filter in the form that most servers read: operators in lower case, single spaces, JSON strings, and
 * parentheses around every `and` or `or` within another one. `parseFilter` reads it back. The text is not percent-encoded.
 *
 * @throws {ScimSyntaxError} The data is not a filter, so that stored or received data cannot smuggle in another one.
 */
export function formatFilter(filter: Filter): string {
  return read('The filter', () => format(filter, 0, false));
}

/** What stands in the brackets of a value path. */
export function formatValueFilter(filter: FilterExpression): string {
  return format(filter, 1, true);
}

function format(filter: FilterExpression, depth: number, inValuePath: boolean): string {
  checkDepth(depth);
  checkNode(filter);
  switch (filter.op) {
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) =>
        part.op === 'and' || part.op === 'or'
          ? `(${format(part, depth + 1, inValuePath)})`
          : format(part, depth, inValuePath),
      );
      if (parts.length === 0) refuse(`An ${filter.op} needs at least one filter.`);
      return parts.join(` ${filter.op} `);
    }
    case 'not':
      return `not (${format(filter.filter, depth + 1, inValuePath)})`;
    case 'pr':
      return `${checkedPath(filter.path)} pr`;
    case 'valuePath':
      if (inValuePath) refuse('A value path cannot contain another one.');
      return `${checkedPath(filter.path)}[${format(filter.filter, depth + 1, true)}]`;
    default:
      if (!OPERATORS.includes(filter.op)) refuse('This is not a filter: its op is unknown.');
      return `${checkedPath(filter.path)} ${filter.op} ${literal(filter.value)}`;
  }
}

/** Refuses data that is no filter: stored or received, it may be anything. */
export function checkNode(filter: unknown): void {
  if (!isRecord(filter) || typeof filter.op !== 'string') refuse('This is not a filter: it has no op.');
  const { op } = filter;
  if (op !== 'and' && op !== 'or') return;
  const { filters } = filter;
  if (!Array.isArray(filters) || !filters.every(isRecord)) {
    refuse(`This is not a filter: its ${op} has no list of filters.`);
  }
}

export function checkedPath(path: string): string {
  if (typeof path !== 'string' || !isAttributePath(path)) {
    refuse('A path of the filter is not the name of an attribute, such as userName or name.familyName.');
  }
  return path;
}

function literal(value: unknown): string {
  const isLiteral = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  if (!isLiteral) refuse('A value of the filter is not a string, a number, a boolean or null.');
  return JSON.stringify(value);
}

export function mapComparisons(
  filter: FilterExpression,
  change: (comparison: Comparison) => Comparison,
): FilterExpression {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { op: filter.op, filters: filter.filters.map((part) => mapComparisons(part, change)) };
    case 'not':
    case 'valuePath':
      return { ...filter, filter: mapComparisons(filter.filter, change) };
    case 'pr':
      return filter;
    default:
      return change(filter);
  }
}
