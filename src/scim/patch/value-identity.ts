import { foldCase, isSameButForCase } from '../filter/fold-case.js';
import { readAttribute } from '../path/read-attribute.js';
import { findAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { canonicalText, isCaseless } from './canonical-text.js';
import { isObject, isUnassigned } from './json-value.js';
import { isSameValue } from './same-value.js';

type Rules = AttributeCharacteristics | undefined;

/**
 * Whether the values of a multi-valued attribute are known by their `value` alone: it is exact, and nothing of a value can
 * be changed once it is set, as in the members of a group (RFC 7643 §4.2).
 */
export function isKeyedByValue(rules: Rules): boolean {
  const parts = rules?.multiValued === true ? rules.subAttributes : undefined;
  if (parts === undefined) return false;
  for (const name in parts) {
    const mutability = parts[name]?.mutability;
    if (mutability !== 'immutable' && mutability !== 'readOnly') return false;
  }
  const value = findAttribute(parts, 'value')?.rules;
  return value?.mutability === 'immutable' && value.caseExact === true;
}

/** The `value` of a value; a simple one is its own. */
export function keyOf(element: unknown): unknown {
  if (!isObject(element)) return element;
  // Read straight, for speed: no prototype of an object of JSON has a `value`.
  return element.value === undefined ? readAttribute(element, 'value') : element.value;
}

/** Whether two values are the same one: by `value` and `type` (RFC 7643 §2.4); where there is no `value`, by all they hold. */
export function isSameEntry(a: unknown, b: unknown, rules: Rules): boolean {
  const [key, other] = [keyOf(a), keyOf(b)];
  const hasKey = !isUnassigned(key);
  if (hasKey !== !isUnassigned(other)) return false;
  if (!hasKey) return isSameValue(a, b) || (rules !== undefined && canonicalText(a, rules) === canonicalText(b, rules));
  return isSamePart(key, other, rulesOf('value', rules)) && isSamePart(typeOf(a), typeOf(b), rulesOf('type', rules));
}

/** A text that is the same for the same one. */
export function entryText(element: unknown, rules: Rules): string {
  const key = keyOf(element);
  return isUnassigned(key)
    ? canonicalText(element, rules)
    : `${valueText(element, rules)} ${partText('type', typeOf(element), rules)}`;
}

/** Whether values that differ are the same one, so that to add them would make one of them. */
export function hasTwins(values: readonly unknown[], rules: Rules): boolean {
  const distinct = new Set(values.map((value) => canonicalText(value)));
  return new Set(values.map((value) => entryText(value, rules))).size < distinct.size;
}

/** A text that is the same for those with the same `value`. */
export function valueText(element: unknown, rules: Rules): string {
  return partText('value', keyOf(element), rules);
}

export function typeOf(element: unknown): unknown {
  const type = isObject(element) ? readAttribute(element, 'type') : undefined;
  return type === null ? undefined : type;
}

function isSamePart(a: unknown, b: unknown, rules: Rules): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return isSameValue(a, b);
  return a === b || (rules !== undefined && isCaseless(rules) && isSameButForCase(a, b));
}

function partText(name: string, part: unknown, rules: Rules): string {
  const partRules = rulesOf(name, rules);
  const isFolded = typeof part === 'string' && partRules !== undefined && isCaseless(partRules);
  return canonicalText(isFolded ? foldCase(part) : (part ?? null));
}

/** A simple value has the rules of the attribute. */
function rulesOf(name: string, rules: Rules): Rules {
  return rules?.type === 'complex' ? findAttribute(rules.subAttributes, name)?.rules : rules;
}
