import { checkList, checkText, checkWord, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import { isFromServer } from '../scim/misspelt.js';
import type { ResourceInput } from '../scim/resource-input.js';
import { USER_URN } from '../scim/schemas/urns.js';
import type { User } from '../scim/schemas/user.js';
import { digestOf, TextDigester } from './canonical-json.js';
import { JsonCopier } from './copy-json.js';
import { forEach } from './for-each.js';
import { ShortText } from './short-text.js';

/**
 * A user as it should be. What is not named is left alone, but for one thing: without `active: false` the user should be
 * active. So a new account is created with `active: true`, since RFC 7643 leaves it to the server what one is that does not
 * say so, and one that is there and inactive is reactivated.
 */
export type DesiredUser = ResourceInput<User>;

/** A group as it should be, and who should be in it. */
export interface DesiredGroup {
  /** The name, by which it is found where there is no `externalId`. */
  readonly displayName: string;
  /** The id of your own, by which it is found first. */
  readonly externalId?: string | undefined;
  /** People by your own key, their `externalId` or `userName`, and not by SCIM ids. */
  readonly members: readonly string[];
}

/** The directory as it should be. */
export interface DesiredDirectory {
  /** Everybody who should have an account: whoever is managed and not among them is removed. */
  readonly users: Iterable<DesiredUser> | AsyncIterable<DesiredUser>;
  /** Groups to govern. Without it, and where a group is not named, groups are left alone. @default none */
  readonly groups?: Iterable<DesiredGroup> | AsyncIterable<DesiredGroup> | undefined;
}

/** A desired user, read once. */
export interface WantedUser {
  /** What is compared and sent. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly userName: string;
  readonly externalId: string;
  readonly isActive: boolean;
  /** Whether it was read from a server: then it may have any attribute. */
  readonly isFromServer: boolean;
}

export interface WantedDirectory {
  readonly users: readonly WantedUser[];
  readonly groups: readonly DesiredGroup[] | undefined;
}

/** Refuses a name that is a slip of another one. */
type CheckName = (name: string, value: unknown, at: readonly (string | number)[]) => void;

/** Reads the desired state to its end: one that fails half-way is no plan. @throws InputError for what cannot be meant. */
export async function readDesired(
  desired: DesiredDirectory,
  checkName: CheckName,
  /** Told each time when others have their turn: the first of many entries are right. */
  onPause?: () => void,
): Promise<WantedDirectory> {
  if (!isRecord(desired)) {
    throw new InputError('The desired state must be an object.', {
      path: ['desired'],
      remedy: 'Write `{ users, groups }`.',
    });
  }
  for (const name of Object.keys(desired)) {
    checkWord('a part of the desired state', name, ['users', 'groups'], ['desired', name]);
  }
  const users: WantedUser[] = [];
  const copier = new JsonCopier();
  /** Names that were found to be right. */
  const known = new Set<string>();
  const takeUser = (user: DesiredUser) => {
    users.push(wantedUser(user, users.length, { copier, known, checkName }));
  };
  await forEach(entriesOf('users', desired.users), takeUser, onPause);
  if (desired.groups === undefined) return { users, groups: undefined };
  const groups: DesiredGroup[] = [];
  await forEach(entriesOf('groups', desired.groups), (group) => {
    groups.push(wantedGroup(group, groups.length, copier));
  });
  return { users, groups };
}

/** So many users are hashed at once. */
const digestedAtOnce = 500;

/** Digest of what is desired, whatever its order: made bit by bit, while pages are on their way. */
export class DesiredDigest {
  readonly #given: readonly WantedUser[];
  readonly #groups: readonly DesiredGroup[];
  #sorted: readonly WantedUser[] | undefined;
  #groupTexts: readonly string[] | undefined;
  readonly #digests: Promise<string>[] = [];
  readonly #digester = new TextDigester();
  readonly #short = new ShortText();
  #due = 0;

  constructor({ users, groups = [] }: WantedDirectory) {
    this.#given = users;
    this.#groups = groups;
  }

  /** Makes it as far as for so many more users. */
  add(count: number): void {
    this.#due += count;
    // Sorted once the first page is there: other pages are on their way then.
    this.#sorted ??= this.#given.toSorted(inOrder);
    this.#groupTexts ??= this.#groups.map(textOf).sort();
    const users = this.#sorted;
    let from = this.#digests.length * digestedAtOnce;
    while (from < users.length && from + digestedAtOnce <= this.#due) {
      const some = users.slice(from, from + digestedAtOnce);
      // Their keys are in one order since they were copied.
      this.#digests.push(this.#digester.digest(this.#short.of(some.map(({ attributes }) => attributes))));
      from += digestedAtOnce;
    }
  }

  /** The digest of all. */
  async end(): Promise<string> {
    this.add(this.#given.length + digestedAtOnce);
    return digestOf([await Promise.all(this.#digests), this.#short.numberedKeys, this.#groupTexts]);
  }
}

/** As canonical JSON: the keys of a group that was read are in one order. */
function textOf(group: DesiredGroup): string {
  return JSON.stringify({ ...group, members: [...new Set(group.members)].sort() });
}

function inOrder(one: WantedUser, other: WantedUser): number {
  if (one.userName !== other.userName) return one.userName < other.userName ? -1 : 1;
  const [text, otherText] = [JSON.stringify(one.attributes), JSON.stringify(other.attributes)];
  return text < otherText ? -1 : text > otherText ? 1 : 0;
}

function entriesOf<T>(name: 'users' | 'groups', given: Iterable<T> | AsyncIterable<T>): Iterable<T> | AsyncIterable<T> {
  const isIterable =
    typeof given === 'object' && given !== null && (Symbol.iterator in given || Symbol.asyncIterator in given);
  if (isIterable) return given;
  throw new InputError(`\`desired.${name}\` must be a list, or another iterable.`, {
    path: ['desired', name],
    remedy: `Give an array or an async generator: \`{ ${name}: […] }\`.`,
  });
}

interface UserReading {
  readonly copier: JsonCopier;
  readonly known: Set<string>;
  readonly checkName: CheckName;
}

function wantedUser(given: DesiredUser, index: number, { copier, known, checkName }: UserReading): WantedUser {
  const at = ['desired', 'users', index];
  if (!isRecord(given)) throw new InputError('A desired user must be an object.', { path: at });
  return read('A desired user', () => {
    // What is compared is what is sent: a copy. A record is one.
    const copy = copier.copy(given) as Readonly<Record<string, unknown>>;
    const isOfServer = setByServer.some((name) => copy[name] !== undefined);
    const attributes = isOfServer ? withoutServers(copy, isFromServer(copy)) : copy;
    for (const name in attributes) {
      if (known.has(name)) continue;
      checkSpelling(name, at);
      if (!isFromServer(copy)) checkName(name, attributes[name], [...at, name]);
      known.add(name);
    }
    const { userName, active } = attributes;
    if (typeof userName !== 'string' || userName.trim() === '') {
      const isText = userName === undefined || userName === null || typeof userName === 'string';
      throw new InputError(`\`desired.users[${index}].userName\` ${isText ? 'is missing or empty' : 'is no text'}.`, {
        path: [...at, 'userName'],
        remedy: isText ? 'Use the e-mail address of the person.' : 'Write it as text: `String(value)`, or in quotes.',
      });
    }
    const externalId = externalIdOf(attributes, at);
    if (active !== undefined && typeof active !== 'boolean') {
      throw new InputError('`active` must be a boolean.', {
        path: [...at, 'active'],
        remedy: 'Pass `true` or `false`, without quotes.',
      });
    }
    return {
      attributes,
      userName,
      externalId,
      isActive: active !== false,
      isFromServer: isFromServer(copy),
    };
  });
}

const setByServer = ['id', 'meta', 'schemas', 'groups'];

/** A user who was read can be given as it is: there a number is the number that the server shows, and nothing is no key. */
function withoutServers(
  { externalId, ...user }: Readonly<Record<string, unknown>>,
  wasRead: boolean,
): Readonly<Record<string, unknown>> {
  const key = wasRead && typeof externalId === 'number' ? String(externalId) : externalId;
  const isNamed = key !== undefined && !(wasRead && (key === null || key === ''));
  const own = Object.fromEntries(Object.entries(user).filter(([name]) => !setByServer.includes(name)));
  return isNamed ? { ...own, externalId: key } : own;
}

const spelledExactly = ['userName', 'externalId', 'active', 'userType'];

/** SCIM reads names in any case; here a slip would make somebody another person, or active. */
function checkSpelling(name: string, at: readonly (string | number)[]): void {
  const lower = name.toLowerCase();
  const meant = spelledExactly.find((one) => one !== name && one.toLowerCase() === lower);
  const isWhole = lower === USER_URN.toLowerCase() || lower.startsWith(`${USER_URN.toLowerCase()}:`);
  if (lower === 'password') {
    throw new InputError('A desired user must have no `password`: the plan would hold it in clear.', {
      path: [...at, 'password'],
      remedy: 'Leave it out. People sign in by their identity provider or by invitation.',
    });
  }
  if (meant === undefined && !isWhole) return;
  throw new InputError('An attribute of a desired user is not spelled as in RFC 7643.', {
    path: [...at, meant ?? 'schemas'],
    remedy: meant === undefined ? 'Give the attributes of a user by their plain names.' : `Write \`${meant}\`.`,
  });
}

/** @throws InputError for a key that would be taken away, or that no server keeps as it is given. */
function externalIdOf({ externalId }: Readonly<Record<string, unknown>>, at: readonly (string | number)[]): string {
  if (externalId === undefined) return '';
  const isEmptied = externalId === null || (typeof externalId === 'string' && externalId.trim() === '');
  if (typeof externalId === 'string' && !isEmptied) return externalId;
  throw new InputError(`\`desired.users[${at[2]}].externalId\` is ${isEmptied ? 'empty' : 'no text'}.`, {
    path: [...at, 'externalId'],
    remedy: isEmptied
      ? 'Leave it out where there is none. An empty one would take the key of the account away.'
      : 'Write it as text: `String(value)`, or in quotes.',
  });
}

const groupNames = ['displayName', 'externalId', 'members'];

function wantedGroup(given: DesiredGroup, index: number, copier: JsonCopier): DesiredGroup {
  const at = ['desired', 'groups', index];
  if (!isRecord(given)) throw new InputError('A desired group must be an object.', { path: at });
  return read('A desired group', () => {
    for (const name of Object.keys(given)) checkWord('a part of a desired group', name, groupNames, [...at, name]);
    const { displayName, externalId, members } = copier.copy(given) as DesiredGroup;
    checkText('displayName', displayName);
    if (displayName.trim() === '') {
      throw new InputError('A desired group must have a `displayName`.', { path: [...at, 'displayName'] });
    }
    if (externalId !== undefined) checkText('externalId', externalId);
    checkList('members', members);
    for (const key of members) checkText('members', key);
    return { displayName, ...(externalId ? { externalId } : {}), members };
  });
}
