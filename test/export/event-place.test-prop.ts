import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyName, placedEvents, safeName } from '../../src/export/event-place.js';
import { principalKey } from '../../src/transport/principal.js';
import { timesOf } from '../support/scale.js';
import { rowOf, workspace } from './support/sink-rows.js';

const usualCase = fc.constantFrom('lower' as const, 'upper' as const);
/** What ids look like, what they should not, and two that differ by little. */
const name = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B', '~', '%', '2', 'f', '.', '/', '\\', '-', 'İ', 'ß', '\u0000') }),
  fc.constantFrom('con', 'CON', 'Com1', 'nul', '..', '.', '', 'org-Zq81LmN0', 'AUTH_LOG', 'auth_log', 'aux.txt', 'a b'),
  fc.string(),
);

test('a name leads nowhere else, and systems of every kind take it', () => {
  fc.assert(
    fc.property(fc.oneof(name, fc.string({ minLength: 100, maxLength: 600 })), usualCase, (text, letters) => {
      const safe = safeName(text, letters);
      expect(safe).toMatch(/^[\w~%-]{1,200}$/);
      expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/i);
    }),
    { numRuns: timesOf(500, 50_000) },
  );
});

test('two that differ have names that differ, also where upper and lower case are one', () => {
  fc.assert(
    fc.property(name, name, usualCase, (one, other, letters) => {
      fc.pre(one !== other);
      expect(safeName(one, letters).toLowerCase()).not.toBe(safeName(other, letters).toLowerCase());
    }),
    { numRuns: timesOf(2_000, 100_000) },
  );
});

/** Keys as `exportLogs` gives them, and such as could be taken for them. */
const key = fc.oneof(
  fc.tuple(fc.constantFrom('workspace:', 'organization:', '', '%%', ':'), fc.constantFrom('', 'org-'), name),
  fc.tuple(fc.constantFrom('workspace:', 'organization:', ''), fc.constantFrom('workspace:', 'organization:'), name),
);

test('two keys that differ have names that differ, and lead nowhere else', () => {
  fc.assert(
    fc.property(key, key, (first, second) => {
      const [one, other] = [first.join(''), second.join('')];
      fc.pre(one !== other);
      expect(keyName(one).toLowerCase()).not.toBe(keyName(other).toLowerCase());
      expect(keyName(one)).toMatch(/^[\w~%-]{1,200}$/);
    }),
    { numRuns: timesOf(3_000, 100_000) },
  );
});

test('the name of a workspace or an organization is its id, and what could be taken for it has another', () => {
  expect(keyName(principalKey(workspace))).toBe(workspace.id);
  expect(keyName(principalKey({ type: 'organization', id: 'org-Zq81LmN0' }))).toBe('org-zq81lmn0');
  const others = [workspace.id, `organization:${workspace.id}`, 'workspace:org-zq81lmn0', 'org-zq81lmn0'];
  expect(new Set(others.map(keyName)).size).toBe(4);
  for (const other of others) expect(keyName(other)).toMatch(/^%%/);
});

test('events of another principal than that of the key stand in a place of its own', () => {
  const organization = { type: 'organization', id: 'org-1' } as const;
  const rows = [rowOf(), rowOf({ principal: organization }), rowOf()];
  const places = placedEvents(rows, principalKey(workspace), 0, 'day');
  expect([...places.keys()]).toEqual(['AUTH_LOG/2026-11-20', 'org-1/AUTH_LOG/2026-11-20']);
});

test('what is usual stays as it is', () => {
  expect(safeName('AUTH_LOG', 'upper')).toBe('AUTH_LOG');
  expect(safeName(workspace.id, 'lower')).toBe(workspace.id);
  expect(safeName('eclf_abc-1', 'lower')).toBe('eclf_abc-1');
  expect(safeName('org-Zq81LmN0', 'lower')).toBe('org-Zq81LmN0~8a');
});

test.each([
  ['2026-11-30T23:59:59.999999Z', '2026-11-30'],
  ['2026-11-30T23:59:59-01:00', '2026-12-01'],
  ['2026-11-30t10:00:00z', '2026-11-30'],
  ['20261130T101112,5+0530', '2026-11-30'],
  ['2026-11-30', '2026-11-30'],
  ['../../11-30T10:00:00Z', 'undated-2026-11-20'],
  [undefined, 'undated-2026-11-20'],
])('an event of %s belongs to %s', (timestamp, day) => {
  const places = placedEvents([rowOf({ timestamp })], principalKey(workspace), Date.UTC(2026, 10, 20), 'day');
  expect([...places.keys()]).toEqual([`AUTH_LOG/${day}`]);
});
