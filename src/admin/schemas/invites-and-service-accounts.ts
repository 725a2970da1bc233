/**
 * An invitation. OpenAI has not described its fields: everything that is sent is here, and typed as unknown. Look at what
 * yours are like before relying on any.
 */
export interface Invite {
  readonly [field: string]: unknown;
}

/** An account of a program. Beside these three, OpenAI has not described its fields. */
export interface ServiceAccount {
  readonly id?: string | undefined;
  readonly workspace_id?: string | undefined;
  /** Switched off, all of its tokens are revoked. */
  readonly enabled?: boolean | undefined;
  readonly [field: string]: unknown;
}

/** What is known of a token of a service account, and never the token. OpenAI has not described the fields. */
export interface ServiceAccountCredential {
  readonly id?: string | undefined;
  readonly service_account_id?: string | undefined;
  readonly workspace_id?: string | undefined;
  /** Such as `chatgpt.workspace.feature.allow-codex-local-access.access`. */
  readonly scopes?: readonly string[] | undefined;
  /** Unix seconds. */
  readonly expires_at?: number | null | undefined;
  readonly [field: string]: unknown;
}
