import { findAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { canonicalText } from './canonical-text.js';
import { isObject } from './json-value.js';

type Rules = AttributeCharacteristics | undefined;

/**
 * A value as a text that is the same for values that mean the same: the order of keys and of values does not matter, nor
 * do repeated values, nor case where the schema says so and the caller wants it.
 */
export function comparableText(value: unknown, rules: Rules, ignoreCase: boolean): string | undefined {
  if (value === undefined) return undefined;
  const comparable = ignoreCase ? foldCase(value, rules) : value;
  if (!Array.isArray(comparable)) return canonicalText(comparable);
  return [...new Set(comparable.map(canonicalText))].sort().join('\n');
}

function foldCase(value: unknown, rules: Rules): unknown {
  if (Array.isArray(value)) return value.map((item) => foldCase(item, rules));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        foldCase(part, findAttribute(rules?.subAttributes, key)?.rules),
      ]),
    );
  }
  const isFolded = typeof value === 'string' && rules !== undefined && isCaseless(rules);
  return isFolded ? value.toLowerCase() : value;
}

function isCaseless({ type = 'string', caseExact }: AttributeCharacteristics): boolean {
  return type === 'string' && caseExact !== true;
}
