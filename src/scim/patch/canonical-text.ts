import { foldCase } from '../filter/fold-case.js';
import { findAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { checkDepth, isObject } from './json-value.js';

type Rules = AttributeCharacteristics | undefined;

/**
 * A value of JSON as a text that is the same for the same value, whatever the order of keys; and, where rules are given,
 * whatever the case of texts in which it does not matter.
 *
 * @throws {PatchProblem} The value is nested too deeply.
 */
export function canonicalText(value: unknown, rules?: Rules, depth = 0): string {
  checkDepth(depth);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, rules, depth + 1)).join()}]`;
  if (isObject(value)) {
    const parts = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => {
        const part = rules === undefined ? undefined : findAttribute(rules.subAttributes, key)?.rules;
        return `${JSON.stringify(key)}:${canonicalText(value[key], part, depth + 1)}`;
      });
    return `{${parts.join()}}`;
  }
  const isFolded = typeof value === 'string' && rules !== undefined && isCaseless(rules);
  return JSON.stringify(isFolded ? foldCase(value) : value) ?? 'null';
}

/** Whether texts of the attribute that differ in case alone are the same. */
export function isCaseless({ type = 'string', caseExact }: AttributeCharacteristics): boolean {
  return type === 'string' && caseExact !== true;
}
