import { describe, expect, test } from 'vitest';
import { canonicalNames } from '../../../src/scim/schemas/canonical-names.js';
import { userResourceSchema } from '../../../src/scim/schemas/user.js';

const read = canonicalNames(userResourceSchema);
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('attribute names', () => {
  test('are read in any case, at every level', () => {
    expect(
      read({
        ID: '1',
        username: 'a',
        EMAILS: [{ VALUE: 'a@b', Primary: true }],
        Name: { GIVENNAME: 'A' },
        META: { ResourceType: 'User' },
        [enterprise.toLowerCase()]: { DEPARTMENT: 'Ops', manager: { VALUE: '2' } },
      }),
    ).toEqual({
      id: '1',
      userName: 'a',
      emails: [{ value: 'a@b', primary: true }],
      name: { givenName: 'A' },
      meta: { resourceType: 'User' },
      [enterprise]: { department: 'Ops', manager: { value: '2' } },
    });
  });

  test('of unknown attributes are kept as they are, with all that is in them', () => {
    const unknown = { Favourite: { Colour: 'red', active: 'true' }, 'urn:example:User': { Badge: ['1'] } };
    expect(read(unknown)).toEqual(unknown);
  });

  test('that differ only in case keep both, and the exact one wins', () => {
    expect(read({ username: 'b', userName: 'a' })).toEqual({ username: 'b', userName: 'a' });
  });

  test('`__proto__` is a name like any other', () => {
    const copy = read(JSON.parse('{"__proto__": {"active": true}, "userName": "a"}') as Record<string, unknown>);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(copy.active).toBeUndefined();
    expect(Object.hasOwn(copy, '__proto__')).toBe(true);
  });
});

describe('booleans', () => {
  test.each([
    ['True', true],
    ['false', false],
    ['FALSE', false],
    [true, true],
    ['yes', 'yes'],
    [null, null],
    [1, 1],
  ])('%j is read as %j', (sent, expected) => {
    expect(read({ active: sent })).toEqual({ active: expected });
  });

  test('are mapped only where the schema has one', () => {
    expect(read({ title: 'true', emails: [{ primary: 'True', display: 'true' }] })).toEqual({
      title: 'true',
      emails: [{ primary: true, display: 'true' }],
    });
  });
});

test('the copy shares nothing with what was sent', () => {
  const sent = { emails: [{ value: 'a' }], other: { deep: ['b'] } };
  const copy = read(sent) as typeof sent;
  copy.emails[0] = { value: 'changed' };
  copy.other.deep.push('c');
  expect(sent).toEqual({ emails: [{ value: 'a' }], other: { deep: ['b'] } });
});
