import { ownershipOf } from '../../internal/ownership.js';
import type { ActivityIndex } from './activity-index.js';
import { addressesOf, readAddress } from './addresses.js';
import { conflictsOf, isActive, type Joined, type KnownSides, standingOf } from './conflicts.js';
import type { DirectoryUser } from './directory-user.js';
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
}

/** What the two sides have of one person. */
type Found = Pick<Joined, 'user' | 'workspaces' | 'invitations' | 'sharedWith' | 'parted'> & {
  /** The addresses of the accounts. */
  readonly memberEmails: readonly string[];
};

const none: readonly never[] = [];

export function joinPerson(context: JoinContext, found: Found): Person {
  const { user, workspaces, invitations, memberEmails } = found;
  const own = user?.addresses ?? none;
  const emails = own.map(({ key }) => key);
  const invitedEmails = invitations.length === 0 ? none : addressesOf(invitations);
  const directory = user && { ...user.entry, groups: context.groups.groupsOf(user) };
  const email = emailOf(found, emails, invitedEmails);
  // Where nobody has one of their own, what is on a prototype is nobody's.
  const name = [directory ?? [], workspaces].flat().find((one) => Object.hasOwn(one, 'name'))?.name;
  const { activity, usage } = context;
  const lastActivity = activity?.newestOf([
    ...workspaces.map(({ userId }) => userId),
    ...memberEmails,
    ...invitedEmails,
    ...emails,
  ]);
  const namesakes =
    user === undefined ? context.serviceAccounts.named([...new Set([...memberEmails, ...invitedEmails])]) : none;
  const status = statusOf(context, directory, found, emails);
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
    ...(activity?.isIncomplete ? { lastActivityIncomplete: true } : {}),
    ...(usage === undefined ? {} : { usage: usage.usageOf(workspaces) }),
    ...(usage?.isIncomplete ? { usageIncomplete: true } : {}),
    conflicts: conflictsOf(context, { ...found, status, namesakes }),
  };
}

/** The address they were joined by, as the directory spells it; a second address of the directory is not it. */
function emailOf(
  { user, workspaces, invitations, memberEmails }: Found,
  emails: readonly string[],
  invitedEmails: readonly string[],
): string | undefined {
  const joinedBy = [memberEmails, invitedEmails].map((side) => emails.find((one) => side.includes(one)));
  const key = [...joinedBy, emails[0], memberEmails[0], invitedEmails[0]].find((one) => one !== undefined);
  const own = user?.addresses.find((one) => one.key === key);
  if (own !== undefined) return own.text;
  for (const one of [...workspaces, ...invitations]) {
    const spelled = readAddress(one.email);
    if (spelled?.key === key) return spelled?.text;
  }
  return undefined;
}

