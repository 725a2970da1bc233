import { scimPatch } from 'scim-patch';
import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import type { ReceivedPatchOperation } from '../../../src/scim/schemas/common.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const user = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: '1',
  userName: 'b',
  active: true,
  meta: { resourceType: 'User' },
  name: { givenName: 'B', familyName: 'J' },
  emails: [
    { value: 'a@e.com', type: 'work', primary: true },
    { value: 'b@e.com', type: 'home' },
  ],
};
const group = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  id: 'g',
  displayName: 'G',
  meta: { resourceType: 'Group' },
  members: [{ value: '1', display: 'x' }, { value: '2' }],
};

type Result = Record<string, unknown> | string;

function result(apply: () => object): Result {
  try {
    // The other library stamps the time of the change.
    const { meta: _meta, ...rest } = apply() as Record<string, unknown>;
    return rest;
  } catch (error) {
    const { scimType, scimCode } = error as { scimType?: string; scimCode?: string };
    return scimType ?? scimCode ?? 'refused';
  }
}

const ours = (resource: object, operation: ReceivedPatchOperation) => result(() => applyPatch(resource, [operation]));
const theirs = (resource: object, operation: ReceivedPatchOperation) =>
  result(() =>
    scimPatch(structuredClone(resource) as Parameters<typeof scimPatch>[0], [operation] as never, {
      mutateDocument: false,
    }),
  );

describe('where scim-patch agrees', () => {
  it.each<[object, ReceivedPatchOperation]>([
    [user, { op: 'replace', path: 'active', value: false }],
    [user, { op: 'add', path: 'emails', value: { value: 'c' } }],
    [user, { op: 'add', path: 'emails', value: [{ value: 'a@e.com', type: 'work', primary: true }] }],
    [user, { op: 'replace', path: 'name', value: { givenName: 'X' } }],
    [user, { op: 'add', path: 'name.middleName', value: 'M' }],
    [user, { op: 'remove', path: 'name.givenName' }],
    [user, { op: 'remove', path: 'emails[type eq "work"]' }],
    [
      { ...user, emails: user.emails.slice(0, 1) },
      { op: 'remove', path: 'emails[type eq "work"]' },
    ],
    [user, { op: 'remove', path: 'emails[type eq "other"]' }],
    [user, { op: 'replace', path: 'emails[type eq "other"].value', value: 'x' }],
    [user, { op: 'replace', path: 'emails[type eq "work" and not (primary eq false)].value', value: 'z' }],
    [user, { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:active', value: false }],
    [user, { op: 'remove' }],
  ])('%#: %j', (resource, operation) => {
    expect(ours(resource, operation)).toEqual(theirs(resource, operation));
  });
});

/** A row is: the resource, the operation, a part of the result here (or its scimType), and why it is the right one. */
const differences: [object, ReceivedPatchOperation, object | string, string][] = [
  [
    group,
    { op: 'add', path: 'members', value: [{ value: '1' }] },
    { members: group.members },
    'a member already (§3.5.2.1)',
  ],
  [
    user,
    { op: 'replace', path: 'NAME.givenname', value: 'X' },
    { name: { givenName: 'X', familyName: 'J' } },
    'names have no case (RFC 7643 §2.1)',
  ],
  [
    user,
    { op: 'replace', path: 'emails[TYPE eq "WORK"].value', value: 'z' },
    { active: true },
    'neither have types of addresses',
  ],
  [
    user,
    { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
    {
      emails: [
        { value: 'a@e.com', type: 'work', primary: false },
        { value: 'b@e.com', type: 'home', primary: true },
      ],
    },
    'one primary at most (§3.5.2)',
  ],
  [
    user,
    { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'n' } },
    { emails: [{ value: 'n' }, user.emails[1]] },
    'matching values are replaced, not merged (§3.5.2.3)',
  ],
  [
    user,
    { op: 'add', path: 'emails[type eq "other"].value', value: 'x' },
    'noTarget',
    'no match (table 9); created in tolerant mode',
  ],
  [user, { op: 'replace', path: 'id', value: '2' }, 'mutability', 'read-only'],
  [user, { op: 'remove', path: 'userName' }, 'mutability', 'required'],
  [
    group,
    { op: 'replace', path: 'members[value eq "1"].display', value: 'y' },
    'mutability',
    'parts of members are immutable',
  ],
  [
    user,
    { op: 'add', path: `${ENTERPRISE}:department`, value: 'x' },
    { schemas: [...user.schemas, ENTERPRISE] },
    'the schema is listed implicitly (§3.5.2)',
  ],
  [
    user,
    { op: 'add', value: { [ENTERPRISE]: { department: 'x' } } },
    { [ENTERPRISE]: { department: 'x' } },
    'a URN is not split at its dot',
  ],
  [
    user,
    { op: 'replace', path: 'active', value: 'False' },
    'invalidValue',
    'a text is not a boolean; read in tolerant mode',
  ],
  [user, { op: 'replace', path: 'title', value: null }, user, 'null is no value (RFC 7643 §2.5)'],
  [
    user,
    { op: 'Replace', path: 'active', value: false },
    'invalidSyntax',
    'lower case by §3.5.2; read in tolerant mode',
  ],
  [user, { op: 'replace', value: { 'name.givenName': 'X' } }, 'invalidPath', 'a key is a name; read in tolerant mode'],
  [
    group,
    { op: 'remove', path: 'members', value: [{ value: '1' }] },
    'invalidValue',
    'not of the RFC; read in tolerant mode',
  ],
];

describe('where it differs, and why the answer here is the right one', () => {
  it.each(differences)('%#: %j %j', (resource, operation, expected, reason) => {
    const here = ours(resource, operation);
    if (typeof expected === 'string') expect(here).toBe(expected);
    else expect(here).toMatchObject(Object(result(() => expected)));
    expect(theirs(resource, operation)).not.toEqual(here);
    expect(reason).not.toBe('');
  });
});
