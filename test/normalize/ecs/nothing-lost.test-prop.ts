import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toEcs } from '../../../src/normalize/ecs/to-ecs.js';
import { timesOf } from '../../support/scale.js';
import { findEcsFaults } from './support/check-ecs.js';
import { fixtures, recordOf } from './support/records.js';

type Json = Readonly<Record<string, unknown>>;

/** Every name of a field that a record is known to have, so that what is made up stands where something is looked for. */
const names = [
  ...new Set(fixtures.flatMap(namesIn)),
  '__proto__',
  'constructor',
  'payload',
  'new_field',
  'invite.sent',
];
const types = [...new Set(fixtures.map(({ type }) => String(type))), 'NEW_LOG', 'OMITTED', 'odd type', 'invite.sent'];

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...namesIn(inner)]);
}

const leaf = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.integer(),
  fc.constantFrom(
    null,
    '',
    true,
    '203.0.113.9',
    'ada@north.example',
    '2026-08-08T06:58:12.004519Z',
    '52.5',
    'DE',
    'login_failed',
  ),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
}));

/** A record of a known type of which some fields are anything at all. */
const anyRecord = fc
  .tuple(
    fc.constantFrom(...fixtures, {}),
    fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 }),
    fc.record({ type: fc.constantFrom(...types) }, { requiredKeys: [] }),
    fc.boolean(),
  )
  .map(([known, anything, type, isPlatform]): Json => {
    // With `__proto__` as a field of its own, as `JSON.parse` gives it.
    const record: Record<string, unknown> = { ...known, ...type };
    for (const [key, inner] of Object.entries(anything)) {
      Object.defineProperty(record, key, { value: inner, enumerable: true, configurable: true, writable: true });
    }
    if (isPlatform) {
      delete record.event_id;
      record.effective_at = 1_795_000_020;
    }
    return record;
  });

const include = fc.subarray(['content', 'emails'] as const);

/** Each value in it that is one, by the way to it. */
function leavesOf(value: unknown, path: readonly string[] = []): { path: readonly string[]; value: unknown }[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value !== 'object') return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** Fields that hold a number, where the record has a text or seconds. */
const converted = new Set(['latitude', 'longitude', 'asn', 'effective_at']);

test('each value of a record is in the document, or was left out by name, and the document is one of ECS', () => {
  fc.assert(
    fc.property(anyRecord, include, (record, included) => {
      const document = toEcs(recordOf(record), { include: included });
      expect(findEcsFaults(document)).toEqual([]);
      const told = new Set(leavesOf(document).map(({ value }) => value));
      const omitted = (document.openai_chatgpt_enterprise.omitted ?? []).map((name) => name.replace(/(?:^|\.)\*$/, ''));
      const isNamed = (path: string) =>
        omitted.some((name) => name === '' || path === name || path.startsWith(`${name}.`));
      for (const { path, value } of leavesOf(record)) {
        if (told.has(value) || converted.has(path.at(-1) ?? '')) continue;
        const withoutIndex = path.filter((part) => !/^\d+$/.test(part)).join('.');
        if (!(isNamed(path.join('.')) || isNamed(withoutIndex))) throw new Error(`Lost: ${path.join('.')}`);
      }
    }),
    { numRuns: timesOf(1_500, 100_000) },
  );
});

test('no address is told that was not asked for, wherever it stands, and no record is changed', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const before = structuredClone(record);
      const text = JSON.stringify(toEcs(recordOf(record), { include: ['content'] }));
      expect(text).not.toContain('ada@north.example');
      expect(record).toEqual(before);
    }),
    { numRuns: timesOf(1_000, 50_000) },
  );
});
