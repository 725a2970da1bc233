import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { matchesFilter } from '../../../src/scim/filter/match.js';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import { diffPatch } from '../../../src/scim/patch/diff.js';

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  'name',
  'emails',
  'x',
];
const name = fc.constantFrom(...names);
const urn = fc.constantFrom(
  '',
  'urn:example:2.0:X:',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:',
  '__proto__:',
);

/** JSON that holds the names as own keys, as only JSON.parse makes them. */
const json = fc
  .letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom('polluted', 1, true, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    ),
  }))
  .value.map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const path = fc
  .tuple(urn, name, fc.option(fc.tuple(name, name)), fc.option(name))
  .map(([schema, attribute, filter, part]) => {
    const brackets = filter === null ? '' : `[${filter[0]} eq "${filter[1]}"]`;
    return `${schema}${attribute}${brackets}${part === null ? '' : `.${part}`}`;
  });

const operation = fc.record(
  { op: fc.constantFrom('add', 'replace', 'remove'), path, value: json },
  { requiredKeys: ['op'] },
);

const resource = json.map((value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {},
);

function prototypes(value: unknown, seen: unknown[] = []): unknown[] {
  if (typeof value !== 'object' || value === null) return seen;
  seen.push(Object.getPrototypeOf(value));
  for (const key of Object.keys(value)) prototypes(Object.getOwnPropertyDescriptor(value, key)?.value, seen);
  return seen;
}

describe('no name reaches the prototype of an object', () => {
  const before = Object.getOwnPropertyNames(Object.prototype);

  afterEach(() => {
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.prototype.toString.call([])).toBe('[object Array]');
  });

  it('in a patch, by path, part, key or value', () => {
    fc.assert(
      fc.property(resource, fc.array(operation, { maxLength: 4 }), fc.boolean(), (target, operations, tolerant) => {
        const input = JSON.stringify(target);
        try {
          const result = applyPatch(target, operations, { tolerant });
          const plain = [Object.prototype, Array.prototype] as unknown[];
          expect(prototypes(result).every((prototype) => plain.includes(prototype))).toBe(true);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('invalid_patch');
        }
        expect(JSON.stringify(target)).toBe(input);
      }),
      { numRuns: 5_000 },
    );
  });

  it('in a difference', () => {
    fc.assert(
      fc.property(resource, resource, (left, right) => {
        const operations = diffPatch(left, right);
        for (const { path: at = '' } of operations) expect(at).not.toContain('__proto__');
        expect(
          prototypes(operations).every((prototype) => prototype === Object.prototype || prototype === Array.prototype),
        ).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('in a filter', () => {
    fc.assert(
      fc.property(path, fc.constantFrom('pr', 'ne null', 'co ""'), (attribute, test) => {
        try {
          expect(matchesFilter(`${attribute.replace(/\[.*/, '')} ${test}`, {})).toBe(false);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('invalid_filter');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
