import { isEmpty, isRecord } from '../../internal/json.js';
import type { PatchOperation } from '../schemas/common.js';
import { attributeReader, readAttribute } from '../schemas/names.js';

/** Whether a value that was read holds all that was written: servers add sub-attributes, reorder lists, change case. */
export function isStoredAs(read: unknown, written: unknown, name = ''): boolean {
  const attribute = name.toLowerCase();
  if (isRecord(written)) {
    const partOf = partsOf(read);
    return Object.entries(written).every(([key, value]) => isStoredAs(partOf(key), value, key));
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
  const valuesBefore = new Set(before);
  const isPresent = finderIn(present, () => undefined, isStoredAs);
  return wanted.some((value) => {
    const key = keyOf(value);
    if (key !== undefined) return keysBefore?.has(key) === true && keysPresent?.has(key) !== true;
    return valuesBefore.has(value) && !isPresent(value);
  });
}

/** Looks for each value among those with the same `value`: a group may have many thousands of members. */
function isEachStored(read: readonly unknown[], written: readonly unknown[], attribute: string): boolean {
  return written.every(finderIn(read, keyOf, (other, value) => isStoredAs(other, value, attribute)));
}

/** So many parts of values are compared in vain: a list of as many with one key, in another order, is not looked through. */
const mostComparedInVain = 100_000;

/**
 * Looks for values among those of a list with the same key, of one without a key among all; from where the last was found,
 * as most lists keep their order. None is found any more once that took too long: what was not seen is not said.
 */
export function finderIn(
  list: readonly unknown[],
  keyOf: (value: unknown) => string | number | undefined,
  isLike: (one: unknown, value: unknown) => boolean,
): (value: unknown) => boolean {
  const all = { values: list, next: 0 };
  const byKey = new Map<string | number, { readonly values: unknown[]; next: number }>();
  for (const one of list) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const alike = byKey.get(key);
    if (alike === undefined) byKey.set(key, { values: [one], next: 0 });
    else alike.values.push(one);
  }
  let left = mostComparedInVain;
  return (value) => {
    const key = keyOf(value);
    const alike = key === undefined ? all : byKey.get(key);
    if (alike === undefined) return false;
    const parts = isRecord(value) ? Object.keys(value).length + 1 : 1;
    for (let step = 0; step < alike.values.length && left > 0; step += 1) {
      const at = (alike.next + step) % alike.values.length;
      if (isLike(alike.values[at], value)) {
        alike.next = at + 1;
        return true;
      }
      left -= parts;
    }
    return false;
  };
}

/** The `value` of a value in any case, or itself; `undefined` where that is neither a text nor a number. */
function keyOf(element: unknown): string | number | undefined {
  let key = element;
  while (isRecord(key)) key = readAttribute(key, 'value');
  if (typeof key === 'number') return key;
  return typeof key === 'string' && key !== '' ? key.toLowerCase() : undefined;
}

function partsOf(read: unknown): (key: string) => unknown {
  // Some servers read and write `manager` as a bare id.
  return isRecord(read) ? attributeReader(read) : (key) => (key.toLowerCase() === 'value' ? read : undefined);
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
