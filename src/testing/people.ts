import { checkNumber, checkObject, checkOptions, checkText } from '../errors/check-options.js';
import { ENTERPRISE_USER_URN, USER_URN } from '../scim/schemas/urns.js';
import { createRandom, seedOf } from './random.js';
import type { NewUser } from './store.js';
import { userIdFrom } from './user-id.js';

/** A person of a made-up company: the same one behind the SCIM user, the workspace member and the actor of events. */
export interface Person {
  /** First name. */
  readonly givenName: string;
  /** Last name. */
  readonly familyName: string;
  /** Address, in lower case and without accents. */
  readonly email: string;
  /** Id in ChatGPT: `user-` and 24 letters and digits. */
  readonly userId: string;
  /** Such as `Lead`. */
  readonly title: string;
  /** Such as `Finance`. */
  readonly department: string;
}

const givenNames = (
  'Mira Jonas Aiko Lena Omar Sofia Noah Priya Mateo Ingrid Kwame Elena Tomás Yuki Hana Viktor Amara ' +
  'Liam Zofia Rafael Nadia Søren Leila Pavel'
).split(' ');

const familyNames = (
  'Sol Keller Tanaka Brandt Haddad Marin Okafor Nair Rojas Lund Mensah Petrova Vidal Mori Novak Weiss ' +
  'Diallo Byrne Kowal Costa Rahman Holm Farid Dvorak Ito Silva Berg Moreau Jansen Kaya Rossi'
).split(' ');

const departments = ['Engineering', 'Finance', 'Legal', 'Marketing', 'Operations', 'Sales', 'Support'] as const;
const titles = ['Analyst', 'Director', 'Engineer', 'Lead', 'Manager', 'Specialist'] as const;

/** The person with this number, from 0: always the same, no two with one address. The default world has the first twelve. */
export function personOf(number: number, domain = 'northwind.example'): Person {
  checkNumber('number', number, 0);
  checkText('domain', domain);
  const givenName = givenNames[number % givenNames.length] ?? 'Mira';
  const familyName = familyNames[(number * 7 + Math.floor(number / givenNames.length)) % familyNames.length] ?? 'Sol';
  const repeats = Math.floor(number / (givenNames.length * familyNames.length));
  const suffix = repeats === 0 ? '' : String(repeats + 1);
  const email = `${plain(givenName)}.${plain(familyName)}${suffix}@${domain}`;
  const random = createRandom(seedOf(email));
  return {
    givenName,
    familyName,
    email,
    userId: userIdFrom(random),
    title: random.pick(titles),
    department: random.pick(departments),
  };
}

/** @throws InputError for what is no person, and for a name that there is not. */
export function checkPerson(person: Person): Person {
  checkObject('person', person);
  return checkOptions<Person>('a person', person, {
    givenName: true,
    familyName: true,
    email: true,
    userId: true,
    title: true,
    department: true,
  });
}

function plain(name: string): string {
  const letters = name.toLowerCase().replace('ø', 'o').normalize('NFD');
  return letters.replace(/[^a-z]/g, '');
}

// One list for all: with 100,000 users it counts.
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
