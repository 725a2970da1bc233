import { expect, test } from 'vitest';
import { diffFromStored } from '../../../src/scim/patch/diff.js';
import { userResourceSchema } from '../../../src/scim/schemas/user.js';

const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const stored = { userName: 'a@x.y', [urn]: { department: 'Ops' } };

test('an extension given as null is removed as a whole, with the parts that the server does not show', () => {
  expect(diffFromStored(stored, { [urn]: null }, userResourceSchema)).toEqual([{ op: 'remove', path: urn }]);
  expect(diffFromStored({ userName: 'a@x.y' }, { [urn]: null }, userResourceSchema)).toEqual([]);
});

test('an extension that is not mentioned is left alone', () => {
  expect(diffFromStored(stored, { userName: 'a@x.y' }, userResourceSchema)).toEqual([]);
});
