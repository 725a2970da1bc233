/** A member of a workspace, as `GET …/users` shows it. */
export interface WorkspaceUser {
  /** `user-` and 24 letters and digits. */
  readonly id: string;
  /** Address of the account. */
  readonly email: string;
  /** Full name. */
  readonly name: string;
  /** Unix seconds. */
  readonly created_at: number;
  /** What the member may do in the workspace. */
  readonly role: 'account-owner' | 'account-admin' | 'standard-user' | (string & {});
  /** Whether the account can be used. */
  readonly status: 'active' | 'inactive' | (string & {});
}

/** A ChatGPT workspace. */
export interface Workspace {
  /** UUID. */
  readonly id: string;
  /** What it is called. */
  readonly name: string;
  /** `org-…`, the API organization the workspace belongs to. */
  readonly organizationId: string;
}

/** The workspaces, their members, and the organizations they belong to. */
export class Workspaces implements Iterable<Workspace> {
  // Both are replaced, never changed.
  #workspaces: ReadonlyMap<string, Workspace> = new Map();
  #users: ReadonlyMap<string, readonly WorkspaceUser[]> = new Map();

  /** Adds a workspace, or replaces what is known of it. */
  add(workspace: Workspace, users: readonly WorkspaceUser[] = []): void {
    this.#workspaces = new Map(this.#workspaces).set(workspace.id, workspace);
    this.setUsers(workspace.id, users);
  }

  /** Takes a workspace away: its id is unknown from now on. */
  delete(workspaceId: string): void {
    this.#workspaces = new Map([...this.#workspaces].filter(([id]) => id !== workspaceId));
    this.#users = new Map([...this.#users].filter(([id]) => id !== workspaceId));
  }

  /** The workspace with this id. */
  get(workspaceId: string): Workspace | undefined {
    return this.#workspaces.get(workspaceId);
  }

  hasOrganization(organizationId: string): boolean {
    for (const workspace of this) if (workspace.organizationId === organizationId) return true;
    return false;
  }

  /** Replaces the members of a workspace. */
  setUsers(workspaceId: string, users: readonly WorkspaceUser[]): void {
    const sorted = users.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
    this.#users = new Map(this.#users).set(workspaceId, sorted);
  }

  /** The members of a workspace, ascending by id. */
  users(workspaceId: string): readonly WorkspaceUser[] {
    return this.#users.get(workspaceId) ?? [];
  }

  [Symbol.iterator](): Iterator<Workspace> {
    return this.#workspaces.values();
  }

  /** @internal */
  snapshot() {
    return { workspaces: this.#workspaces, users: this.#users };
  }

  /** @internal */
  restore(snapshot: ReturnType<Workspaces['snapshot']>): void {
    this.#workspaces = snapshot.workspaces;
    this.#users = snapshot.users;
  }
}
