import { instantOfMs, readInstant } from '../../internal/dates.js';
import { isServiceAccount } from '../../scim/schemas/service-account.js';
import type { User } from '../../scim/schemas/user.js';
import { type Address, readAddress } from './addresses.js';
import type { DirectoryEntry } from './person.js';

type GroupName = DirectoryEntry['groups'][number];

/** What a roster keeps of an entry of the directory: thousands wait for the workspaces, and whole they take several times the memory. */
export interface DirectoryUser {
  readonly entry: Omit<DirectoryEntry, 'groups'>;
  /** Those that the entry names, each once. */
  readonly groups: readonly GroupName[];
  /** By which it is compared, the preferred one first, each once. A service account has none. */
  readonly addresses: readonly Address[];
  readonly isServiceAccount: boolean;
  /** Whether every address of the entry can be compared. */
  readonly isComparable: boolean;
  /** When it was made, and when it was changed last, as far as the server says. */
  readonly createdAt: unknown;
  readonly changedAt: unknown;
}

/** @param nameGroup Gives one name for all members of a group. */
export function readDirectoryUser(
  user: User,
  nameGroup: (id: string, displayName: string) => GroupName,
): DirectoryUser {
  const isProgram = isServiceAccount(user);
  const addresses = isProgram ? [] : ownAddresses(user);
  const { created, lastModified } = user.meta ?? {};
  return {
    entry: entryOf(user, addresses[0]?.text),
    groups: groupsOf(user, nameGroup),
    addresses,
    isServiceAccount: isProgram,
    isComparable: isProgram || (user.emails ?? []).every(({ value }) => isAddressOrNone(value)),
    createdAt: created,
    // One text for both, which for most entries are the same.
    changedAt: lastModified === created ? created : lastModified,
  };
}

/** The same entry, which somebody else knows for a service account. */
export function asServiceAccount(user: DirectoryUser): DirectoryUser {
  if (user.isServiceAccount) return user;
  const { email: _, ...entry } = user.entry;
  return { ...user, entry, addresses: [], isServiceAccount: true };
}

/**
 * Whether what no list shows of an entry is missing: it can be looked for, and was in the directory, as it is, before the lists
 * were read. Who came later may be in none of them.
 */
export function canBeMissed(user: DirectoryUser, beganAtMs: number): boolean {
  const { addresses, isComparable, createdAt, changedAt } = user;
  if (addresses.length === 0 || !isComparable) return false;
  return [createdAt, changedAt ?? createdAt].every((at) => {
    const instant = typeof at === 'string' ? readInstant(at) : undefined;
    // Whole seconds may be cut.
    const cut = typeof at === 'string' && /[.,]\d/.test(at) ? 0 : 999;
    return instant !== undefined && instant <= instantOfMs(beganAtMs - cut);
  });
}

function ownAddresses(user: User): readonly Address[] {
  const emails = user.emails ?? [];
  // WorkOS takes a userName that is an address for the address itself.
  const values = [...preferredFirst(emails), user.userName];
  const addresses: Address[] = [];
  for (const [index, value] of values.entries()) {
    // Most often the two are one text.
    const address = values.indexOf(value) < index ? undefined : readAddress(value);
    if (address !== undefined && !addresses.some(({ key }) => key === address.key)) addresses.push(address);
  }
  // As long as it is: what grew has room for more.
  return addresses.slice();
}

function preferredFirst(emails: NonNullable<User['emails']>): readonly unknown[] {
  const rank = ({ primary }: { readonly primary?: unknown }) => (primary === true ? 0 : 1);
  const sorted = emails.length < 2 ? emails : [...emails].sort((one, other) => rank(one) - rank(other));
  return sorted.map(({ value }) => value);
}

/** Whether a value is nothing, or an address that can be compared. */
function isAddressOrNone(value: string | null | undefined): boolean {
  return !value?.trim() || readAddress(value) !== undefined;
}

function entryOf(user: User, email: string | undefined): DirectoryUser['entry'] {
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
  };
}

const none: readonly GroupName[] = [];

function groupsOf(user: User, nameGroup: (id: string, displayName: string) => GroupName): readonly GroupName[] {
  const listed = user.groups ?? none;
  if (listed.length === 0) return none;
  const groups = new Map<string, GroupName>();
  for (const { value, display } of user.groups ?? []) {
    if (value && !groups.has(value)) groups.set(value, nameGroup(value, display ?? value));
  }
  return [...groups.values()];
}
