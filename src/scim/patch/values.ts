import type { PatchScimType } from '../../errors/scim-errors.js';
import { isRecord, isUnassigned } from '../../internal/json.js';
import { foldCase } from '../filter/compare.js';
import { findAttribute } from '../schemas/known-schemas.js';
import { readAttribute } from '../schemas/names.js';
import type { Rules } from '../schemas/rules.js';

export type JsonObject = { readonly [key: string]: unknown };

/** Deeper values are not SCIM (RFC 7643 §2.3.8), and could exhaust the stack. */
export const MAX_VALUE_DEPTH = 32;

/** What is stored may be deeper than what was given for a part of it. */
const MAX_STORED_DEPTH = 2 * MAX_VALUE_DEPTH;

/** Never leaves this folder. */
export class PatchProblem extends Error {
  readonly scimType: PatchScimType;

  constructor(scimType: PatchScimType, message: string) {
    super(message);
    this.scimType = scimType;
  }
}

export function checkDepth(depth: number, maximum = MAX_STORED_DEPTH): void {
  if (depth > maximum) throw new PatchProblem('invalidValue', 'a value is nested too deeply');
}

/** A copy without the key `__proto__`, whose assignment would replace a prototype; `checkKey` may refuse keys. */
export function copyJson(
  value: unknown,
  checkKey?: (key: string) => void,
  maximum = MAX_STORED_DEPTH,
  depth = 0,
): unknown {
  checkDepth(depth, maximum);
  if (Array.isArray(value)) return value.map((item) => copyJson(item, checkKey, maximum, depth + 1));
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    checkKey?.(key);
    if (key !== '__proto__') copy[key] = copyJson(part, checkKey, maximum, depth + 1);
  }
  return copy;
}

export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isUnassigned(value) ? [] : [value];
}

/** Whether two values are equal JSON, whatever the order of keys. */
export function isEqualJson(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  checkDepth(depth);
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => isEqualJson(item, b[index], depth + 1))
    );
  }
  return !Array.isArray(b) && isEqualObject(a as JsonObject, b as JsonObject, depth + 1);
}

function isEqualObject(a: JsonObject, b: JsonObject, depth: number): boolean {
  let count = 0;
  for (const key in a) {
    if (!Object.hasOwn(b, key) || !isEqualJson(a[key], b[key], depth)) return false;
    count += 1;
  }
  for (const _key in b) count -= 1;
  return count === 0;
}

/** A text that equal JSON has in common. By the rules of an attribute it ignores case where the schema does. */
export function canonicalJson(value: unknown, rules?: Rules, depth = 0): string {
  checkDepth(depth);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, rules, depth + 1)).join()}]`;
  if (isRecord(value)) {
    const parts = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => {
        const part = rules === undefined ? undefined : findAttribute(rules.subAttributes, key)?.rules;
        return `${JSON.stringify(key)}:${canonicalJson(value[key], part, depth + 1)}`;
      });
    return `{${parts.join()}}`;
  }
  return JSON.stringify(typeof value === 'string' && isCaseless(rules) ? foldCase(value) : value) ?? 'null';
}

/** The same for a value that may be a list, of which order, repeats and `primary: false` do not matter either. */
export function canonicalValues(value: unknown, rules: Rules, ignoreCase: boolean): string | undefined {
  if (value === undefined) return undefined;
  const folded = ignoreCase ? rules : undefined;
  if (!Array.isArray(value)) return canonicalJson(value, folded);
  const texts = value.map((item) => canonicalJson(withoutDefault(item, rules), folded));
  return `[${[...new Set(texts)].sort().join('\n')}]`;
}

/** A value that does not say `primary` is not primary (RFC 7643 §2.4). */
function withoutDefault(item: unknown, rules: Rules): unknown {
  if (rules?.subAttributes?.primary === undefined || !isRecord(item) || item.primary !== false) return item;
  const { primary: _primary, ...rest } = item;
  return rest;
}

/** A text that entries with the same `value` have in common; without one, those that are equal. */
export function valueKey(element: unknown, rules?: Rules): string {
  const value = entryValue(element);
  return isUnassigned(value) ? canonicalJson(element, rules) : canonicalJson(value, rulesOf('value', rules));
}

/** The same by `value` and `type` (RFC 7643 §2.4). */
export function entryKey(element: unknown, rules: Rules): string {
  const key = valueKey(element, rules);
  return isUnassigned(entryValue(element))
    ? key
    : `${key} ${canonicalJson(entryType(element) ?? null, rulesOf('type', rules))}`;
}

export function hasDuplicates(values: readonly unknown[], rules: Rules): boolean {
  const distinct = new Set(values.map((value) => canonicalJson(value)));
  return new Set(values.map((value) => entryKey(value, rules))).size < distinct.size;
}

/** Whether entries are known by an exact `value` alone, and never change, as members of a group (RFC 7643 §4.2). */
export function isKeyedByValue(rules: Rules): boolean {
  const parts = rules?.multiValued === true ? rules.subAttributes : undefined;
  if (parts === undefined) return false;
  for (const name in parts) {
    const mutability = parts[name]?.mutability;
    if (mutability !== 'immutable' && mutability !== 'readOnly') return false;
  }
  const value = findAttribute(parts, 'value')?.rules;
  return value?.mutability === 'immutable' && value.caseExact === true;
}

/** The `value` of an entry; a simple one is its own. */
export function entryValue(element: unknown): unknown {
  if (!isRecord(element)) return element;
  // Read directly for speed: no prototype of a JSON object has a `value`.
  return element.value === undefined ? readAttribute(element, 'value') : element.value;
}

export function entryType(element: unknown): unknown {
  return readAttribute(element, 'type') ?? undefined;
}

function isCaseless(rules: Rules): boolean {
  return rules !== undefined && (rules.type ?? 'string') === 'string' && rules.caseExact !== true;
}

function rulesOf(name: string, rules: Rules): Rules {
  return rules?.type === 'complex' ? findAttribute(rules.subAttributes, name)?.rules : rules;
}
