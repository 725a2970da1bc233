import {
  checkChoice,
  checkObject,
  checkOptions,
  checkText,
  checkWord,
  type OptionNames,
} from '../../errors/check-options.js';
import { EmulatorError } from '../../errors/emulator-error.js';
import { userIdOf } from '../user-id.js';

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
  /** Whether the directory manages the member. @default the server does not say */
  readonly is_scim_managed?: boolean | undefined;
  /** The seat, as the Admin API shows it; the list of the Compliance API does not. @default 'chatgpt' */
  readonly seatType?: 'chatgpt' | 'codex' | (string & {}) | undefined;
}

const changeable: OptionNames<Omit<WorkspaceUser, 'id'>> = {
  email: true,
  name: true,
  created_at: true,
  role: true,
  status: true,
  is_scim_managed: true,
  seatType: true,
};
const userFields = ['id', ...Object.keys(changeable)];

/** A ChatGPT workspace. */
export interface Workspace {
  /** UUID. */
  readonly id: string;
  /** What it is called. */
  readonly name: string;
  /** `org-…`, the API organization the workspace belongs to. */
  readonly organizationId: string;
  /** Whether its plan has the Admin API: Enterprise, Edu and Healthcare do. Without it, that answers 404. @default true */
  readonly hasAdminApi?: boolean | undefined;
}

/** Somebody who was asked into a workspace and has not accepted yet: on `GET …/invites`, and in no member list. */
export interface WorkspaceInvitation {
  /** Address it was sent to, in lower case. */
  readonly email: string;
  /** Full name, where it is known. */
  readonly name: string;
}

/** The members of a workspace as they were before a change. */
interface Before {
  readonly at: number;
  readonly users: readonly WorkspaceUser[];
}

/** The workspaces, their members, and the organizations they belong to. */
export class Workspaces implements Iterable<Workspace> {
  // All of them are replaced, never changed.
  #workspaces: ReadonlyMap<string, Workspace> = new Map();
  #users: ReadonlyMap<string, readonly WorkspaceUser[]> = new Map();
  #invitations: ReadonlyMap<string, readonly WorkspaceInvitation[]> = new Map();
  /** What the changes of the last moments were made to, oldest first. */
  #before: ReadonlyMap<string, readonly Before[]> = new Map();
  readonly #now: () => number;
  readonly #lagMs: number;

  /** @internal */
  constructor(now: () => number, lagMs = 0) {
    this.#now = now;
    this.#lagMs = lagMs;
  }

  /**
   * Adds a workspace, or replaces what is known of it.
   *
   * @throws InputError for a field that there is not, and for one without an id.
   */
  add(workspace: Workspace, users: readonly WorkspaceUser[] = []): void {
    checkObject('workspace', workspace);
    const names = { id: true, name: true, organizationId: true, hasAdminApi: true } as const;
    const own = checkOptions<Workspace>('workspaces.add()', workspace, names);
    checkText('id', own.id);
    checkChoice('hasAdminApi', own.hasAdminApi, [undefined, true, false]);
    this.#workspaces = new Map(this.#workspaces).set(own.id, own);
    this.setUsers(own.id, users);
    // A world is arranged; what then happens in it is seen late.
    this.#before = without(this.#before, own.id);
    this.#setInvitations(own.id, []);
  }

  /** Takes a workspace away: its id is unknown from now on. */
  delete(workspaceId: string): void {
    this.#workspaces = without(this.#workspaces, workspaceId);
    this.#users = without(this.#users, workspaceId);
    this.#invitations = without(this.#invitations, workspaceId);
    this.#before = without(this.#before, workspaceId);
  }

  /** The workspace with this id. */
  get(workspaceId: string): Workspace | undefined {
    return this.#workspaces.get(workspaceId);
  }

  hasOrganization(organizationId: string): boolean {
    for (const workspace of this) if (workspace.organizationId === organizationId) return true;
    return false;
  }

