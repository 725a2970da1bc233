import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import type { ReceivedPatchOperation } from '../../../src/scim/schemas/common.js';
import type { ResourceSchema } from '../../../src/scim/schemas/rules.js';
import examples from '../../fixtures/rfc7644/patch-examples.json' with { type: 'json' };
import { add, ENTERPRISE, failure, frozen, GROUP, patched, remove, replace, USER } from './apply-frozen.js';

const user = {
  schemas: [USER],
  id: '2819c223',
  userName: 'bjensen',
  active: true,
  title: 'Tour Guide',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
};
const group = {
  schemas: [GROUP],
  id: 'g',
  displayName: 'Guides',
  members: [{ value: '1', type: 'User' }, { value: '2' }],
};

describe('the examples printed in RFC 7644', () => {
  it.each(examples)('§$section $behaviour', ({ before, operations, after: expected }) => {
    expect(patched(before, operations)).toEqual(expected);
  });
});

describe('add', () => {
  it('sets a simple attribute, and replaces the value it has', () => {
    expect(patched(user, [add('displayName', 'Babs')])).toEqual({ ...user, displayName: 'Babs' });
    expect(patched(user, [add('title', 'Guide')])).toEqual({ ...user, title: 'Guide' });
  });

  it('sets the parts given of a complex attribute and leaves the others', () => {
    expect(patched(user, [add('name', { middleName: 'J' })]).name).toEqual({ ...user.name, middleName: 'J' });
  });

  it('creates the complex attribute that a part belongs to', () => {
    expect(patched({ id: '1' }, [add('name.givenName', 'B')])).toEqual({ id: '1', name: { givenName: 'B' } });
  });

  it('appends one value or several', () => {
    const email = { value: 'new@example.com', type: 'other' };
    expect(patched(user, [add('emails', email)]).emails).toEqual([...user.emails, email]);
    expect(patched(user, [add('emails', [email])]).emails).toEqual([...user.emails, email]);
  });

  it('does not repeat a value that is there already', () => {
    const input = frozen(structuredClone(user));
    expect(applyPatch(input, [add('emails', [{ type: 'home', value: 'babs@jensen.org' }])])).toBe(input);
  });

  it('merges a value into one with the same value and type', () => {
    const added = { value: 'babs@jensen.org', type: 'home', display: 'private' };
    expect(patched(user, [add('emails', [added])]).emails).toEqual([user.emails[0], added]);
  });

  it('knows a member by its value alone, and adds to it what it does not say yet', () => {
    const input = frozen(structuredClone(group));
    expect(applyPatch(input, [add('members', [{ value: '1' }])])).toBe(input);
    expect(applyPatch(input, [add('members', [{ value: '1', type: 'Group' }])])).toBe(input);
    expect(applyPatch(input, [add(undefined, { members: [{ value: '2' }] })])).toBe(input);
    const bob = { value: '2', display: 'Bob' };
    expect(patched(group, [add('members', [bob])]).members).toEqual([group.members[0], bob]);
    const ann = { value: '1', type: 'Group', display: 'Ann' };
    expect(patched(group, [add('members', [bob, ann])]).members).toEqual([{ ...ann, type: 'User' }, bob]);
  });

  it('merges into the values that a filter chooses', () => {
    expect(patched(user, [add('emails[type eq "work"]', { display: 'office' })]).emails).toEqual([
      { ...user.emails[0], display: 'office' },
      user.emails[1],
    ]);
  });

  it('sets a part of the values that a filter chooses', () => {
    expect(patched(user, [add('emails[type eq "HOME"].display', 'me')]).emails).toEqual([
      user.emails[0],
      { ...user.emails[1], display: 'me' },
    ]);
  });

  it('adds nothing when given null or an empty list', () => {
    const input = frozen(structuredClone(user));
    expect(applyPatch(input, [add('title', null), add('emails', []), add('name', {})])).toBe(input);
  });

  it('adds an attribute of an extension and lists its schema', () => {
    expect(patched(user, [add(`${ENTERPRISE}:department`, 'Tours')])).toEqual({
      ...user,
      schemas: [USER, ENTERPRISE],
      [ENTERPRISE]: { department: 'Tours' },
    });
  });

  it('adds a whole extension by its URN, or under its URN without a path', () => {
    const expected = {
      ...user,
      schemas: [USER, ENTERPRISE],
      [ENTERPRISE]: { department: 'Tours', manager: { value: '7' } },
    };
    const value = { department: 'Tours', manager: { value: '7' } };
    expect(patched(user, [add(ENTERPRISE, value)])).toEqual(expected);
    expect(patched(user, [add(undefined, { [ENTERPRISE]: value })])).toEqual(expected);
    expect(patched(user, [add(undefined, { [ENTERPRISE.toLowerCase()]: value })])).toEqual(expected);
  });

  it('stores an extension that nothing is known of', () => {
    const urn = 'urn:example:2.0:Badge';
    expect(patched(user, [add(undefined, { [urn]: { color: 'red' } })])).toEqual({
      ...user,
      schemas: [USER, urn],
      [urn]: { color: 'red' },
    });
    expect(patched(user, [add(`${urn}:color`, 'red')])).toEqual({
      ...user,
      schemas: [USER, urn],
      [urn]: { color: 'red' },
    });
  });

  it('takes an attribute that the schema does not name, unless asked to refuse it', () => {
    expect(patched(user, [add('shoeSize', 38)])).toEqual({ ...user, shoeSize: 38 });
    expect(patched(user, [add('tags', ['a']), add('tags', 'b')]).tags).toEqual(['a', 'b']);
    const refused = failure(user, [add('shoeSize', 38)], { unknownAttributes: 'refuse' });
    expect(refused.scimType).toBe('invalidPath');
  });
});

