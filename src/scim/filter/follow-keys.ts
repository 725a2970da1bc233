import { readAttribute } from '../path/read-attribute.js';

/** Whether any value that the keys lead to satisfies the test. Where they lead to nothing, it is asked of `undefined`. */
export function followKeys(keys: readonly string[], test: (value: unknown) => boolean): (target: unknown) => boolean {
  let next = test;
  for (let index = keys.length - 1; index >= 0; index -= 1) next = step(keys[index] ?? '', next);
  return next;
}

function step(key: string, next: (value: unknown) => boolean): (target: unknown) => boolean {
  // A simple value is its own `value`, so that `tags.value` and `tags[value eq "x"]` mean what they say.
  const isValue = key.length === 5 && key.toLowerCase() === 'value';
  return (target) => {
    const value = isValue && isSimple(target) ? target : readAttribute(target, key);
    return Array.isArray(value) ? ofAny(value, next) : next(value);
  };
}

function ofAny(values: readonly unknown[], next: (value: unknown) => boolean): boolean {
  if (values.length === 0) return next(undefined);
  for (const value of values) if (next(value)) return true;
  return false;
}

function isSimple(value: unknown): boolean {
  return typeof value !== 'object' && value !== undefined;
}
