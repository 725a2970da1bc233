import fc from 'fast-check';
import { canary } from './fuzz-target.js';

/** Names that mean something to JavaScript, and those that programs look up. */
export const hostileName = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'id',
  'value',
  '',
);

/** JSON where something else is expected. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    null,
    true,
    false,
    -1,
    0,
    1,
    0.5,
    2 ** 53,
    1e308,
    '',
    ' ',
    '0',
    '\u0000',
    '\ud800',
    '9'.repeat(400),
    '2099-01-01T00:00:00Z',
    '0000-00-00T00:00:00Z',
    'x'.repeat(20_000),
    canary,
    [],
    [null],
    {},
    { value: null },
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .tuple(hostileName, fc.jsonValue({ maxDepth: 1 }))
    .map(([name, value]) => JSON.parse(`{"${name}":${JSON.stringify(value)}}`)),
  fc.constantFrom(2, 60, 300, 3_000).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth))),
);

/** Text of pieces that mean something to a reader of it, some of them very often in a row. */
export function textOf(...pieces: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  );
  const short = fc.array(piece, { maxLength: 12 }).map((all) => all.join(''));
  const long = fc
    .tuple(short, piece, fc.integer({ min: 100, max: 20_000 }), short)
    .map(([head, one, times, tail]) => head + one.repeat(Math.min(times, Math.ceil(40_000 / (one.length + 1)))) + tail);
  return fc.oneof({ weight: 12, arbitrary: short }, { weight: 1, arbitrary: long });
}

/** One thing that is done to JSON: at some place in it another value, nothing, or a name more. */
export interface Mutation {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'repeat' | 'add';
  readonly name: string;
  readonly value: unknown;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 10_000 }),
  how: fc.constantFrom('replace', 'replace', 'remove', 'repeat', 'add'),
  name: hostileName,
  value: hostileValue,
});

/** A copy of JSON to which all of that was done. */
export function mutate(value: unknown, mutations: readonly Mutation[]): unknown {
  const root = { value: copyOf(value) };
  for (const mutation of mutations) {
    // Else one value that is put into itself makes a circle, which no JSON has.
    const one = { ...mutation, value: copyOf(mutation.value) };
    const places = placesIn(root);
    const place = places[one.at % places.length];
    if (place === undefined) break;
    const [holder, key] = place;
    if (one.how === 'replace') Reflect.set(holder, key, one.value);
    else if (one.how === 'remove') Reflect.deleteProperty(holder, key);
    else if (Array.isArray(holder)) holder.push(one.how === 'repeat' ? copyOf(Reflect.get(holder, key)) : one.value);
    // As JSON.parse does, which makes a property even of __proto__.
    else
      Object.defineProperty(holder, one.name, {
        value: one.value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return root.value;
}

/** Nothing of what was put into itself so often that the engine cannot write it. */
function copyOf(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function placesIn(root: object): (readonly [object, string])[] {
  const places: (readonly [object, string])[] = [];
  const rest: object[] = [root];
  for (let holder = rest.pop(); holder !== undefined; holder = rest.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof value === 'object' && value !== null) rest.push(value);
    }
  }
  return places;
}