describe('remove', () => {
  it('removes an attribute, a part, and every value', () => {
    const { title: _title, ...withoutTitle } = user;
    expect(patched(user, [remove('title')])).toEqual(withoutTitle);
    expect(patched(user, [remove('name.familyName')]).name).toEqual({ givenName: 'Barbara' });
    expect(patched(user, [remove('emails')])).not.toHaveProperty('emails');
  });

  it('removes the attribute whose last part or value goes', () => {
    expect(patched(user, [remove('name.familyName'), remove('name.givenName')])).not.toHaveProperty('name');
    expect(patched(user, [remove('emails[value pr]')])).not.toHaveProperty('emails');
  });

  it('removes the values that a filter chooses, or a part of them', () => {
    expect(patched(user, [remove('emails[type eq "work"]')]).emails).toEqual([user.emails[1]]);
    expect(patched(user, [remove('emails[type eq "home"].type')]).emails).toEqual([
      user.emails[0],
      { value: 'babs@jensen.org' },
    ]);
  });

  it('changes nothing when there is nothing to remove', () => {
    const input = frozen(structuredClone(user));
    const operations = [remove('displayName'), remove('name.middleName'), remove('emails[type eq "fax"]')];
    expect(applyPatch(input, operations)).toBe(input);
    expect(applyPatch(input, [remove('members[value eq "1"]'), remove(`${ENTERPRISE}:department`)])).toBe(input);
  });

  it('removes an extension with its last attribute, and its schema from the list', () => {
    const extended = { ...user, schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'Tours' } };
    expect(patched(extended, [remove(`${ENTERPRISE}:department`)])).toEqual(user);
    expect(patched(extended, [remove(ENTERPRISE)])).toEqual(user);
    expect(patched(extended, [replace(undefined, { [ENTERPRISE]: null })])).toEqual(user);
  });

  it('refuses a list of values, which by the RFC would clear the attribute', () => {
    const refused = failure(group, [{ op: 'remove', path: 'members', value: [{ value: '1' }] }]);
    expect(refused.scimType).toBe('invalidValue');
  });
});

