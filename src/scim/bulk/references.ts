import { isRecord } from '../../internal/is-record.js';
import type { BulkWrite } from './bulk-request.js';

const reference = /^bulkId:(.+)$/i;

/** The names that a write refers to. */
export function referencesOf(write: BulkWrite): Set<string> {
  const names = new Set<string>();
  mapReferences(write, (name) => {
    names.add(name);
    return undefined;
  });
  return names;
}

/** The write with the references replaced that `idOf` knows. */
export function mapReferences<W extends BulkWrite>(write: W, idOf: (name: string) => string | undefined): W {
  const path = write.path
    .split('/')
    .map((segment) => replace(segment, (name) => encoded(idOf(name))))
    .join('/');
  return 'data' in write ? { ...write, path, data: mapValue(write.data, idOf) } : { ...write, path };
}

// An address may stand in a path as it is, where some servers do not decode it.
const encoded = (id: string | undefined): string | undefined =>
  id === undefined
    ? undefined
    : encodeURIComponent(id).replace(/%(?:40|3A|2C|3D)/g, (part) => decodeURIComponent(part));

function mapValue(value: unknown, idOf: (name: string) => string | undefined): unknown {
  if (typeof value === 'string') return replace(value, idOf);
  if (Array.isArray(value)) return value.map((element) => mapValue(element, idOf));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapValue(part, idOf)]));
}

function replace(text: string, idOf: (name: string) => string | undefined): string {
  const name = reference.exec(text)?.[1];
  return (name === undefined ? undefined : idOf(name)) ?? text;
}
