import { PatchProblem } from './patch-problem.js';

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: unknown };

/** Deeper values are not of SCIM (RFC 7643 §2.3.8), and may be meant to exhaust the stack. */
export const MAX_VALUE_DEPTH = 32;

/** What is stored may stand some levels deeper than what was given for a part of it. */
const MAX_STORED_DEPTH = 2 * MAX_VALUE_DEPTH;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Absent, null, empty list and empty object are one state: there is no value (RFC 7643 §2.5). */
export function isUnassigned(value: unknown): boolean {
  if (typeof value !== 'object') return value === undefined;
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isUnassigned(value) ? [] : [value];
}

export function checkDepth(depth: number, maximum = MAX_STORED_DEPTH): void {
  if (depth > maximum) throw new PatchProblem('invalidValue', 'a value is nested too deeply');
}
