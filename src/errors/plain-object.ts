import { isRecord } from '../internal/json.js';
import { InputError } from './input-errors.js';

/** What holds its values in another way than as properties, by the name that it gives itself, and how to give them. */
const remedies: Readonly<Record<string, string>> = {
  AbortSignal: 'Give it by its name: `{ signal }`.',
  AbortController: 'Give its signal by its name: `{ signal: controller.signal }`.',
  Headers: 'Make an object of it: `Object.fromEntries(headers)`.',
  Map: 'Make an object of it: `Object.fromEntries(map)`.',
  URLSearchParams: 'Make an object of it: `Object.fromEntries(parameters)`.',
  FormData: 'Make an object of it: `Object.fromEntries(form)`.',
  Promise: 'Wait for it: `await`.',
};

/** The prototype of all objects, here or in another realm: everybody's, so that it counts for nothing. */
function isOfAll(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

/** A name that comes from a class, or another object made to inherit from. */
function inheritedName(given: object, names: readonly string[]): string | undefined {
  for (let from: object = given; ; ) {
    const next: unknown = Object.getPrototypeOf(from);
    if (!isRecord(next) || isOfAll(next)) return undefined;
    from = next;
    const found = names.find((name) => Object.hasOwn(next, name));
    if (found !== undefined) return found;
  }
}

/**
 * Refuses what would be read as no options at all: a signal, a `Map`, a date, whatever has its values elsewhere than in
 * properties of its own. An instance of a class may be given where it has one of the names. @throws InputError
 */
export function checkOptionsObject(what: string, of: string, given: object, names: readonly string[]): void {
  const isPlain = hasPlainPrototype(given);
  if (!isPlain) checkKind(what, given, []);
  const inherited = inheritedName(given, names);
  if (inherited !== undefined) {
    throw new InputError(`\`${inherited}\` is no property of the options of ${of} themselves.`, {
      path: [inherited],
      remedy: 'Give a plain object. Spread an instance of a class, and name what its class defines.',
    });
  }
  if (!isPlain && !names.some((name) => Object.hasOwn(given, name))) throw notPlain(what, []);
}

/** Refuses what is not made of its own properties alone, such as `Headers`. @throws InputError */
export function checkPlainObject(name: string, given: object): void {
  if (hasPlainPrototype(given)) return;
  checkKind(`\`${name}\``, given, [name]);
  throw notPlain(`\`${name}\``, [name]);
}

function hasPlainPrototype(given: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(given);
  return !isRecord(prototype) || isOfAll(prototype);
}

function checkKind(what: string, given: object, path: readonly string[]): void {
  const kind = Object.prototype.toString.call(given).slice('[object '.length, -1);
  if (Object.hasOwn(remedies, kind)) {
    throw new InputError(`${what} must be a plain object: this is of the class \`${kind}\`.`, {
      path,
      remedy: remedies[kind],
    });
  }
  if (Symbol.iterator in given) throw notPlain(what, path);
}

function notPlain(what: string, path: readonly string[]): InputError {
  const remedy = 'Give the values by their names: `{ name: value }`.';
  return new InputError(`${what} must be a plain object.`, { path, remedy });
}
