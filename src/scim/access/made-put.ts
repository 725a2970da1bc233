import { isRecord } from '../../internal/is-record.js';
import type { MadeFrom } from '../../transport/transport.js';
import { canonicalText } from '../patch/canonical-text.js';
import { isSameValue } from '../patch/same-value.js';
import { keyOf } from '../patch/value-identity.js';
import { type AccessDemand, deprovisioningFor } from './access-demand.js';
import { isContactList, rootName } from './value-demands.js';

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

/** What it takes to put back lists that are shorter than they were, whatever the operations seemed to do. */
export function lossDemands(body: unknown, { before }: MadeFrom): readonly AccessDemand[] {
  return losesValues(before, body) ? deprovisioningFor('takes values out of a list') : [];
}

function losesValues(before: Readonly<Record<string, unknown>>, after: unknown): boolean {
  return Object.entries(before).some(([name, value]) => {
    const left = isRecord(after) ? after[name] : undefined;
    if (isRecord(value)) return name !== 'meta' && losesValues(value, left);
    if (!Array.isArray(value) || isContactList(rootName(name))) return false;
    const kept = new Set((Array.isArray(left) ? left : []).map(identityOf));
    return value.some((element) => !kept.has(identityOf(element)));
  });
}

/** What a value of a list is known by: its `value`, and where it has none all it holds. */
const identityOf = (element: unknown): string => canonicalText(keyOf(element) ?? element);

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
