import type { PersonUsage } from './person-usage.js';

/** What a workspace says of a person. */
export interface WorkspaceMembership {
  /** UUID of the workspace. */
  readonly workspaceId: string;
  /** `user-…`, as audit events name the person. */
  readonly userId: string;
  /** Address of the account, as the workspace spells it. */
  readonly email?: string | undefined;
  /** Full name. */
  readonly name?: string | undefined;
  /** `account-owner`, `account-admin`, `standard-user`, or another word: the Admin API may use others, such as `member`. */
  readonly role?: string | undefined;
  /**
   * Whether the role is that of an owner, in either of the two vocabularies that OpenAI's pages use; absent where there is no
   * role, or it is a word that is not known: such a member may be an owner.
   */
  readonly isOwner?: boolean | undefined;
  /** `active`, `inactive`, or a newer one. The list of the Admin API has none: it shows active members only. */
  readonly status?: string | undefined;
  /** Which seat the member takes: `chatgpt`, `codex`, or a newer one. Only the list of the Admin API says it. */
  readonly seatType?: 'chatgpt' | 'codex' | (string & {}) | undefined;
  /**
   * Which list shows the account. `admin`: that of the Admin API, which has active members only, and learns of whoever comes
   * or goes a little later: who is absent may have just come, or have an account that is switched off. `compliance`: that of the Compliance API,
   * which has all accounts, each with its status, and no seats.
   */
  readonly listedBy: 'admin' | 'compliance';
  /** Whether the workspace says that a directory manages the account; absent where it does not say. */
  readonly isScimManaged?: boolean | undefined;
  /** When the person joined, as ISO 8601. */
  readonly joinedAt?: string | undefined;
}

/**
 * An invitation into a workspace, from the list that the Admin API or the Compliance API has of them. OpenAI publishes neither
 * what a row holds nor which words its status has: only the address is relied on.
 */
