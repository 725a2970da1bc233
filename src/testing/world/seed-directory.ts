import type { Emulator } from '../emulator.js';
import { personOf } from './people.js';
import { userOfPerson } from './user-of-person.js';

/**
 * Adds users to the directory: made-up people, each with an address of their own. 100,000 of them take half a second.
 *
 * @returns Their ids. It throws nothing: what is put there passes every rule of the service.
 *
 * @example
 * import { createEmulator, seedGroups, seedUsers } from 'chatgpt-enterprise-sdk/testing';
 *
 * const emulator = createEmulator({ world: 'empty' });
 * const userIds = seedUsers(emulator, 100_000);
 * seedGroups(emulator, 5_000, { memberIds: userIds, membersPerGroup: 20 });
 */
export function seedUsers(emulator: Pick<Emulator, 'store'>, count: number): string[] {
  const { users } = emulator.store;
  const first = users.size;
  const ids: string[] = [];
  for (let number = first; number < first + count; number++) {
    const person = personOf(number);
    ids.push(users.add(userOfPerson(person, `hr-${number}`)));
  }
  return ids;
}

/**
 * Adds groups to the directory, each with the next few of the members.
 *
 * @returns Their ids. It throws nothing: what is put there passes every rule of the service.
 *
 * @example
 * import { createEmulator, seedGroups, seedUsers } from 'chatgpt-enterprise-sdk/testing';
 *
 * const emulator = createEmulator({ world: 'empty' });
 * const memberIds = seedUsers(emulator, 40);
 * const [first = ''] = seedGroups(emulator, 4, { memberIds, membersPerGroup: 10 });
 * console.log(emulator.store.groups.get(first)?.members?.length); // 10
 */
export function seedGroups(
  emulator: Pick<Emulator, 'store'>,
  count: number,
  options: {
    /** Ids of users to be members. @default nobody */
    readonly memberIds?: readonly string[] | undefined;
    /** Members of each group. @default 10 */
    readonly membersPerGroup?: number | undefined;
  } = {},
): string[] {
  const { memberIds = [], membersPerGroup = 10 } = options;
  const { groups } = emulator.store;
  const first = groups.size;
  const ids: string[] = [];
  for (let number = first; number < first + count; number++) {
    const members = Array.from({ length: Math.min(membersPerGroup, memberIds.length) }, (_none, index) => ({
      value: memberIds[(number * membersPerGroup + index) % memberIds.length],
    }));
    const displayName = `Team ${number + 1}`;
    ids.push(
      groups.add({ displayName, externalId: `team-${number + 1}`, ...(members.length === 0 ? {} : { members }) }),
    );
  }
  return ids;
}
