import { isRecord } from '../../internal/json.js';
import type { Random } from '../random.js';
import { ScimRefusal } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import type { Directory, NewResource } from './directory.js';
import type { ResourceData, ResourceKind, Row } from './resource-table.js';
import { withTypedMembers } from './rfc-rules.js';
import { buildAttributes, type DirectoryRules } from './write.js';

/**
 * The rules of WorkOS's endpoint, with its messages (WorkOS, "Directory Sync" and `scim-bridge`): no nulls, a lower-case
 * `userName`, a usable e-mail address, groups known by their `externalId`, members that do not resolve dropped.
 */
export class WorkosRules implements DirectoryRules {
  readonly #directory: Directory;
  readonly #behaviour: ScimBehaviour;
  readonly #held: HeldUsers;

  constructor(directory: Directory, behaviour: ScimBehaviour, held: HeldUsers) {
    this.#directory = directory;
    this.#behaviour = behaviour;
    this.#held = held;
  }

  create(kind: ResourceKind, body: ResourceData): NewResource {
    return kind.name === 'Group' ? this.#createGroup(kind, body) : this.#createUser(kind, body);
  }

  replace({ kind, id }: Row, body: ResourceData): ResourceData {
    return kind.name === 'Group' ? this.#group(kind, body) : this.#user(kind, body, 'PUT', id);
  }

  settle(kind: ResourceKind, attributes: ResourceData, ownId: string): ResourceData {
    if (kind.name === 'Group') return withTypedMembers(this.#directory, attributes, this.#behaviour);
    const { userName } = attributes;
    const isLower = typeof userName !== 'string' || userName === userName.toLowerCase();
    const lowered = isLower ? attributes : { ...attributes, userName: userName.toLowerCase() };
    this.#checkUnique(lowered, ownId);
    return lowered;
  }

  remains({ kind, attributes }: Row): ResourceData | undefined {
    return kind.name === 'User' && this.#behaviour.softDelete ? { ...attributes, active: false } : undefined;
  }

  #createGroup(kind: ResourceKind, body: ResourceData): NewResource {
    const attributes = this.#group(kind, body);
    const identity = String(attributes.externalId ?? attributes.displayName);
    if (this.#directory.groups.find('identity', identity).length > 0) {
      throw new ScimRefusal(409, `Another group already exists with this ID '${identity}'`, 'uniqueness');
    }
    return { attributes, identity };
  }

  #createUser(kind: ResourceKind, body: ResourceData): NewResource {
    if (body.active === false && !this.#behaviour.softDelete) throw new ScimRefusal(400, '');
    try {
      const attributes = this.#user(kind, body, 'POST', undefined);
      return { attributes, id: this.#held.release(attributes) };
    } catch (error) {
      if (error instanceof IncompleteUser) this.#held.hold(body);
      throw error;
    }
  }

  #group(kind: ResourceKind, body: ResourceData): ResourceData {
    checkShapes(body);
    if (!isText(body.displayName)) throw new ScimRefusal(400, "'displayName' is required", 'invalidValue');
    return withTypedMembers(this.#directory, buildAttributes(kind, body, this.#behaviour), this.#behaviour);
  }

  #user(kind: ResourceKind, body: ResourceData, method: 'POST' | 'PUT', ownId: string | undefined): ResourceData {
    checkShapes(body);
    const attributes = buildAttributes(kind, withEmails(withUserName(body), method), this.#behaviour);
    this.#checkUnique(attributes, ownId);
    return attributes;
  }

  #checkUnique({ userName, emails, active }: ResourceData, ownId: string | undefined): void {
    const { users } = this.#directory;
    if (users.find('name', String(userName)).some(({ id }) => id !== ownId)) {
      throw new ScimRefusal(409, `Another user already exists with this username '${String(userName)}'`, 'uniqueness');
    }
    if (active === false || !Array.isArray(emails)) return;
    for (const { value } of emails) {
      const holders = users.find('email', String(value));
      const isTaken = holders.some((row) => row.id !== ownId && row.attributes.active !== false);
      if (!isTaken) continue;
      throw new ScimRefusal(409, `Another user already exists with this email '${String(value)}'`, 'uniqueness');
    }
  }
}

