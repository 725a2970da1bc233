import { expect, test } from 'vitest';
import { ecsByHand } from '../../../bench/normalize/ecs-by-hand.js';
import { ecsByHandCarefully } from '../../../bench/normalize/ecs-by-hand-careful.js';
import { sampleRecords } from '../../../bench/normalize/records.js';
import { toEcs } from '../../../src/normalize/ecs/to-ecs.js';
import { findEcsFaults } from './support/check-ecs.js';
import { recordOf } from './support/records.js';

type Json = Readonly<Record<string, unknown>>;

test.each(sampleRecords)('both peers of the benchmark make of $type the same document', (record) => {
  const document = toEcs(recordOf(record));
  expect(ecsByHand(record)).toEqual(document);
  expect(withSortedPaths(ecsByHandCarefully(record))).toEqual(withSortedPaths(document));
  expect(findEcsFaults(document)).toEqual([]);
});

test.each(['ask ada@north.example', null, 7.5, 'another text'])(
  'the careful one makes the same of a record with %o in any place, as it promises the same',
  (value) => {
    for (const record of sampleRecords) {
      for (const path of pathsIn(record)) {
        // What is no event of a type that the peer was written for, it need not know.
        if (['type', 'message.author.type', 'event_details.status', 'action_data.action'].includes(path.join('.')))
          continue;
        const changed = withValue(record, path, value);
        const made = withSortedPaths(ecsByHandCarefully(changed));
        expect({ path, made }).toEqual({ path, made: withSortedPaths(toEcs(recordOf(changed))) });
      }
    }
  },
);

/** Which is left out first is no difference. */
function withSortedPaths(document: object): object {
  const { openai_chatgpt_enterprise: vendor } = document as { openai_chatgpt_enterprise: { omitted?: string[] } };
  return {
    ...document,
    openai_chatgpt_enterprise:
      vendor.omitted === undefined ? vendor : { ...vendor, omitted: vendor.omitted.toSorted() },
  };
}

function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]));
}

function withValue(record: Json, [key = '', ...path]: readonly string[], value: unknown): Record<string, unknown> {
  const inner = record[key];
  return { ...record, [key]: path.length === 0 ? value : withValue(inner as Json, path, value) };
}
