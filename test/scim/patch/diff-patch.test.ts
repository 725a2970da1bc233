import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import { diffPatch } from '../../../src/scim/patch/diff.js';
import type { ResourceSchema } from '../../../src/scim/schemas/rules.js';
import user from '../../fixtures/rfc7643/user-enterprise.json' with { type: 'json' };

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('the difference of two states', () => {
  it('is nothing where they mean the same', () => {
    const reordered = {
      ...structuredClone(user),
      emails: [...user.emails].reverse(),
      nickName: 'Babs',
      title: user.title,
    };
    expect(diffPatch(user, reordered)).toEqual([]);
    expect(diffPatch({ title: null, emails: [], name: {} }, {})).toEqual([]);
    expect(diffPatch({}, { title: null, emails: [], name: { givenName: null } })).toEqual([]);
    expect(diffPatch({ USERNAME: 'a', Emails: [{ VALUE: 'x' }] }, { userName: 'a', emails: [{ value: 'x' }] })).toEqual(
      [],
    );
  });

  it('is one operation with one path for each attribute', () => {
    const before = {
      userName: 'a',
      title: 'x',
      active: true,
      name: { givenName: 'A', familyName: 'B', middleName: 'C' },
    };
    const after = {
      userName: 'b',
      active: true,
      name: { givenName: 'A', familyName: 'Z', formatted: 'F' },
      nickName: 'n',
    };
    expect(diffPatch(before, after)).toEqual([
      { op: 'replace', path: 'userName', value: 'b' },
      { op: 'remove', path: 'title' },
      { op: 'replace', path: 'name.familyName', value: 'Z' },
      { op: 'remove', path: 'name.middleName' },
      { op: 'add', path: 'name.formatted', value: 'F' },
      { op: 'add', path: 'nickName', value: 'n' },
    ]);
  });

  it('adds and removes a complex attribute whole', () => {
    expect(diffPatch({}, { name: { givenName: 'A' } })).toEqual([
      { op: 'add', path: 'name', value: { givenName: 'A' } },
    ]);
    expect(diffPatch({ name: { givenName: 'A' } }, {})).toEqual([{ op: 'remove', path: 'name' }]);
  });

  it('replaces a multi-valued attribute whole', () => {
    const emails = [{ value: 'a@example.com', type: 'work' }];
    expect(diffPatch({ emails }, { emails: [...emails, { value: 'b' }] })).toEqual([
      { op: 'replace', path: 'emails', value: [...emails, { value: 'b' }] },
    ]);
    expect(diffPatch({}, { emails })).toEqual([{ op: 'add', path: 'emails', value: emails }]);
    expect(diffPatch({ emails }, { emails: [] })).toEqual([{ op: 'remove', path: 'emails' }]);
  });

  it('names the schema of an extension', () => {
    const before = { [ENTERPRISE]: { department: 'A', manager: { value: '1', displayName: 'One' } } };
    const after = { [ENTERPRISE]: { department: 'B', manager: { value: '2', displayName: 'Two' }, division: 'D' } };
    expect(diffPatch(before, after)).toEqual([
      { op: 'replace', path: `${ENTERPRISE}:department`, value: 'B' },
      { op: 'replace', path: `${ENTERPRISE}:manager.value`, value: '2' },
      { op: 'add', path: `${ENTERPRISE}:division`, value: 'D' },
    ]);
    expect(diffPatch({ [ENTERPRISE]: { manager: '1' } }, { [ENTERPRISE]: { manager: { value: '1' } } })).toEqual([]);
  });

  it('leaves alone what cannot be written or compared', () => {
    const before = { ...user, id: '1', unspeakable_: 1, 'a b': 1, password: 'x', meta: {}, groups: [] };
    const after = { ...user, id: '2', unspeakable_: 1, 'a b': 2, password: 'y', meta: { version: '2' }, schemas: [] };
    expect(diffPatch(before, after)).toEqual([]);
    const { userName: _userName, ...nameless } = user;
    expect(diffPatch(user, nameless)).toEqual([]);
  });

  it('ignores case only when asked, and only where the schema does', () => {
    const before = { userName: 'A@Example.com', externalId: 'X', emails: [{ value: 'A@Example.com' }] };
    const after = { userName: 'a@example.com', externalId: 'x', emails: [{ value: 'a@example.com' }] };
    expect(diffPatch(before, after)).toHaveLength(3);
    expect(diffPatch(before, after, { ignoreCase: true })).toEqual([{ op: 'replace', path: 'externalId', value: 'x' }]);
  });

  it('keeps what the later state says nothing of, when asked', () => {
    const before = {
      title: 'x',
      nickName: 'n',
      name: { givenName: 'A', familyName: 'B' },
      [ENTERPRISE]: { department: 'D' },
    };
    const after = { nickName: null, name: { givenName: 'Z' } };
    expect(diffPatch(before, after, { absent: 'keep' })).toEqual([
      { op: 'remove', path: 'nickName' },
      { op: 'replace', path: 'name.givenName', value: 'Z' },
    ]);
    expect(diffPatch(before, { [ENTERPRISE]: null }, { absent: 'keep' })).toEqual([
      { op: 'remove', path: `${ENTERPRISE}:department` },
    ]);
    expect(diffPatch(before, { [ENTERPRISE]: { division: 'X' } }, { absent: 'keep' })).toEqual([
      { op: 'add', path: `${ENTERPRISE}:division`, value: 'X' },
    ]);
  });

  it('keeps the parts that the later state says nothing of, when asked', () => {
    const before = {
      name: { givenName: 'A', familyName: 'B' },
      [ENTERPRISE]: { department: 'D', manager: { value: '1', $ref: 'r' } },
    };
    const kept = (after: object) => diffPatch(before, after, { absent: 'keep' });
    expect(kept({ name: { givenName: null } })).toEqual([{ op: 'remove', path: 'name.givenName' }]);
    expect(kept({ name: {}, [ENTERPRISE]: {} })).toEqual([]);
    expect(kept({ [ENTERPRISE]: { manager: { value: null } } })).toEqual([
      { op: 'remove', path: `${ENTERPRISE}:manager.value` },
    ]);
    expect(kept({ name: null })).toEqual([{ op: 'remove', path: 'name' }]);
  });

  it('tells one value from a list of one, where the schema does not say which it is', () => {
    expect(diffPatch({ tags: 'x' }, { tags: ['x'] })).toEqual([{ op: 'replace', path: 'tags', value: ['x'] }]);
    expect(diffPatch({ emails: { value: 'x' } }, { emails: [{ value: 'x' }] })).toEqual([]);
  });

  it('names an attribute once, whatever its spellings', () => {
    expect(diffPatch({}, { Title: 'a', title: 'b' })).toEqual([{ op: 'add', path: 'title', value: 'b' }]);
    expect(diffPatch({}, { Shoe: 'a', shoe: 'b' })).toHaveLength(1);
  });

  it('takes no word of primary for a no', () => {
    expect(diffPatch({ emails: [{ value: 'a' }] }, { emails: [{ value: 'a', primary: false }] })).toEqual([]);
    expect(diffPatch({ emails: [{ value: 'a', primary: true }] }, { emails: [{ value: 'a' }] })).toHaveLength(1);
  });

  it('shares nothing with the states', () => {
    const after = { emails: [{ value: 'a', x: { y: [1] } }], tags: [['a']], members: [{ value: '1', x: { y: 1 } }] };
    const operations = diffPatch({}, after);
    const given = structuredClone(operations);
    const [email] = after.emails;
    email?.x.y.push(2);
    after.tags[0]?.push('b');
    Object.assign(after.members[0]?.x ?? {}, { y: 2 });
    expect(operations).toEqual(given);
  });

  it('leaves out the key that would be a prototype, at any depth', () => {
    const after = JSON.parse('{"x":{"y":{"__proto__":{"a":1},"b":1}},"tags":[{"__proto__":{},"c":1}]}') as object;
    const operations = diffPatch({}, after);
    expect(JSON.stringify(operations)).not.toContain('__proto__');
    expect(diffPatch(applyPatch({}, operations), after)).toEqual([]);
  });

  it('leaves alone what can be set only once, and keys that no path leads to', () => {
    const rules = { mutability: 'immutable' } as const;
    const schema: ResourceSchema = {
      id: 'urn:example:Device',
      attributes: { serial: rules, box: { type: 'complex', subAttributes: { id: rules, size: {} } } },
    };
    const before = { serial: 'a', box: { id: '1', size: 's' } };
    const after = { serial: 'b', box: { id: '2', size: 'm' } };
    expect(diffPatch(before, after, { schema })).toEqual([{ op: 'replace', path: 'box.size', value: 'm' }]);
    expect(diffPatch({}, before, { schema })).toHaveLength(2);
    expect(diffPatch({ 'urn:x:y': { a: 1 } }, { 'urn:x:y': 'text' })).toEqual([]);
  });

  it('follows the schema given', () => {
    const schema: ResourceSchema = {
      id: 'urn:example:Device',
      attributes: {
        serial: { mutability: 'readOnly' },
        owners: {
          type: 'complex',
          multiValued: true,
          subAttributes: { value: { caseExact: true, mutability: 'immutable' } },
        },
      },
    };
    const before = { serial: '1', owners: [{ value: 'a' }] };
    expect(diffPatch(before, { serial: '2', owners: [{ value: 'b' }] }, { schema })).toEqual([
      { op: 'add', path: 'owners', value: [{ value: 'b' }] },
      { op: 'remove', path: 'owners[value eq "a"]' },
    ]);
  });
});

