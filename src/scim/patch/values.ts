import type { PatchScimType } from '../../errors/scim-errors.js';
import { foldCase, isSameButForCase } from '../filter/compare.js';
import { findAttribute } from '../schemas/known-schemas.js';
import { readAttribute } from '../schemas/names.js';
import type { AttributeCharacteristics } from '../schemas/rules.js';

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: unknown };

/** Deeper values are not of SCIM (RFC 7643 §2.3.8), and may be meant to exhaust the stack. */
export const MAX_VALUE_DEPTH = 32;

/** What is stored may stand some levels deeper than what was given for a part of it. */
const MAX_STORED_DEPTH = 2 * MAX_VALUE_DEPTH;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Absent, null, empty list and empty object are one state: there is no value (RFC 7643 §2.5). */
export function isUnassigned(value: unknown): boolean {
  if (typeof value !== 'object') return value === undefined;
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isUnassigned(value) ? [] : [value];
}

export function checkDepth(depth: number, maximum = MAX_STORED_DEPTH): void {
  if (depth > maximum) throw new PatchProblem('invalidValue', 'a value is nested too deeply');
}

/**
 * Whether two values of JSON are equal, whatever the order of keys.
 *
 * @throws {PatchProblem} Both are nested too deeply to tell.
 */
export function isSameValue(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  checkDepth(depth);
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => isSameValue(item, b[index], depth + 1))
    );
  }
  if (Array.isArray(b)) return false;
  return isSameObject(a as Record<string, unknown>, b as Record<string, unknown>, depth + 1);
}

function isSameObject(a: Record<string, unknown>, b: Record<string, unknown>, depth: number): boolean {
  let count = 0;
  for (const key in a) {
    if (!Object.hasOwn(b, key) || !isSameValue(a[key], b[key], depth)) return false;
    count += 1;
  }
  for (const _key in b) count -= 1;
  return count === 0;
}

type Rules = AttributeCharacteristics | undefined;

/**
 * A value of JSON as a text that is the same for the same value, whatever the order of keys; and, where rules are given,
 * whatever the case of texts in which it does not matter.
 *
 * @throws {PatchProblem} The value is nested too deeply.
 */
export function canonicalText(value: unknown, rules?: Rules, depth = 0): string {
  checkDepth(depth);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, rules, depth + 1)).join()}]`;
  if (isObject(value)) {
    const parts = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => {
        const part = rules === undefined ? undefined : findAttribute(rules.subAttributes, key)?.rules;
        return `${JSON.stringify(key)}:${canonicalText(value[key], part, depth + 1)}`;
      });
    return `{${parts.join()}}`;
  }
  const isFolded = typeof value === 'string' && rules !== undefined && isCaseless(rules);
  return JSON.stringify(isFolded ? foldCase(value) : value) ?? 'null';
}

/** Whether texts of the attribute that differ in case alone are the same. */
function isCaseless({ type = 'string', caseExact }: AttributeCharacteristics): boolean {
  return type === 'string' && caseExact !== true;
}

type ComparedRules = AttributeCharacteristics | undefined;

/**
 * A value as a text that is the same for values that mean the same: the order of keys and of values does not matter, nor
 * do repeated values, nor whether a value is not primary or says nothing of it, nor case where the schema says so and the
 * caller wants it.
 */
export function comparableText(value: unknown, rules: ComparedRules, ignoreCase: boolean): string | undefined {
  if (value === undefined) return undefined;
  const folded = ignoreCase ? rules : undefined;
  if (!Array.isArray(value)) return canonicalText(value, folded);
  const texts = value.map((item) => canonicalText(withoutDefault(item, rules), folded));
  return `[${[...new Set(texts)].sort().join('\n')}]`;
}

/** No word of `primary` means that it is not (RFC 7643 §2.4). */
function withoutDefault(item: unknown, rules: ComparedRules): unknown {
  if (rules?.subAttributes?.primary === undefined || !isObject(item) || item.primary !== false) return item;
  const { primary: _primary, ...rest } = item;
  return rest;
}

type IdentityRules = AttributeCharacteristics | undefined;

/**
 * Whether the values of a multi-valued attribute are known by their `value` alone: it is exact, and nothing of a value can
 * be changed once it is set, as in the members of a group (RFC 7643 §4.2).
 */
export function isKeyedByValue(rules: IdentityRules): boolean {
  const parts = rules?.multiValued === true ? rules.subAttributes : undefined;
  if (parts === undefined) return false;
  for (const name in parts) {
    const mutability = parts[name]?.mutability;
    if (mutability !== 'immutable' && mutability !== 'readOnly') return false;
  }
  const value = findAttribute(parts, 'value')?.rules;
  return value?.mutability === 'immutable' && value.caseExact === true;
}

/** The `value` of a value; a simple one is its own. */
export function keyOf(element: unknown): unknown {
  if (!isObject(element)) return element;
  // Read straight, for speed: no prototype of an object of JSON has a `value`.
  return element.value === undefined ? readAttribute(element, 'value') : element.value;
}

/** Whether two values are the same one: by `value` and `type` (RFC 7643 §2.4); where there is no `value`, by all they hold. */
export function isSameEntry(a: unknown, b: unknown, rules: IdentityRules): boolean {
  const [key, other] = [keyOf(a), keyOf(b)];
  const hasKey = !isUnassigned(key);
  if (hasKey !== !isUnassigned(other)) return false;
  if (!hasKey) return isSameValue(a, b) || (rules !== undefined && canonicalText(a, rules) === canonicalText(b, rules));
  return isSamePart(key, other, rulesOf('value', rules)) && isSamePart(typeOf(a), typeOf(b), rulesOf('type', rules));
}

/** A text that is the same for the same one. */
export function entryText(element: unknown, rules: IdentityRules): string {
  const key = keyOf(element);
  return isUnassigned(key)
    ? canonicalText(element, rules)
    : `${valueText(element, rules)} ${partText('type', typeOf(element), rules)}`;
}

/** Whether values that differ are the same one, so that to add them would make one of them. */
export function hasDuplicates(values: readonly unknown[], rules: IdentityRules): boolean {
  const distinct = new Set(values.map((value) => canonicalText(value)));
  return new Set(values.map((value) => entryText(value, rules))).size < distinct.size;
}

/** A text that is the same for those with the same `value`. */
export function valueText(element: unknown, rules: IdentityRules): string {
  return partText('value', keyOf(element), rules);
}

export function typeOf(element: unknown): unknown {
  const type = isObject(element) ? readAttribute(element, 'type') : undefined;
  return type === null ? undefined : type;
}

function isSamePart(a: unknown, b: unknown, rules: IdentityRules): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return isSameValue(a, b);
  return a === b || (rules !== undefined && isCaseless(rules) && isSameButForCase(a, b));
}

function partText(name: string, part: unknown, rules: IdentityRules): string {
  const partRules = rulesOf(name, rules);
  const isFolded = typeof part === 'string' && partRules !== undefined && isCaseless(partRules);
  return canonicalText(isFolded ? foldCase(part) : (part ?? null));
}

/** A simple value has the rules of the attribute. */
function rulesOf(name: string, rules: IdentityRules): IdentityRules {
  return rules?.type === 'complex' ? findAttribute(rules.subAttributes, name)?.rules : rules;
}

/** Why an operation cannot be applied, before it is known which one it is. Never leaves this folder. */
export class PatchProblem extends Error {
  readonly scimType: PatchScimType;

  constructor(scimType: PatchScimType, message: string) {
    super(message);
    this.scimType = scimType;
  }
}
