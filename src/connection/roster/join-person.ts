import type { User } from '../../scim/schemas/user.js';
import type { ActivityIndex } from './activity-index.js';
import type { GroupIndex } from './group-index.js';
import type { DirectoryEntry, Person, PersonConflict, WorkspaceMembership } from './person.js';

/** What is known besides the two entries of one person. */
export interface JoinContext {
  /** Whether the connection has both sides: only then is an absence worth a word. */
  readonly hasBothSides: boolean;
  readonly groups: GroupIndex;
  readonly activity: ActivityIndex | undefined;
}

/** The addresses of a directory entry, the preferred one first, in lower case. */
export function emailsOf(user: User): readonly string[] {
  const listed = [...(user.emails ?? [])].sort(
    (one, other) => Number(other.primary === true) - Number(one.primary === true),
  );
  const emails = listed.flatMap(({ value }) => (value ? [value.toLowerCase()] : []));
  // WorkOS takes a userName that is an address for the address itself.
  if (user.userName?.includes('@')) emails.push(user.userName.toLowerCase());
  return [...new Set(emails)];
}

/** Makes one person of what both sides say. */
export function joinPerson(
  context: JoinContext,
  user: User | undefined,
  workspaces: readonly WorkspaceMembership[],
  sharedWith: readonly string[] = [],
): Person {
  const emails = user === undefined ? [] : emailsOf(user);
  const memberEmails = workspaces.flatMap(({ email }) => (email === undefined ? [] : [email.toLowerCase()]));
  // The address they were joined by; a second address of the directory is not it.
  const email = emails.find((one) => memberEmails.includes(one)) ?? emails[0] ?? memberEmails[0];
  const directory = user === undefined ? undefined : directoryEntry(user, emails[0], context.groups);
  const name = directory?.name ?? workspaces.find((membership) => membership.name !== undefined)?.name;
  const lastActivity = context.activity?.newestOf([
    ...workspaces.map(({ userId }) => userId),
    ...memberEmails,
    ...emails,
  ]);
  return {
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    status: statusOf(directory, workspaces),
    source: directory === undefined ? 'workspace' : workspaces.length === 0 ? 'directory' : 'both',
    ...(directory === undefined ? {} : { directory }),
    workspaces,
    ...(lastActivity === undefined ? {} : { lastActivity }),
    conflicts: conflictsOf(context.hasBothSides, directory, workspaces, sharedWith),
  };
}

function directoryEntry(user: User, email: string | undefined, groups: GroupIndex): DirectoryEntry {
  const { givenName, familyName, formatted } = user.name ?? {};
  const name = user.displayName || formatted || [givenName, familyName].filter(Boolean).join(' ');
  return {
    id: user.id,
    ...(user.userName ? { userName: user.userName } : {}),
    ...(user.externalId ? { externalId: user.externalId } : {}),
    ...(email === undefined ? {} : { email }),
    ...(name ? { name } : {}),
    ...(typeof user.active === 'boolean' ? { active: user.active } : {}),
    groups: groups.groupsOf(user),
  };
}

function statusOf(directory: DirectoryEntry | undefined, workspaces: readonly WorkspaceMembership[]): Person['status'] {
  if (workspaces.some(({ status }) => status === 'active')) return 'active';
  if (workspaces.length === 0) {
    return directory?.active === undefined ? 'unknown' : directory.active ? 'invited' : 'inactive';
  }
  return workspaces.some(({ status }) => status === undefined) ? 'unknown' : 'inactive';
}

function conflictsOf(
  hasBothSides: boolean,
  directory: DirectoryEntry | undefined,
  workspaces: readonly WorkspaceMembership[],
  sharedWith: readonly string[],
): readonly PersonConflict[] {
  const conflicts: PersonConflict[] = [];
  if (directory !== undefined && sharedWith.length > 0) {
    conflicts.push({ code: 'email_shared_in_directory', directoryIds: [...sharedWith, directory.id] });
  }
  if (hasBothSides && directory === undefined) conflicts.push({ code: 'not_in_directory' });
  // The workspace's account went to the entry that came first.
  if (hasBothSides && workspaces.length === 0 && directory?.active === true && sharedWith.length === 0) {
    conflicts.push({ code: 'not_in_workspace' });
  }
  const stillActive = workspaces.filter(({ status }) => status === 'active').map(({ workspaceId }) => workspaceId);
  if (directory?.active === false && stillActive.length > 0) {
    conflicts.push({ code: 'inactive_but_active_in_workspace', workspaceIds: [...new Set(stillActive)] });
  }
  const userIds = [...new Set(workspaces.map(({ userId }) => userId))];
  if (userIds.length > 1) conflicts.push({ code: 'email_shared_in_workspace', userIds });
  return conflicts;
}
