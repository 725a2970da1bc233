import { enterpriseUrn, userUrn } from '../support/ask-scim.js';

/** The user that every patch is applied to. */
export const patchedUser = {
  schemas: [userUrn, enterpriseUrn],
  userName: 'bjensen',
  active: true,
  title: 'Tour Guide',
  nickName: 'Babs',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  addresses: [{ type: 'work', streetAddress: '100 Universal City Plaza', locality: 'Hollywood' }],
  [enterpriseUrn]: { department: 'Tour Operations', employeeNumber: '701984' },
};

/** A patch by what it does. */
export const patches: Readonly<Record<string, readonly object[]>> = {
  'replaces a simple attribute': [{ op: 'replace', path: 'title', value: 'Lead' }],
  'replaces an attribute that is absent': [{ op: 'replace', path: 'displayName', value: 'Babs Jensen' }],
  'adds a simple attribute': [{ op: 'add', path: 'userType', value: 'Employee' }],
  'removes a simple attribute': [{ op: 'remove', path: 'title' }],
  'removes an attribute that is absent': [{ op: 'remove', path: 'displayName' }],
  'replaces a sub-attribute': [{ op: 'replace', path: 'name.familyName', value: 'Smith' }],
  'removes a sub-attribute': [{ op: 'remove', path: 'name.familyName' }],
  'merges into a complex attribute on replace': [{ op: 'replace', path: 'name', value: { familyName: 'Smith' } }],
  'merges into a complex attribute on add': [{ op: 'add', path: 'name', value: { middleName: 'J' } }],
  'adds to a list': [{ op: 'add', path: 'emails', value: [{ value: 'b@work.example', type: 'other' }] }],
  'adds one value to a list': [{ op: 'add', path: 'emails', value: { value: 'b@work.example', type: 'other' } }],
  'does not repeat a value': [{ op: 'add', path: 'emails', value: [{ value: 'babs@jensen.org', type: 'home' }] }],
  'moves primary to the new value': [
    { op: 'add', path: 'emails', value: [{ value: 'b@work.example', type: 'other', primary: true }] },
  ],
  'replaces a list': [{ op: 'replace', path: 'emails', value: [{ value: 'b@work.example', type: 'work' }] }],
  'empties a list': [{ op: 'replace', path: 'emails', value: [] }],
  'removes a list': [{ op: 'remove', path: 'emails' }],
  'removes chosen values': [{ op: 'remove', path: 'emails[type eq "home"]' }],
  'removes chosen values by two conditions': [
    { op: 'remove', path: 'emails[type eq "work" and value ew "example.com"]' },
  ],
  'removes nothing when nothing is chosen': [{ op: 'remove', path: 'emails[type eq "other"]' }],
  'removes a part of chosen values': [{ op: 'remove', path: 'emails[type eq "work"].primary' }],
  'replaces a chosen value': [
    {
      op: 'replace',
      path: 'addresses[type eq "work"]',
      value: { type: 'work', streetAddress: '911 Universal City Plaza' },
    },
  ],
  'replaces a part of chosen values': [
    { op: 'replace', path: 'addresses[type eq "work"].streetAddress', value: '1010 Broadway' },
  ],
  'refuses to replace what is not there': [
    { op: 'replace', path: 'emails[type eq "other"].value', value: 'x@a.example' },
  ],
  'replaces in the extension': [{ op: 'replace', path: `${enterpriseUrn}:department`, value: 'Ops' }],
  'adds a complex attribute to the extension': [
    { op: 'add', path: `${enterpriseUrn}:manager`, value: { value: 'm-1' } },
  ],
  'removes from the extension': [{ op: 'remove', path: `${enterpriseUrn}:employeeNumber` }],
  'adds without a path': [
    { op: 'add', value: { emails: [{ value: 'b@work.example', type: 'other' }], displayName: 'Babs' } },
  ],
  'replaces without a path': [{ op: 'replace', value: { title: 'Lead', active: false } }],
  'reaches the extension without a path': [{ op: 'replace', value: { [enterpriseUrn]: { department: 'Ops' } } }],
  'finds names in another case': [{ op: 'replace', path: 'NICKNAME', value: 'B' }],
  'goes on from what came before': [
    { op: 'remove', path: 'emails[type eq "work"]' },
    { op: 'add', path: 'emails', value: [{ value: 'new@example.com', type: 'work', primary: true }] },
  ],
  'refuses to remove what is required': [{ op: 'remove', path: 'userName' }],
  'refuses to remove without a path': [{ op: 'remove' }],
  'refuses a path it cannot read': [{ op: 'replace', path: 'name..x', value: 'x' }],
  'refuses to change what is read-only': [{ op: 'replace', path: 'id', value: 'x' }],
  'refuses a value of the wrong type': [{ op: 'replace', path: 'active', value: 'maybe' }],
  'refuses an operation there is not': [{ op: 'move', path: 'title', value: 'x' }],
  'unassigns with null': [{ op: 'replace', path: 'title', value: null }],
};
