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

const encoded = (id: string | undefined): string | undefined => (id === undefined ? undefined : encodeURIComponent(id));

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

/** The order in which each write comes after those it refers to; circles stay as they are. */
export function inDependencyOrder(writes: readonly BulkWrite[]): number[] {
  const byName = new Map(
    writes.flatMap((write, index) => (write.method === 'POST' ? [[write.bulkId, index] as const] : [])),
  );
  const order: number[] = [];
  const visited = new Set<number>();
  // A stack of our own: a chain of references may be longer than the call stack.
  for (const start of writes.keys()) {
    const stack: { readonly index: number; readonly names: Iterator<string> }[] = [];
    const enter = (index: number) => {
      const write = writes[index];
      if (write === undefined || visited.has(index)) return;
      visited.add(index);
      stack.push({ index, names: referencesOf(write).values() });
    };
    enter(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { value: name, done } = top.names.next();
      if (done === true) {
        order.push(top.index);
        stack.pop();
      } else {
        enter(byName.get(name) ?? -1);
      }
    }
  }
  return order;
}
