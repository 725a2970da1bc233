import type { WorkspaceUser } from '../compliance/workspaces.js';

interface MemberIndex {
  readonly byId: ReadonlyMap<string, WorkspaceUser>;
  /** By address in lower case. */
  readonly byEmail: ReadonlyMap<string, WorkspaceUser>;
  /** In the order of the list. */
  readonly active: readonly WorkspaceUser[];
}

// A list of members is replaced by every change: what was made of one stays true of it.
const indexes = new WeakMap<readonly WorkspaceUser[], MemberIndex>();

/** The members of a list by id and by address, made once for each list: groups ask for thousands. */
export function indexOf(users: readonly WorkspaceUser[]): MemberIndex {
  const known = indexes.get(users);
  if (known !== undefined) return known;
  const made = {
    byId: new Map(users.map((user) => [user.id, user])),
    byEmail: new Map(users.map((user) => [user.email.toLowerCase(), user])),
    active: users.filter(({ status }) => status === 'active'),
  };
  indexes.set(users, made);
  return made;
}
