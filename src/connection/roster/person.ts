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
  /** `account-owner`, `account-admin`, `standard-user`, or a newer one. */
  readonly role?: string | undefined;
  /** `active`, `inactive`, or a newer one. */
  readonly status?: string | undefined;
  /** When the person joined, as ISO 8601. */
  readonly joinedAt?: string | undefined;
}

/** What the directory (SCIM) says of a person. */
export interface DirectoryEntry {
  /** Id of the SCIM user, for `users.get` and the like. */
  readonly id: string;
  /** What the person signs in with, most often the e-mail address. */
  readonly userName?: string | undefined;
  /** The id that your own system gave it. */
  readonly externalId?: string | undefined;
  /** The primary address, or the first, or a `userName` that is one. */
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

/** Why a person deserves a second look. */
export type PersonConflict =
  /** A member of a workspace whom the directory does not know: added by hand, or under another address. */
  | { readonly code: 'not_in_directory' }
  /** Active in the directory and in no workspace: an invitation that nobody has accepted yet, or a sync that failed. */
  | { readonly code: 'not_in_workspace' }
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

/** Someone who is in the directory, in a workspace, or in both. */
export interface Person {
  /** The address by which both sides were joined, in lower case. */
  readonly email?: string | undefined;
  /** The directory's name for the person, or else a workspace's. */
  readonly name?: string | undefined;
  /**
   * `active`: can use at least one workspace. `invited`: active in the directory and in no workspace. `inactive`:
   * switched off wherever the person is known. `unknown`: nobody says.
   */
  readonly status: 'active' | 'invited' | 'inactive' | 'unknown';
  /** Where the person is known. */
  readonly source: 'directory' | 'workspace' | 'both';
  /** What the directory says; absent if the person is not in the directory. */
  readonly directory?: DirectoryEntry | undefined;
  /** The person's accounts in the workspaces; empty when there is none. */
  readonly workspaces: readonly WorkspaceMembership[];
  /** Only when it was asked for, and only when there was an event. */
  readonly lastActivity?: LastActivity | undefined;
  /**
   * Only when something of the logs could not be read: a later activity than `lastActivity` is possible, and no
   * `lastActivity` does not say that there was none. It then stands with everyone.
   */
  readonly lastActivityIncomplete?: true | undefined;
  /** What does not fit together. Empty for most people. */
  readonly conflicts: readonly PersonConflict[];
}