function kindOf(
  user: DirectoryUser | undefined,
  memberEmails: readonly string[],
  namesakes: readonly string[],
): Person['kind'] {
  if (user?.isServiceAccount) return 'service_account';
  return memberEmails.length > 0 && namesakes.length === 0 ? 'person' : 'unknown';
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
  add({ entry, isServiceAccount }: DirectoryUser): void {
    const name = isServiceAccount ? readAddress(entry.userName)?.key : undefined;
    if (name !== undefined) this.#idsByName.set(name, [...this.named([name]), entry.id]);
  }

  named(names: readonly string[]): readonly string[] {
    return [...new Set(names.flatMap((name) => this.#idsByName.get(name) ?? []))];
  }
}

/** One account, in the workspaces that list it. */
interface Account {
  /** What each list says of it. */
  readonly memberships: WorkspaceMembership[];
  /** Its addresses, each once. */
  keys: readonly string[];
}

/** Everyone in the workspaces, found by address; each is handed out once. */
export class WorkspaceIndex {
  /** To which entry of the directory an account went that has several addresses. */
  readonly #takenBy = new Map<string, string>();
  readonly #byUserId = new Map<string, Account>();
  readonly #byEmail = new Map<string, readonly Account[]>();

  /** Whether the account of a user is known, in one workspace or in any, and not handed out. */
  has(userId: string, workspaceId?: string): boolean {
    const account = this.#byUserId.get(userId);
    return account?.memberships.some((one) => workspaceId === undefined || one.workspaceId === workspaceId) ?? false;
  }

  add(workspaceId: string, user: ListedMember, listedBy: WorkspaceMembership['listedBy']): void {
    const membership = membershipOf(workspaceId, user, listedBy);
    const key = readAddress(user.email)?.key;
    const known = this.#byUserId.get(user.id);
    // A list that shifts while it is read repeats its rows; one that says something else is no repetition.
    if (known?.memberships.some((other) => isSame(other, membership))) return;
    // Not by `push` to an empty list, which makes room for seventeen: most people have one account, and one address.
    const account = known ?? { memberships: [membership], keys: key === undefined ? [] : [key] };
    if (known === undefined) this.#byUserId.set(user.id, account);
    else {
      known.memberships.push(membership);
      if (key !== undefined && !known.keys.includes(key)) known.keys = [...known.keys, key];
    }
    if (key === undefined) return;
    const accounts = this.#byEmail.get(key);
    if (accounts === undefined) this.#byEmail.set(key, [account]);
    else if (!accounts.includes(account)) this.#byEmail.set(key, [...accounts, account]);
  }

  /** Whether there is an account of which no list shows an address. */
  get hasNameless(): boolean {
    for (const { keys } of this.#byUserId.values()) if (keys.length === 0) return true;
    return false;
  }

  /** Hands out the person with one of these addresses, once, with what another entry of the directory may have to do with it. */
  takeFor(directoryId: string, emails: readonly string[]): Pick<Found, 'workspaces' | 'memberEmails' | 'parted'> {
    const accounts = this.#accountsOf(emails);
    const userIds: string[] = [];
    const directoryIds: string[] = [];
    for (const { memberships, keys } of accounts) {
      const { userId = '' } = memberships[0] ?? {};
      if (keys.every((key) => emails.includes(key))) continue;
      userIds.push(userId);
      const other = this.#takenBy.get(userId);
      if (other === undefined) this.#takenBy.set(userId, directoryId);
      else directoryIds.push(other);
    }
    // Nobody else can get an account of this one address: it is let go with the person.
    for (const email of emails)
      if (this.#byEmail.get(email)?.every(({ keys }) => keys.length === 1)) this.#byEmail.delete(email);
    return { ...this.#take(accounts), parted: { userIds, directoryIds } };
  }

  /** Hands out everyone who is left. */
  *rest(): Generator<Pick<Found, 'workspaces' | 'memberEmails'>, void, undefined> {
    for (const [userId, account] of this.#byUserId) {
      if (!this.#byUserId.has(userId)) continue;
      yield this.#take(account.keys.length === 0 ? [account] : this.#accountsOf(account.keys));
    }
  }

  #accountsOf(emails: readonly string[]): readonly Account[] {
    const [first] = emails;
    if (first === undefined) return none;
    const ofFirst = this.#byEmail.get(first) ?? none;
    if (emails.length === 1) return ofFirst;
    return [...new Set([...ofFirst, ...emails.flatMap((email) => this.#byEmail.get(email) ?? none)])];
  }

  /** Those among them that are not handed out. */
  #take(accounts: readonly Account[]): Pick<Found, 'workspaces' | 'memberEmails'> {
    const left = accounts.filter(({ memberships: [first] }) => this.#byUserId.delete(first?.userId ?? ''));
    const [only, ...others] = left;
    // A list of its own for each: what becomes of one that is handed out is the caller's.
    if (only === undefined) return { workspaces: [], memberEmails: none };
    if (others.length === 0) return { workspaces: [...only.memberships], memberEmails: only.keys };
    return {
      workspaces: left.flatMap(({ memberships }) => memberships),
      memberEmails: [...new Set(left.flatMap(({ keys }) => keys))],
    };
  }
}

function membershipOf(
  workspaceId: string,
  user: ListedMember,
  listedBy: WorkspaceMembership['listedBy'],
): WorkspaceMembership {
  const isOwner = ownershipOf(user.role);
  return {
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
  show(emails: readonly string[]): readonly Invitation[] {
    const shown: Invitation[] = [];
    for (const email of emails) {
      const invitations = this.#byEmail.get(email);
      if (invitations === undefined) continue;
      shown.push(...invitations);
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
