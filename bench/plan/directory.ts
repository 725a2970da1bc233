// The directory of the benchmark, as the server has it and as it should be: both sides make it up from the same people.
import { type Person, personOf } from 'chatgpt-enterprise-sdk/testing';

const membersPerGroup = 100;

/** How large it is, and how much of it changes. */
export interface Size {
  readonly users: number;
  readonly groups: number;
  /** Changes: a quarter each of new people, people who left, other titles, and changed groups. */
  readonly changes: number;
}

function userOf(number: number, { givenName, familyName, email, title, department }: Person) {
  return {
    userName: email,
    externalId: `hr-${number}`,
    name: { givenName, familyName },
    displayName: `${givenName} ${familyName}`,
    title,
    emails: [{ value: email, type: 'work', primary: true }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department },
  };
}

function membersOf(group: number, users: number): number[] {
  return Array.from({ length: Math.min(membersPerGroup, users) }, (_none, index) => (group * 97 + index * 199) % users);
}

/** What the server has. Members are numbers of users. */
export function* storedUsers({ users }: Size) {
  for (let number = 0; number < users; number++) yield { ...userOf(number, personOf(number)), active: true };
}

export function storedGroups({ users, groups }: Size) {
  return Array.from({ length: groups }, (_none, group) => ({
    displayName: `Team ${group}`,
    externalId: `team-${group}`,
    members: [...new Set(membersOf(group, users))],
  }));
}

/** How it should be: the last users are gone, as many are new, and others have another title. */
export function* desiredUsers({ users, changes }: Size) {
  const each = Math.round(changes / 4);
  for (let number = 0; number < users + each; number++) {
    const isGone = number >= users - each && number < users;
    const user = userOf(number, personOf(number));
    if (!isGone) yield number < each ? { ...user, title: 'Promoted' } : user;
  }
}

/** The first groups have one of the new people, each another one. */
export function* desiredGroups(size: Size) {
  const each = Math.round(size.changes / 4);
  for (const [group, { members, ...stored }] of storedGroups(size).entries()) {
    const staying = members.filter((number) => number < size.users - each);
    const joining = group < each ? [size.users + group] : [];
    yield { ...stored, members: [...staying, ...joining].map((number) => `hr-${number}`) };
  }
}

/** A whole roster: nobody in the directory owns the workspace. */
export function* rosterOf(ids: readonly string[]) {
  const workspaceId = '11111111-1111-4111-8111-111111111111';
  for (const [number, id] of ids.entries()) {
    yield { directory: { id }, workspaces: [{ workspaceId, userId: `user-${number}`, role: 'standard-user' }] };
  }
  const workspaces = [{ workspaceId, userId: 'user-founder', role: 'account-owner' }];
  yield { email: 'founder@north.example', workspaces };
}
