import { readAttribute } from '../path/read-attribute.js';
import { findAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { canonicalText } from './canonical-text.js';
import { setAttribute } from './change-container.js';
import { isObject, type JsonObject } from './json-value.js';
import { PatchProblem } from './patch-problem.js';
import { isSameValue } from './same-value.js';

type Rules = AttributeCharacteristics | undefined;

/** Up to here comparing each with each is faster than writing each as text, which is linear. */
const FEW_PAIRS = 64;

/**
 * Whether the values of a multi-valued attribute are known by their `value` alone: it is exact and can only be set once, as in
 * the members of a group (RFC 7643 §4.2).
 */
export function isKeyedByValue(rules: Rules): boolean {
  if (rules?.multiValued !== true) return false;
  const value = findAttribute(rules.subAttributes, 'value')?.rules;
  return value?.mutability === 'immutable' && value.caseExact === true;
}

/**
 * Appends values. One that is there already is not repeated; one with the same `value` and `type` as another is merged
 * into that, because the two together may not repeat (RFC 7643 §2.4).
 */
export function appendValues(current: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  if (current.length === 0) return distinctValues(added, undefined);
  const find = current.length * added.length <= FEW_PAIRS ? searched(current) : indexed(current);
  let next: unknown[] | undefined;
  for (const value of distinctValues(added, undefined)) {
    const index = find(value);
    if (index !== -1 && isSameValue(current[index], value)) continue;
    next ??= [...current];
    if (index === -1) next.push(value);
    else next[index] = { ...(next[index] as JsonObject), ...(value as JsonObject) };
  }
  return next ?? current;
}

/** The values without those that repeat another one. */
export function distinctValues(values: readonly unknown[], rules: Rules): readonly unknown[] {
  if (values.length < 2) return values;
  const keyOf = isKeyedByValue(rules) ? (value: unknown) => readAttribute(value, 'value') : canonicalText;
  const seen = new Set<unknown>();
  return values.filter((value) => seen.size !== seen.add(keyOf(value)).size);
}

/**
 * Makes the one of the values given that is primary the only one (RFC 7644 §3.5.2). They stand among all the values as
 * they are; or, where the values before are given too, they may have been merged into one of those.
 */
export function settlePrimary(
  given: readonly unknown[],
  all: readonly unknown[],
  before?: readonly unknown[],
): readonly unknown[] {
  if (!given.some((value) => isObject(value) && value.primary === true)) return all;
  const known = new Set(before ?? given);
  const chosen = all.filter((value) => isPrimary(value) && known.has(value) === (before === undefined));
  if (chosen.length === 0) return all;
  if (chosen.length > 1) throw new PatchProblem('invalidValue', 'more than one value would be primary');
  return all.map((value) => (value !== chosen[0] && isPrimary(value) ? setAttribute(value, 'primary', false) : value));
}

function isPrimary(value: unknown): value is JsonObject {
  return isObject(value) && readAttribute(value, 'primary') === true;
}

/** Finds the value that is the same as another, else one with the same `value` and `type`: by looking at each. */
function searched(current: readonly unknown[]): (value: unknown) => number {
  return (value) => {
    const key = isObject(value) ? value.value : undefined;
    let entry = -1;
    for (let index = 0; index < current.length; index += 1) {
      const other = current[index];
      // Most differ by their value, which is quick to tell.
      if (typeof key === 'string' && isObject(other) && typeof other.value === 'string' && other.value !== key)
        continue;
      if (isSameValue(other, value)) return index;
      if (entry === -1 && hasEntry(value) && isSameEntry(other, value)) entry = index;
    }
    return entry;
  };
}

/** The same by an index of all. */
function indexed(current: readonly unknown[]): (value: unknown) => number {
  const byText = new Map(current.map((value, index) => [canonicalText(value), index]));
  const byEntry = new Map(current.map((value, index) => [entryText(value), index]));
  return (value) => byText.get(canonicalText(value)) ?? (hasEntry(value) ? (byEntry.get(entryText(value)) ?? -1) : -1);
}

function hasEntry(value: unknown): value is JsonObject {
  return isObject(value) && value.value !== undefined;
}

function isSameEntry(a: unknown, b: JsonObject): boolean {
  return readAttribute(a, 'type') === b.type && isSameValue(readAttribute(a, 'value'), b.value);
}

function entryText(value: unknown): string {
  return canonicalText([readAttribute(value, 'value') ?? null, readAttribute(value, 'type') ?? null]);
}
