import { rosterRemedies } from '../../errors/remedies/roster.js';
import { isServiceAccount } from '../../scim/schemas/service-account.js';
import type { User } from '../../scim/schemas/user.js';
import type { ConflictFacts, Invitation, Person, PersonConflict, WorkspaceMembership } from './person.js';

/** How much was read: only then does an absence say something. */
export interface KnownSides {
  /** Whether the connection has both sides. */
  readonly hasBothSides: boolean;
  /** Whether the members of some workspace could not all be read: then nobody is known to be in none. */
  readonly isIncomplete: boolean;
  /** Whether the invitations of some workspace could not all be read: then nobody is known not to be invited. */
  readonly areInvitationsIncomplete: boolean;
}

export interface Joined {
  readonly user: User | undefined;
  readonly status: Person['status'];
  readonly workspaces: readonly WorkspaceMembership[];
  readonly invitations: readonly Invitation[];
  /** Ids of the entries of the directory that share an address with this one. */
  readonly sharedWith: readonly string[];
  /** Ids of the service accounts that are named by the address of the member, or of whoever is invited. */
  readonly namesakes: readonly string[];
}

/** What does not fit together in what is known of a person. */
export function conflictsOf(known: KnownSides, joined: Joined): readonly PersonConflict[] {
  const { user, workspaces, sharedWith } = joined;
  const conflicts: ConflictFacts[] = [];
  if (user !== undefined && sharedWith.length > 0) {
    conflicts.push({ code: 'email_shared_in_directory', directoryIds: [...sharedWith, user.id] });
  }
  const absence = absenceOf(known, joined);
  if (absence !== undefined) conflicts.push(absence);
  const stillActive = workspaces.filter(({ status }) => status === 'active').map(({ workspaceId }) => workspaceId);
  if (user?.active === false && stillActive.length > 0) {
    conflicts.push({ code: 'inactive_but_active_in_workspace', workspaceIds: [...new Set(stillActive)] });
  }
  const invitedTo = invitedInto(joined);
  if (user?.active === false && invitedTo.length > 0) {
    conflicts.push({ code: 'inactive_but_invited', workspaceIds: invitedTo });
  }
  const userIds = [...new Set(workspaces.map(({ userId }) => userId))];
  if (userIds.length > 1) conflicts.push({ code: 'email_shared_in_workspace', userIds });
  return conflicts.map((conflict) => {
    const { message, remedy } = rosterRemedies[conflict.code];
    return { ...conflict, message, remedy };
  });
}

/** Where one side does not have somebody who is on the other. */
function absenceOf(known: KnownSides, joined: Joined): ConflictFacts | undefined {
  const { hasBothSides, isIncomplete, areInvitationsIncomplete } = known;
  const { user, status, workspaces, invitations, sharedWith, namesakes } = joined;
  if (namesakes.length > 0) return { code: 'email_of_service_account', directoryIds: namesakes };
  if (hasBothSides && user === undefined) {
    const workspaceIds = invitedInto(joined);
    if (workspaces.length === 0) {
      return workspaceIds.length === 0 ? undefined : { code: 'invited_but_not_in_directory', workspaceIds };
    }
    const isManaged = workspaces.some(({ isScimManaged }) => isScimManaged === true);
    return { code: isManaged ? 'managed_but_not_in_directory' : 'not_in_directory' };
  }
  if (status === 'invited' && user?.active !== false) {
    return { code: 'invitation_pending', workspaceIds: invitedInto(joined) };
  }
  // The workspace's account went to the entry that came first; and service accounts are no members.
  const isAwaited = user?.active === true && sharedWith.length === 0 && !isServiceAccount(user);
  if (!hasBothSides || isIncomplete || workspaces.length > 0 || !isAwaited) return undefined;
  return { code: areInvitationsIncomplete || invitations.length > 0 ? 'not_in_workspace' : 'no_access' };
}

function invitedInto({ invitations }: Joined): readonly string[] {
  const pending = invitations.filter(({ isPending }) => isPending === true);
  return [...new Set(pending.map(({ workspaceId }) => workspaceId))];
}
