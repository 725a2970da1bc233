/** A value in a record that holds no others, and the names that lead to it. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

export function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

/** The leaves of a record that are neither in an event nor named as left out, themselves or as part of something. */
export function lostLeaves(record: unknown, events: readonly unknown[]): Leaf[] {
  const told = events.flatMap((event) => leavesOf(event)).map(({ value }) => value);
  const texts = new Set(told.map((value) => JSON.stringify(value)));
  const numbers = new Set(told.filter((value) => typeof value === 'number'));
  const omitted = new Set(events.flatMap(omittedOf));
  return leavesOf(record).filter(({ path, value }) => {
    if (value === undefined || texts.has(JSON.stringify(value))) return false;
    // Numbers that the record has as text, and a time in seconds.
    if (typeof value === 'string' && value.trim() !== '' && numbers.has(Number(value))) return false;
    if (typeof value === 'number' && told.includes(`${value}`)) return false;
    return !path.some(
      (_name, index) =>
        omitted.has(pathTo(path, index + 1)) || omitted.has(pathTo([...path.slice(0, index), '*'], index + 1)),
    );
  });
}

function omittedOf(event: unknown): readonly string[] {
  const { unmapped } = event as { readonly unmapped?: { readonly omitted?: readonly string[] } };
  return unmapped?.omitted ?? [];
}

function pathTo(path: readonly string[], length: number): string {
  return path.slice(0, length).join('.');
}

/** The record with another value in the place of one of its leaves. */
export function withLeaf(record: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof record !== 'object' || record === null) return record;
  if (Array.isArray(record))
    return record.map((inner, index) => (`${index}` === name ? withLeaf(inner, rest, value) : inner));
  return Object.fromEntries(
    Object.entries(record).map(([key, inner]) => [key, key === name ? withLeaf(inner, rest, value) : inner]),
  );
}
