import { isSameButForCase } from '../filter/fold-case.js';
import { readAttribute } from '../path/read-attribute.js';
import { findKey } from '../schemas/find-key.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { canonicalText } from './canonical-text.js';
import { mergeParts } from './change-parts.js';
import { isObject, type JsonObject } from './json-value.js';
import { PatchProblem } from './patch-problem.js';
import { isSameValue } from './same-value.js';
import { setAttribute } from './stored-fields.js';
import { entryText, isKeyedByValue, isSameEntry, keyOf } from './value-identity.js';

type Rules = AttributeCharacteristics | undefined;

/** Up to here comparing each with each is faster than writing each as text, which is linear. */
const FEW_PAIRS = 64;

/**
 * Appends values. One that is there already is not repeated; one with the same `value` and `type` as another is merged
 * into that, because the two together may not repeat (RFC 7643 §2.4).
 */
export function appendValues(current: readonly unknown[], added: readonly unknown[], rules: Rules): readonly unknown[] {
  const isFew = (current.length + added.length) * added.length <= FEW_PAIRS;
  const findByText = isFew ? undefined : indexer(current, rules);
  let next: unknown[] | undefined;
  for (const value of added) {
    const values: readonly unknown[] = next ?? current;
    const index = findByText === undefined ? search(values, value, rules) : findByText(values, value);
    const merged = index === -1 ? value : mergeEntry(values[index], value, rules);
    if (index !== -1 && merged === values[index]) continue;
    next ??= current.slice();
    next[index === -1 ? next.length : index] = merged;
  }
  return next ?? current;
}

/** The values without those that repeat another one. */
export function distinctValues(values: readonly unknown[], rules: Rules): readonly unknown[] {
  if (values.length < 2) return values;
  return isKeyedByValue(rules)
    ? withoutTwins(values, (value) => keyOf(value) ?? canonicalText(value))
    : withoutRepeats(values);
}

/** The values without those that are equal to another one throughout. */
export function withoutRepeats(values: readonly unknown[]): readonly unknown[] {
  if (values.length * values.length > FEW_PAIRS) return withoutTwins(values, (value) => canonicalText(value));
  return hasRepeat(values)
    ? values.filter((value, index) => values.findIndex((other) => isSameValue(other, value)) === index)
    : values;
}

function hasRepeat(values: readonly unknown[]): boolean {
  for (let index = 1; index < values.length; index += 1) {
    for (let other = 0; other < index; other += 1) if (isRepeat(values[other], values[index])) return true;
  }
  return false;
}

function isRepeat(a: unknown, b: unknown): boolean {
  // Most differ by their value, which is quick to tell.
  const isOther = isObject(a) && isObject(b) && a.value !== b.value && typeof a.value === 'string';
  return !isOther && isSameValue(a, b);
}

function withoutTwins(values: readonly unknown[], textOf: (value: unknown) => unknown): readonly unknown[] {
  const seen = new Set<unknown>();
  return values.filter((value) => seen.size !== seen.add(textOf(value)).size);
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
  if (!given.some(isPrimary)) return all;
  const known = new Set(before ?? given);
  const chosen = all.filter((value) => isPrimary(value) && known.has(value) === (before === undefined));
  if (chosen.length === 0) return all;
  if (chosen.length > 1) throw new PatchProblem('invalidValue', 'more than one value would be primary');
  return all.map((value) => (value !== chosen[0] && isPrimary(value) ? setAttribute(value, 'primary', false) : value));
}

function isPrimary(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  if (value.primary !== undefined) return value.primary === true;
  const key = findKey(value, 'primary');
  return key !== undefined && value[key] === true;
}

/** The stored spelling of `value` and `type` stays: they are the same already. */
function mergeEntry(stored: unknown, added: unknown, rules: Rules): unknown {
  if (!isObject(added) || readAttribute(added, 'value') === undefined) return stored;
  const { value: _value, type: _type, ...parts } = added;
  return mergeParts(stored, parts, rules);
}

/** The index of the value that another one is the same as: one that is equal throughout, else the same entry; else -1. */
function search(values: readonly unknown[], value: unknown, rules: Rules): number {
  const key = keyOf(value);
  let entry = -1;
  for (let index = 0; index < values.length; index += 1) {
    const other = values[index];
    const otherKey = keyOf(other);
    // Most differ by their value, which is quick to tell.
    if (typeof key === 'string' && typeof otherKey === 'string' && !isSameButForCase(key, otherKey)) continue;
    if (isSameValue(other, value)) return index;
    if (entry === -1 && isSameEntry(other, value, rules)) entry = index;
  }
  return entry;
}

/** The same by an index of all. */
function indexer(current: readonly unknown[], rules: Rules): (values: readonly unknown[], value: unknown) => number {
  const byText = new Map<string, number>();
  const byEntry = new Map<string, number>();
  let size = 0;
  const include = (value: unknown) => {
    const [text, entry] = [canonicalText(value), entryText(value, rules)];
    if (!byText.has(text)) byText.set(text, size);
    if (!byEntry.has(entry)) byEntry.set(entry, size);
    size += 1;
  };
  current.forEach(include);
  return (values, value) => {
    while (size < values.length) include(values[size]);
    return byText.get(canonicalText(value)) ?? byEntry.get(entryText(value, rules)) ?? -1;
  };
}
