import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { canonicalText } from './canonical-text.js';
import { isObject } from './json-value.js';

type Rules = AttributeCharacteristics | undefined;

/**
 * A value as a text that is the same for values that mean the same: the order of keys and of values does not matter, nor
 * do repeated values, nor whether a value is not primary or says nothing of it, nor case where the schema says so and the
 * caller wants it.
 */
export function comparableText(value: unknown, rules: Rules, ignoreCase: boolean): string | undefined {
  if (value === undefined) return undefined;
  const folded = ignoreCase ? rules : undefined;
  if (!Array.isArray(value)) return canonicalText(value, folded);
  const texts = value.map((item) => canonicalText(withoutDefault(item, rules), folded));
  return `[${[...new Set(texts)].sort().join('\n')}]`;
}

/** No word of `primary` means that it is not (RFC 7643 §2.4). */
function withoutDefault(item: unknown, rules: Rules): unknown {
  if (rules?.subAttributes?.primary === undefined || !isObject(item) || item.primary !== false) return item;
  const { primary: _primary, ...rest } = item;
  return rest;
}
