import { attributeOf, readAttribute, splitAttributePath } from './attribute-path.js';
import type { ResourceKind } from './resource-kind.js';
import type { ResourceData } from './resource-table.js';

/** Sorts as RFC 7644 §3.4.2.3 has it: by the primary or first value, without case unless the schema says so, missing last. */
export function sortResources<T>(
  items: readonly T[],
  resourceOf: (item: T) => { readonly resource: ResourceData; readonly kind: ResourceKind },
  sortBy: string,
  descending: boolean,
): T[] {
  const keyed = items.map((item) => {
    const { resource, kind } = resourceOf(item);
    return { item, key: sortKey(resource, kind, sortBy) };
  });
  const direction = descending ? -1 : 1;
  return keyed.sort((one, other) => direction * compare(one.key, other.key)).map(({ item }) => item);
}

type SortKey = string | number | undefined;

function sortKey(resource: ResourceData, kind: ResourceKind, sortBy: string): SortKey {
  const path = splitAttributePath(sortBy, kind);
  const source = path.extension === undefined ? resource : resource[path.extension];
  const attribute = preferred(path.attribute === undefined ? undefined : readAttribute(source, path.attribute));
  const isComplex = typeof attribute === 'object' && attribute !== null;
  const value = isComplex ? readAttribute(attribute, path.subAttribute ?? 'value') : attribute;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  return attributeOf(kind, path)?.caseExact === true ? value : value.toLowerCase();
}

function preferred(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.find((element) => element?.primary === true) ?? value[0];
}

function compare(one: SortKey, other: SortKey): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -1 : 1;
}
