import { rosterRemedies } from '../../errors/remedies/roster.js';
import { canBeMissed, type DirectoryUser } from './directory-user.js';
import type { ConflictFacts, Invitation, Person, PersonConflict, WorkspaceMembership } from './person.js';

/** How much was read: only then does an absence say something. */
export interface KnownSides {
  /** Whether the connection has both sides. */
  readonly hasBothSides: boolean;
  /** Whether the members of some workspace could not all be read: then nobody is known to be in none. */
  readonly isIncomplete: boolean;
  /** Whether some list of members shows active ones only: who is in none may have an account that is switched off. */
  readonly areMembersActiveOnly: boolean;
  /** Whether the invitations of some workspace could not all be read: then nobody is known not to be invited. */
  readonly areInvitationsIncomplete: boolean;
  /** Whether some account has no address that can be compared: it could be anybody's. */
  readonly hasNamelessMembers: boolean;
  /** When the first list was asked for. */
  readonly beganAtMs: number;
}

export interface Joined {
  readonly user: DirectoryUser | undefined;
  readonly status: Person['status'];
  readonly workspaces: readonly WorkspaceMembership[];
  readonly invitations: readonly Invitation[];
  /** Ids of the entries of the directory that share an address with this one. */
  readonly sharedWith: readonly string[];
  /** Accounts whose addresses are not all of this entry, and the other entries that are known to have one of them. */
  readonly parted: PartedAccounts;
  /** Ids of the service accounts that are named by the address of the member, or of whoever is invited. */
  readonly namesakes: readonly string[];
}

/** Accounts that have several addresses, of which an entry of the directory has some. */
export interface PartedAccounts {
  readonly userIds: readonly string[];
  /** Ids of the entries that have others, as far as they were read. */
  readonly directoryIds: readonly string[];
}

/** What does not fit together in what is known of a person. */
export function conflictsOf(known: KnownSides, joined: Joined): readonly PersonConflict[] {
  const { user, status, workspaces, sharedWith, parted } = joined;
  const conflicts: ConflictFacts[] = [];
  if (user !== undefined && sharedWith.length > 0) {
    conflicts.push({ code: 'email_shared_in_directory', directoryIds: [...sharedWith, user.entry.id] });
  }
  if (user !== undefined && parted.userIds.length > 0) {
    const directoryIds = [...new Set([...parted.directoryIds, user.entry.id])];
    conflicts.push({ code: 'account_with_several_addresses', userIds: [...new Set(parted.userIds)], directoryIds });
  }
  const absence = absenceOf(known, joined);
  if (absence !== undefined) conflicts.push(absence);
  const stillActive = workspaces.filter(isActive).map(({ workspaceId }) => workspaceId);
  if (user?.entry.active === false && stillActive.length > 0) {
    conflicts.push({ code: 'inactive_but_active_in_workspace', workspaceIds: [...new Set(stillActive)] });
  }
  if (user?.entry.active === true && status === 'inactive') {
    const workspaceIds = [...new Set(workspaces.map(({ workspaceId }) => workspaceId))];
    conflicts.push({ code: 'active_but_inactive_in_workspace', workspaceIds });
  }
  const invitedTo = invitedInto(joined);
  if (user?.entry.active === false && invitedTo.length > 0) {
    conflicts.push({ code: 'inactive_but_invited', workspaceIds: invitedTo });
  }
  const userIds = [...new Set(workspaces.map(({ userId }) => userId))];
  if (userIds.length > 1) conflicts.push({ code: 'email_shared_in_workspace', userIds });
  return conflicts.map((conflict) => {
    const isOfInvited = conflict.code === 'email_of_service_account' && !conflict.isMember;
    const { message, remedy } = rosterRemedies[isOfInvited ? 'email_of_service_account_invited' : conflict.code];
    return { ...conflict, message, remedy };
  });
}

/** Where one side does not have somebody who is on the other. */
function absenceOf(known: KnownSides, joined: Joined): ConflictFacts | undefined {
  const { hasBothSides, isIncomplete, areMembersActiveOnly, areInvitationsIncomplete, hasNamelessMembers, beganAtMs } =
    known;
  const { user, status, workspaces, invitations, sharedWith, namesakes, parted } = joined;
  if (namesakes.length > 0)
    return { code: 'email_of_service_account', isMember: workspaces.length > 0, directoryIds: namesakes };
  if (hasBothSides && user === undefined) {
    const workspaceIds = invitedInto(joined);
    if (workspaces.length === 0) {
      return workspaceIds.length === 0 ? undefined : { code: 'invited_but_not_in_directory', workspaceIds };
    }
    const isManaged = workspaces.some(({ isScimManaged }) => isScimManaged === true);
    return { code: isManaged ? 'managed_but_not_in_directory' : 'not_in_directory' };
  }
  if (status === 'invited' && user?.entry.active !== false) {
    return { code: 'invitation_pending', workspaceIds: invitedInto(joined) };
  }
  // The workspace's account went to the entry that came first; and service accounts are no members.
  const isFirst = sharedWith.length === 0 && parted.userIds.length === 0;
  const isAwaited = user?.entry.active === true && isFirst && !user.isServiceAccount;
  if (!hasBothSides || isIncomplete || workspaces.length > 0 || !isAwaited) return undefined;
  const areListsUncertain = areMembersActiveOnly || areInvitationsIncomplete || hasNamelessMembers;
  const isCertain = !areListsUncertain && invitations.length === 0 && canBeMissed(user, beganAtMs);
  return { code: isCertain ? 'no_access' : 'not_in_workspace' };
}

/** What a workspace says of an account; `undefined` where the word is not known. A list of active members only says it by showing it. */
export function standingOf({ status, listedBy }: WorkspaceMembership): 'active' | 'inactive' | undefined {
  if (status === undefined) return listedBy === 'admin' ? 'active' : undefined;
  const word = status.trim().toLowerCase();
  return word === 'active' || word === 'inactive' ? word : undefined;
}

export function isActive(membership: WorkspaceMembership): boolean {
  return standingOf(membership) === 'active';
}

function invitedInto({ invitations }: Joined): readonly string[] {
  const pending = invitations.filter(({ isPending }) => isPending === true);
  return [...new Set(pending.map(({ workspaceId }) => workspaceId))];
}
