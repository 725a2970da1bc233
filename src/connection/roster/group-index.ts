import type { Group } from '../../scim/schemas/group.js';
import type { DirectoryUser } from './directory-user.js';
import type { DirectoryEntry } from './person.js';

type GroupName = DirectoryEntry['groups'][number];

/** Who is in which group, from both sides: servers leave out `members`, `groups`, or neither. */
export class GroupIndex {
  /** A list of one is shared by all who are in that group only. */
  readonly #groupsOf = new Map<string, GroupName[]>();
  /** The last name of each group that somebody's entry said: for the members of it one object, and one text. */
  readonly #names = new Map<string, GroupName>();

  add(group: Group): void {
    const name = { id: group.id, displayName: group.displayName };
    const alone = [name];
    for (const { value } of group.members ?? []) {
      if (!value) continue;
      const groups = this.#groupsOf.get(value);
      if (groups === undefined) this.#groupsOf.set(value, alone);
      else if (groups.length === 1) this.#groupsOf.set(value, [...groups, name]);
      else groups.push(name);
    }
  }

  /** The name of a group, as an entry of one of its members has it. */
  nameOf(id: string, displayName: string): GroupName {
    const known = this.#names.get(id);
    if (known?.displayName === displayName) return known;
    const name = { id, displayName };
    this.#names.set(id, name);
    return name;
  }

  groupsOf({ entry, groups }: DirectoryUser): readonly GroupName[] {
    const names = new Map((this.#groupsOf.get(entry.id) ?? []).map((name) => [name.id, name]));
    for (const name of groups) if (!names.has(name.id)) names.set(name.id, name);
    return [...names.values()];
  }
}
