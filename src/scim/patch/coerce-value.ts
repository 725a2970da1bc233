import { parseDateTime } from '../filter/date-time.js';
import { findAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics, Attributes } from '../schemas/resource-schema.js';
import { isObject, isUnassigned, type JsonObject } from './json-value.js';
import type { PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';

type Rules = AttributeCharacteristics | undefined;

/** Deeper values are not of SCIM (RFC 7643 §2.3.8), and may be meant to exhaust the stack. */
const MAX_VALUE_DEPTH = 32;

/**
 * A value of an operation as it is stored: checked against the attribute's type, with the schema's spelling of names,
 * and sharing nothing with the operation.
 */
export function coerceValue(value: unknown, rules: Rules, context: PatchContext): unknown {
  switch (rules?.type) {
    case undefined:
      // An attribute that the schema names is a string where it does not say.
      return rules === undefined ? copyJson(value, 0) : coerceText(value);
    case 'complex':
      return coerceComplex(value, rules, context);
    case 'boolean':
      return coerceBoolean(value, context);
    case 'integer':
      return Number.isInteger(value) ? value : refuse('an integer');
    case 'decimal':
      return Number.isFinite(value) ? value : refuse('a number');
    case 'dateTime':
      return typeof value === 'string' && parseDateTime(value) !== undefined ? value : refuse('a date and time');
    default:
      return coerceText(value);
  }
}

/** The values of an operation on a multi-valued attribute: a list, or one value on its own. */
export function coerceValues(value: unknown, rules: Rules, context: PatchContext): unknown[] {
  return (Array.isArray(value) ? value : [value]).map((item) => {
    const coerced = coerceValue(item, rules, context);
    if (isUnassigned(coerced)) throw new PatchProblem('invalidValue', 'a value of the list is empty');
    return coerced;
  });
}

/** The parts of a complex value, where `null` stays as the wish to remove a part. */
export function coerceParts(value: unknown, rules: Rules, context: PatchContext): JsonObject {
  return coerceEach(value, rules, context, true);
}

function coerceComplex(value: unknown, rules: Rules, context: PatchContext): JsonObject {
  return coerceEach(value, rules, context, false);
}

function coerceEach(value: unknown, rules: Rules, context: PatchContext, keepsNull: boolean): JsonObject {
  const parts = coerceObject(value, rules, context);
  if (isCanonical(parts, rules?.subAttributes)) return { ...parts };
  const coerced: Record<string, unknown> = {};
  for (const key of Object.keys(parts)) {
    const found = findAttribute(rules?.subAttributes, key);
    if (found === undefined) checkUnknown(key, rules, context);
    if (found?.rules?.mutability === 'readOnly') {
      if (context.tolerant) continue;
      throw new PatchProblem('mutability', `${found.name} is read-only`);
    }
    const part = parts[key];
    const name = found?.name ?? key;
    if (!isUnassigned(part)) coerced[name] = coercePart(part, found?.rules, context);
    else if (keepsNull) coerced[name] = null;
  }
  return coerced;
}

/** Whether an object can be stored as it is, as most can: texts and booleans, spelled as in the schema. */
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

function coercePart(part: unknown, rules: Rules, context: PatchContext): unknown {
  return rules?.multiValued === true ? coerceValues(part, rules, context) : coerceValue(part, rules, context);
}

function coerceObject(value: unknown, rules: Rules, context: PatchContext): JsonObject {
  if (isObject(value)) return value;
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

function coerceText(value: unknown): string {
  return typeof value === 'string' ? value : refuse('a string');
}

function checkUnknown(key: string, rules: Rules, context: PatchContext): void {
  checkKey(key);
  if (context.refuseUnknown && rules?.subAttributes !== undefined) {
    throw new PatchProblem('invalidValue', 'a part of the value is not in the schema');
  }
}

function copyJson(value: unknown, depth: number): unknown {
  if (depth > MAX_VALUE_DEPTH) throw new PatchProblem('invalidValue', 'the value is nested too deeply');
  if (Array.isArray(value)) return value.map((item) => copyJson(item, depth + 1));
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    checkKey(key);
    copy[key] = copyJson(part, depth + 1);
  }
  return copy;
}

/** Refuses the one key whose assignment would replace an object's prototype. */
export function checkKey(key: string): void {
  if (key === '__proto__') throw new PatchProblem('invalidValue', 'a key of the value is not the name of an attribute');
}

function refuse(expected: string): never {
  throw new PatchProblem('invalidValue', `the value is not ${expected}`);
}