describe('replace', () => {
  it('replaces a simple attribute, or sets it where there is none', () => {
    expect(patched(user, [replace('title', 'Boss')]).title).toBe('Boss');
    expect(patched(user, [replace('displayName', 'Babs')]).displayName).toBe('Babs');
  });

  it('merges a complex attribute, as the RFC says', () => {
    expect(patched(user, [replace('name', { givenName: 'B' })]).name).toEqual({ givenName: 'B', familyName: 'Jensen' });
  });

  it('removes what is replaced by null', () => {
    expect(patched(user, [replace('title', null)])).not.toHaveProperty('title');
    expect(patched(user, [replace('emails', [])])).not.toHaveProperty('emails');
    expect(patched(user, [replace('name', { familyName: null })]).name).toEqual({ givenName: 'Barbara' });
  });

  it('replaces all values', () => {
    expect(patched(user, [replace('emails', [{ value: 'x@example.com' }])]).emails).toEqual([
      { value: 'x@example.com' },
    ]);
    expect(patched(group, [replace('members', [{ value: '3' }, { value: '3' }])]).members).toEqual([{ value: '3' }]);
  });

  it('replaces the values that a filter chooses, whole', () => {
    expect(patched(user, [replace('emails[type eq "work"]', { value: 'x@example.com', type: 'work' })]).emails).toEqual(
      [{ value: 'x@example.com', type: 'work' }, user.emails[1]],
    );
  });

  it('replaces a part of every value when no filter chooses', () => {
    expect(patched(user, [replace('emails.display', 'mail')]).emails).toEqual(
      user.emails.map((email) => ({ ...email, display: 'mail' })),
    );
  });

  it('chooses simple values by their value', () => {
    expect(patched({ tags: ['a', 'b'] }, [replace('tags[value eq "a"]', 'c')])).toEqual({ tags: ['c', 'b'] });
    expect(patched({ tags: ['a', 'b'] }, [remove('tags[value eq "a"]')])).toEqual({ tags: ['b'] });
  });
});

describe('names', () => {
  it('are found whatever their case, and keep the spelling they are stored under', () => {
    const stored = { id: '1', USERNAME: 'a', Emails: [{ Value: 'x@example.com', TYPE: 'work' }] };
    expect(
      patched(stored, [replace('userName', 'b'), replace('EMAILS[type eq "work"].value', 'y@example.com')]),
    ).toEqual({
      id: '1',
      USERNAME: 'b',
      Emails: [{ Value: 'y@example.com', TYPE: 'work' }],
    });
  });

  it('are spelled as in the schema where they are new', () => {
    expect(patched({ id: '1' }, [add('DISPLAYNAME', 'x'), add('emails', { VALUE: 'x@example.com' })])).toEqual({
      id: '1',
      displayName: 'x',
      emails: [{ value: 'x@example.com' }],
    });
  });

  it('may be qualified by the schema of the resource itself', () => {
    expect(patched(user, [replace(`${USER}:name.givenName`, 'B')]).name).toEqual({ ...user.name, givenName: 'B' });
    expect(patched(user, [replace(`${USER.toUpperCase()}:TITLE`, 'B')]).title).toBe('B');
  });

  it('of an extension hold dots and colons, and are not split at them', () => {
    expect(patched(user, [add(`${ENTERPRISE}:manager.value`, '7')])[ENTERPRISE]).toEqual({ manager: { value: '7' } });
  });
});

describe('the primary value', () => {
  it('is the one that was set last, and the others are no longer', () => {
    const expected = [
      { ...user.emails[0], primary: false },
      { ...user.emails[1], primary: true },
    ];
    expect(patched(user, [replace('emails[type eq "home"].primary', true)]).emails).toEqual(expected);
    expect(patched(user, [add('emails[type eq "home"]', { primary: true })]).emails).toEqual(expected);
    expect(patched(user, [add('emails', { value: 'c@example.com', primary: true })]).emails).toEqual([
      { ...user.emails[0], primary: false },
      user.emails[1],
      { value: 'c@example.com', primary: true },
    ]);
  });

  it('is one at most', () => {
    const two = [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
    ];
    expect(failure(user, [replace('emails', two)]).scimType).toBe('invalidValue');
    expect(failure(user, [replace('emails[value pr].primary', true)]).scimType).toBe('invalidValue');
  });
});

