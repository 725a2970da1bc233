import { compileValueFilter } from '../filter/compile-filter.js';
import { readAttribute } from '../path/read-attribute.js';
import { findAttribute, type NamedAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { currentValue, setAttribute, withValue } from './change-container.js';
import { appendValues, distinctValues, settlePrimary } from './change-values.js';
import { coerceParts, coerceValue, coerceValues } from './coerce-value.js';
import { elementFromFilter, tolerantFilter } from './filter-values.js';
import { isObject, isUnassigned, type JsonObject } from './json-value.js';
import type { PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';
import type { PatchTarget } from './patch-target.js';
import { isSameValue } from './same-value.js';

type Rules = AttributeCharacteristics | undefined;
type Op = 'add' | 'remove' | 'replace';

/** A target that names an attribute. */
export type AttributeTarget = PatchTarget & { readonly attribute: NamedAttribute };

/** One change of one attribute: the resource after it, or the same resource where nothing changes. */
export function applyToAttribute(
  resource: JsonObject,
  op: Op,
  target: AttributeTarget,
  value: unknown,
  context: PatchContext,
): JsonObject {
  const current = currentValue(resource, target);
  const next = changed(op, current, target, value, context);
  if (next === current || (isUnassigned(next) && isUnassigned(current))) return resource;
  const { rules } = target.attribute;
  checkMutability(rules, current);
  if (rules?.required === true && isUnassigned(next)) {
    if (op === 'remove') throw new PatchProblem('mutability', 'the attribute is required');
    throw new PatchProblem('invalidValue', 'the attribute is required');
  }
  return withValue(resource, target, next, context);
}

/** The attribute's value after the operation: the very same where nothing changes. */
function changed(op: Op, current: unknown, target: AttributeTarget, value: unknown, context: PatchContext): unknown {
  const { attribute, filter, part } = target;
  const { rules } = attribute;
  if (filter !== undefined) return changedWhereFilter(op, current, target, value, context);
  const isMulti = isMultiValued(rules, current, value);
  if (part !== undefined) {
    if (isMulti) return changedParts(op, current, target, value, context);
    return setPart(op, isObject(current) ? current : {}, part, value, context);
  }
  if (op === 'remove') return isMulti ? withoutListed(current, value, rules, context) : undefined;
  if (isUnassigned(value)) return op === 'add' ? current : undefined;
  if (isMulti) {
    const values = coerceValues(value, rules, context);
    const before = asList(current);
    const after = op === 'add' ? appendValues(before, values) : distinctValues(values, rules);
    return after === before || isSameValue(after, current) ? current : settlePrimary(values, after, before);
  }
  const isComplex = rules === undefined ? isObject(current) && isObject(value) : rules.type === 'complex';
  if (!isComplex) {
    const next = coerceValue(value, rules, context);
    return isSameValue(next, current) ? current : next;
  }
  return mergeParts(isObject(current) ? current : {}, coerceParts(value, rules, context), rules);
}

function changedWhereFilter(
  op: Op,
  current: unknown,
  target: AttributeTarget,
  value: unknown,
  context: PatchContext,
): unknown {
  const { attribute, filter: asked, part } = target;
  const { rules } = attribute;
  if (asked === undefined) return current;
  if ((rules !== undefined && rules.multiValued !== true) || isObject(current)) {
    throw new PatchProblem(
      'invalidPath',
      'the attribute has one value at most, so that no filter can choose among them',
    );
  }
  const filter = context.tolerant ? tolerantFilter(asked, rules?.subAttributes) : asked;
  const matches = compileValueFilter(filter, rules);
  const values = asList(current);
  if (op === 'remove' && part === undefined) {
    const kept = values.filter((element) => !matches(element));
    return kept.length === values.length ? current : kept;
  }
  const next = changedElements(op, current, matches, target, value, context);
  if (next !== undefined) return next;
  // Nothing to remove is not a failure (RFC 7644 §3.5.2.2); nothing to change is (table 9).
  if (op === 'remove') return current;
  const created = context.tolerant ? elementFromFilter(filter) : undefined;
  if (created === undefined) throw new PatchProblem('noTarget', 'no value matches the filter');
  const base = coerceParts(created, rules, context);
  const element =
    part === undefined
      ? mergeParts(base, coerceParts(value, rules, context), rules)
      : setPart(op, base, part, value, context);
  return settlePrimary([element], appendValues(values, [element]), values);
}

/** Changes a part of every value. */
function changedParts(
  op: Op,
  current: unknown,
  target: AttributeTarget,
  value: unknown,
  context: PatchContext,
): unknown {
  const next = changedElements(op, current, () => true, target, value, context);
  if (next !== undefined || op === 'remove') return next;
  throw new PatchProblem('noTarget', 'the attribute has no values');
}

/** Changes the values that match. Where none does, the answer is `undefined`. */
function changedElements(
  op: Op,
  current: unknown,
  matches: (value: unknown) => boolean,
  { attribute: { rules }, part }: AttributeTarget,
  value: unknown,
  context: PatchContext,
): unknown {
  const change = part === undefined ? changeElement(op, value, rules, context) : undefined;
  const values = asList(current);
  let next: unknown[] | undefined;
  let given: unknown[] | undefined;
  let hasEmpty = false;
  for (let index = 0; index < values.length; index += 1) {
    const element = values[index];
    if (!matches(element)) continue;
    const after = part === undefined ? change?.(element) : setPart(op, asObject(element), part, value, context);
    if (given === undefined) given = [after];
    else given.push(after);
    if (after === element) continue;
    next ??= values.slice();
    next[index] = after;
    hasEmpty ||= (part === undefined || op === 'remove' || isUnassigned(value)) && isUnassigned(after);
  }
  if (given === undefined) return undefined;
  if (next === undefined) return current;
  const kept = hasEmpty ? next.filter((element) => !isUnassigned(element)) : next;
  if (op === 'remove') return kept;
  if (part === undefined) return settlePrimary(distinctValues(given, rules), distinctValues(kept, rules));
  return part.name === 'primary' ? settlePrimary(given, kept) : kept;
}

/** A simple value is its own `value`. */
function asObject(element: unknown): JsonObject {
  return isObject(element) ? element : { value: element };
}

function changeElement(op: Op, value: unknown, rules: Rules, context: PatchContext): (element: unknown) => unknown {
  if (Array.isArray(value) && value.length === 1) return changeElement(op, value[0], rules, context);
  if (op === 'replace' && isUnassigned(value)) return () => undefined;
  const isComplex = rules === undefined ? isObject(value) : rules.type === 'complex';
  if (op === 'replace' || !isComplex) {
    const coerced = coerceValue(value, rules, context);
    return (element) => (isSameValue(element, coerced) ? element : coerced);
  }
  const parts = coerceParts(value, rules, context);
  return (element) => mergeParts(isObject(element) ? element : {}, parts, rules);
}

/** Sets the given parts and removes those given as null; others stay (RFC 7644 §3.5.2.1, §3.5.2.3). */
function mergeParts(current: JsonObject, parts: JsonObject, rules: Rules): JsonObject {
  let next = current;
  for (const [name, part] of Object.entries(parts)) {
    const before = readAttribute(current, name);
    const after = part === null ? undefined : part;
    if (isSameValue(before, after)) continue;
    checkMutability(findAttribute(rules?.subAttributes, name)?.rules, before);
    next = setAttribute(next, name, after);
  }
  return next;
}

function setPart(op: Op, current: JsonObject, part: NamedAttribute, value: unknown, context: PatchContext): JsonObject {
  const before = readAttribute(current, part.name);
  const after = partValue(op, before, part.rules, value, context);
  if (isSameValue(before, after) || (isUnassigned(before) && isUnassigned(after))) return current;
  checkMutability(part.rules, before);
  if (part.rules?.required === true && isUnassigned(after)) {
    throw new PatchProblem(op === 'remove' ? 'mutability' : 'invalidValue', 'the sub-attribute is required');
  }
  return setAttribute(current, part.name, isUnassigned(after) ? undefined : after);
}

function partValue(op: Op, before: unknown, rules: Rules, value: unknown, context: PatchContext): unknown {
  if (op === 'remove') return undefined;
  if (isUnassigned(value)) return op === 'add' ? before : undefined;
  if (!isMultiValued(rules, before, value)) return coerceValue(value, rules, context);
  const values = coerceValues(value, rules, context);
  return op === 'add' ? appendValues(asList(before), values) : distinctValues(values, rules);
}

/** Entra ID lists the values to remove; by the RFC the whole attribute is meant, which is refused as too likely a mistake. */
function withoutListed(current: unknown, listed: unknown, rules: Rules, context: PatchContext): unknown {
  if (isUnassigned(listed)) return undefined;
  if (!context.tolerant) {
    throw new PatchProblem('invalidValue', 'remove takes no value: a filter in the path chooses what to remove');
  }
  const gone = coerceValues(listed, rules, context);
  const values = new Set<unknown>(
    gone.map((item) => (isObject(item) ? item.value : item)).filter((item) => item !== undefined),
  );
  const kept = asList(current).filter((element) => {
    const value = isObject(element) ? readAttribute(element, 'value') : element;
    return !(values.has(value) || gone.some((item) => isSameValue(item, element)));
  });
  return kept.length === asList(current).length ? current : kept;
}

function checkMutability(rules: Rules, current: unknown): void {
  if (rules?.mutability === 'readOnly') throw new PatchProblem('mutability', 'the attribute is read-only');
  if (rules?.mutability === 'immutable' && !isUnassigned(current)) {
    throw new PatchProblem('mutability', 'the attribute can be set only once');
  }
}

function isMultiValued(rules: Rules, current: unknown, value: unknown): boolean {
  if (rules !== undefined) return rules.multiValued === true;
  return Array.isArray(current) || (Array.isArray(value) && isUnassigned(current));
}

function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isUnassigned(value) ? [] : [value];
}
