import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NormalizableEvent, type Sensitive, toOcsf } from '../../src/normalize/index.js';
import { leavesOf, lostLeaves, withLeaf } from './support/leaves.js';
import { ocsfProblems } from './support/ocsf-problems.js';
import { allRecords } from './support/records.js';

const measured = /^(?:COSTS|CHATGPT_.*_ANALYTICS)$/;
const ofActivity = allRecords.filter(({ type }) => !measured.test(String(type)));
const email = 'mira@mail.zz.example';

/** What a field may hold where the documentation says otherwise. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1e308,
    true,
    [],
    {},
    [null],
    [''],
    ['a', 'b'],
    [1],
    [[]],
    [{ id: 1 }],
    { id: 'x', name: null },
    '__proto__',
    'constructor',
    'toString',
    email,
    [email],
    [email, 'b@c.example'],
    `mailto:${email}`,
    'mira%40mail.zz.example',
    { email },
    { [email]: 1 },
    { prompt: 'secret' },
    '2026-13-45T99:99:99Z',
    '1e400',
    '::1',
    '1.2.3.4.5',
    'fe80::1%eth0',
    '999.1.1.1',
  ),
  fc.string(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);
const include = fc.constantFrom<readonly Sensitive[]>([], ['content'], ['emails'], ['content', 'emails']);

/** A record of a known kind in which some fields are what they should not be, some are new and some are missing. */
const twisted = fc
  .record({
    record: fc.constantFrom(...ofActivity),
    changes: fc.array(fc.tuple(fc.nat(), hostile), { maxLength: 4 }),
    added: fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'omitted', '_omitted', 'email', 'text', 'status')),
      hostile,
      { maxKeys: 3 },
    ),
    where: fc.constantFrom('', 'actor', 'action_data', 'event_details', 'request_metadata'),
  })
  .map(({ record, changes, added, where }) => {
    const paths = leavesOf(record).flatMap(({ path }) => path.map((_name, index) => path.slice(0, index + 1)));
    let changed: unknown = record;
    for (const [index, value] of changes) changed = withLeaf(changed, paths[index % paths.length] ?? [], value);
    const inner = (changed as Record<string, unknown>)[where];
    const target = where === '' ? changed : inner;
    if (typeof target !== 'object' || target === null || Array.isArray(target)) return changed;
    const more = Object.fromEntries([...Object.entries(target), ...Object.entries(added)]);
    return where === '' ? more : { ...(changed as object), [where]: more };
  })
  .filter((record) => !measured.test(String((record as { readonly type?: unknown }).type)));

const runs = { numRuns: 3000 };

// Open on purpose: what a service sends is not held to any type.
const ocsfOf = (record: unknown, chosen: readonly Sensitive[]) =>
  toOcsf(record as NormalizableEvent, { include: chosen });

describe('whatever a record holds', () => {
  test('each of its values stands in an event, or is named as left out', () => {
    fc.assert(
      fc.property(twisted, include, (record, chosen) => {
        expect(lostLeaves(record, ocsfOf(record, chosen))).toEqual([]);
      }),
      runs,
    );
  });

  test('its events are what the schema asks for', () => {
    fc.assert(
      fc.property(twisted, include, (record, chosen) => {
        const events = ocsfOf(record, chosen);
        expect(events.length).toBeGreaterThan(0);
        expect(events.flatMap(ocsfProblems)).toEqual([]);
      }),
      runs,
    );
  });

  test('no address is told unless addresses are included, not even in a path', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ofActivity),
        fc.nat(),
        fc.constantFrom(email, [email], { [email]: email }, `to ${email}.`),
        (record, index, value) => {
          const leaves = leavesOf(record);
          const changed = withLeaf(record, leaves[index % leaves.length]?.path ?? [], value);
          const told = JSON.stringify(ocsfOf(changed, ['content']));
          expect(told).not.toContain('zz.example');
        },
      ),
      runs,
    );
  });

  test('what is included changes neither how many events there are nor how they are called', () => {
    fc.assert(
      fc.property(twisted, (record) => {
        const ids = (chosen: readonly Sensitive[]) => ocsfOf(record, chosen).map(({ metadata }) => metadata.uid);
        expect(ids(['emails', 'content']).length).toBe(ids([]).length);
      }),
      runs,
    );
  });

  test('the same record gives the same events, and is left as it was', () => {
    fc.assert(
      fc.property(twisted, include, (record, chosen) => {
        const before = JSON.stringify(record);
        expect(JSON.stringify(ocsfOf(record, chosen))).toBe(JSON.stringify(ocsfOf(record, chosen)));
        expect(JSON.stringify(record)).toBe(before);
      }),
      runs,
    );
  });
});

test('whatever JSON there is, it is an event', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), include, (record, chosen) => {
      const events = ocsfOf(record, chosen);
      expect(events.flatMap(ocsfProblems)).toEqual([]);
      expect(lostLeaves(record, events)).toEqual([]);
    }),
    runs,
  );
});
