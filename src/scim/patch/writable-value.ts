import { findAttribute } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { checkDepth, isObject, isUnassigned, type JsonObject } from './json-value.js';

type Rules = AttributeCharacteristics | undefined;

/** Whether a client can read the attribute and change it, so that comparing it means something. */
export function isWritable(rules: Rules): boolean {
  return rules?.mutability !== 'readOnly' && rules?.mutability !== 'writeOnly' && rules?.returned !== 'never';
}

/**
 * What of a value can be written: with the schema's spelling of names, without parts that are read-only or have no
 * value, and sharing nothing with what was given. `undefined` where nothing is left.
 *
 * @throws {PatchProblem} The value is nested too deeply.
 */
export function writableValue(value: unknown, rules: Rules): unknown {
  if (isUnassigned(value)) return undefined;
  if (Array.isArray(value)) {
    const values = value.map((item) => writableElement(item, rules)).filter((item) => item !== undefined);
    return values.length === 0 ? undefined : values;
  }
  const element = writableElement(value, rules);
  return rules?.multiValued === true && element !== undefined ? [element] : element;
}

function writableElement(value: unknown, rules: Rules): unknown {
  if (isUnassigned(value)) return undefined;
  if (isObject(value)) return writableParts(value, rules);
  // Some servers and clients know a complex value, such as the manager, by its bare id.
  const isBare = rules?.type === 'complex' && findAttribute(rules.subAttributes, 'value') !== undefined;
  return isBare ? { value } : copyOf(value, 0);
}

function writableParts(value: JsonObject, rules: Rules): JsonObject | undefined {
  const parts: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const found = findAttribute(rules?.subAttributes, key);
    if (key !== '__proto__' && !isUnassigned(part) && isWritable(found?.rules)) {
      parts[found?.name ?? key] = copyOf(part, 0);
    }
  }
  return isUnassigned(parts) ? undefined : parts;
}

/** Without the one key whose assignment would replace an object's prototype, at any depth: no patch takes it. */
function copyOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  checkDepth(depth);
  if (Array.isArray(value)) return value.map((item) => copyOf(item, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) if (key !== '__proto__') copy[key] = copyOf(part, depth + 1);
  return copy;
}
