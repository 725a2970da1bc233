import { isRecord } from '../../internal/json.js';
import { isSameButForCase } from '../filter/compare.js';
import { findAttribute, type NamedAttribute } from '../schemas/known-schemas.js';
import { keyIndexOf, readAttribute, storedKey } from '../schemas/names.js';
import type { Rules } from '../schemas/rules.js';
import { type PatchContext, withAttribute } from './case-insensitive-object.js';
import { clears, coerceValue, coerceValues } from './coerce.js';
import type { AttributeEdit, Edit } from './target.js';
import {
  asList,
  canonicalJson,
  entryKey,
  entryValue,
  isEqualJson,
  isKeyedByValue,
  isUnassigned,
  type JsonObject,
  PatchProblem,
} from './values.js';

export function setPart(edit: AttributeEdit, part: NamedAttribute, element: unknown, context: PatchContext): unknown {
  const parts = asParts(element, edit.target.attribute.rules);
  const before = readAttribute(parts, part.name);
  const after = changedPart(edit, part, before, context);
  return after === before ? element : withAttribute(parts, part.name, after);
}

/** The value of a part after a change: the same one where nothing changes, `undefined` where none is left. */
export function changedPart(edit: Edit, { rules }: NamedAttribute, before: unknown, context: PatchContext): unknown {
  const after = partValue(edit, rules, before, context);
  const isLeft = !isUnassigned(after);
  if (isEqualJson(before, after) || (!isLeft && isUnassigned(before))) return before;
  checkMutability(rules, before);
  if (rules?.required === true && !isLeft) {
    throw new PatchProblem(edit.op === 'remove' ? 'mutability' : 'invalidValue', 'the sub-attribute is required');
  }
  return isLeft ? after : undefined;
}

function partValue(edit: Edit, rules: Rules, before: unknown, context: PatchContext): unknown {
  const { op, value } = edit;
  if (op === 'remove') return undefined;
  if (clears(value, rules)) return op === 'add' ? before : undefined;
  if (!isOfList(edit, rules, before)) return coerceValue(value, rules, context);
  const values = coerceValues(value, rules, context);
  return op === 'add' ? appendValues(asList(before), values, rules) : distinctValues(values, rules);
}

/** Whether a change is one of a list. Where nothing is known of the attribute, its value tells. */
export function isOfList({ op, value }: Edit, rules: Rules, current: unknown): boolean {
  if (rules !== undefined) return rules.multiValued === true;
  if (op === 'replace') return Array.isArray(value);
  return isUnassigned(current) ? Array.isArray(value) : Array.isArray(current);
}

/** The parts of a complex value. A simple one is its own `value`: some servers know the manager by the bare id. */
export function asParts(value: unknown, rules: Rules): JsonObject {
  if (isRecord(value)) return value;
  if (isUnassigned(value) || Array.isArray(value)) return {};
  const hasValue = rules === undefined || findAttribute(rules.subAttributes, 'value') !== undefined;
  return hasValue ? { value } : {};
}

/** Sets the given parts, and removes those given as null; others stay (RFC 7644 §3.5.2.1, §3.5.2.3). */
export function mergeParts(whole: unknown, parts: JsonObject, rules: Rules, onlyMissing = false): unknown {
  const before = asParts(whole, rules);
  const names = Object.keys(parts);
  const index = names.length > FEW_PARTS ? keyIndexOf(before) : undefined;
  let next: Record<string, unknown> | undefined;
  for (const name of names) {
    const current = next ?? before;
    const key = storedKey(current, name, index) ?? name;
    const stored = Object.hasOwn(current, key) ? current[key] : undefined;
    const given = parts[name] === null ? undefined : parts[name];
    if (isEqualJson(stored, given) || (onlyMissing && !isUnassigned(stored))) continue;
    checkMutability(findAttribute(rules?.subAttributes, name)?.rules, stored);
    next ??= { ...before };
    if (given === undefined) delete next[key];
    else next[key] = given;
    index?.set(name.toLowerCase(), key);
  }
  return next ?? whole;
}

/** Up to here comparing each with each is faster than an index. */
const FEW_PARTS = 32;
const FEW_PAIRS = 64;

