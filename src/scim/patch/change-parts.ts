import { findAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { keyIndexOf, MANY_NAMES, storedKey } from '../schemas/stored-key.js';
import { checkMutability } from './check-mutability.js';
import { isObject, isUnassigned, type JsonObject } from './json-value.js';
import { isSameValue } from './same-value.js';

type Rules = AttributeCharacteristics | undefined;

/** The parts of a complex value. A simple one is its own `value`: some servers know the manager by the bare id. */
export function asParts(value: unknown, rules: Rules): JsonObject {
  if (isObject(value)) return value;
  if (isUnassigned(value) || Array.isArray(value)) return {};
  const hasValue = rules === undefined || findAttribute(rules.subAttributes, 'value') !== undefined;
  return hasValue ? { value } : {};
}

/**
 * Sets the given parts and removes those given as null; others stay (RFC 7644 §3.5.2.1, §3.5.2.3). The very same value
 * where nothing changes.
 */
export function mergeParts(whole: unknown, parts: JsonObject, rules: Rules): unknown {
  return merged(whole, parts, rules, false);
}

/** Sets of the given parts those that have no value yet. */
export function fillParts(whole: unknown, parts: JsonObject, rules: Rules): unknown {
  return merged(whole, parts, rules, true);
}

function merged(whole: unknown, parts: JsonObject, rules: Rules, onlyMissing: boolean): unknown {
  const before = asParts(whole, rules);
  const names = Object.keys(parts);
  const index = names.length > MANY_NAMES ? keyIndexOf(before) : undefined;
  let next: Record<string, unknown> | undefined;
  for (const name of names) {
    const current = next ?? before;
    const key = storedKey(current, name, index) ?? name;
    const stored = Object.hasOwn(current, key) ? current[key] : undefined;
    const given = parts[name] === null ? undefined : parts[name];
    if (isSameValue(stored, given) || (onlyMissing && !isUnassigned(stored))) continue;
    checkMutability(findAttribute(rules?.subAttributes, name)?.rules, stored);
    next ??= { ...before };
    if (given === undefined) delete next[key];
    else next[key] = given;
    index?.set(name.toLowerCase(), key);
  }
  return next ?? whole;
}
