import type { FilterExpression, FilterValue } from '../../../src/scim/filter/filter.js';

/**
 * The meaning of a filter written as plainly as can be, to compare the compiled one with: no tables, no closures, and
 * `Date` for moments.
 */
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';
/** Nothing is known of it but what a resource holds under it. */
const BADGE = 'urn:example:2.0:badge';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:user';

const EXACT = new Set(['id', 'externalid', `${ENTERPRISE}:manager.value`, `${ENTERPRISE}:manager.$ref`]);
const BOOLEAN = new Set(['active', 'emails.primary', 'addresses.primary']);
const DATES = new Set(['meta.created']);
const KNOWN = new Set([
  ...EXACT,
  ...BOOLEAN,
  ...DATES,
  ...BOOLEAN,
  ...['schemas', 'addresses.type', `${ENTERPRISE}:manager.$ref`],
  ...['username', 'title', 'name', 'name.familyname', 'emails', 'emails.value', 'emails.type', 'emails.display'],
  ...[`${ENTERPRISE}:department`],
]);

export function matches(filter: FilterExpression, target: unknown, prefix = ''): boolean {
  switch (filter.op) {
    case 'and':
      return filter.filters.every((part) => matches(part, target, prefix));
    case 'or':
      return filter.filters.some((part) => matches(part, target, prefix));
    case 'not':
      return !matches(filter.filter, target, prefix);
    case 'valuePath': {
      const values = lookUp(target, keysOf(filter.path));
      return values.some(
        (value) => value !== null && value !== undefined && matches(filter.filter, value, `${normal(filter.path)}.`),
      );
    }
    case 'pr':
      return lookUp(target, keysOf(filter.path)).some(present);
    default: {
      const { op, value: literal } = filter;
      const path = normal(`${prefix}${filter.path}`);
      return lookUp(target, keysOf(filter.path)).some((found) => {
        const isComplex = typeof found === 'object' && found !== null;
        if (isComplex && literal === null) return present(found) === (op === 'ne');
        return compare(
          op,
          isComplex ? own(found, 'value') : found,
          literal,
          path.endsWith('manager') ? `${path}.value` : path,
        );
      });
    }
  }
}

export function isRefused(filter: FilterExpression, prefix = ''): boolean {
  if (filter.op === 'and' || filter.op === 'or') return filter.filters.some((part) => isRefused(part, prefix));
  if (filter.op === 'not') return isRefused(filter.filter, prefix);
  if (filter.op === 'valuePath') return isRefused(filter.filter, `${normal(filter.path)}.`);
  if (!(filter.op === 'gt' || filter.op === 'ge' || filter.op === 'lt' || filter.op === 'le')) return false;
  const path = normal(`${prefix}${filter.path}`);
  if (BOOLEAN.has(path)) return true;
  return DATES.has(path) && typeof filter.value === 'string' && moment(filter.value) === undefined;
}

function normal(path: string): string {
  const lower = path.toLowerCase();
  return lower.startsWith(`${CORE}:`) ? lower.slice(CORE.length + 1) : lower;
}

function keysOf(path: string): string[] {
  const lower = normal(path);
  if (lower === ENTERPRISE || lower === BADGE) return [lower];
  const colon = lower.lastIndexOf(':');
  const names = lower.slice(colon + 1).split('.');
  return colon === -1 ? names : [lower.slice(0, colon), ...names];
}

/** All values at the end of the keys; one `undefined` for each place where there is none. */
function lookUp(target: unknown, [key, ...rest]: string[]): unknown[] {
  if (key === undefined) return [target];
  const isSimple = typeof target !== 'object' && target !== undefined;
  const value = isSimple && key === 'value' ? target : own(target, key);
  const values = Array.isArray(value) ? (value.length === 0 ? [undefined] : value) : [value];
  return values.flatMap((item) => lookUp(item, rest));
}

function own(object: unknown, lowerKey: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  const entries = Object.entries(object);
  // The spelling of the schema wins over another one.
  const canonical = entries.find(([key]) => key.toLowerCase() === lowerKey && /[a-z]/.test(key));
  return (canonical ?? entries.find(([key]) => key.toLowerCase() === lowerKey))?.[1];
}

function present(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value === 'object' ? Object.values(value).some(present) : true;
}

function compare(op: string, value: unknown, literal: FilterValue, path: string): boolean {
  const [a, b] = [comparable(value, path, literal), comparable(literal, path, literal)];
  switch (op) {
    case 'eq':
      return a === b;
    case 'ne':
      return a !== b;
    case 'co':
      return text(value, path).includes(text(literal, path)) && typeof value === 'string';
    case 'sw':
      return text(value, path).startsWith(text(literal, path)) && typeof value === 'string';
    case 'ew':
      return text(value, path).endsWith(text(literal, path)) && typeof value === 'string';
    default:
      if (a === null || b === null || typeof a !== typeof b) return false;
      if (op === 'gt') return a > b;
      if (op === 'ge') return a >= b;
      return op === 'lt' ? a < b : a <= b;
  }
}

/** A value in a form that can be compared with `===` and `<`: moments as numbers where they are meant. */
function comparable(value: unknown, path: string, literal: FilterValue): FilterValue | bigint {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value !== 'string') return value as FilterValue;
  const isDate = DATES.has(path) || (!KNOWN.has(path) && typeof literal === 'string');
  if (isDate && typeof literal === 'string' && moment(literal) !== undefined) {
    const time = moment(value);
    return time === undefined ? `not a moment: ${value}` : BigInt(time);
  }
  return text(value, path);
}

function text(value: unknown, path: string): string {
  return typeof value !== 'string' ? '' : EXACT.has(path) ? value : value.toLowerCase().replaceAll('ς', 'σ');
}

function moment(value: string): number | undefined {
  return /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : undefined;
}