/** Appends values, merged into those with the same `value` and `type`, which together may not repeat (RFC 7643 §2.4). */
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

export function distinctValues(values: readonly unknown[], rules: Rules): readonly unknown[] {
  if (values.length < 2) return values;
  return isKeyedByValue(rules)
    ? withoutDuplicates(values, (value) => entryValue(value) ?? canonicalJson(value))
    : withoutRepeats(values);
}

export function withoutRepeats(values: readonly unknown[]): readonly unknown[] {
  if (values.length * values.length > FEW_PAIRS) return withoutDuplicates(values, (value) => canonicalJson(value));
  return values.every(isFirst) ? values : values.filter(isFirst);
}

function isFirst(value: unknown, index: number, values: readonly unknown[]): boolean {
  for (let other = 0; other < index; other += 1) if (isEqualJson(values[other], value)) return false;
  return true;
}

function withoutDuplicates(values: readonly unknown[], textOf: (value: unknown) => unknown): readonly unknown[] {
  const seen = new Set<unknown>();
  return values.filter((value) => seen.size !== seen.add(textOf(value)).size);
}

/**
 * Makes the primary one among the values given the only one (RFC 7644 §3.5.2). Where they may have been merged into
 * others, the values before tell which they are.
 */
export function enforceSinglePrimary(
  given: readonly unknown[],
  all: readonly unknown[],
  before?: readonly unknown[],
): readonly unknown[] {
  if (!given.some(isPrimary)) return all;
  const known = new Set(before ?? given);
  const chosen = all.filter((value) => isPrimary(value) && known.has(value) === (before === undefined));
  if (chosen.length === 0) return all;
  if (chosen.length > 1) throw new PatchProblem('invalidValue', 'more than one value would be primary');
  return all.map((value) => (value !== chosen[0] && isPrimary(value) ? withAttribute(value, 'primary', false) : value));
}

function isPrimary(value: unknown): value is JsonObject {
  return readAttribute(value, 'primary') === true;
}

/** The stored spelling of `value` and `type` stays: they are the same already. */
function mergeEntry(stored: unknown, added: unknown, rules: Rules): unknown {
  if (!isRecord(added) || readAttribute(added, 'value') === undefined) return stored;
  const { value: _value, type: _type, ...parts } = added;
  return mergeParts(stored, parts, rules);
}

/** The index of an equal value, else of the same entry, else -1. */
function search(values: readonly unknown[], value: unknown, rules: Rules): number {
  const key = entryValue(value);
  let entry = -1;
  for (let index = 0; index < values.length; index += 1) {
    const other = values[index];
    if (!mayBeSame(key, entryValue(other))) continue;
    if (isEqualJson(other, value)) return index;
    if (entry === -1 && entryKey(other, rules) === entryKey(value, rules)) entry = index;
  }
  return entry;
}

function mayBeSame(key: unknown, other: unknown): boolean {
  if (typeof key === 'string' && typeof other === 'string') return isSameButForCase(key, other);
  return isUnassigned(key) === isUnassigned(other);
}

function indexer(current: readonly unknown[], rules: Rules): (values: readonly unknown[], value: unknown) => number {
  const byText = new Map<string, number>();
  const byEntry = new Map<string, number>();
  let size = 0;
  const include = (value: unknown) => {
    const [text, entry] = [canonicalJson(value), entryKey(value, rules)];
    if (!byText.has(text)) byText.set(text, size);
    if (!byEntry.has(entry)) byEntry.set(entry, size);
    size += 1;
  };
  current.forEach(include);
  return (values, value) => {
    while (size < values.length) include(values[size]);
    return byText.get(canonicalJson(value)) ?? byEntry.get(entryKey(value, rules)) ?? -1;
  };
}

/** By RFC 7643 §2.2. */
export function checkMutability(rules: Rules, current: unknown): void {
  if (rules?.mutability === 'readOnly') throw new PatchProblem('mutability', 'the attribute is read-only');
  if (rules?.mutability === 'immutable' && !isUnassigned(current)) {
    throw new PatchProblem('mutability', 'the attribute can be set only once');
  }
}
