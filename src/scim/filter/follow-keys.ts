import { readAttribute } from '../path/read-attribute.js';

type Test = (value: unknown) => boolean;

/** Whether any value that the keys lead to satisfies the test. Where they lead to nothing, it is asked of `undefined`. */
export function followKeys(keys: readonly string[], test: Test): Test {
  let next = test;
  for (let index = keys.length - 1; index >= 0; index -= 1) next = step(keys[index] ?? '', next);
  return next;
}

/** The same for a test of simple values: a complex one is asked for its `value`. */
export function followToSimple(keys: readonly string[], test: Test): Test {
  const last = keys.length - 1;
  const final = lastStep(keys[last] ?? '', test);
  return last === 0 ? final : followKeys(keys.slice(0, last), final);
}

function step(key: string, next: Test): Test {
  const read = readerOf(key);
  return (target) => {
    const value = read(target, key);
    return Array.isArray(value) ? ofAny(value, next) : next(value);
  };
}

function lastStep(key: string, test: Test): Test {
  const read = readerOf(key);
  return (target) => {
    const value = read(target, key);
    if (typeof value !== 'object' || value === null) return test(value);
    if (!Array.isArray(value)) return test(readAttribute(value, 'value'));
    return ofAny(value, (item) =>
      test(typeof item === 'object' && item !== null ? readAttribute(item, 'value') : item),
    );
  };
}

/** A simple value is its own `value`, so that `tags.value` and `tags[value eq "x"]` mean what they say. */
function readerOf(key: string): typeof readAttribute {
  return key.length === 5 && key.toLowerCase() === 'value' ? readValue : readAttribute;
}

function readValue(target: unknown, key: string): unknown {
  return isSimple(target) ? target : readAttribute(target, key);
}

function ofAny(values: readonly unknown[], next: (value: unknown) => boolean): boolean {
  if (values.length === 0) return next(undefined);
  for (const value of values) if (next(value)) return true;
  return false;
}

function isSimple(value: unknown): boolean {
  return typeof value !== 'object' && value !== undefined;
}
