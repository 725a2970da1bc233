import { compileValueFilter } from '../filter/compile-filter.js';
import type { NamedAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { mergeParts } from './change-parts.js';
import { appendValues, settlePrimary, withoutRepeats } from './change-values.js';
import { coerceParts, coerceValue } from './coerce-value.js';
import { elementFromFilter, tolerantFilter } from './filter-values.js';
import { asList, isObject, isUnassigned } from './json-value.js';
import type { Op, PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';
import type { AttributeTarget } from './patch-target.js';
import { isSameValue } from './same-value.js';
import { setPart } from './set-part.js';
import { isKeyedByValue } from './value-identity.js';

type Rules = AttributeCharacteristics | undefined;

/** Changes the values that a filter chooses. */
export function changedWhereFilter(
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
  // To describe a member is not to ask for one.
  const created = context.tolerant && !isKeyedByValue(rules) ? elementFromFilter(filter) : undefined;
  if (created === undefined) throw new PatchProblem('noTarget', 'no value matches the filter');
  const base = coerceParts(created, rules, context);
  const element =
    part === undefined
      ? mergeParts(base, coerceParts(value, rules, context), rules)
      : setPart(op, base, rules, part, value, context);
  return settlePrimary([element], appendValues(values, [element], rules), values);
}

/** Changes a part of every value. */
export function changedParts(
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
  const values = asList(current);
  const canEmpty = part === undefined || op === 'remove' || isUnassigned(value);
  const given: unknown[] | undefined = op !== 'remove' && isOfPrimary(part) ? [] : undefined;
  let isFound = false;
  let hasEmpty = false;
  let next: unknown[] | undefined;
  for (let index = 0; index < values.length; index += 1) {
    const element = values[index];
    if (!matches(element)) continue;
    isFound = true;
    const after =
      part === undefined
        ? changedElement(op, element, rules, value, context)
        : setPart(op, element, rules, part, value, context);
    given?.push(after);
    if (after === element) continue;
    next ??= values.slice();
    next[index] = after;
    hasEmpty ||= canEmpty && isUnassigned(after);
  }
  if (next === undefined) return isFound ? current : undefined;
  const kept = withoutRepeats(hasEmpty ? next.filter((element) => !isUnassigned(element)) : next);
  return given === undefined ? kept : settlePrimary(withoutRepeats(given), kept);
}

/** Whether a change of this part, or of a value whole, may make another value the primary one. */
function isOfPrimary(part: NamedAttribute | undefined): boolean {
  return part === undefined || (part.name.length === 7 && part.name.toLowerCase() === 'primary');
}

function changedElement(op: Op, element: unknown, rules: Rules, value: unknown, context: PatchContext): unknown {
  // Coerced anew for each value, so that no two share what it holds.
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (op === 'replace' && isUnassigned(only)) return undefined;
  const isComplex = rules === undefined ? isObject(only) : rules.type === 'complex';
  if (op === 'add' && isComplex) return mergeParts(element, coerceParts(only, rules, context), rules);
  const coerced = coerceValue(only, rules, context);
  return isSameValue(element, coerced) ? element : coerced;
}
