/** A group of a workspace (`directory.workspace.group`). */
export interface AdminGroup {
  readonly id: string;
  readonly object?: 'directory.workspace.group' | (string & {}) | undefined;
  readonly workspace_id?: string | undefined;
  readonly name?: string | undefined;
  /** Unix seconds. */
  readonly created_at?: number | undefined;
  /** By the service. Other than the rows of its members, it says that the group changed while they were read. */
  readonly member_count?: number | undefined;
  /** Who manages it: `manual` is in ChatGPT, `scim` a directory. */
  readonly source?: 'manual' | 'scim' | (string & {}) | undefined;
  /** With `source: 'scim'`: what the directory calls it. */
  readonly scim?: AdminScimGroup | null | undefined;
  readonly [field: string]: unknown;
}

/** A group, as the directory that manages it has it. */
export interface AdminScimGroup {
  readonly id?: string | undefined;
  readonly display_name?: string | undefined;
  readonly [field: string]: unknown;
}
