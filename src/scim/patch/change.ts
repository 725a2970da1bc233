import { isEmpty, isRecord, isUnassigned } from '../../internal/json.js';
import type { Comparison, FilterExpression, FilterValue } from '../filter/filter.js';
import { mapComparisons } from '../filter/format.js';
import { compileValueFilter } from '../filter/match.js';
import { findAttribute, type NamedAttribute } from '../schemas/known-schemas.js';
import type { Attributes, Rules } from '../schemas/rules.js';
import { type Op, type PatchContext, readFrom, setIn } from './case-insensitive-object.js';
import { clears, coerceParts, coerceValue, coerceValues } from './coerce.js';
import {
  appendValues,
  asParts,
  changedPart,
  checkMutability,
  checkOnePrimary,
  distinctValues,
  isOfList,
  mergeParts,
  setPart,
} from './merge.js';
import { type AttributeEdit, currentValue, type Place, withSchemas, withValue } from './target.js';
import { isPrimary, ValueList } from './value-list.js';
import {
  asList,
  entryKey,
  entryType,
  entryValue,
  isEqualJson,
  isKeyedByValue,
  type JsonObject,
  PatchProblem,
  valueKey,
} from './values.js';

/** The resource after a change of one attribute: the same one where nothing changes. */
export function applyToAttribute(given: JsonObject, edit: AttributeEdit, context: PatchContext): JsonObject {
  const { target } = edit;
  const { urn, attribute, filter, part } = target;
  const { rules } = attribute;
  const isSchemas = urn === undefined && attribute.name === 'schemas';
  let resource = isSchemas ? withSchemas(closeLists(given, context), context) : given;
  const open = context.lists?.get(keyOfList(target))?.list;
  const current = open === undefined ? currentValue(resource, target, context) : open.shape;
  if (isListEdit(edit, current)) {
    const list = open ?? new ValueList(asList(current), rules);
    changeList(list, edit, current, context);
    if (open !== undefined) return resource;
    const isList = Array.isArray(current) || isUnassigned(current);
    if ((isList && keepOpen(list, target, context)) || !list.isChanged) return resource;
    return withChanged(resource, edit, current, list.result(), context);
  }
  if (open !== undefined) resource = closeList(resource, target, context);
  const before = open === undefined ? current : currentValue(resource, target, context);
  if (part !== undefined && filter === undefined) return applyToPart(resource, edit, part, before, context);
  return withChanged(resource, edit, before, changed(edit, before, context), context);
}

function withChanged(
  resource: JsonObject,
  { op, target }: AttributeEdit,
  current: unknown,
  next: unknown,
  context: PatchContext,
): JsonObject {
  if (next === current || (isUnassigned(next) && isUnassigned(current))) return resource;
  const { rules } = target.attribute;
  checkMutability(rules, current);
  if (rules?.required === true) checkRequired(op, next);
  return withValue(resource, target, next, context);
}

/** Keeps a list for the operations that follow: to store it after each would take the square of their number. */
function keepOpen(list: ValueList, target: AttributeEdit['target'], context: PatchContext): boolean {
  const { urn, extension, attribute } = target;
  // What could be refused is stored at once, and so is what tells whether an unknown extension is in use.
  const isFree = attribute.rules?.required !== true && (attribute.rules?.mutability ?? 'readWrite') === 'readWrite';
  if (!context.keepsLists || !isFree || (urn !== undefined && extension === undefined)) return false;
  context.lists ??= new Map();
  context.lists.set(keyOfList(target), { urn, attribute, list });
  return true;
}

/** Stores the list of an attribute that was kept open. */
export function closeList(resource: JsonObject, place: Place, context: PatchContext): JsonObject {
  const key = keyOfList(place);
  const open = context.lists?.get(key);
  if (open === undefined) return resource;
  context.lists?.delete(key);
  if (!open.list.isChanged) return resource;
  const next = open.list.result();
  const isNone = isUnassigned(next) && isUnassigned(currentValue(resource, open, context));
  return isNone ? resource : withValue(resource, open, next, context);
}

export function closeLists(resource: JsonObject, context: PatchContext): JsonObject {
  if (context.lists === undefined) return resource;
  let next = resource;
  for (const open of [...context.lists.values()]) next = closeList(next, open, context);
  return next;
}

