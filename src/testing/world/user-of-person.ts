import { ENTERPRISE_USER_URN, USER_URN } from '../../scim/schemas/urns.js';
import type { NewUser } from '../store.js';
import type { Person } from './people.js';

// One list for all: in a world of 100,000 users it counts.
const schemas = [USER_URN, ENTERPRISE_USER_URN] as const;

/** The SCIM user of a person, in the shape ChatGPT Enterprise wants: the e-mail address as `userName` and one primary e-mail. */
export function userOfPerson(person: Person, externalId?: string): NewUser {
  const { givenName, familyName, email, title, department } = person;
  return {
    schemas,
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
