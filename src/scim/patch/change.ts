import { isRecord } from '../../internal/json.js';
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
  distinctValues,
  enforceSinglePrimary,
  isOfList,
  mergeParts,
  setPart,
  withoutRepeats,
} from './merge.js';
import { type AttributeEdit, currentValue, withSchemas, withValue } from './target.js';
import {
  asList,
  entryKey,
  entryType,
  entryValue,
  isEmpty,
  isEqualJson,
  isKeyedByValue,
  isUnassigned,
  type JsonObject,
  PatchProblem,
  valueKey,
} from './values.js';

/** The resource after a change of one attribute: the same one where nothing changes. */
export function applyToAttribute(given: JsonObject, edit: AttributeEdit, context: PatchContext): JsonObject {
  const { op, target } = edit;
  const { urn, attribute, filter, part } = target;
  const { rules } = attribute;
  const resource = urn === undefined && attribute.name === 'schemas' ? withSchemas(given, context) : given;
  const current = currentValue(resource, target, context);
  if (part !== undefined && filter === undefined && !isListNow(rules, current)) {
    return applyToPart(resource, edit, part, current, context);
  }
  const next = changed(edit, current, context);
  if (next === current || (isUnassigned(next) && isUnassigned(current))) return resource;
  checkMutability(rules, current);
  if (rules?.required === true) checkRequired(op, next);
  return withValue(resource, target, next, context);
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

function isListNow(rules: Rules, current: unknown): boolean {
  return rules === undefined ? Array.isArray(current) && current.length > 0 : rules.multiValued === true;
}

function changed(edit: AttributeEdit, current: unknown, context: PatchContext): unknown {
  const { op, target, value } = edit;
  const { rules } = target.attribute;
  if (target.filter !== undefined) return changedWhereFilter(edit, target.filter, current, context);
  if (target.part !== undefined) {
    const next = changedElements(edit, current, () => true, context);
    if (next === undefined && op !== 'remove') throw new PatchProblem('noTarget', 'the attribute has no values');
    return next;
  }
  if (op === 'remove') {
    const isList = rules?.multiValued === true || Array.isArray(current) || Array.isArray(value);
    return isList && value !== undefined ? withoutListed(current, value, rules, context) : undefined;
  }
  if (clears(value, rules)) return op === 'add' ? current : undefined;
  if (isOfList(edit, rules, current)) {
    const values = coerceValues(value, rules, context);
    const before = asList(current);
    const after = op === 'add' ? appendValues(before, values, rules) : distinctValues(values, rules);
    return after === before || isEqualJson(after, current) ? current : enforceSinglePrimary(values, after, before);
  }
  const isComplex = rules === undefined ? isRecord(current) && isRecord(value) : rules.type === 'complex';
  if (isComplex) return mergeParts(current, coerceParts(value, rules, context), rules);
  const next = coerceValue(value, rules, context);
  return isEqualJson(next, current) ? current : next;
}

function changedWhereFilter(
  edit: AttributeEdit,
  asked: FilterExpression,
  current: unknown,
  context: PatchContext,
): unknown {
  const { op, target, value } = edit;
  const { rules } = target.attribute;
  if ((rules !== undefined && rules.multiValued !== true) || isRecord(current)) {
    throw new PatchProblem('invalidPath', 'the attribute is not multi-valued, so a filter cannot select a value');
  }
  const filter = context.tolerant ? mapComparisons(asked, (each) => withBoolean(each, rules?.subAttributes)) : asked;
  const matches = compileValueFilter(filter, rules);
  const values = asList(current);
  if (op === 'remove' && target.part === undefined) {
    const kept = values.filter((element) => !matches(element));
    return kept.length === values.length ? current : kept;
  }
  const next = changedElements(edit, current, matches, context);
  if (next !== undefined) return next;
  // Nothing to remove is not a failure (RFC 7644 §3.5.2.2); nothing to change is (table 9).
  if (op === 'remove') return current;
  // Describing a member does not ask for a new one.
  const created = context.tolerant && !isKeyedByValue(rules) ? elementFromFilter(filter) : undefined;
  if (created === undefined) throw new PatchProblem('noTarget', 'no value matches the filter');
  const base = coerceParts(created, rules, context);
  const element =
    target.part === undefined
      ? mergeParts(base, coerceParts(value, rules, context), rules)
      : setPart(edit, target.part, base, context);
  return enforceSinglePrimary([element], appendValues(values, [element], rules), values);
}

/** `undefined` where no value matches. */
function changedElements(
  edit: AttributeEdit,
  current: unknown,
  matches: (value: unknown) => boolean,
  context: PatchContext,
): unknown {
  const { part } = edit.target;
  const values = asList(current);
  const canEmpty = part === undefined || edit.op === 'remove' || isUnassigned(edit.value);
  const given: unknown[] | undefined = edit.op !== 'remove' && isOfPrimary(part) ? [] : undefined;
  let isFound = false;
  let hasEmpty = false;
  let next: unknown[] | undefined;
  for (let index = 0; index < values.length; index += 1) {
    const element = values[index];
    if (!matches(element)) continue;
    isFound = true;
    const after = part === undefined ? changedElement(edit, element, context) : setPart(edit, part, element, context);
    given?.push(after);
    if (after === element) continue;
    next ??= values.slice();
    next[index] = after;
    hasEmpty ||= canEmpty && isUnassigned(after);
  }
  if (next === undefined) return isFound ? current : undefined;
  const kept = withoutRepeats(hasEmpty ? next.filter((element) => !isUnassigned(element)) : next);
  return given === undefined ? kept : enforceSinglePrimary(withoutRepeats(given), kept);
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
function withoutListed(current: unknown, listed: unknown, rules: Rules, context: PatchContext): unknown {
  if (!context.tolerant) {
    throw new PatchProblem('invalidValue', 'remove takes no value: a filter in the path chooses what to remove');
  }
  if (isUnassigned(listed)) return current;
  const isKeyed = isKeyedByValue(rules);
  const gone = new Set(
    coerceValues(listed, rules, context).map((item) =>
      !isUnassigned(entryValue(item)) && (isKeyed || entryType(item) === undefined)
        ? `value ${valueKey(item, rules)}`
        : `entry ${entryKey(item, rules)}`,
    ),
  );
  const values = asList(current);
  const kept = values.filter(
    (element) => !(gone.has(`value ${valueKey(element, rules)}`) || gone.has(`entry ${entryKey(element, rules)}`)),
  );
  return kept.length === values.length ? current : kept;
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