/** The `userType` of an account that is no person. */
export const serviceAccount = 'ServiceAccount';

/** A user that lacks what WorkOS cannot do without: it is refused, and held until the missing part comes. */
class IncompleteUser extends ScimRefusal {}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function withUserName(body: ResourceData): ResourceData {
  const { userName } = body;
  if (!isText(userName)) throw new IncompleteUser(400, "'userName' is required", 'invalidValue');
  return { ...body, userName: userName.toLowerCase() };
}

function withEmails(body: ResourceData, method: 'POST' | 'PUT'): ResourceData {
  const { emails, userName } = body;
  if (Array.isArray(emails) && emails.some((email) => isText(email?.value))) return body;
  // OpenAI's own body of one has no address.
  if (body.userType === serviceAccount) return body;
  if (isText(userName) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(userName)) {
    return { ...body, emails: [{ primary: true, type: 'work', value: userName }] };
  }
  const scimType = method === 'POST' ? 'invalidValue' : 'invalidSyntax';
  throw new IncompleteUser(400, 'Required attributes missing: emails', scimType);
}

const expected: Readonly<Record<string, 'string' | 'boolean' | 'array' | 'object'>> = {
  userName: 'string',
  externalId: 'string',
  displayName: 'string',
  title: 'string',
  active: 'boolean',
  name: 'object',
  emails: 'array',
  members: 'array',
};

function checkShapes(body: ResourceData): void {
  for (const [name, value] of Object.entries(body)) {
    const type = expected[name];
    const received = typeName(value);
    if (type !== undefined && received !== type) throw unexpected(name, type, received);
    if (value === null) throw unexpected(name, 'string', 'null');
    if (name === 'name') checkParts(name, value);
    if (Array.isArray(value)) for (const element of value) checkElement(name, element);
  }
}

function checkElement(name: string, element: unknown): void {
  if (name !== 'emails' && name !== 'members') return;
  if (!isRecord(element)) throw unexpected(name, 'object', typeName(element));
  checkParts(name, element);
  if (name !== 'members' || isText(element.value)) return;
  throw unexpected('members.value', 'string', typeName(element.value));
}

function checkParts(name: string, value: unknown): void {
  if (!isRecord(value)) return;
  for (const [part, content] of Object.entries(value)) {
    if (part === 'primary' || typeof content === 'string') continue;
    throw unexpected(`${name}.${part}`, 'string', typeName(content));
  }
}

function unexpected(name: string, type: string, received: string): ScimRefusal {
  return new ScimRefusal(400, `'${name}' is expected ${type}, received ${received}`, 'invalidSyntax');
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A user that was refused for what it lacks, and is kept until that comes. */
export interface HeldUser {
  /** The id it will have. */
  readonly id: string;
  /** What was sent of it, as JSON. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Rows in WorkOS's "Validating" hold: refused for a missing `userName` or e-mail address, in no list and in no group.
 * The corrected body, sent again, becomes the row that was held.
 */
export class HeldUsers {
  #users: readonly HeldUser[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  list(): readonly HeldUser[] {
    return this.#users;
  }

  hold(attributes: ResourceData): void {
    const id = this.release(attributes) ?? this.#random.uuid();
    this.#users = [...this.#users, { id, attributes }];
  }

  /** The id of the held row this user completes, which is then no longer held. */
  release(attributes: ResourceData): string | undefined {
    const known = this.#users.find((user) => isSamePerson(user.attributes, attributes));
    this.#users = this.#users.filter((user) => user !== known);
    return known?.id;
  }

  snapshot(): readonly HeldUser[] {
    return this.#users;
  }

  restore(snapshot: readonly HeldUser[]): void {
    this.#users = snapshot;
  }
}

function isSamePerson(one: ResourceData, other: ResourceData): boolean {
  return ['externalId', 'userName'].some((name) => {
    const [text, otherText] = [one[name], other[name]];
    const areTexts = typeof text === 'string' && typeof otherText === 'string' && text !== '';
    return areTexts && text.toLowerCase() === otherText.toLowerCase();
  });
}
