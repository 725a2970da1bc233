import { isRecord } from '../../internal/json.js';
import type { Random } from '../random.js';
import { ScimRefusal } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import type { Directory } from './directory.js';
import type { ResourceData, ResourceKind, Row } from './resource-table.js';
import { withTypedMembers } from './rfc-rules.js';
import { buildAttributes, type DirectoryRules } from './write.js';

/**
 * The rules of WorkOS's endpoint, with its messages (WorkOS, "Directory Sync" and `scim-bridge`): no nulls, a lower-case
 * `userName`, a usable e-mail address, groups known by their `externalId`, members that do not resolve dropped.
 */
export function createWorkosRules(directory: Directory, behaviour: ScimBehaviour, held: HeldUsers): DirectoryRules {
  const userOf = (body: ResourceData, method: 'POST' | 'PUT', ownId: string | undefined): ResourceData => {
    checkShapes(body);
    const withEmail = withEmails(withUserName(body), method);
    const attributes = buildAttributes(userKindOf(directory), withEmail, behaviour);
    checkUnique(directory, attributes, ownId);
    return attributes;
  };
  const groupOf = (kind: ResourceKind, body: ResourceData): ResourceData => {
    checkShapes(body);
    if (!isText(body.displayName)) throw new ScimRefusal(400, "'displayName' is required", 'invalidValue');
    return withTypedMembers(directory, buildAttributes(kind, body, behaviour), dropped);
  };

  return {
    create(kind, body) {
      if (kind.name === 'Group') {
        const attributes = groupOf(kind, body);
        const identity = String(attributes.externalId ?? attributes.displayName);
        if (directory.groups.find('identity', identity).length > 0) {
          throw new ScimRefusal(409, `Another group already exists with this ID '${identity}'`, 'uniqueness');
        }
        return { attributes, identity };
      }
      if (body.active === false && !behaviour.softDelete) throw new ScimRefusal(400, '');
      try {
        const attributes = userOf(body, 'POST', undefined);
        const id = held.release(attributes);
        return id === undefined ? { attributes } : { attributes, id };
      } catch (error) {
        if (error instanceof IncompleteUser) held.hold(body);
        throw error;
      }
    },
    replace: (kind, row, body) => (kind.name === 'Group' ? groupOf(kind, body) : userOf(body, 'PUT', row.id)),
    settle(kind, row, attributes) {
      if (kind.name === 'Group') return withTypedMembers(directory, attributes, dropped);
      const { userName } = attributes;
      const lowered =
        typeof userName === 'string' && userName !== userName.toLowerCase()
          ? { ...attributes, userName: userName.toLowerCase() }
          : attributes;
      checkUnique(directory, lowered, row.id);
      return lowered;
    },
    remains: (kind, row) =>
      kind.name === 'User' && behaviour.softDelete ? { ...row.attributes, active: false } : undefined,
  };
}

/** A user that lacks what WorkOS cannot do without: it is refused, and held until the missing part comes. */
class IncompleteUser extends ScimRefusal {}

function userKindOf(directory: Directory): ResourceKind {
  return directory.users.kind;
}

function dropped(): void {}

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
  if (name === 'members' && !isText(element.value))
    throw unexpected('members.value', 'string', typeName(element.value));
}

function checkParts(name: string, value: unknown): void {
  if (!isRecord(value)) return;
  for (const [part, content] of Object.entries(value)) {
    if (part !== 'primary' && typeof content !== 'string')
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

function checkUnique(directory: Directory, attributes: ResourceData, ownId: string | undefined): void {
  const { userName, emails, active } = attributes;
  if (directory.users.find('name', String(userName)).some(({ id }) => id !== ownId)) {
    throw new ScimRefusal(409, `Another user already exists with this username '${String(userName)}'`, 'uniqueness');
  }
  if (active === false || !Array.isArray(emails)) return;
  for (const { value } of emails) {
    const taken = directory.users.find('email', String(value)).some((row) => row.id !== ownId && isActive(row));
    if (taken)
      throw new ScimRefusal(409, `Another user already exists with this email '${String(value)}'`, 'uniqueness');
  }
}

function isActive(row: Row): boolean {
  return row.attributes.active !== false;
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
    const known = this.#users.find((user) => isSamePerson(user.attributes, attributes));
    const id = known?.id ?? this.#random.uuid();
    this.#users = [...this.#users.filter((user) => user !== known), { id, attributes }];
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
  return isSameText(one.externalId, other.externalId) || isSameText(one.userName, other.userName);
}

function isSameText(one: unknown, other: unknown): boolean {
  return (
    typeof one === 'string' && typeof other === 'string' && one !== '' && one.toLowerCase() === other.toLowerCase()
  );
}
