/**
 * What a plan looks at in a person of a roster: the people of `connection.roster()` are such, and so are those of a list of
 * your own.
 */
export interface RosterPerson {
  /** Where it is `service_account`, the account in the directory is held as one, though the directory does not call it that. */
  readonly kind?: string | undefined;
  /** The account in the directory, where there is one. */
  readonly directory?: { readonly id: string } | undefined;
  /** The address of the person. An owner who has none, or a masked one, and no account in the directory, may be anybody of the directory. */
  readonly email?: string | undefined;
  /** The person's accounts in the workspaces. */
  readonly workspaces: readonly {
    readonly workspaceId: string;
    readonly userId: string;
    /** `account-owner`, or another. Who has none, or one whose word is not known, may be an owner. */
    readonly role?: string | undefined;
  }[];
  /**
   * Where an account of a workspace may belong to several entries of the directory: what is known of one holds for all. Where
   * one has the code `inactive_but_active_in_workspace`, the plan says that the person is still a member.
   */
  readonly conflicts?:
    | readonly { readonly code: string; readonly directoryIds?: readonly string[] | undefined }[]
    | undefined;
  /** Where the members of a workspace could not all be read. */
  readonly workspacesIncomplete?: true | undefined;
}
