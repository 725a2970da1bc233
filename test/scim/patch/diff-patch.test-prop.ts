import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import { chunkOperations } from '../../../src/scim/patch/chunk.js';
import { diffPatch } from '../../../src/scim/patch/diff.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CUSTOM = 'urn:example:2.0:Badge';

const text = fc.oneof(fc.constantFrom('a', 'A', 'b', '"', '\\', ']'), fc.string({ minLength: 1, maxLength: 4 }));
const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });
const some = <T extends Record<string, fc.Arbitrary<unknown>>>(shape: T) => fc.record(shape, { requiredKeys: [] });

/** Values none of which repeats the value and type of another, as the RFC asks: in any case, for none is exact. */
const distinct = <T extends { value?: unknown; type?: unknown }>(values: fc.Arbitrary<T>) =>
  fc.uniqueArray(values, {
    maxLength: 4,
    selector: ({ value, type }) => JSON.stringify([value ?? null, type ?? null]).toLowerCase(),
  });

/** And of which one at most is primary. */
const emails = fc
  .tuple(distinct(some({ value: text, type: fc.constantFrom('work', 'home'), display: optional(text) })), fc.nat(8))
  .map(([list, chosen]) =>
    list.map((email, index) =>
      index === chosen ? { ...email, primary: true } : index > chosen ? { ...email, primary: false } : email,
    ),
  );

/** Values that a list which grows would merge. */
const twins = fc.array(
  fc.record(
    { value: fc.constantFrom('a', 'A'), type: fc.constantFrom('x', 'X'), display: fc.constantFrom('b', 'B') },
    { requiredKeys: ['value'] },
  ),
  { maxLength: 4 },
);

/** What no schema names may be of one shape before and of another after. */
const anyShape = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.array(some({ x: text, y: fc.integer() }), { maxLength: 2 }),
  some({ x: fc.oneof(text, fc.array(text, { maxLength: 2 }), some({ x: text })), y: text }),
);

const user = some({
  userName: text,
  externalId: optional(text),
  displayName: optional(text),
  active: optional(fc.boolean()),
  profileUrl: text,
  name: optional(some({ givenName: optional(text), familyName: text, formatted: text })),
  emails: optional(emails),
  roles: optional(distinct(some({ value: text, type: text }))),
  entitlements: optional(twins),
  addresses: optional(
    fc.array(some({ type: fc.constantFrom('work', 'home'), locality: fc.constantFrom('Bonn', 'bonn') }), {
      maxLength: 3,
    }),
  ),
  members: optional(fc.array(fc.record({ value: text }), { maxLength: 6 })),
  shoeSize: optional(fc.oneof(fc.integer(), fc.boolean())),
  tags: optional(fc.array(text, { maxLength: 4 })),
  anything: optional(anyShape),
  constructor: optional(text),
  prototype: optional(some({ x: text })),
  [ENTERPRISE]: optional(some({ department: optional(text), manager: optional(some({ value: text })) })),
  [CUSTOM]: optional(
    some({
      color: text,
      anything: anyShape,
      twins,
      holder: some({ twins }),
      sizes: fc.array(fc.integer(), { maxLength: 3 }),
      valueOf: text,
    }),
  ),
}).map((attributes) => ({ userName: 'somebody', ...attributes }));

/** What the states are compared by: null and empty are absent, lists are sets, members are their values. */
function meaning(value: unknown, key = ''): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => meaning(item)).filter((item) => item !== undefined);
    const known = items.map((item) => (key === 'members' ? (item as { value: string }).value : item));
    const texts = [...new Set(known.map((item) => JSON.stringify(item)))].sort();
    return texts.length === 0 ? undefined : texts;
  }
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .map(([name, part]) => [name, meaning(part, name)] as const)
    .filter(([name, part]) => part !== undefined && !(name === 'primary' && part === false))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The later state over the earlier one: what is null or empty is gone, what is absent stays, objects part by part. */
function merged(before: unknown, after: unknown, depth = 0): unknown {
  const isPlain = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (after === undefined) return before;
  if (!isPlain(after) || !isPlain(before)) return after;
  const isExtension = (key: string) => depth === 0 && key.includes(':');
  const entries = [...new Set([...Object.keys(before), ...Object.keys(after)])].map((key) => {
    const [from, to] = [before, after].map((state) => (Object.hasOwn(state, key) ? state[key] : undefined));
    // Below the parts of an attribute values are whole.
    return [
      key,
      depth < 1 || isExtension(key)
        ? merged(from, to, isExtension(key) ? depth : depth + 1)
        : to === undefined
          ? from
          : to,
    ];
  });
  return Object.fromEntries(entries);
}

describe('a difference', () => {
  it('applied to the one state gives the other', () => {
    fc.assert(
      fc.property(user, user, fc.integer({ min: 1, max: 3 }), (before, after, chunkSize) => {
        const operations = diffPatch(before, after, { chunkSize });
        expect(meaning(applyPatch(before, operations))).toEqual(meaning(after));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is empty exactly where the states mean the same', () => {
    fc.assert(
      fc.property(user, user, (before, after) => {
        const isSame = JSON.stringify(meaning(before)) === JSON.stringify(meaning(after));
        expect(diffPatch(before, after).length === 0).toBe(isSame);
        expect(diffPatch(before, structuredClone(before))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('says nothing of what the later state says nothing of, when asked to keep it', () => {
    fc.assert(
      fc.property(user, user, (before, after) => {
        const result = applyPatch(before, diffPatch(before, after, { absent: 'keep' }));
        expect(meaning(result)).toEqual(meaning(merged(before, after)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('names each attribute once, but for members', () => {
    fc.assert(
      fc.property(user, user, (before, after) => {
        const paths = diffPatch(before, after)
          .map(({ path = '' }) => path)
          .filter((path) => !path.startsWith('members'));
        expect(new Set(paths).size).toBe(paths.length);
        expect(paths).not.toContain('');
      }),
    );
  });

  it('split into requests does the same', () => {
    fc.assert(
      fc.property(user, user, fc.integer({ min: 1, max: 4 }), (before, after, chunkSize) => {
        const chunks = chunkOperations(diffPatch(before, after), chunkSize);
        const last = chunks.reduce<object>((current, operations) => applyPatch(current, operations), before);
        expect(meaning(last)).toEqual(meaning(after));
        for (const operations of chunks) {
          const weight = operations.map(({ op, path, value }) =>
            op === 'add' && path === 'members' && Array.isArray(value) ? value.length : 1,
          );
          expect(weight.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(chunkSize);
        }
      }),
    );
  });

  it('never removes a member that the earlier state does not have', () => {
    fc.assert(
      fc.property(user, user, (before, after) => {
        const bystander = { value: 'added meanwhile' };
        const meanwhile = {
          ...before,
          members: [...((before as { members?: unknown[] | null }).members ?? []), bystander],
        };
        const result = applyPatch(meanwhile, diffPatch(before, after)) as { members?: { value: string }[] };
        expect(result.members).toContainEqual(bystander);
      }),
    );
  });
});
