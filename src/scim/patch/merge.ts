import { isRecord, isUnassigned } from '../../internal/json.js';
import { findAttribute, type NamedAttribute } from '../schemas/known-schemas.js';
import { keyIndexOf, readAttribute, storedKey } from '../schemas/names.js';
import type { Rules } from '../schemas/rules.js';
import { keyToSet, type PatchContext, withKey } from './case-insensitive-object.js';
import { clears, coerceValue, coerceValues } from './coerce.js';
import type { AttributeEdit, Edit } from './target.js';
import { isPrimary, ValueList } from './value-list.js';
import {
  asList,
  canonicalJson,
  entryValue,
  isEqualJson,
  isKeyedByValue,
  type JsonObject,
  PatchProblem,
} from './values.js';

export function setPart(edit: AttributeEdit, part: NamedAttribute, element: unknown, context: PatchContext): unknown {
  const parts = asParts(element, edit.target.attribute.rules);
  const key = storedKey(parts, part.name);
  const before = key === undefined ? undefined : parts[key];
  const after = changedPart(edit, part, before, context);
  return after === before ? element : withKey(parts, keyToSet(part.name, key), after);
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
  if (op === 'replace') return distinctValues(values, rules);
  const list = new ValueList(asList(before), rules);
  appendValues(list, values, rules);
  return list.result();
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

/**
 * Appends values, merged into those with the same `value` and `type`, which together may not repeat (RFC 7643 §2.4).
 * Returns the positions of what changed.
 */
export function appendValues(list: ValueList, added: readonly unknown[], rules: Rules): readonly number[] {
  const changed: number[] = [];
  for (const value of added) {
    const position = list.find(value);
    if (position === -1) {
      changed.push(list.append(value));
      continue;
    }
    const stored = list.at(position);
    const merged = mergeEntry(stored, value, rules);
    if (merged === stored) continue;
    list.set(position, merged);
    changed.push(position);
  }
  return changed;
}

export function distinctValues(values: readonly unknown[], rules: Rules): readonly unknown[] {
  if (values.length < 2) return values;
  return isKeyedByValue(rules)
    ? withoutDuplicates(values, (value) => entryValue(value) ?? canonicalJson(value))
    : withoutRepeats(values);
}

function withoutRepeats(values: readonly unknown[]): readonly unknown[] {
  if (haveOwnKeys(values)) return values;
  if (values.length * values.length > FEW_PAIRS) return withoutDuplicates(values, (value) => canonicalJson(value));
  return values.every(isFirst) ? values : values.filter(isFirst);
}

/** Whether each value has a `value` that no other has: then none repeats another, and the rest need not be read. */
function haveOwnKeys(values: readonly unknown[]): boolean {
  const seen = new Set<unknown>();
  for (const value of values) {
    const key = entryValue(value);
    if (typeof key !== 'string') return false;
    seen.add(key);
  }
  return seen.size === values.length;
}

function isFirst(value: unknown, index: number, values: readonly unknown[]): boolean {
  for (let other = 0; other < index; other += 1) if (isEqualJson(values[other], value)) return false;
  return true;
}

function withoutDuplicates(values: readonly unknown[], textOf: (value: unknown) => unknown): readonly unknown[] {
  const seen = new Set<unknown>();
  let distinct: unknown[] | undefined;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    // One lookup, where `has` and `add` would be two.
    const isNew = seen.size !== seen.add(textOf(value)).size;
    if (isNew) distinct?.push(value);
    else distinct ??= values.slice(0, index);
  }
  return distinct ?? values;
}

/** At most one value may be primary (RFC 7643 §2.4). */
export function checkOnePrimary(values: readonly unknown[]): void {
  let isSeen = false;
  for (const value of values) {
    if (!isPrimary(value)) continue;
    if (isSeen) throw new PatchProblem('invalidValue', 'more than one value would be primary');
    isSeen = true;
  }
}

/** The stored spelling of `value` and `type` stays: they are the same already. */
function mergeEntry(stored: unknown, added: unknown, rules: Rules): unknown {
  if (!isRecord(added) || readAttribute(added, 'value') === undefined) return stored;
  const { value: _value, type: _type, ...parts } = added;
  return mergeParts(stored, parts, rules);
}

/** By RFC 7643 §2.2. */
export function checkMutability(rules: Rules, current: unknown): void {
  if (rules?.mutability === 'readOnly') throw new PatchProblem('mutability', 'the attribute is read-only');
  if (rules?.mutability === 'immutable' && !isUnassigned(current)) {
    throw new PatchProblem('mutability', 'the attribute can be set only once');
  }
}
