import { expect, test } from 'vitest';
import { ecsByHand } from '../../../bench/normalize/ecs-by-hand.js';
import { sampleRecords } from '../../../bench/normalize/records.js';
import { toEcs } from '../../../src/normalize/ecs/to-ecs.js';
import { findEcsFaults } from './support/check-ecs.js';
import { recordOf } from './support/records.js';

test.each(sampleRecords)('the peer of the benchmark makes of $type the same document', (record) => {
  const document = toEcs(recordOf(record));
  expect(ecsByHand(record)).toEqual(document);
  expect(findEcsFaults(document)).toEqual([]);
});
