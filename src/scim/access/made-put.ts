import { isRecord } from '../../internal/is-record.js';
import type { MadeFrom } from '../../transport/transport.js';
import { isSameValue } from '../patch/same-value.js';
import { rootName } from './value-demands.js';

/**
 * Whether the body of a PUT is what was read, but for the attributes that the operations name. Then it does what the
 * operations do, and needs what they need: to put back that a user is not active deactivates nobody.
 */
export function isMadeOf(body: unknown, { before, operations }: MadeFrom): boolean {
  if (!isRecord(body)) return false;
  const named = operations.flatMap((operation) => namesOf(operation));
  const isNamed = (attribute: string) => named.some((name) => isUnder(name, attribute.toLowerCase()));
  return Object.keys({ ...before, ...body }).every((attribute) => {
    // What the server keeps for itself; and `schemas` follows the extensions in use.
    if (attribute === 'meta' || attribute === 'schemas' || isNamed(attribute)) return true;
    return isSameValue(body[attribute] ?? null, before[attribute] ?? null);
  });
}

/** The attributes an operation names: by its path, or without one by the keys of its value. */
function namesOf(operation: unknown): readonly string[] {
  const { path, value } = isRecord(operation) ? operation : {};
  const paths = typeof path === 'string' ? [path] : Object.keys(isRecord(value) ? value : {});
  return paths.map((name) => name.toLowerCase());
}

/** Whether a path leads to an attribute or into it: `emails[…].value` to `emails`, `urn:…:User:department` to `urn:…:User`. */
function isUnder(path: string, attribute: string): boolean {
  if (attribute.startsWith('urn:')) return path === attribute || path.startsWith(`${attribute}:`);
  return rootName(path.split('[')[0] ?? '') === attribute;
}
