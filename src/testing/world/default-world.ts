import type { EmulatorClock } from '../core/emulator-clock.js';
import type { Random } from '../core/random.js';
import type { EmulatorStore } from '../store.js';
import { type Person, personOf } from './people.js';
import { userOfPerson } from './user-of-person.js';

/** A dozen people in three groups and two workspaces, with a few days of events. */
export function fillDefaultWorld(world: {
  readonly store: EmulatorStore;
  readonly random: Random;
  readonly clock: EmulatorClock;
  readonly organizationId: string;
}): void {
  const { store, random, organizationId } = world;
  const people = Array.from({ length: 12 }, (_none, number) => personOf(number));
  const users = people.map((person) => store.users.create(userOfPerson(person)));
  const groups = [
    ['Engineering', users.slice(0, 6)],
    ['Finance', users.slice(6, 9)],
    ['Everyone', users],
  ] as const;
  for (const [displayName, members] of groups) {
    const externalId = `grp-${displayName.toLowerCase()}`;
    store.groups.create({ displayName, externalId, members: members.map(({ id }) => ({ value: id })) });
  }
  for (const [name, members] of [
    ['Northwind', people],
    ['Northwind Labs', people.slice(0, 6)],
  ] as const) {
    const id = random.uuid();
    store.workspaces.add({ id, name, organizationId }, members.map(memberOf));
  }
}

function memberOf(person: Person, index: number) {
  const role = index === 0 ? 'account-owner' : index === 1 ? 'account-admin' : 'standard-user';
  const name = `${person.givenName} ${person.familyName}`;
  return {
    id: person.userId,
    email: person.email,
    name,
    created_at: 1_719_313_200 + index * 3600.5,
    role,
    status: 'active',
  };
}