describe('the members of a group', () => {
  const member = (value: string) => ({ value });

  it('are added in lists and removed one by one', () => {
    const before = { members: [{ value: 'a', display: 'A' }, member('b')] };
    const after = { members: [member('a'), member('c'), member('d'), member('e')] };
    expect(diffPatch(before, after, { chunkSize: 2 })).toEqual([
      { op: 'add', path: 'members', value: [member('c'), member('d')] },
      { op: 'add', path: 'members', value: [member('e')] },
      { op: 'remove', path: 'members[value eq "b"]' },
    ]);
  });

  it('are never removed all at once, since others may have been added meanwhile', () => {
    expect(diffPatch({ members: [member('a'), member('b')] }, { members: [] })).toEqual([
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'remove', path: 'members[value eq "b"]' },
    ]);
  });

  it('are replaced whole where one without an id differs, to which no path leads', () => {
    const odd = [{ $ref: 'https://x/1' }, { value: 5 }, { display: 'x' }];
    for (const other of odd) {
      const members = [member('a'), other];
      expect(diffPatch({}, { members })).toEqual([{ op: 'add', path: 'members', value: members }]);
      expect(diffPatch({ members: [member('a')] }, { members })).toEqual([
        { op: 'replace', path: 'members', value: members },
      ]);
      expect(diffPatch({ members }, { members: [...members, member('b')] })).toEqual([
        { op: 'add', path: 'members', value: [member('b')] },
      ]);
    }
  });

  it('are known by their value only where nothing else of them can change', () => {
    const subAttributes = { value: { caseExact: true, mutability: 'immutable' }, n: { type: 'integer' } } as const;
    const schema: ResourceSchema = {
      id: 'urn:x',
      attributes: { list: { type: 'complex', multiValued: true, subAttributes } },
    };
    const list = [{ value: 'a', n: 2 }];
    expect(diffPatch({ list: [{ value: 'a', n: 1 }] }, { list }, { schema })).toEqual([
      { op: 'replace', path: 'list', value: list },
    ]);
  });

  it('may have any id', () => {
    const strange = 'a"] or value pr or b["';
    const operations = diffPatch({ members: [member(strange), member('b')] }, { members: [member('b')] });
    expect(operations).toEqual([{ op: 'remove', path: String.raw`members[value eq "a\"] or value pr or b[\""]` }]);
    expect(applyPatch({ members: [member(strange), member('b')] }, operations)).toEqual({ members: [member('b')] });
  });

  it.each([0, -1, 1.5, Number.NaN])('cannot be added in lists of %d', (chunkSize) => {
    expect(() => diffPatch({}, {}, { chunkSize })).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  it('are compared in time that grows with their number', () => {
    const before = { members: Array.from({ length: 50_000 }, (_, index) => member(`a${index}`)) };
    const after = { members: Array.from({ length: 50_000 }, (_, index) => member(`a${index * 2}`)) };
    const started = performance.now();
    const operations = diffPatch(before, after);
    expect(operations).toHaveLength(25_000 + 250);
    expect(applyPatch(before, operations).members).toHaveLength(50_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

it('replaces a list that is new where values of it would be merged, and else adds it', () => {
  const grants = [
    { value: 'repo', scope: 'read' },
    { value: 'repo', scope: 'write' },
  ];
  const after = { 'urn:acme:2.0:User': { grants }, roles: [{ value: 'a' }, { value: 'a' }] };
  const operations = diffPatch({}, after);
  expect(operations.map(({ op, path }) => [op, path])).toEqual([
    ['replace', 'urn:acme:2.0:User:grants'],
    ['add', 'roles'],
  ]);
  expect(diffPatch(applyPatch({}, operations), after)).toEqual([]);
});
