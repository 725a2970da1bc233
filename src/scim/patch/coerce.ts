import { parseDateTime } from '../../internal/dates.js';
import { isRecord, isUnassigned } from '../../internal/json.js';
import { findAttribute } from '../schemas/known-schemas.js';
import { readAttribute } from '../schemas/names.js';
import type { Attributes, Rules } from '../schemas/rules.js';
import type { PatchContext } from './case-insensitive-object.js';
import { copyJson, type JsonObject, MAX_VALUE_DEPTH, PatchProblem } from './values.js';

/** Whether a value asks for none: null does; an empty list or object where the attribute can hold one (RFC 7643 §2.5). */
export function clears(value: unknown, rules: Rules): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined || value === null;
  const isSimple = rules !== undefined && rules.type !== 'complex' && rules.multiValued !== true;
  return !isSimple && isUnassigned(value);
}

/** A copy of an operation's value, checked against the attribute's type, in the schema's spelling. */
export function coerceValue(given: unknown, rules: Rules, context: PatchContext): unknown {
  if (rules === undefined) return copyJson(given, checkKey, MAX_VALUE_DEPTH);
  const value = typeof given === 'object' && context.tolerant ? bareValue(given, rules) : given;
  switch (rules.type) {
    case 'complex':
      return coerceParts(value, rules, context, false);
    case 'boolean':
      return coerceBoolean(value, context);
    case 'integer':
      return Number.isInteger(value) ? value : refuse('an integer');
    case 'decimal':
      return Number.isFinite(value) ? value : refuse('a number');
    case 'dateTime':
      return typeof value === 'string' && parseDateTime(value) !== undefined ? value : refuse('a date and time');
    default:
      return typeof value === 'string' ? value : refuse('a string');
  }
}

export function coerceValues(value: unknown, rules: Rules, context: PatchContext): unknown[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const attributes = rules?.type === 'complex' ? rules.subAttributes : undefined;
  // Most values of a list are alike: where one may be stored as it is, so may the next.
  let names: readonly string[] = [];
  return given.map((item) => {
    if (attributes !== undefined && isRecord(item)) {
      if (names.length > 0 && hasTexts(item, names)) return { ...item };
      if (isCanonical(item, attributes) && !isUnassigned(item)) {
        if (given.length > 1) names = namesOfTexts(item);
        return { ...item };
      }
    }
    const coerced = coerceValue(item, rules, context);
    if (isUnassigned(coerced)) throw new PatchProblem('invalidValue', 'a value of the list is empty');
    return coerced;
  });
}

/** The names of an object's parts where all of them are texts; else none. */
function namesOfTexts(item: JsonObject): readonly string[] {
  const names = Object.keys(item);
  return hasTexts(item, names) ? names : [];
}

/** Whether an object has texts under these names, in this order, and nothing else. */
function hasTexts(item: JsonObject, names: readonly string[]): boolean {
  let count = 0;
  for (const key in item) {
    if (key !== names[count] || typeof item[key] !== 'string') return false;
    count += 1;
  }
  return count === names.length;
}

/** The parts of a complex value. With `keepsNull`, null stays as the wish to remove one. */
export function coerceParts(value: unknown, rules: Rules, context: PatchContext, keepsNull = true): JsonObject {
  const parts = coerceObject(context.tolerant && rules !== undefined ? bareValue(value, rules) : value, rules, context);
  if (isCanonical(parts, rules?.subAttributes)) return { ...parts };
  const coerced: Record<string, unknown> = {};
  for (const key of Object.keys(parts)) {
    const found = findAttribute(rules?.subAttributes, key);
    if (found === undefined) {
      checkKey(key);
      if (context.refuseUnknown && rules?.subAttributes !== undefined) {
        throw new PatchProblem('invalidValue', 'a part of the value is not in the schema');
      }
    }
    if (found?.rules?.mutability === 'readOnly') {
      if (context.tolerant) continue;
      throw new PatchProblem('mutability', `${found.name} is read-only`);
    }
    const part = parts[key];
    const name = found?.name ?? key;
    const coerce = found?.rules?.multiValued === true ? coerceValues : coerceValue;
    if (!clears(part, found?.rules)) coerced[name] = coerce(part, found?.rules, context);
    else if (keepsNull) coerced[name] = null;
  }
  return coerced;
}

/** Whether an object can be stored as it is, as most can. */
function isCanonical(parts: JsonObject, attributes: Attributes | undefined): boolean {
  if (attributes === undefined) return false;
  for (const key in parts) {
    const rules = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
    if (rules === undefined || rules.multiValued === true || rules.mutability === 'readOnly') return false;
    const { type = 'string' } = rules;
    if (type !== typeof parts[key] && !(type === 'reference' && typeof parts[key] === 'string')) return false;
  }
  return true;
}

/** Entra ID wraps what is single: `[{ "value": "False" }]` for `active`, `[{ "value": "7" }]` for the manager. */
function bareValue(value: unknown, { type }: NonNullable<Rules>): unknown {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return type !== 'complex' && isRecord(only) ? readAttribute(only, 'value') : only;
}

function coerceObject(value: unknown, rules: Rules, context: PatchContext): JsonObject {
  if (isRecord(value)) return value;
  const canWrap = context.tolerant && findAttribute(rules?.subAttributes, 'value') !== undefined;
  // Entra ID sends the manager, and roles, as a bare string.
  if (canWrap && typeof value === 'string') return { value };
  return refuse('an object');
}

function coerceBoolean(value: unknown, context: PatchContext): boolean {
  if (typeof value === 'boolean') return value;
  // Entra ID sends "True" and "False".
  if (context.tolerant && typeof value === 'string') {
    const lower = value.toLowerCase();
    if (lower === 'true' || lower === 'false') return lower === 'true';
  }
  return refuse('a boolean');
}

function checkKey(key: string): void {
  if (key === '__proto__') throw new PatchProblem('invalidValue', 'a key of the value is not the name of an attribute');
}

function refuse(expected: string): never {
  throw new PatchProblem('invalidValue', `the value is not ${expected}`);
}
