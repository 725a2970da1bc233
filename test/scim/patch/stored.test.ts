import { describe, expect, test } from 'vitest';
import { isStoredAs } from '../../../src/scim/patch/stored.js';
import { cpuMs } from '../../support/cpu-ms.js';

describe('what was read holds what was written', () => {
  test.each([
    ['the same', { a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }],
    ['with more around it', { a: 1, b: 2 }, { a: 1 }],
    [
      'in another order',
      { roles: [{ value: 'b' }, { value: 'a', display: 'A' }] },
      { roles: [{ value: 'a' }, { value: 'b' }] },
    ],
    ['nothing as nothing', { a: null, c: [] }, { a: undefined, b: null, c: '' }],
    ['a name in another case', { userName: 'A@B' }, { userName: 'a@b' }],
    [
      'an address in another case',
      { emails: [{ value: 'A@B', type: 'Work' }] },
      { emails: [{ value: 'a@b', type: 'work' }] },
    ],
    [
      'the name of an attribute in another case',
      { urn: { foo: [{ VALUE: 'A@b' }] } },
      { URN: { Foo: [{ value: 'a@b' }] } },
    ],
    ['an unusual spelling of what has no case', { username: 'A' }, { UserName: 'a' }],
    ['no primary as primary: false', { emails: [{ value: 'a' }] }, { emails: [{ value: 'a', primary: false }] }],
    ['a bare manager', { manager: '7' }, { manager: { value: '7' } }],
    ['a manager where an id was written', { manager: { value: '7', displayName: 'x' } }, { manager: '7' }],
  ])('%s', (_, read, written) => {
    expect(isStoredAs(read, written)).toBe(true);
  });
});

describe('it does not', () => {
  test.each([
    ['with another value', { a: 1 }, { a: 2 }],
    ['without the value', {}, { a: 1 }],
    ['with a value too many in a list', { a: [1, 2] }, { a: [1] }],
    ['with a value where there should be none', { a: 'x' }, { a: null }],
    ['with a title in another case', { title: 'lead' }, { title: 'Lead' }],
    ['with an id in another case', { members: [{ value: 'A' }] }, { members: [{ value: 'a' }] }],
    ['with another primary', { emails: [{ value: 'a', primary: true }] }, { emails: [{ value: 'a', primary: false }] }],
    ['without `active`, which has no default', {}, { active: false }],
    ['as text', { active: 'true' }, { active: true }],
  ])('%s', (_, read, written) => {
    expect(isStoredAs(read, written)).toBe(false);
  });
});

test('a group of many thousands is compared in a moment, whatever the order of its members', () => {
  const members = Array.from({ length: 20_000 }, (_, index) => ({ value: `u${index}`, type: 'User' }));
  const started = cpuMs();
  expect(isStoredAs(members.toReversed(), members)).toBe(true);
  expect(isStoredAs(members.toReversed(), members.with(0, { value: 'other', type: 'User' }))).toBe(false);
  expect(cpuMs() - started).toBeLessThan(1_000);
});
