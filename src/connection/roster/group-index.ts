import type { Group } from '../../scim/schemas/group.js';
import type { User } from '../../scim/schemas/user.js';
import type { DirectoryEntry } from './person.js';

type GroupName = DirectoryEntry['groups'][number];

/** Who is in which group, from both sides: servers leave out `members`, `groups`, or neither. */
export class GroupIndex {
  readonly #groupsOf = new Map<string, GroupName[]>();

  add(group: Group): void {
    const name = { id: group.id, displayName: group.displayName };
    for (const { value } of group.members ?? []) {
      if (!value) continue;
      const groups = this.#groupsOf.get(value);
      // Not by `push` to an empty list, which makes room for seventeen.
      if (groups === undefined) this.#groupsOf.set(value, [name]);
      else groups.push(name);
    }
  }

  groupsOf(user: User): readonly GroupName[] {
    const groups = new Map((this.#groupsOf.get(user.id) ?? []).map((group) => [group.id, group]));
    for (const { value, display } of user.groups ?? []) {
      if (value && !groups.has(value)) groups.set(value, { id: value, displayName: display ?? value });
    }
    return [...groups.values()];
  }
}
