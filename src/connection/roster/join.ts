import { compareDateTimes } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import type { Group } from '../../scim/schemas/group.js';
import { isServiceAccount } from '../../scim/schemas/service-account.js';
import type { User } from '../../scim/schemas/user.js';
import { conflictsOf, type Joined, type KnownSides } from './conflicts.js';
import type { DirectoryEntry, Invitation, LastActivity, Person, WorkspaceMembership } from './person.js';
import type { WorkspaceUser } from './workspace-users.js';

export interface JoinContext extends KnownSides {
  readonly groups: GroupIndex;
  readonly activity: ActivityIndex | undefined;
  readonly serviceAccounts: ServiceAccountIndex;
}

/** The addresses of a directory entry, the preferred one first, in lower case. */
export function emailsOf(user: User): readonly string[] {
  // Its `userName` is no mailbox, whether or not the server makes an e-mail of it; another may be that of who looks after it.
  if (isServiceAccount(user)) return [];
  const rank = ({ primary }: { readonly primary?: unknown }) => (primary === true ? 0 : 1);
  const listed = [...(user.emails ?? [])].sort((one, other) => rank(one) - rank(other));
  const emails = listed.flatMap(({ value }) => (value ? [value.toLowerCase()] : []));
  // WorkOS takes a userName that is an address for the address itself.
  if (user.userName?.includes('@')) emails.push(user.userName.toLowerCase());
  return [...new Set(emails)];
}

/** What the two sides have of one person. */
type Found = Pick<Joined, 'user' | 'workspaces' | 'invitations' | 'sharedWith'>;

export function joinPerson(context: JoinContext, found: Found): Person {
  const { user, workspaces, invitations } = found;
  const emails = user === undefined ? [] : emailsOf(user);
  const memberEmails = addressesOf(workspaces);
  const invitedEmails = addressesOf(invitations);
  // The address they were joined by; a second address of the directory is not it.
  const joinedBy = [memberEmails, invitedEmails].map((side) => emails.find((one) => side.includes(one)));
  const email = [...joinedBy, emails[0], memberEmails[0], invitedEmails[0]].find((one) => one !== undefined);
  const directory = user === undefined ? undefined : directoryEntry(user, emails[0], context.groups);
  // Where nobody has one of their own, what is on a prototype is nobody's.
  const name = [directory ?? [], workspaces].flat().find((one) => Object.hasOwn(one, 'name'))?.name;
  const userIds = workspaces.map(({ userId }) => userId);
  const lastActivity = context.activity?.newestOf([...userIds, ...memberEmails, ...invitedEmails, ...emails]);
  const namesakes =
    user === undefined ? context.serviceAccounts.named([...new Set([...memberEmails, ...invitedEmails])]) : [];
  const status = statusOf(context, directory, found);
  return {
    kind: kindOf(user, memberEmails, namesakes),
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    status,
    source: directory === undefined ? 'workspace' : workspaces.length === 0 ? 'directory' : 'both',
    ...(directory === undefined ? {} : { directory }),
    workspaces,
    ...(context.isIncomplete ? { workspacesIncomplete: true } : {}),
    invitations,
    ...(context.areInvitationsIncomplete ? { invitationsIncomplete: true } : {}),
    ...(lastActivity === undefined ? {} : { lastActivity }),
    ...(context.activity?.isIncomplete ? { lastActivityIncomplete: true } : {}),
    conflicts: conflictsOf(context, { ...found, status, namesakes }),
  };
}

/** In lower case. */
export function addressesOf(all: readonly { readonly email?: string | undefined }[]): readonly string[] {
  return all.flatMap(({ email }) => (email === undefined ? [] : [email.toLowerCase()]));
}

function kindOf(user: User | undefined, memberEmails: readonly string[], namesakes: readonly string[]): Person['kind'] {
  if (user !== undefined && isServiceAccount(user)) return 'service_account';
  return memberEmails.length > 0 && namesakes.length === 0 ? 'person' : 'unknown';
}

function directoryEntry(user: User, email: string | undefined, groups: GroupIndex): DirectoryEntry {
  const { givenName, familyName, formatted } = user.name ?? {};
  const name = user.displayName || formatted || [givenName, familyName].filter(Boolean).join(' ');
  return {
    id: user.id,
    ...(user.userName ? { userName: user.userName } : {}),
    ...(user.externalId ? { externalId: user.externalId } : {}),
    ...(user.userType ? { userType: user.userType } : {}),
    ...(email === undefined ? {} : { email }),
    ...(name ? { name } : {}),
    ...(typeof user.active === 'boolean' ? { active: user.active } : {}),
    groups: groups.groupsOf(user),
  };
}

function statusOf(
  { isIncomplete }: JoinContext,
  directory: DirectoryEntry | undefined,
  { workspaces, invitations }: Found,
): Person['status'] {
  if (workspaces.some(({ status }) => status === 'active')) return 'active';
  if (isIncomplete || workspaces.some(({ status }) => status === undefined)) return 'unknown';
  if (invitations.some(({ isPending }) => isPending === true)) return 'invited';
  if (workspaces.length > 0) return 'inactive';
  return directory?.active === undefined ? 'unknown' : directory.active ? 'provisioned' : 'inactive';
}

/** The service accounts of the directory, by name: a member with such an address is not known to be a person. */
export class ServiceAccountIndex {
  readonly #idsByName = new Map<string, readonly string[]>();

  /** Takes note of a user that is one. */
  add(user: User): void {
    const name = user.userName?.toLowerCase();
    if (name && isServiceAccount(user)) this.#idsByName.set(name, [...this.named([name]), user.id]);
  }

