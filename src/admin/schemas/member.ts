// Interfaces: nothing validates them. Every field is as sent; what the service adds is kept.

/**
 * A member of a workspace, by the list of members (`workspace.user`). Active members only: no invitations, no service
 * accounts, nobody who was removed.
 */
export interface Member {
  /** `user-…`. */
  readonly id: string;
  readonly object?: 'workspace.user' | (string & {}) | undefined;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** Built-in role. Which words the service uses is not settled: `standard-user` here and `member` there. */
  readonly role?: string | null | undefined;
  /** Which seat the member takes. Not the `seat_type` of usage limits, which has other words. */
  readonly seat_type?: 'chatgpt' | 'codex' | (string & {}) | null | undefined;
  /** Whether a directory manages the member: who is can be changed there alone. */
  readonly is_scim_managed?: boolean | null | undefined;
  readonly [field: string]: unknown;
}

/** A member of a group (`compliance.workspace.user`), who may be deactivated. */
export interface GroupMember {
  /** `user-…`. */
  readonly id: string;
  readonly object?: 'compliance.workspace.user' | (string & {}) | undefined;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** Unix seconds. */
  readonly created_at?: number | undefined;
  readonly role?: string | null | undefined;
  readonly status?: 'active' | 'deactivated' | (string & {}) | undefined;
  readonly is_scim_managed?: boolean | null | undefined;
  readonly [field: string]: unknown;
}