function keyOfList({ urn, attribute }: Place): string {
  return `${urn ?? ''} ${attribute?.name}`.toLowerCase();
}

function applyToPart(
  resource: JsonObject,
  edit: AttributeEdit,
  part: NamedAttribute,
  current: unknown,
  context: PatchContext,
): JsonObject {
  const { rules } = edit.target.attribute;
  const parts = asParts(current, rules);
  const before = readFrom(parts, part.name, context);
  const after = changedPart(edit, part, before, context);
  if (after === before) return resource;
  checkMutability(rules, current);
  const next = setIn(parts, part.name, after, context);
  if (after === undefined && rules?.required === true) checkRequired(edit.op, next);
  return withValue(resource, edit.target, next, context);
}

/** A required attribute may not be left without a value, or with an empty text (RFC 7643 §4.1.1 of userName). */
function checkRequired(op: Op, next: unknown): void {
  if (!isEmpty(next)) return;
  throw new PatchProblem(op === 'remove' ? 'mutability' : 'invalidValue', 'the attribute is required');
}

/** Whether an operation changes some values of a list, and not all that the attribute has. */
function isListEdit(edit: AttributeEdit, current: unknown): boolean {
  const { op, target, value } = edit;
  const { rules } = target.attribute;
  if (target.filter !== undefined) return true;
  if (target.part !== undefined) {
    return rules === undefined ? Array.isArray(current) && current.length > 0 : rules.multiValued === true;
  }
  if (op === 'remove') {
    return value !== undefined && (rules?.multiValued === true || Array.isArray(current) || Array.isArray(value));
  }
  return op === 'add' && !clears(value, rules) && isOfList(edit, rules, current);
}

function changed(edit: AttributeEdit, current: unknown, context: PatchContext): unknown {
  const { op, target, value } = edit;
  const { rules } = target.attribute;
  if (op === 'remove') return undefined;
  if (clears(value, rules)) return op === 'add' ? current : undefined;
  if (op === 'replace' && isOfList(edit, rules, current)) {
    const next = distinctValues(coerceValues(value, rules, context), rules);
    if (isEqualJson(next, current)) return current;
    checkOnePrimary(next);
    return next;
  }
  const isComplex = rules === undefined ? isRecord(current) && isRecord(value) : rules.type === 'complex';
  if (isComplex) return mergeParts(current, coerceParts(value, rules, context), rules);
  const next = coerceValue(value, rules, context);
  return isEqualJson(next, current) ? current : next;
}

function changeList(list: ValueList, edit: AttributeEdit, current: unknown, context: PatchContext): void {
  const { op, target, value } = edit;
  const { rules } = target.attribute;
  if (target.filter !== undefined) {
    changeWhereFilter(list, edit, target.filter, current, context);
  } else if (target.part !== undefined) {
    const isFound = changeElements(list, list.positions(), edit, context);
    if (!isFound && op !== 'remove') throw new PatchProblem('noTarget', 'the attribute has no values');
  } else if (op === 'remove') {
    removeListed(list, value, rules, context);
  } else {
    addValues(list, coerceValues(value, rules, context), rules);
  }
}

function addValues(list: ValueList, values: readonly unknown[], rules: Rules): void {
  const changed = appendValues(list, values, rules);
  // Where they were merged into others, what changed tells which they are.
  if (values.some(isPrimary)) list.choosePrimary(changed);
}

