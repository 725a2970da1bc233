import { instantOfMs, readInstant } from '../../internal/dates.js';
import { ownershipOf } from '../../internal/ownership.js';
import { isServiceAccount } from '../../scim/schemas/service-account.js';
import type { User } from '../../scim/schemas/user.js';
import type { ActivityIndex } from './activity-index.js';
import { type Address, addressesOf, readAddress } from './addresses.js';
import { conflictsOf, isActive, type Joined, type KnownSides, standingOf } from './conflicts.js';
import type { GroupIndex } from './group-index.js';
import type { ListedMember } from './members.js';
import type { DirectoryEntry, Invitation, Person, WorkspaceMembership } from './person.js';
import type { PersonUsage } from './person-usage.js';

export interface JoinContext extends KnownSides {
  readonly groups: GroupIndex;
  readonly activity: ActivityIndex | undefined;
  readonly usage:
    | { readonly isIncomplete: boolean; readonly usageOf: (accounts: readonly WorkspaceMembership[]) => PersonUsage }
    | undefined;
  readonly serviceAccounts: ServiceAccountIndex;
  /** When the first list was asked for. */
  readonly beganAtMs: number;
}

/** The addresses of a directory entry by which it is compared, the preferred one first. */
export function emailsOf(user: User): readonly string[] {
  return [...new Set(ownAddresses(user).map(({ key }) => key))];
}

function ownAddresses(user: User): readonly Address[] {
  // Its `userName` is no mailbox, whether or not the server makes an e-mail of it; another may be that of who looks after it.
  if (isServiceAccount(user)) return [];
  const rank = ({ primary }: { readonly primary?: unknown }) => (primary === true ? 0 : 1);
  const listed = [...(user.emails ?? [])].sort((one, other) => rank(one) - rank(other));
  // WorkOS takes a userName that is an address for the address itself.
  return [...listed.map(({ value }) => value), user.userName].flatMap((value) => readAddress(value) ?? []);
}

/** What the two sides have of one person. */
type Found = Pick<Joined, 'user' | 'workspaces' | 'invitations' | 'sharedWith' | 'parted'>;

export function joinPerson(context: JoinContext, found: Found): Person {
  const { user, workspaces, invitations } = found;
  const own = user === undefined ? [] : ownAddresses(user);
  const emails = own.map(({ key }) => key);
  const memberEmails = addressesOf(workspaces);
  const invitedEmails = addressesOf(invitations);
  // The address they were joined by; a second address of the directory is not it.
  const joinedBy = [memberEmails, invitedEmails].map((side) => emails.find((one) => side.includes(one)));
  const key = [...joinedBy, emails[0], memberEmails[0], invitedEmails[0]].find((one) => one !== undefined);
  const spelled = [...workspaces, ...invitations].flatMap((one) => readAddress(one.email) ?? []);
  const email = [...own, ...spelled].find((one) => one.key === key)?.text;
  const directory = user === undefined ? undefined : directoryEntry(user, own[0]?.text, context.groups);
  // Where nobody has one of their own, what is on a prototype is nobody's.
  const name = [directory ?? [], workspaces].flat().find((one) => Object.hasOwn(one, 'name'))?.name;
  const userIds = workspaces.map(({ userId }) => userId);
  const lastActivity = context.activity?.newestOf([...userIds, ...memberEmails, ...invitedEmails, ...emails]);
  const namesakes =
    user === undefined ? context.serviceAccounts.named([...new Set([...memberEmails, ...invitedEmails])]) : [];
  const status = statusOf(context, directory, found, emails);
  const canBeMissed = user !== undefined && isComparable(user, own) && wasThereBefore(user, context.beganAtMs);
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
    ...(context.usage === undefined ? {} : { usage: context.usage.usageOf(workspaces) }),
    ...(context.usage?.isIncomplete ? { usageIncomplete: true } : {}),
    conflicts: conflictsOf(context, { ...found, status, namesakes, canBeMissed }),
  };
}

/** Whether every address of the entry can be compared, and there is one. */
function isComparable(user: User, own: readonly Address[]): boolean {
  const listed = (user.emails ?? []).flatMap(({ value }) => (value?.trim() ? [value] : []));
  return own.length > 0 && listed.every((value) => readAddress(value) !== undefined);
}

/** Whether an entry was in the directory, as it is, before the workspaces were read: who came later may be in none of their lists. */
function wasThereBefore({ meta }: User, beganAtMs: number): boolean {
  const { created, lastModified } = meta ?? {};
  return [created, lastModified ?? created].every((at) => {
    const instant = typeof at === 'string' ? readInstant(at) : undefined;
    // Whole seconds may be cut.
    const cut = typeof at === 'string' && /[.,]\d/.test(at) ? 0 : 999;
    return instant !== undefined && instant <= instantOfMs(beganAtMs - cut);
  });
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
  { workspaces, invitations, parted }: Found,
  emails: readonly string[],
): Person['status'] {
  if (parted.userIds.length > 0) {
    // What another address of the account may do is perhaps another person's.
    const own = workspaces.filter((one) => addressesOf([one]).every((address) => emails.includes(address)));
    if (!own.some(isActive) && (own.length === 0 || workspaces.some(isActive))) return 'unknown';
  }
  if (workspaces.some(isActive)) return 'active';
  if (isIncomplete || workspaces.some((one) => standingOf(one) === undefined)) return 'unknown';
  if (invitations.some(({ isPending }) => isPending === true)) return 'invited';
  if (workspaces.length > 0) return 'inactive';
  return directory?.active === undefined ? 'unknown' : directory.active ? 'provisioned' : 'inactive';
}

