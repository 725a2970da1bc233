import type { NamedAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { currentValue, withValue } from './change-container.js';
import { changedParts, changedWhereFilter } from './change-elements.js';
import { asParts, mergeParts } from './change-parts.js';
import { appendValues, distinctValues, settlePrimary } from './change-values.js';
import { checkMutability } from './check-mutability.js';
import { coerceParts, coerceValue, coerceValues, isNoValue } from './coerce-value.js';
import { asList, isObject, isUnassigned, type JsonObject } from './json-value.js';
import type { Op, PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';
import type { AttributeTarget } from './patch-target.js';
import { withoutListed } from './remove-listed.js';
import { isSameValue } from './same-value.js';
import { changedPart, isMultiValued } from './set-part.js';
import { readFrom, setIn } from './stored-fields.js';

type Rules = AttributeCharacteristics | undefined;

/** One change of one attribute: the resource after it, or the same resource where nothing changes. */
export function applyToAttribute(
  resource: JsonObject,
  op: Op,
  target: AttributeTarget,
  value: unknown,
  context: PatchContext,
): JsonObject {
  const current = currentValue(resource, target, context);
  const { attribute, filter, part } = target;
  const { rules } = attribute;
  if (part !== undefined && filter === undefined && !isListNow(rules, current)) {
    return applyToPart(resource, op, target, part, current, value, context);
  }
  const next = changed(op, current, target, value, context);
  if (next === current || (isUnassigned(next) && isUnassigned(current))) return resource;
  checkMutability(rules, current);
  if (rules?.required === true) checkRequired(op, next);
  return withValue(resource, target, next, context);
}

/** One change of one part of a singular attribute. */
function applyToPart(
  resource: JsonObject,
  op: Op,
  target: AttributeTarget,
  part: NamedAttribute,
  current: unknown,
  value: unknown,
  context: PatchContext,
): JsonObject {
  const { rules } = target.attribute;
  const parts = asParts(current, rules);
  const before = readFrom(parts, part.name, context);
  const after = changedPart(op, before, part, value, context);
  if (after === before) return resource;
  checkMutability(rules, current);
  const next = setIn(parts, part.name, after, context);
  if (after === undefined && rules?.required === true) checkRequired(op, next);
  return withValue(resource, target, next, context);
}

/** Refuses to leave a required attribute without a value, or a text that says nothing (RFC 7643 §4.1.1 of userName). */
function checkRequired(op: Op, next: unknown): void {
  if (next !== '' && !isUnassigned(next)) return;
  throw new PatchProblem(op === 'remove' ? 'mutability' : 'invalidValue', 'the attribute is required');
}

/** Whether a part is one of each value. What is given is of the part, and says nothing of the attribute. */
function isListNow(rules: Rules, current: unknown): boolean {
  return rules === undefined ? Array.isArray(current) && current.length > 0 : rules.multiValued === true;
}

/** The attribute's value after the operation: the very same where nothing changes. */
function changed(op: Op, current: unknown, target: AttributeTarget, value: unknown, context: PatchContext): unknown {
  const { attribute, filter, part } = target;
  const { rules } = attribute;
  if (filter !== undefined) return changedWhereFilter(op, current, target, value, context);
  if (part !== undefined) return changedParts(op, current, target, value, context);
  if (op === 'remove') {
    const isList = rules?.multiValued === true || Array.isArray(current) || Array.isArray(value);
    return isList && value !== undefined ? withoutListed(current, value, rules, context) : undefined;
  }
  if (isNoValue(value, rules)) return op === 'add' ? current : undefined;
  if (isMultiValued(op, rules, current, value)) {
    const values = coerceValues(value, rules, context);
    const before = asList(current);
    const after = op === 'add' ? appendValues(before, values, rules) : distinctValues(values, rules);
    return after === before || isSameValue(after, current) ? current : settlePrimary(values, after, before);
  }
  const isComplex = rules === undefined ? isObject(current) && isObject(value) : rules.type === 'complex';
  if (isComplex) return mergeParts(current, coerceParts(value, rules, context), rules);
  const next = coerceValue(value, rules, context);
  return isSameValue(next, current) ? current : next;
}
