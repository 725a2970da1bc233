import { enterpriseUrn, userUrn } from '../support/ask-scim.js';

/** People who differ in what filters ask for: case, missing parts, several values, extensions. */
export const people = [
  {
    schemas: [userUrn, enterpriseUrn],
    userName: 'bjensen',
    externalId: 'Ext-1',
    active: true,
    title: 'Tour Guide',
    userType: 'Employee',
    displayName: 'Babs Jensen',
    name: { givenName: 'Barbara', familyName: "O'Malley" },
    emails: [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', type: 'home' },
    ],
    [enterpriseUrn]: { department: 'Tour Operations', employeeNumber: '701984', manager: { value: 'boss' } },
  },
  {
    schemas: [userUrn],
    userName: 'JSmith',
    externalId: 'ext-1',
    active: false,
    userType: 'Intern',
    displayName: 'Jim "JJ" Smith',
    name: { givenName: 'James', familyName: 'Smith' },
    emails: [{ value: 'jsmith@Example.org', type: 'home' }],
    ims: [{ value: 'someone@foo.com', type: 'xmpp' }],
  },
  { schemas: [userUrn], userName: 'minimal' },
  {
    schemas: [userUrn],
    userName: 'äpfel',
    active: true,
    title: '',
    displayName: 'back\\slash',
    name: { familyName: 'smith' },
    emails: [
      { value: 'a@example.com', type: 'home' },
      { value: 'b@other.net', type: 'work' },
    ],
  },
] as const;
