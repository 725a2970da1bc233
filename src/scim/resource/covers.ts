import { isRecord } from '../../internal/is-record.js';
import { readAttribute } from '../path/read-attribute.js';

/**
 * Whether a value that was read holds all that was written: servers add sub-attributes, order lists anew and write
 * names in another case. No value is the same as none written (RFC 7643 §2.5).
 */
export function covers(read: unknown, written: unknown, name = ''): boolean {
  const attribute = name.toLowerCase();
  if (isNothing(written)) return isNothing(read) || read === false;
  // The default, which servers leave out (RFC 7643 §2.4).
  if (attribute === 'primary' && written === false) return isNothing(read) || read === false;
  if (Array.isArray(written)) {
    return Array.isArray(read) && read.length === written.length && coversEach(read, written, attribute);
  }
  if (isRecord(written)) return Object.entries(written).every(([key, value]) => covers(partOf(read, key), value, key));
  if (isRecord(read)) return covers(readAttribute(read, 'value'), written, 'value');
  if (typeof read !== 'string' || typeof written !== 'string') return read === written;
  // People write these in any case, and servers store them in theirs.
  const isCaseless =
    attribute === 'username' || attribute === 'type' || (attribute === 'value' && written.includes('@'));
  return isCaseless ? read.toLowerCase() === written.toLowerCase() : read === written;
}

/** Looks for each value among those with the same `value`: a group may have many thousands of members. */
function coversEach(read: readonly unknown[], written: readonly unknown[], attribute: string): boolean {
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
    return candidates.some((other) => covers(other, value, attribute));
  });
}

/** The `value` of a value in any case, or itself; `undefined` where that is no text. */
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

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
