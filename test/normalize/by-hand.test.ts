import { expect, test } from 'vitest';
import { ocsfByHand } from '../../bench/normalize/ocsf-by-hand.js';
import { ocsfByHandCarefully } from '../../bench/normalize/ocsf-by-hand-careful.js';
import { sampleRecords } from '../../bench/normalize/records.js';
import { toOcsf } from '../../src/normalize/index.js';
import { recordOf } from './ecs/support/records.js';

// As JSON, in which a field that is undefined is none.
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

test.each(sampleRecords)('both peers of the benchmark make of $type the same events', (record) => {
  const events = asJson(toOcsf(recordOf(record)));
  expect(asJson(ocsfByHand(record))).toEqual(events);
  expect(asJson(ocsfByHandCarefully(record))).toEqual(events);
});

test('the careful one leaves out an address that nobody has foreseen, as it promises the same', () => {
  for (const record of sampleRecords) {
    const changed = { ...record, note: 'ask ada@north.example', more: { user_message_text: 'Rename it.', seats: 3 } };
    expect(asJson(ocsfByHandCarefully(changed))).toEqual(asJson(toOcsf(recordOf(changed))));
  }
});