  named(names: readonly string[]): readonly string[] {
    return [...new Set(names.flatMap((name) => this.#idsByName.get(name) ?? []))];
  }
}

/** Everyone in the workspaces, found by address; each is handed out once. */
export class WorkspaceIndex {
  readonly #byUserId = new Map<string, WorkspaceMembership[]>();
  readonly #byEmail = new Map<string, WorkspaceMembership[][]>();

  add(workspaceId: string, user: WorkspaceUser): void {
    const membership: WorkspaceMembership = {
      workspaceId,
      userId: user.id,
      ...(user.email ? { email: user.email } : {}),
      ...(user.name ? { name: user.name } : {}),
      ...(user.role ? { role: user.role } : {}),
      ...(user.status ? { status: user.status } : {}),
      ...(typeof user.is_scim_managed === 'boolean' ? { isScimManaged: user.is_scim_managed } : {}),
      ...(typeof user.created_at === 'number' ? { joinedAt: isoOf(user.created_at) } : {}),
    };
    const known = this.#byUserId.get(user.id);
    // A list that shifts while it is read repeats its rows.
    if (known?.some((other) => other.workspaceId === workspaceId)) return;
    const account = known ?? [];
    account.push(membership);
    this.#byUserId.set(user.id, account);
    if (!user.email) return;
    const email = user.email.toLowerCase();
    const accounts = this.#byEmail.get(email) ?? [];
    if (!accounts.includes(account)) accounts.push(account);
    this.#byEmail.set(email, accounts);
  }

  /** Hands out the person with one of these addresses, once; later there is nobody. */
  take(emails: Iterable<string>): readonly WorkspaceMembership[] {
    const found = new Set<WorkspaceMembership[]>();
    for (const email of emails) for (const account of this.#byEmail.get(email) ?? []) found.add(account);
    const taken: WorkspaceMembership[] = [];
    for (const account of found) {
      const [first] = account;
      if (first !== undefined && this.#byUserId.delete(first.userId)) taken.push(...account);
    }
    return taken;
  }

  /** Hands out everyone who is left. */
  *rest(): Generator<readonly WorkspaceMembership[], void, undefined> {
    for (const [userId, account] of this.#byUserId) {
      if (!this.#byUserId.has(userId)) continue;
      const shared = this.take(addressesOf(account));
      if (shared.length > 0) yield shared;
      else {
        this.#byUserId.delete(userId);
        yield account;
      }
    }
  }
}

/** Whoever is invited, found by address; each invitation is handed out once. */
export class InvitationIndex {
  readonly #byEmail = new Map<string, Invitation[]>();

  add(invitation: Invitation): void {
    const email = invitation.email.toLowerCase();
    const known = this.#byEmail.get(email);
    if (known === undefined) this.#byEmail.set(email, [invitation]);
    else known.push(invitation);
  }

  take(emails: Iterable<string>): readonly Invitation[] {
    const taken: Invitation[] = [];
    for (const email of emails) {
      taken.push(...(this.#byEmail.get(email) ?? []));
      this.#byEmail.delete(email);
    }
    return taken;
  }

  /** Hands out the others who may still accept: whose invitation is over is by that not in the workspace. */
  *rest(): Generator<readonly Invitation[], void, undefined> {
    for (const [, invitations] of this.#byEmail) {
      if (invitations.some(({ isPending }) => isPending !== false)) yield invitations;
    }
  }
}

function isoOf(unixSeconds: number): string | undefined {
  const date = new Date(unixSeconds * 1_000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

type GroupName = DirectoryEntry['groups'][number];

/** Who is in which group, from both sides: servers leave out `members`, `groups`, or neither. */
export class GroupIndex {
  readonly #groupsOf = new Map<string, GroupName[]>();

  add(group: Group): void {
    const name = { id: group.id, displayName: group.displayName };
    for (const { value } of group.members ?? []) {
      if (!value) continue;
      const groups = this.#groupsOf.get(value) ?? [];
      groups.push(name);
      this.#groupsOf.set(value, groups);
    }
  }

  groupsOf(user: User): readonly GroupName[] {
    const groups = new Map((this.#groupsOf.get(user.id) ?? []).map((group) => [group.id, group]));
    for (const { value, display } of user.groups ?? []) {
      if (value && !groups.has(value)) groups.set(value, { id: value, displayName: display ?? value });
    }
    return [...groups.values()];
  }
}

/** The newest event of each person, by the id of the workspace's user and by address. */
export class ActivityIndex {
  /** Whether something of the logs could not be read. */
  isIncomplete = false;
  readonly #newest = new Map<string, LastActivity>();

  add(event: { readonly type: string; readonly timestamp: string; readonly actor?: unknown }): void {
    const { type: eventType, timestamp: at, actor } = event;
    if (typeof at !== 'string' || !isRecord(actor)) return;
    const { user_id: userId, user_email: email } = actor;
    if (typeof userId === 'string') this.#keep(userId, { at, eventType });
    if (typeof email === 'string') this.#keep(email.toLowerCase(), { at, eventType });
  }

  newestOf(keys: Iterable<string>): LastActivity | undefined {
    let newest: LastActivity | undefined;
    for (const key of keys) newest = later(newest, this.#newest.get(key));
    return newest;
  }

  #keep(key: string, activity: LastActivity): void {
    const newest = later(this.#newest.get(key), activity);
    if (newest === activity) this.#newest.set(key, activity);
  }
}

function later(one: LastActivity | undefined, other: LastActivity | undefined): LastActivity | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  // Offsets and precisions differ between events; the text decides only between spellings of one time.
  const difference = compareDateTimes(other.at, one.at);
  return difference > 0 || (difference === 0 && other.at > one.at) ? other : one;
}
