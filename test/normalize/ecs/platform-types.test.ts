import { expect, test } from 'vitest';
import { platformTypes } from '../../../src/normalize/ecs/platform-types.js';
import { toEcs, toOcsf } from '../../../src/normalize/index.js';
import { platformTypes as names } from '../support/platform-types.js';
import { platformRecords } from '../support/records.js';
import { findEcsFaults } from './support/check-ecs.js';

const creates = [300101, 300401, 300606, 600301];
const deletes = [300106, 300404, 300605, 600304];

/** What both dialects say of a record of each name. */
const told = platformRecords.map((record) => ({
  name: `${record.type}`,
  types: toEcs(record).event.type ?? [],
  activities: toOcsf(record).map(({ type_uid }) => type_uid),
  faults: findEcsFaults(toEcs(record)),
}));

test('each name has its types', () => {
  expect(told.map(({ name }) => name)).toEqual(names);
  expect(Object.keys(platformTypes).toSorted()).toEqual(names.toSorted());
  expect(told.flatMap(({ faults }) => faults)).toEqual([]);
  return expect(told.map(({ name, types }) => `${name}: ${types.join(', ')}`).join('\n')).toMatchFileSnapshot(
    './platform-types.snapshot.txt',
  );
});

test.each([
  ['creation', creates],
  ['deletion', deletes],
] as const)('a %s in one dialect is one in the other', (type, activities) => {
  const here = told.filter(({ types }) => types.includes(type)).map(({ name }) => name);
  const there = told.filter((record) => record.activities.some((activity) => activities.includes(activity)));
  expect(here).toEqual(there.map(({ name }) => name));
  expect(here.length).toBeGreaterThan(20);
});

test('accounts and groups in one dialect are those of the other', () => {
  const isOf = (uid: number) => (activity: number) => Math.floor(activity / 100) === uid;
  const groups = told.filter(({ activities }) => activities.some(isOf(3006))).map(({ name }) => name);
  expect(told.filter(({ types }) => types.includes('group')).map(({ name }) => name)).toEqual(groups);
  const accounts = told.filter(({ activities }) => activities.some((one) => isOf(3001)(one) || isOf(3005)(one)));
  const users = told.filter(({ types }) => types.includes('user')).map(({ name }) => name);
  // Who is only looked up is not changed.
  expect(users.filter((name) => name !== 'tenant.user.looked_up')).toEqual(accounts.map(({ name }) => name));
});
