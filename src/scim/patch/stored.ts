import { isEmpty, isRecord } from '../../internal/json.js';
import type { PatchOperation } from '../schemas/common.js';
import { readAttribute } from '../schemas/names.js';

/** Whether a value that was read holds all that was written: servers add sub-attributes, reorder lists, change case. */
export function isStoredAs(read: unknown, written: unknown, name = ''): boolean {
  const attribute = name.toLowerCase();
  if (isRecord(written)) {
    return Object.entries(written).every(([key, value]) => isStoredAs(partOf(read, key), value, key));
  }
  // `primary: false` is the default, which servers leave out (RFC 7643 §2.4).
  const isNone = isEmpty(written) || (attribute === 'primary' && written === false);
  if (isNone) return isEmpty(read) || read === false;
  if (Array.isArray(written)) {
    return Array.isArray(read) && read.length === written.length && isEachStored(read, written, attribute);
  }
  if (isRecord(read)) return isStoredAs(readAttribute(read, 'value'), written, 'value');
  if (typeof read !== 'string' || typeof written !== 'string') return read === written;
  // Servers may change the case of these.
  const isCaseless =
    attribute === 'username' || attribute === 'type' || (attribute === 'value' && written.includes('@'));
  return isCaseless ? read.toLowerCase() === written.toLowerCase() : read === written;
}

/** Whether a list that was read lacks a value that it had before and that was to stay. Such values are known by `value`. */
export function lacksKept(read: unknown, before: readonly unknown[], wanted: readonly unknown[]): boolean {
  const present = Array.isArray(read) ? read : [];
  const [keysBefore, keysPresent] = [before, present].map((values) => new Set(values.map(keyOf)));
  return wanted.some((value) => {
    const key = keyOf(value);
    if (key !== undefined) return keysBefore?.has(key) === true && keysPresent?.has(key) !== true;
    return before.includes(value) && !present.some((other) => isStoredAs(other, value));
  });
}

/** Looks for each value among those with the same `value`: a group may have many thousands of members. */
function isEachStored(read: readonly unknown[], written: readonly unknown[], attribute: string): boolean {
  const byKey = new Map<string | undefined, unknown[]>();
  for (const other of read) {
    const key = keyOf(other);
    const alike = byKey.get(key);
    if (alike === undefined) byKey.set(key, [other]);
    else alike.push(other);
  }
  return written.every((value) => {
    const key = keyOf(value);
    const candidates = key === undefined ? read : (byKey.get(key) ?? []);
    return candidates.some((other) => isStoredAs(other, value, attribute));
  });
}

/** The `value` of a value in any case, or itself; `undefined` where that is not a text. */
function keyOf(element: unknown): string | undefined {
  let key = element;
  while (isRecord(key)) key = readAttribute(key, 'value');
  return typeof key === 'string' && key !== '' ? key.toLowerCase() : undefined;
}

function partOf(read: unknown, key: string): unknown {
  // Some servers read and write `manager` as a bare id.
  if (!isRecord(read)) return key.toLowerCase() === 'value' ? read : undefined;
  return readAttribute(read, key);
}

/** The operations that give an attribute the wanted value; for a complex one that is split, one for each part. */
export function diffStored(
  path: string,
  name: string,
  stored: unknown,
  wanted: unknown,
  isSplit: boolean,
): PatchOperation[] {
  if (isStoredAs(stored, wanted, name)) return [];
  if (!isSplit || !isRecord(wanted)) {
    return [isEmpty(wanted) ? { op: 'remove', path } : { op: 'replace', path, value: wanted }];
  }
  return Object.entries(wanted).flatMap(([part, value]) =>
    value === undefined ? [] : diffStored(`${path}.${part}`, part, readAttribute(stored, part), value, false),
  );
}