  /** Replaces the members of a workspace. @throws InputError for a field that there is not. */
  setUsers(workspaceId: string, users: readonly WorkspaceUser[]): void {
    for (const name of users.flatMap((user) => Object.keys(user))) checkWord('a field of a member', name, userFields);
    const sorted = users.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
    if (this.#lagMs > 0) {
      const change: Before = { at: this.#now(), users: this.users(workspaceId) };
      this.#before = new Map(this.#before).set(workspaceId, [...this.#recent(workspaceId), change]);
    }
    this.#users = new Map(this.#users).set(workspaceId, sorted);
  }

  /** The members of a workspace, ascending by id. */
  users(workspaceId: string): readonly WorkspaceUser[] {
    return this.#users.get(workspaceId) ?? [];
  }

  /** @internal The members as a list shows them that learns of every change a little later. */
  usersSeenLate(workspaceId: string): readonly WorkspaceUser[] {
    return this.#recent(workspaceId)[0]?.users ?? this.users(workspaceId);
  }

  /** The member of a workspace with this id or address. */
  member(workspaceId: string, idOrEmail: string): WorkspaceUser | undefined {
    const email = idOrEmail.toLowerCase();
    return this.users(workspaceId).find((user) => user.id === idOrEmail || user.email.toLowerCase() === email);
  }

  /**
   * Changes a member: the role, the status.
   *
   * @throws InputError for a field that there is not, EmulatorError for somebody who is no member.
   *
   * @example
   * import { createEmulator, personOf } from 'chatgpt-enterprise-sdk/testing';
   *
   * await using emulator = createEmulator();
   * const [first = ''] = emulator.compliance.workspaceIds;
   * emulator.store.workspaces.updateUser(first, personOf(0).email, { role: 'standard-user' });
   */
  updateUser(workspaceId: string, idOrEmail: string, changes: Partial<Omit<WorkspaceUser, 'id'>>): WorkspaceUser {
    const own = checkOptions('workspaces.updateUser()', changes, changeable);
    const member = this.member(workspaceId, idOrEmail);
    if (member === undefined) throw new EmulatorError('invalid_world', 'There is no such member.');
    const given = Object.entries(own).filter(([, value]) => value !== undefined);
    const updated: WorkspaceUser = { ...member, ...Object.fromEntries(given) };
    this.setUsers(
      workspaceId,
      this.users(workspaceId).map((user) => (user === member ? updated : user)),
    );
    return updated;
  }

  /** Takes a member, or an invitation, away. Nothing happens to somebody who has neither. */
  removeUser(workspaceId: string, idOrEmail: string): void {
    const member = this.member(workspaceId, idOrEmail);
    this.setUsers(
      workspaceId,
      this.users(workspaceId).filter((user) => user !== member),
    );
    this.#forgetInvitation(workspaceId, idOrEmail);
  }

  /**
   * Asks somebody into a workspace: a pending invitation, which the member list does not show. Nothing happens to a member.
   *
   * @throws EmulatorError for a workspace that there is not.
   */
  invite(workspaceId: string, email: string, name = ''): void {
    if (this.get(workspaceId) === undefined) throw new EmulatorError('invalid_world', 'There is no such workspace.');
    if (this.member(workspaceId, email) !== undefined) return;
    this.#forgetInvitation(workspaceId, email);
    this.#setInvitations(workspaceId, [...this.invitations(workspaceId), { email: email.toLowerCase(), name }]);
  }

  /** Who was asked into a workspace and has not accepted yet, oldest first. */
  invitations(workspaceId: string): readonly WorkspaceInvitation[] {
    return this.#invitations.get(workspaceId) ?? [];
  }

  /**
   * Somebody accepts an invitation, and is a member from now on: an ordinary one, as every new member is.
   *
   * @throws EmulatorError where nobody with this address was invited.
   *
   * @example
   * import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
   *
   * await using emulator = createEmulator({ scim: { sync: 'workspace' } });
   * const [first = ''] = emulator.compliance.workspaceIds;
   * emulator.store.users.add({ userName: 'ada@north.example', active: true });
   * console.log(emulator.store.workspaces.invitations(first).length); // 1
   * console.log(emulator.store.workspaces.acceptInvitation(first, 'ada@north.example').role); // standard-user
   */
  acceptInvitation(workspaceId: string, email: string): WorkspaceUser {
    const wanted = email.toLowerCase();
    const invitation = this.invitations(workspaceId).find((one) => one.email === wanted);
    if (invitation === undefined) throw new EmulatorError('invalid_world', 'There is no such invitation.');
    const member: WorkspaceUser = {
      id: userIdOf(wanted),
      email: wanted,
      name: invitation.name,
      created_at: Math.floor(this.#now() / 1000),
      role: 'standard-user',
      status: 'active',
    };
    this.#forgetInvitation(workspaceId, wanted);
    this.setUsers(workspaceId, [...this.users(workspaceId), member]);
    return member;
  }

  [Symbol.iterator](): Iterator<Workspace> {
    return this.#workspaces.values();
  }

  /** @internal */
  snapshot() {
    return { workspaces: this.#workspaces, users: this.#users, invitations: this.#invitations };
  }

  /** @internal */
  restore(snapshot: ReturnType<Workspaces['snapshot']>): void {
    this.#workspaces = snapshot.workspaces;
    this.#users = snapshot.users;
    this.#invitations = snapshot.invitations;
    this.#before = new Map();
  }

  #recent(workspaceId: string): readonly Before[] {
    const before = this.#before.get(workspaceId) ?? [];
    return before.filter(({ at }) => at > this.#now() - this.#lagMs);
  }

  #setInvitations(workspaceId: string, invitations: readonly WorkspaceInvitation[]): void {
    this.#invitations = new Map(this.#invitations).set(workspaceId, invitations);
  }

  #forgetInvitation(workspaceId: string, email: string): void {
    const invitations = this.invitations(workspaceId);
    const left = invitations.filter((one) => one.email !== email.toLowerCase());
    if (left.length < invitations.length) this.#setInvitations(workspaceId, left);
  }
}

function without<T>(of: ReadonlyMap<string, T>, workspaceId: string): ReadonlyMap<string, T> {
  return new Map([...of].filter(([id]) => id !== workspaceId));
}