function changeWhereFilter(
  list: ValueList,
  edit: AttributeEdit,
  asked: FilterExpression,
  current: unknown,
  context: PatchContext,
): void {
  const { op, target, value } = edit;
  const { rules } = target.attribute;
  if ((rules !== undefined && rules.multiValued !== true) || isRecord(current)) {
    throw new PatchProblem('invalidPath', 'the attribute is not multi-valued, so a filter cannot select a value');
  }
  const filter = context.tolerant ? mapComparisons(asked, (each) => withBoolean(each, rules?.subAttributes)) : asked;
  const positions = list.matching(filter, compileValueFilter(filter, rules));
  if (op === 'remove' && target.part === undefined) {
    for (const position of positions) list.remove(position);
    return;
  }
  // Nothing to remove is not a failure (RFC 7644 §3.5.2.2); nothing to change is (table 9).
  if (changeElements(list, positions, edit, context) || op === 'remove') return;
  // Describing a member does not ask for a new one.
  const created = context.tolerant && !isKeyedByValue(rules) ? elementFromFilter(filter) : undefined;
  if (created === undefined) throw new PatchProblem('noTarget', 'no value matches the filter');
  const base = coerceParts(created, rules, context);
  const element =
    target.part === undefined
      ? mergeParts(base, coerceParts(value, rules, context), rules)
      : setPart(edit, target.part, base, context);
  addValues(list, [element], rules);
}

/** Whether there is a value to change. */
function changeElements(
  list: ValueList,
  positions: readonly number[],
  edit: AttributeEdit,
  context: PatchContext,
): boolean {
  const { part } = edit.target;
  const changed: number[] = [];
  for (const position of positions) {
    const element = list.at(position);
    const after = part === undefined ? changedElement(edit, element, context) : setPart(edit, part, element, context);
    if (after === element) continue;
    if (isUnassigned(after)) {
      list.remove(position);
    } else {
      list.set(position, after);
    }
    changed.push(position);
  }
  list.removeRepeats(changed);
  if (changed.length > 0 && edit.op !== 'remove' && isOfPrimary(part)) list.choosePrimary(positions);
  return positions.length > 0;
}

/** Whether a change of this part, or of a whole value, may make a value the primary one. */
function isOfPrimary(part: NamedAttribute | undefined): boolean {
  return part === undefined || (part.name.length === 7 && part.name.toLowerCase() === 'primary');
}

function changedElement({ op, target, value }: AttributeEdit, element: unknown, context: PatchContext): unknown {
  const { rules } = target.attribute;
  // Coerced anew for each value, so that no two share what it holds.
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (op === 'replace' && isUnassigned(only)) return undefined;
  const isComplex = rules === undefined ? isRecord(only) : rules.type === 'complex';
  if (op === 'add' && isComplex) return mergeParts(element, coerceParts(only, rules, context), rules);
  const coerced = coerceValue(only, rules, context);
  return isEqualJson(element, coerced) ? element : coerced;
}

/**
 * Entra ID lists the values to remove, where the RFC means the whole attribute: too likely a mistake. Listed with its
 * type, that one is meant; without, all with that value.
 */
function removeListed(list: ValueList, listed: unknown, rules: Rules, context: PatchContext): void {
  if (!context.tolerant) {
    throw new PatchProblem('invalidValue', 'remove takes no value: a filter in the path chooses what to remove');
  }
  if (isUnassigned(listed)) return;
  const isKeyed = isKeyedByValue(rules);
  for (const item of coerceValues(listed, rules, context)) {
    const isAny = !isUnassigned(entryValue(item)) && (isKeyed || entryType(item) === undefined);
    const positions = isAny
      ? list.withKey('value', valueKey(item, rules))
      : list.withKey('entry', entryKey(item, rules));
    for (const position of positions) list.remove(position);
  }
}

/** "True" and "False" as booleans where the attribute is one: Entra ID quotes them. */
function withBoolean(comparison: Comparison, attributes: Attributes | undefined): Comparison {
  const { op, path, value } = comparison;
  if (typeof value !== 'string' || (op !== 'eq' && op !== 'ne')) return comparison;
  const lower = value.toLowerCase();
  const isBoolean = findAttribute(attributes, path)?.rules?.type === 'boolean' && /^(?:true|false)$/.test(lower);
  return isBoolean ? { op, path, value: lower === 'true' } : comparison;
}

/** The value that a filter describes where it asks for nothing but equal attributes; else `undefined`. */
function elementFromFilter(filter: FilterExpression): Record<string, FilterValue> | undefined {
  const terms = filter.op === 'and' ? filter.filters : [filter];
  const element: Record<string, FilterValue> = {};
  for (const term of terms) {
    if (term.op !== 'eq' || /[.:]/.test(term.path)) return undefined;
    if (term.value !== null) element[term.path] = term.value;
  }
  return element;
}
