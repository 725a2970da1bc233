import { readAttribute } from '../path/read-attribute.js';
import type { NamedAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { asParts } from './change-parts.js';
import { appendValues, distinctValues } from './change-values.js';
import { checkMutability } from './check-mutability.js';
import { coerceValue, coerceValues, isNoValue } from './coerce-value.js';
import { asList, isUnassigned } from './json-value.js';
import type { Op, PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';
import { isSameValue } from './same-value.js';
import { setAttribute } from './stored-fields.js';

type Rules = AttributeCharacteristics | undefined;

/** A complex value after a change of one of its parts: the very same where nothing changes. */
export function setPart(
  op: Op,
  whole: unknown,
  rules: Rules,
  part: NamedAttribute,
  value: unknown,
  context: PatchContext,
): unknown {
  const parts = asParts(whole, rules);
  const before = readAttribute(parts, part.name);
  const after = changedPart(op, before, part, value, context);
  return after === before ? whole : setAttribute(parts, part.name, after);
}

/** The value of a part after a change: the very same where nothing changes, `undefined` where none is left. */
export function changedPart(
  op: Op,
  before: unknown,
  { rules }: NamedAttribute,
  value: unknown,
  context: PatchContext,
): unknown {
  const after = partValue(op, before, rules, value, context);
  const isLeft = !isUnassigned(after);
  if (isSameValue(before, after) || (!isLeft && isUnassigned(before))) return before;
  checkMutability(rules, before);
  if (rules?.required === true && !isLeft) {
    throw new PatchProblem(op === 'remove' ? 'mutability' : 'invalidValue', 'the sub-attribute is required');
  }
  return isLeft ? after : undefined;
}

function partValue(op: Op, before: unknown, rules: Rules, value: unknown, context: PatchContext): unknown {
  if (op === 'remove') return undefined;
  if (isNoValue(value, rules)) return op === 'add' ? before : undefined;
  if (!isMultiValued(op, rules, before, value)) return coerceValue(value, rules, context);
  const values = coerceValues(value, rules, context);
  return op === 'add' ? appendValues(asList(before), values, rules) : distinctValues(values, rules);
}

/**
 * Whether a change is one of a list. Where nothing is known of the attribute, its value tells: a list grows by what is
 * added, and is replaced by whatever comes, an empty one counting as none.
 */
export function isMultiValued(op: Op, rules: Rules, current: unknown, value: unknown): boolean {
  if (rules !== undefined) return rules.multiValued === true;
  if (op === 'replace') return Array.isArray(value);
  return isUnassigned(current) ? Array.isArray(value) : Array.isArray(current);
}
