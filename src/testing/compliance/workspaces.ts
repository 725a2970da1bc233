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
  /** `org-…`, the API organisation the workspace belongs to. */
  readonly organizationId: string;
}

/** What a snapshot keeps of the workspaces. */
interface WorkspacesSnapshot {
  readonly workspaces: ReadonlyMap<string, Workspace>;
  readonly users: ReadonlyMap<string, readonly WorkspaceUser[]>;
}

/** The workspaces, their members, and the organisations they belong to. */
export class Workspaces implements Iterable<Workspace> {
  readonly #workspaces = new Map<string, Workspace>();
  // Ascending by id, as the service lists them. Replaced, never changed.
  readonly #users = new Map<string, readonly WorkspaceUser[]>();

  /** Adds a workspace, or replaces what is known of it. */
  add(workspace: Workspace, users: readonly WorkspaceUser[] = []): void {
    this.#workspaces.set(workspace.id, workspace);
    this.setUsers(workspace.id, users);
  }

  /** Takes a workspace away: its id is unknown from now on. */
  delete(workspaceId: string): void {
    this.#workspaces.delete(workspaceId);
    this.#users.delete(workspaceId);
  }

  /** The workspace with this id; `undefined` when there is none. */
  get(workspaceId: string): Workspace | undefined {
    return this.#workspaces.get(workspaceId);
  }

  /** Whether any workspace belongs to this organisation. */
  hasOrganization(organizationId: string): boolean {
    for (const workspace of this) if (workspace.organizationId === organizationId) return true;
    return false;
  }

  /** Replaces the members of a workspace. */
  setUsers(workspaceId: string, users: readonly WorkspaceUser[]): void {
    this.#users.set(
      workspaceId,
      users.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)),
    );
  }

  /** The members of a workspace, ascending by id. */
  users(workspaceId: string): readonly WorkspaceUser[] {
    return this.#users.get(workspaceId) ?? [];
  }

  [Symbol.iterator](): Iterator<Workspace> {
    return this.#workspaces.values();
  }

  /** @internal */
  snapshot(): WorkspacesSnapshot {
    return { workspaces: new Map(this.#workspaces), users: new Map(this.#users) };
  }

  /** @internal */
  restore(snapshot: WorkspacesSnapshot): void {
    this.#workspaces.clear();
    this.#users.clear();
    for (const [id, workspace] of snapshot.workspaces) this.#workspaces.set(id, workspace);
    for (const [id, users] of snapshot.users) this.#users.set(id, users);
  }
}
