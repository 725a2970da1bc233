import { compareMoments, type Moment, parseDateTime } from '../../internal/dates.js';
import type { Rules } from '../schemas/rules.js';
import type { ComparisonOperator, FilterValue } from './filter.js';
import { refuse } from './reader.js';

export type ValueTest = (value: unknown) => boolean;

/** Compares one value, neither a list nor an object, with a literal by the attribute's rules (RFC 7644 §3.4.2.2). */
export function valueTest(op: ComparisonOperator, literal: FilterValue, rules: Rules): ValueTest {
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
      refuse('This is not a filter: its op is unknown.');
  }
}

function equals(literal: FilterValue, rules: Rules): ValueTest {
  if (literal === null) return (value) => value === undefined || value === null;
  if (typeof literal !== 'string') return (value) => value === literal;
  const moment = momentOf(literal, rules);
  if (moment !== undefined) {
    const isSameMoment = momentTest(moment, (order) => order === 0);
    return (value) => value === literal || isSameMoment(value);
  }
  if (isCaseExact(rules)) return (value) => value === literal;
  return (value) => typeof value === 'string' && isSameButForCase(value, literal);
}

function contains(op: 'co' | 'sw' | 'ew', literal: FilterValue, rules: Rules): ValueTest {
  if (typeof literal !== 'string') refuse(`${op} compares with a string.`);
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

function isOrdered(op: keyof typeof ORDERS, literal: FilterValue, rules: Rules): ValueTest {
  if (rules?.type === 'boolean' || rules?.type === 'binary') {
    refuse(`${op} cannot compare an attribute of type ${rules.type}: it has no order.`);
  }
  const accepts = ORDERS[op];
  if (typeof literal === 'number') return (value) => typeof value === 'number' && accepts(value - literal);
  if (typeof literal !== 'string') refuse(`${op} compares with a string or a number.`);
  const moment = momentOf(literal, rules);
  if (moment !== undefined) return momentTest(moment, accepts);
  if (rules?.type === 'dateTime') {
    refuse(`${op} compares this attribute with a date and time, such as "2026-01-31T00:00:00Z".`);
  }
  if (isCaseExact(rules)) return (value) => typeof value === 'string' && accepts(compareText(value, literal));
  const lower = foldCase(literal);
  return (value) => typeof value === 'string' && accepts(compareText(foldCase(value), lower));
}

const ORDERS = {
  gt: (order: number) => order > 0,
  ge: (order: number) => order >= 0,
  lt: (order: number) => order < 0,
  le: (order: number) => order <= 0,
};

function momentTest(moment: Moment, accepts: (order: number) => boolean): ValueTest {
  return (value) => {
    const other = typeof value === 'string' ? parseDateTime(value) : undefined;
    return other !== undefined && accepts(compareMoments(other, moment));
  };
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Where nothing is known of the attribute, a literal that looks like a moment is one. */
function momentOf(literal: string, rules: Rules): Moment | undefined {
  return rules === undefined || rules.type === 'dateTime' ? parseDateTime(literal) : undefined;
}

/** Ids, references and binaries are case-exact, whatever the schema prints (RFC 7643 §2.3.6, §2.3.7). */
function isCaseExact(rules: Rules): boolean {
  return rules?.caseExact === true || rules?.type === 'reference' || rules?.type === 'binary';
}

/** Lower case with one small sigma: which of the two a capital becomes depends on what follows it. */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
}

export function isSameButForCase(a: string, b: string): boolean {
  if (a === b) return true;
  // The first ASCII letters that differ tell most texts apart without copying them.
  for (let position = 0; position < a.length && position < b.length; position += 1) {
    const code = a.charCodeAt(position);
    const other = b.charCodeAt(position);
    if ((code | other) > 0x7f) break;
    if ((code | 0x20) !== (other | 0x20)) return false;
  }
  return foldCase(a) === foldCase(b);
}
