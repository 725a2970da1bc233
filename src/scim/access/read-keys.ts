import { isRecord } from '../../internal/is-record.js';

/** The values under a key, given in lower case, in whatever case it is written, however often. */
export function valuesOf(record: Readonly<Record<string, unknown>>, key: string): unknown[] {
  return Object.keys(record).flatMap((name) => (name.toLowerCase() === key ? [record[name]] : []));
}

/**
 * What stands under these keys, given in lower case; `undefined` where there is any other key, or one of them twice: a
 * server may read what this library does not.
 */
export function onlyKeys(value: unknown, ...keys: readonly string[]): ReadonlyMap<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const found = new Map<string, unknown>();
  for (const [key, part] of Object.entries(value)) {
    const name = key.toLowerCase();
    if (!keys.includes(name) || found.has(name)) return undefined;
    found.set(name, part);
  }
  return found;
}

/** The operations of a message; `undefined` where they are none, or stand beside something else. */
export function operationsIn(
  message: ReadonlyMap<string, unknown> | undefined,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const operations = message?.get('operations');
  if (!Array.isArray(operations) || operations.length === 0 || !operations.every(isRecord)) return undefined;
  return operations;
}