export interface Invitation {
  /** UUID of the workspace. */
  readonly workspaceId: string;
  /** The address that was invited, as the workspace spells it. */
  readonly email: string;
  /** A word such as `pending`; absent where the row has none. */
  readonly status?: string | undefined;
  /**
   * Whether it is open: `true` of a status such as `pending`, and where there is none, as the list is one of open invitations;
   * `false` of one such as `expired`; absent where the status is a word that is not known, or the row says otherwise that it is
   * over, as by `accepted_at`.
   */
  readonly isPending?: boolean | undefined;
  /** Whose list shows it. */
  readonly listedBy: 'admin' | 'compliance';
  /** The whole row, as it was sent. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/**
 * A service account of a workspace, by the Admin API. OpenAI has not published what a row holds beside these three, nor what links
 * it to an entry of the directory.
 */
export interface ListedServiceAccount {
  /** UUID of the workspace. */
  readonly workspaceId: string;
  /** The id by which the Admin API knows it, for `admin.serviceAccounts.get` and the like. */
  readonly id: string;
  /** What it is called, where the row says it. No account is known again by it. */
  readonly name?: string | undefined;
  /** Whether it is switched on, where the row says it. Switched off, all of its tokens are revoked. */
  readonly isEnabled?: boolean | undefined;
  /** The whole row, as it was sent. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What the directory (SCIM) says of a person. */
export interface DirectoryEntry {
  /** Id of the SCIM user, for `users.get` and the like. */
  readonly id: string;
  /** What the person signs in with, most often the e-mail address; of a service account no address, although it is like one. */
  readonly userName?: string | undefined;
  /** The id that your own system gave it. */
  readonly externalId?: string | undefined;
  /** `ServiceAccount`, or what your own system calls the person; absent where nothing is said. */
  readonly userType?: string | undefined;
  /** The primary address, or the first, or a `userName` that is one. A service account has none. */
  readonly email?: string | undefined;
  /** The display name, or the parts of the name put together. */
  readonly name?: string | undefined;
  /** `undefined` when the directory does not say. */
  readonly active?: boolean | undefined;
  /** Groups of the directory, by name; empty too when they were not asked for. */
  readonly groups: readonly { readonly id: string; readonly displayName: string }[];
}

/** The newest event of a person among those that were read. */
export interface LastActivity {
  /** As the event spells it. */
  readonly at: string;
  /** The event's type, such as `AUTH_LOG`. */
  readonly eventType: string;
}

/** Why a person deserves a second look, and what to do then. */
export type PersonConflict = ConflictText & ConflictFacts;

/** A conflict in words, for an administrator. They name nobody. */
export interface ConflictText {
  /** What was seen. */
  readonly message: string;
  /** What it can mean, and what to do. */
  readonly remedy: string;
}

/** A conflict for a program. */
export type ConflictFacts =
  /** A member of a workspace whom the directory does not know: added by hand, or under another address. */
  | { readonly code: 'not_in_directory' }
  /** The same of a member of whom the workspace says that a directory manages the account: another one, or another address. */
  | { readonly code: 'managed_but_not_in_directory' }
  /** Invited, and neither accepted yet nor a member of a workspace. Fine for some days. */
  | {
      readonly code: 'invitation_pending';
      /** Ids of the workspaces into which the person is invited. */
      readonly workspaceIds: readonly string[];
    }
  /** The same of somebody whom the directory does not know: invited by hand, or under another address. */
  | {
      readonly code: 'invited_but_not_in_directory';
      /** Ids of the workspaces into which the person is invited. */
      readonly workspaceIds: readonly string[];
    }
  /** Switched off in the directory, and an invitation is still open: who accepts it is a member. */
  | {
      readonly code: 'inactive_but_invited';
      /** Ids of the workspaces into which the person is invited. */
      readonly workspaceIds: readonly string[];
    }
  /**
   * Active in the directory, in none of the workspaces, and invited into none, of which all members, active or not, and all
   * invitations were read. A directory of the whole organization gives no access to the workspace, or the person is there under another address.
   */
  | { readonly code: 'no_access' }
  /**
   * Active in the directory and shown by none of the workspaces read, where it is not known why: not all invitations could be
   * read, that of the person has a status which is not known, a list of members shows active ones only, or some without an
   * address; or the entry has no address, or is not known to have been there before the workspaces were read (`meta.created`).
   * Invited, without access, or with an account that is switched off or shown otherwise, then.
   */
  | { readonly code: 'not_in_workspace' }
  /** An address in a workspace is the `userName` of a service account of the directory: the two are not taken for one. */
  | {
      readonly code: 'email_of_service_account';
      /** Whether it is the address of a member, or else of somebody who is invited and no member. */
      readonly isMember: boolean;
      /** Ids of those service accounts. */
      readonly directoryIds: readonly string[];
    }
  /** Active in the directory, and switched off in each workspace that shows an account. */
  | {
      readonly code: 'active_but_inactive_in_workspace';
      /** Ids of the workspaces in which the account is switched off. */
      readonly workspaceIds: readonly string[];
    }
  /**
   * One account shows several addresses, and the entry of the directory does not have all of them: the account is shown with
   * the first entry that has one. Reported with that, and with each later one, which may look as if it had no account.
   */
  | {
      readonly code: 'account_with_several_addresses';
      /** Ids of those accounts. */
      readonly userIds: readonly string[];
      /** Ids of the directory's entries that have one of the addresses, as far as they were read: later ones know more. */
      readonly directoryIds: readonly string[];
    }
  /** Switched off in the directory and still active in a workspace. */
  | {
      readonly code: 'inactive_but_active_in_workspace';
      /** Ids of the workspaces in which the person is still active. */
      readonly workspaceIds: readonly string[];
    }
  /** Several entries of the directory share the address. Reported with each entry but the first. */
  | {
      readonly code: 'email_shared_in_directory';
      /** Ids of the directory's entries that share it. */
      readonly directoryIds: readonly string[];
    }
  /** Several accounts of one workspace share the address. */
  | {
      readonly code: 'email_shared_in_workspace';
      /** Ids of the accounts that share it. */
      readonly userIds: readonly string[];
    };

/** Someone who is in the directory, in a workspace, or in both: a person, or a service account of the directory. */
export interface Person {
  /**
   * `service_account`: the directory says so, by a `userType` of `ServiceAccount`, or the Admin API lists it as one. `person`: a member of a workspace, with an
   * address. `unknown`: neither; as of an entry of the directory that no workspace shows, and of whoever is only invited, where
   * nothing tells whether it is a person, and of a member whose address is the `userName` of a service account.
   */
  readonly kind: 'person' | 'service_account' | 'unknown';
  /** The address by which both sides were joined, in lower case, without blanks around it. A service account has none, and is joined to nobody. */
  readonly email?: string | undefined;
  /** The directory's name for the person, or else a workspace's. */
  readonly name?: string | undefined;
  /**
   * `active`: can use at least one workspace. `invited`: can use none, and an invitation is open. `provisioned`: active in the
   * directory, and no workspace that was read shows an account or an open invitation. `inactive`: can use nothing: each account
   * is switched off, or there is none and the directory says so; the directory may still say active
   * (`active_but_inactive_in_workspace`). `unknown`: nobody says, the word is not known, the account is shown with another
   * entry of the directory, or not all workspaces could be read.
   */
  readonly status: 'active' | 'invited' | 'provisioned' | 'inactive' | 'unknown';
  /** Where the person is known. An invitation makes nobody known to a workspace whom the directory knows: only an account does. */
  readonly source: 'directory' | 'workspace' | 'both';
  /** What the directory says; absent if the person is not in the directory. */
  readonly directory?: DirectoryEntry | undefined;
  /** The person's accounts in the workspaces; empty when there is none. */
  readonly workspaces: readonly WorkspaceMembership[];
  /**
   * Only of a service account that the Admin API lists, which takes an Admin key with the permission to read Service accounts. One
   * that the directory has too is joined with it only where both have one id: otherwise it stands for itself, without `directory`, and
   * the directory's entry beside it may be the same account.
   */
  readonly serviceAccounts?: readonly ListedServiceAccount[] | undefined;
  /**
   * Only when the members of a workspace could not all be read (`onFailedPrincipal`), or a list of them is empty, which proves nothing: the person may have accounts that
   * `workspaces` lacks. It then stands with everyone: nobody is said to be in no workspace, and who is not known to be `active` is
   * `unknown`.
   */
  readonly workspacesIncomplete?: true | undefined;
  /** The person's invitations into the workspaces, open or not; empty when none is known. Of a service account none is. */
  readonly invitations: readonly Invitation[];
  /**
   * Only when the invitations of a workspace could not all be read, as with a key that may not read them: the person may have
   * some that `invitations` lacks. It then stands with everyone, and nobody is said to have `no_access`.
   */
  readonly invitationsIncomplete?: true | undefined;
  /** Only when it was asked for, and only when there was an event. Of a service account none is known. */
  readonly lastActivity?: LastActivity | undefined;
  /**
   * Only when something of the logs could not be read: a later activity than `lastActivity` is possible, and no
   * `lastActivity` does not say that there was none. It then stands with everyone.
   */
  readonly lastActivityIncomplete?: true | undefined;
  /** Only when it was asked for: what the person's accounts used. What is absent in it is not zero. */
  readonly usage?: PersonUsage | undefined;
  /**
   * Only when something of what was asked for could not be read, as with a key that may not: the person may have used more
   * than `usage` says. It then stands with everyone. And where an account has an address of this person and another address: it
   * may be somebody else's, what it used is given to nobody, and is in the totals alone.
   */
  readonly usageIncomplete?: true | undefined;
  /** What does not fit together. Empty for most people. */
  readonly conflicts: readonly PersonConflict[];
}
