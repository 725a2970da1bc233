import { type KeyIndex, keyIndexOf, storedKey } from '../schemas/stored-key.js';
import { isObject, type JsonObject } from './json-value.js';

/** The attributes of an object, found by name in any case, in time that does not grow with their number. */
export interface Fields {
  readonly object: JsonObject;
  readonly index: KeyIndex;
}

/** Those of anything else than an object are none. */
export function fieldsOf(value: unknown): Fields {
  const object = isObject(value) ? value : {};
  return { object, index: keyIndexOf(object) };
}

export function readField({ object, index }: Fields, name: string): unknown {
  const key = storedKey(object, name, index);
  return key === undefined ? undefined : object[key];
}

/** The names of both, each once, in the spelling and the order of the first. */
export function namesOf(first: Fields, second: Fields): string[] {
  const names = [...first.index.values()];
  for (const [lower, name] of second.index) if (!first.index.has(lower)) names.push(name);
  return names;
}
