import { ENTERPRISE_USER_URN, USER_URN } from '../../scim/schemas/urns.js';
import type { NewUser } from '../store.js';
import type { Person } from './people.js';

/** The SCIM user of a person, in the shape ChatGPT Enterprise wants: the e-mail address as `userName` and one primary e-mail. */
export function userOfPerson(person: Person, externalId?: string): NewUser {
  const { givenName, familyName, email, title, department } = person;
  return {
    schemas: [USER_URN, ENTERPRISE_USER_URN],
    userName: email,
    externalId: externalId ?? `hr-${person.userId.slice(-6)}`,
    active: true,
    displayName: `${givenName} ${familyName}`,
    name: { givenName, familyName, formatted: `${givenName} ${familyName}` },
    title,
    emails: [{ value: email, type: 'work', primary: true }],
    [ENTERPRISE_USER_URN]: { department },
  };
}
