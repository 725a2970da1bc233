import { describe, expect, it } from 'vitest';
import type { ResourceSchema } from '../../../src/scim/schemas/rules.js';
import { add, ENTERPRISE, failure, GROUP, patched, remove, replace, tolerant, USER } from './apply-frozen.js';

describe('the URN of a known schema that is not one of the resource', () => {
  const group = { schemas: [GROUP], displayName: 'G' };

  it('is an extension as a whole, with a path as without one', () => {
    const extended = { ...group, schemas: [GROUP, ENTERPRISE], [ENTERPRISE]: { department: 'a' } };
    expect(patched(group, [add(ENTERPRISE, { department: 'a' })])).toEqual(extended);
    expect(patched(group, [add(undefined, { [ENTERPRISE]: { department: 'a' } })])).toEqual(extended);
    expect(patched(group, [add(`${ENTERPRISE}:department`, 'a')])).toEqual(extended);
    expect(patched(extended, [remove(ENTERPRISE.toUpperCase())])).toEqual(group);
    expect(failure(group, [add(ENTERPRISE, { department: 'a' })], { unknownAttributes: 'refuse' }).scimType).toBe(
      'invalidPath',
    );
  });

  it.each([
    add(USER, { title: 'x' }),
    add(`${USER}:title`, 'x'),
    remove(`${USER.toUpperCase()}:name.givenName`),
    add(undefined, { [USER]: { title: 'x' } }),
  ])('is refused where it is another type of resource: %j', (operation) => {
    expect(failure(group, [operation]).scimType).toBe('invalidPath');
    expect(failure(group, [operation], tolerant).scimType).toBe('invalidPath');
    expect(failure({}, [operation], { schema: { id: 'urn:x:Device', attributes: {} } }).scimType).toBe('invalidPath');
  });
});

describe('URNs of which one begins with the other', () => {
  const schema: ResourceSchema = {
    id: 'urn:x',
    attributes: { title: {} },
    extensions: [
      { id: 'urn:x:b', attributes: { c: { type: 'complex', subAttributes: { d: {} } } } },
      { id: 'urn:x:b:c', attributes: { d: {} } },
    ],
  };

  it('are told apart by the longest', () => {
    expect(patched({}, [add('urn:x:b:c', { d: '1' })], { schema })).toEqual({ 'urn:x:b:c': { d: '1' } });
    expect(patched({}, [add('urn:x:b:c:d', '1')], { schema })).toEqual({ 'urn:x:b:c': { d: '1' } });
    expect(patched({}, [add('urn:x:b', { c: { d: '1' } })], { schema })).toEqual({ 'urn:x:b': { c: { d: '1' } } });
    expect(patched({}, [add('urn:x:title', '1')], { schema })).toEqual({ title: '1' });
  });
});

describe('an extension that nothing is known of', () => {
  it('is found in any case', () => {
    const stored = { 'urn:q:e': { a: 1, b: 2 } };
    expect(patched(stored, [remove('URN:q:E')])).toEqual({});
    expect(patched(stored, [remove('URN:Q:e:A')])).toEqual({ 'urn:q:e': { b: 2 } });
    expect(patched(stored, [replace('URN:q:E', { a: 3 })])).toEqual({ 'urn:q:e': { a: 3, b: 2 } });
  });
});