/** The service accounts of the directory, by name: a member with such an address is not known to be a person. */
export class ServiceAccountIndex {
  readonly #idsByName = new Map<string, readonly string[]>();

  /** Takes note of a user that is one. */
  add(user: User): void {
    const name = readAddress(user.userName)?.key;
    if (name !== undefined && isServiceAccount(user)) this.#idsByName.set(name, [...this.named([name]), user.id]);
  }

  named(names: readonly string[]): readonly string[] {
    return [...new Set(names.flatMap((name) => this.#idsByName.get(name) ?? []))];
  }
}

/** Everyone in the workspaces, found by address; each is handed out once. */
export class WorkspaceIndex {
  /** To which entry of the directory an account went that has several addresses. */
  readonly #takenBy = new Map<string, string>();
  readonly #byUserId = new Map<string, WorkspaceMembership[]>();
  readonly #byEmail = new Map<string, WorkspaceMembership[][]>();

  /** Whether the account of a user is known, in one workspace or in any, and not handed out. */
  has(userId: string, workspaceId?: string): boolean {
    const account = this.#byUserId.get(userId);
    return account?.some((one) => workspaceId === undefined || one.workspaceId === workspaceId) ?? false;
  }

  add(workspaceId: string, user: ListedMember, listedBy: WorkspaceMembership['listedBy']): void {
    const isOwner = ownershipOf(user.role);
    const membership: WorkspaceMembership = {
      workspaceId,
      userId: user.id,
      ...(typeof user.email === 'string' && user.email !== '' ? { email: user.email } : {}),
      ...(user.name ? { name: user.name } : {}),
      ...(user.role ? { role: user.role } : {}),
      ...(isOwner === undefined ? {} : { isOwner }),
      ...(typeof user.status === 'string' && user.status !== '' ? { status: user.status } : {}),
      ...(user.seat_type ? { seatType: user.seat_type } : {}),
      ...(typeof user.is_scim_managed === 'boolean' ? { isScimManaged: user.is_scim_managed } : {}),
      ...(typeof user.created_at === 'number' ? { joinedAt: isoOf(user.created_at) } : {}),
      listedBy,
    };
    const known = this.#byUserId.get(user.id);
    // A list that shifts while it is read repeats its rows; one that says something else is no repetition.
    if (known?.some((other) => isSame(other, membership))) return;
    // Not by `push` to an empty list, which makes room for seventeen: most people have one account.
    const account = known ?? [membership];
    if (known === undefined) this.#byUserId.set(user.id, account);
    else known.push(membership);
    const email = readAddress(user.email)?.key;
    if (email === undefined) return;
    const accounts = this.#byEmail.get(email);
    if (accounts === undefined) this.#byEmail.set(email, [account]);
    else if (!accounts.includes(account)) accounts.push(account);
  }

  /** Whether there is an account of which no list shows an address. */
  get hasNameless(): boolean {
    return [...this.#byUserId.values()].some((account) => addressesOf(account).length === 0);
  }

  /** Hands out the person with one of these addresses, once; later there is nobody. */
  take(emails: Iterable<string>): readonly WorkspaceMembership[] {
    return this.#take(emails).flat();
  }

  /** The same for an entry of the directory, with what another one may have to do with it. */
  takeFor(directoryId: string, emails: readonly string[]): Pick<Found, 'workspaces' | 'parted'> {
    const userIds: string[] = [];
    const directoryIds: string[] = [];
    for (const account of new Set(emails.flatMap((email) => this.#byEmail.get(email) ?? []))) {
      const { userId = '' } = account[0] ?? {};
      if (addressesOf(account).every((address) => emails.includes(address))) continue;
      userIds.push(userId);
      const other = this.#takenBy.get(userId);
      if (other === undefined) this.#takenBy.set(userId, directoryId);
      else directoryIds.push(other);
    }
    return { workspaces: this.#take(emails).flat(), parted: { userIds, directoryIds } };
  }

  #take(emails: Iterable<string>): readonly (readonly WorkspaceMembership[])[] {
    const found = new Set<WorkspaceMembership[]>();
    for (const email of emails) for (const account of this.#byEmail.get(email) ?? []) found.add(account);
    return [...found].filter(([first]) => first !== undefined && this.#byUserId.delete(first.userId));
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

function isSame(one: WorkspaceMembership, other: WorkspaceMembership): boolean {
  const [first, second] = [one, other].map(({ email }) => readAddress(email)?.key ?? email);
  return (
    first === second && one.workspaceId === other.workspaceId && one.status === other.status && one.role === other.role
  );
}

/** Whoever is invited, found by address; each invitation is handed out once. */
export class InvitationIndex {
  readonly #byEmail = new Map<string, Invitation[]>();
  readonly #shown = new Set<string>();

  add(invitation: Invitation): void {
    const email = readAddress(invitation.email)?.key ?? invitation.email;
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

  /** Shows those of another address of an account, and leaves them: that may be somebody else's. */
  show(emails: Iterable<string>): readonly Invitation[] {
    const shown: Invitation[] = [];
    for (const email of new Set(emails)) {
      shown.push(...(this.#byEmail.get(email) ?? []));
      this.#shown.add(email);
    }
    return shown;
  }

  /** Hands out the others who may still accept: whose invitation is over is by that not in the workspace. */
  *rest(): Generator<readonly Invitation[], void, undefined> {
    for (const [email, invitations] of this.#byEmail) {
      if (this.#shown.has(email)) continue;
      if (invitations.some(({ isPending }) => isPending !== false)) yield invitations;
    }
  }
}

function isoOf(unixSeconds: number): string | undefined {
  const date = new Date(unixSeconds * 1_000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
