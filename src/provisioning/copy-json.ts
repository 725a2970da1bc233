import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import { deepestNesting } from '../internal/json-limits.js';

/**
 * What JSON would make of a value, without the text in between, and with the keys in one order, so that equal values are
 * equal texts: a desired state has many thousands of entries, and is to stay as it was when it was read.
 *
 * @throws InputError for what JSON cannot hold.
 */
export function copyOfJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (depth > deepestNesting) throw notJson();
  if (Array.isArray(value)) return value.map((entry) => (entry === undefined ? null : copyOfJson(entry, depth + 1)));
  if (!isRecord(value)) throw notJson();
  // Such as a date.
  if (typeof value.toJSON === 'function') return copyOfJson(value.toJSON(), depth + 1);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const part = value[key];
    if (part !== undefined && key !== '__proto__') copy[key] = copyOfJson(part, depth + 1);
  }
  return copy;
}

function notJson(): InputError {
  return new InputError('The desired state must be what JSON can hold: no cycle, no BigInt, no function.', {
    path: ['desired'],
  });
}
