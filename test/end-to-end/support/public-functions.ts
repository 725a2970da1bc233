/** A function found on a public object, and the object it was found on. */
export interface FoundFunction {
  readonly path: string;
  readonly call: (...values: readonly unknown[]) => unknown;
}

/** Every function that can be reached from an object by property and prototype, however deep. */
export function publicFunctions(root: object, name: string): FoundFunction[] {
  const found: FoundFunction[] = [];
  const seen = new Set<object>();
  const visit = (owner: object, path: string, depth: number) => {
    if (seen.has(owner) || depth > 5) return;
    seen.add(owner);
    for (
      let level: object | null = owner;
      level !== null && level !== Object.prototype;
      level = Object.getPrototypeOf(level)
    ) {
      for (const key of Reflect.ownKeys(level)) {
        if (key === 'constructor') continue;
        let value: unknown;
        try {
          value = Reflect.get(owner, key);
        } catch {
          continue;
        }
        const at = `${path}.${String(key)}`;
        if (typeof value === 'function') {
          const callee = value as (...values: readonly unknown[]) => unknown;
          found.push({ path: at, call: (...values) => callee.apply(owner, [...values]) });
        } else if (typeof value === 'object' && value !== null) visit(value, at, depth + 1);
      }
    }
  };
  visit(root, name, 0);
  return found;
}

/** Waits for what a call gives, and iterates it if it can be iterated, a bounded way. */
export async function drain(result: unknown, most = 400): Promise<unknown[]> {
  const value = await result;
  if (typeof value !== 'object' || value === null) return [value];
  const items: unknown[] = [];
  if (Symbol.asyncIterator in value) {
    for await (const item of value as AsyncIterable<unknown>) {
      items.push(item);
      if (items.length >= most) break;
    }
  }
  if ('pages' in value && typeof value.pages === 'function') items.push(...(await drain(value.pages(), most)));
  if (value instanceof ReadableStream) for await (const chunk of value) items.push(chunk);
  return [value, ...items];
}
