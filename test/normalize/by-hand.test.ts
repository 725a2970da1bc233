import { expect, test } from 'vitest';
import { ocsfByHand } from '../../bench/normalize/ocsf-by-hand.js';
import { sampleRecords } from '../../bench/normalize/records.js';
import { toOcsf } from '../../src/normalize/index.js';
import { recordOf } from './ecs/support/records.js';

// As JSON, in which a field that is undefined is none.
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

test.each(sampleRecords)('the peer of the benchmark makes of $type the same events', (record) => {
  expect(asJson(ocsfByHand(record))).toEqual(asJson(toOcsf(recordOf(record))));
});