describe('a refusal', () => {
  it.each([
    ['remove without a path', { op: 'remove' }, 'noTarget'],
    ['an unknown op', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
    ['a capitalised op', { op: 'Replace', path: 'title', value: 'x' }, 'invalidSyntax'],
    ['a missing value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['a value without a path that is no object', { op: 'add', value: 'x' }, 'invalidValue'],
    ['a path that is none', replace('emails[type eq "work"', 'x'), 'invalidFilter'],
    ['a name that is none', replace('1title', 'x'), 'invalidPath'],
    ['an empty path', replace('', 'x'), 'invalidPath'],
    ['a filter that is none', replace('emails[type is "work"].value', 'x'), 'invalidFilter'],
    ['a filter on a singular attribute', replace('title[value eq "x"]', 'x'), 'invalidPath'],
    ['a part of a simple attribute', replace('title.value', 'x'), 'invalidPath'],
    ['an add without a match', add('emails[type eq "fax"].value', 'x'), 'noTarget'],
    ['a replace without a match', replace('emails[type eq "fax"]', { value: 'x' }), 'noTarget'],
    ['a replaced part of no values', replace('phoneNumbers.type', 'work'), 'noTarget'],
    ['a read-only attribute', replace('id', 'x'), 'mutability'],
    ['a part of a read-only attribute', replace('meta.created', '2020-01-01T00:00:00Z'), 'mutability'],
    ['the groups of a user', add('groups', { value: 'x' }), 'mutability'],
    ['a read-only part', add(`${ENTERPRISE}:manager`, { displayName: 'x' }), 'mutability'],
    ['removing what is required', remove('userName'), 'mutability'],
    ['replacing by null what is required', replace('userName', null), 'invalidValue'],
    ['a text for a boolean', replace('active', 'True'), 'invalidValue'],
    ['a number for a text', replace('title', 5), 'invalidValue'],
    ['a text for a complex value', replace('name', 'x'), 'invalidValue'],
    ['an object for a text', replace('title', { x: 1 }), 'invalidValue'],
    ['an empty value in a list', add('emails', [{}]), 'invalidValue'],
    ['an empty object for a text', replace('title', {}), 'invalidValue'],
    ['an empty list for a boolean', replace('active', []), 'invalidValue'],
    ['an empty list for a part', replace('name.givenName', []), 'invalidValue'],
    ['an empty list for a part of a value', replace('name', { givenName: [] }), 'invalidValue'],
    ['an empty user name', replace('userName', ''), 'invalidValue'],
    ['a dotted key', add(undefined, { 'name.givenName': 'x' }), 'invalidPath'],
    ['the schema of the resource as a path', add(USER, { title: 'x' }), 'invalidPath'],
  ] as [string, ReceivedPatchOperation, string][])('of %s has the keyword of the RFC', (_name, operation, scimType) => {
    const error = failure(user, [replace('nickName', 'ok'), operation]);
    expect({ name: error.name, code: error.code, scimType: error.scimType, operation: error.operation }).toEqual({
      name: 'PatchError',
      code: 'invalid_patch',
      scimType,
      operation: 1,
    });
  });

  it('of a member part says that members cannot be changed', () => {
    expect(failure(group, [replace('members[value eq "1"].type', 'Group')]).scimType).toBe('mutability');
    expect(failure(group, [add('members', { display: 'nobody' })]).scimType).toBe('invalidValue');
  });

  it('leaves the resource as it was, whatever was applied before it', () => {
    const input = structuredClone(user);
    expect(() => applyPatch(input, [replace('title', 'x'), add('nickName', 'y'), replace('id', 'z')])).toThrow();
    expect(input).toEqual(user);
  });

  it('tells the path with its values masked, and nothing of the value', () => {
    const error = failure(user, [replace('emails[value eq "secret@example.com" and primary eq true].type', 7)]);
    expect(error.path).toBe('emails[value eq "…" and primary eq "…"].type');
    const told = JSON.stringify(error) + String(error.stack);
    expect(told).not.toContain('secret');
  });
});

describe('attributes of other schemas', () => {
  const device: ResourceSchema = {
    id: 'urn:example:2.0:Device',
    attributes: {
      serial: { required: true, caseExact: true, mutability: 'immutable' },
      tags: { multiValued: true },
      size: { type: 'integer' },
      seen: { type: 'dateTime' },
      owners: {
        type: 'complex',
        multiValued: true,
        subAttributes: { value: { mutability: 'immutable', caseExact: true }, role: { required: true } },
      },
    },
    extensions: [{ id: 'urn:example:2.0:Location', attributes: { room: { required: true } } }],
  };
  const options = { schema: device };

  it('are set once where they are immutable', () => {
    expect(patched({ id: '1' }, [add('serial', 'A')], options)).toEqual({ id: '1', serial: 'A' });
    expect(patched({ serial: 'A' }, [replace('serial', 'A')], options)).toEqual({ serial: 'A' });
    expect(failure({ serial: 'A' }, [replace('serial', 'B')], options).scimType).toBe('mutability');
    expect(failure({ serial: 'A' }, [remove('serial')], options).scimType).toBe('mutability');
  });

  it('are checked by their type', () => {
    expect(patched({}, [add('size', 5), add('seen', '2026-01-01T00:00:00Z')], options)).toEqual({
      size: 5,
      seen: '2026-01-01T00:00:00Z',
    });
    expect(failure({}, [add('size', 1.5)], options).scimType).toBe('invalidValue');
    expect(failure({}, [add('seen', 'yesterday')], options).scimType).toBe('invalidValue');
  });

  it('are found in their extension, which is held where it has required attributes', () => {
    const stored = { 'urn:example:2.0:Location': { room: '1', floor: 2 } };
    expect(patched(stored, [remove('urn:example:2.0:Location:floor')], options)).toEqual({
      'urn:example:2.0:Location': { room: '1' },
    });
    expect(failure(stored, [remove('urn:example:2.0:Location')], options).scimType).toBe('mutability');
    expect(failure(stored, [remove('urn:example:2.0:Location:room')], options).scimType).toBe('mutability');
  });

  it('that are required parts cannot be removed', () => {
    const stored = { owners: [{ value: '1', role: 'admin' }] };
    expect(failure(stored, [remove('owners[value eq "1"].role')], options).scimType).toBe('mutability');
  });
});

describe('the tolerant mode', () => {
  const options = { tolerant: true };

  it('reads op in any case and booleans as text', () => {
    expect(patched(user, [{ op: 'Replace', path: 'active', value: 'False' }], options).active).toBe(false);
    expect(patched(user, [{ op: 'Add', path: 'active', value: 'true' }], options).active).toBe(true);
  });

  it('removes only the members listed', () => {
    const operation = { op: 'Remove', path: 'members', value: [{ value: '1' }, { value: 'nobody' }] };
    expect(patched(group, [operation], options).members).toEqual([{ value: '2' }]);
    expect(patched(group, [{ op: 'remove', path: 'members' }], options)).not.toHaveProperty('members');
  });

  it('reads keys that are paths', () => {
    const value = {
      'name.givenName': 'B',
      [`${ENTERPRISE}:department`]: 'Tours',
      [`${ENTERPRISE}:manager.value`]: '7',
      'emails[type eq "work"].value': 'b@example.com',
    };
    expect(patched(user, [replace(undefined, value)], options)).toEqual({
      ...user,
      schemas: [USER, ENTERPRISE],
      name: { ...user.name, givenName: 'B' },
      emails: [{ ...user.emails[0], value: 'b@example.com' }, user.emails[1]],
      [ENTERPRISE]: { department: 'Tours', manager: { value: '7' } },
    });
  });

  it('creates the value that a filter asks for', () => {
    expect(patched(user, [add('phoneNumbers[type eq "mobile"].value', '555')], options).phoneNumbers).toEqual([
      { type: 'mobile', value: '555' },
    ]);
    expect(
      patched(user, [replace('addresses[type eq "work" and primary eq "True"].country', 'NO')], options),
    ).toMatchObject({
      addresses: [{ type: 'work', primary: true, country: 'NO' }],
    });
    expect(failure(user, [replace('emails[type sw "x"].value', 'x')], options).scimType).toBe('noTarget');
  });

  it('matches booleans that a filter quotes', () => {
    expect(patched(user, [replace('emails[primary eq "True"].type', 'other')], options).emails).toEqual([
      { ...user.emails[0], type: 'other' },
      user.emails[1],
    ]);
  });

  it('takes a bare string for a complex value', () => {
    expect(patched(user, [add(`${ENTERPRISE}:manager`, '7')], options)[ENTERPRISE]).toEqual({
      manager: { value: '7' },
    });
    expect(patched(group, [add('members', ['3'])], options).members).toEqual([...group.members, { value: '3' }]);
  });

  it('ignores the read-only attributes that come along', () => {
    expect(patched(group, [replace(undefined, { id: 'g', displayName: 'New' })], options)).toEqual({
      ...group,
      displayName: 'New',
    });
    const input = frozen(structuredClone(user));
    const operations = [
      replace('id', 'x'),
      remove('id'),
      replace('meta.created', 'x'),
      add('groups', [{ value: 'g' }]),
      add(`${ENTERPRISE}:manager.displayName`, 'x'),
    ];
    expect(applyPatch(input, operations, options)).toBe(input);
  });

  it('takes what is single out of a list and out of an object', () => {
    const operations = [
      add(`${ENTERPRISE}:manager`, [{ $ref: null, value: '7' }]),
      replace('active', [{ value: 'False' }]),
    ];
    expect(patched(user, operations, options)).toMatchObject({
      active: false,
      [ENTERPRISE]: { manager: { value: '7' } },
    });
    expect(failure(user, operations).scimType).toBe('invalidValue');
    expect(failure(user, [replace('active', [true, false])], options).scimType).toBe('invalidValue');
  });

  it('creates of what a filter asks for only what has a value, and no member', () => {
    expect(patched({}, [add('emails[type eq null].value', 'a')], options)).toEqual({ emails: [{ value: 'a' }] });
    const outsider = [replace('members[value eq "9"].display', 'x')];
    expect(failure(group, outsider, options).scimType).toBe('noTarget');
  });
});

describe('many members', () => {
  it('are changed by a run of operations as by one after another', () => {
    const operations = [
      add('members', [{ value: '3' }]),
      remove('members[value eq "1"]'),
      add('members', { value: '1', type: 'User' }),
      remove('members[value eq "3"]'),
      add('members', [{ value: '4' }, { value: '2' }]),
      replace('displayName', 'between'),
      remove('members[VALUE eq "4"]'),
    ];
    const together = patched(group, operations);
    const oneByOne = operations.reduce<object>((current, operation) => patched(current, [operation]), group);
    expect(together).toEqual(oneByOne);
    expect(together).toEqual({
      ...group,
      displayName: 'between',
      members: [{ value: '2' }, { value: '1', type: 'User' }],
    });
  });

  it('are changed in time that grows with their number, not with its square', () => {
    const members = Array.from({ length: 50_000 }, (_, index) => ({ value: `user-${index}` }));
    const operations = members.flatMap(({ value }) => [
      add('members', [{ value: `${value}-new` }]),
      remove(`members[value eq "${value}"]`),
    ]);
    const started = performance.now();
    expect(applyPatch({ id: 'g', displayName: 'x', members }, operations).members).toHaveLength(50_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('share the resource with the input where nothing changed', () => {
    const result = applyPatch(group, [replace('displayName', 'New')]);
    expect(result.members).toBe(group.members);
    expect(applyPatch(user, [replace('emails[type eq "work"].display', 'x')]).emails[1]).toBe(user.emails[1]);
  });
});

describe('a path that was read before', () => {
  it('means the same again, whatever the resource and the options are', () => {
    const own = 'urn:x:shoes:size';
    expect(patched(user, [add(own, { size: 3 })])).toMatchObject({ 'urn:x:shoes': { size: { size: 3 } } });
    // Of this resource it is the name of an extension.
    expect(patched({ ...user, [own]: { size: 1 } }, [add(own, { size: 3 })])).toEqual(
      expect.objectContaining({ [own]: { size: 3 } }),
    );
    expect(patched(user, [add(own, { size: 3 })])).toMatchObject({ 'urn:x:shoes': { size: { size: 3 } } });
    const [work] = applyPatch(user, [replace('emails[type eq "work"].kind', 'x')]).emails;
    expect(work).toMatchObject({ kind: 'x' });
    const refused = failure(user, [replace('emails[type eq "work"].kind', 'x')], { unknownAttributes: 'refuse' });
    expect(refused.scimType).toBe('invalidPath');
  });

  it('means something else in a resource of another type', () => {
    const path = 'members[type eq "User"].display';
    const ofGroup = { ...group, members: [{ value: '1', type: 'User' }] };
    expect(patched(ofGroup, [replace(path, 'x')])).toMatchObject({ members: [{ display: 'x' }] });
    expect(failure(user, [replace(path, 'x')]).scimType).toBe('noTarget');
    expect(patched(user, [add('members', ['1'])]).members).toEqual(['1']);
    expect(patched(ofGroup, [add('members', [{ value: '2' }])]).members).toHaveLength(2);
  });
});
