import { ScimSyntaxError } from '../../errors/scim-errors.js';
import { compareMoments, parseDateTime } from '../../internal/dates.js';
import type { AttributeCharacteristics } from '../schemas/rules.js';
import type { ComparisonOperator, FilterValue } from './filter.js';

/** Whether one value, neither a list nor an object, satisfies a comparison. `undefined` and `null` are no value. */
type ValueTest = (value: unknown) => boolean;

/** The comparison of one value with a literal, by the rules of the attribute (RFC 7644 §3.4.2.2). */
export function valueTest(
  op: ComparisonOperator,
  literal: FilterValue,
  rules: AttributeCharacteristics | undefined,
): ValueTest {
  switch (op) {
    case 'eq':
      return equals(literal, rules);
    case 'ne': {
      const isEqual = equals(literal, rules);
      return (value) => !isEqual(value);
    }
    case 'co':
    case 'sw':
    case 'ew':
      return contains(op, literal, rules);
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return isOrdered(op, literal, rules);
    default:
      throw new ScimSyntaxError('invalid_filter', 'This is not a filter: its op is unknown.');
  }
}

function equals(literal: FilterValue, rules: AttributeCharacteristics | undefined): ValueTest {
  if (literal === null) return (value) => value === undefined || value === null;
  if (typeof literal !== 'string') return (value) => value === literal;
  const moment = momentOf(literal, rules);
  if (moment !== undefined) {
    return (value) => {
      if (value === literal) return true;
      const other = typeof value === 'string' ? parseDateTime(value) : undefined;
      return other !== undefined && compareMoments(other, moment) === 0;
    };
  }
  if (isCaseExact(rules)) return (value) => value === literal;
  return (value) => value === literal || (typeof value === 'string' && isSameButForCase(value, literal));
}

function contains(
  op: 'co' | 'sw' | 'ew',
  literal: FilterValue,
  rules: AttributeCharacteristics | undefined,
): ValueTest {
  if (typeof literal !== 'string') throw new ScimSyntaxError('invalid_filter', `${op} compares with a string.`);
  const exact = isCaseExact(rules);
  const part = exact ? literal : foldCase(literal);
  const holds =
    op === 'co'
      ? (text: string) => text.includes(part)
      : op === 'sw'
        ? (text: string) => text.startsWith(part)
        : (text: string) => text.endsWith(part);
  return exact
    ? (value) => typeof value === 'string' && holds(value)
    : (value) => typeof value === 'string' && holds(foldCase(value));
}

function isOrdered(
  op: 'gt' | 'ge' | 'lt' | 'le',
  literal: FilterValue,
  rules: AttributeCharacteristics | undefined,
): ValueTest {
  if (rules?.type === 'boolean' || rules?.type === 'binary') {
    throw new ScimSyntaxError(
      'invalid_filter',
      `${op} cannot compare an attribute of type ${rules.type}: it has no order.`,
    );
  }
  const accepts = acceptsOf(op);
  if (typeof literal === 'number') return (value) => typeof value === 'number' && accepts(value - literal);
  if (typeof literal !== 'string')
    throw new ScimSyntaxError('invalid_filter', `${op} compares with a string or a number.`);
  const moment = momentOf(literal, rules);
  if (moment !== undefined) {
    return (value) => {
      const other = typeof value === 'string' ? parseDateTime(value) : undefined;
      return other !== undefined && accepts(compareMoments(other, moment));
    };
  }
  if (rules?.type === 'dateTime') {
    throw new ScimSyntaxError(
      'invalid_filter',
      `${op} compares this attribute with a date and time, such as "2026-01-31T00:00:00Z".`,
    );
  }
  if (isCaseExact(rules)) return (value) => typeof value === 'string' && accepts(compareText(value, literal));
  const lower = foldCase(literal);
  return (value) => typeof value === 'string' && accepts(compareText(foldCase(value), lower));
}

function acceptsOf(op: 'gt' | 'ge' | 'lt' | 'le'): (order: number) => boolean {
  switch (op) {
    case 'gt':
      return (order) => order > 0;
    case 'ge':
      return (order) => order >= 0;
    case 'lt':
      return (order) => order < 0;
    case 'le':
      return (order) => order <= 0;
  }
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A literal is a moment where the attribute is one, or where nothing is known of it and the literal looks like one. */
function momentOf(literal: string, rules: AttributeCharacteristics | undefined) {
  return rules === undefined || rules.type === 'dateTime' ? parseDateTime(literal) : undefined;
}

/** Ids, references and binaries are case-exact, whatever the schema prints (RFC 7643 §2.3.6, §2.3.7). */
function isCaseExact(rules: AttributeCharacteristics | undefined): boolean {
  return rules?.caseExact === true || rules?.type === 'reference' || rules?.type === 'binary';
}

/**
 * A text without case, so that texts that differ in case alone become equal, and parts of them too: small letters, and of
 * the two small sigmas one, since which of them a capital becomes depends on what follows it.
 */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
}

/** Whether two texts differ in case at most. The first letters tell most apart, without writing them anew. */
export function isSameButForCase(a: string, b: string): boolean {
  if (a === b) return true;
  const first = a.charCodeAt(0);
  const other = b.charCodeAt(0);
  if (first < 0x80 && other < 0x80 && (first | 0x20) !== (other | 0x20)) return false;
  return foldCase(a) === foldCase(b);
}
