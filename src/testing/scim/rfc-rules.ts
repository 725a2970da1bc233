import { ScimRefusal } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import { type Directory, memberIds, type NewResource } from './directory.js';
import type { ResourceData, ResourceKind, Row } from './resource-table.js';
import { buildAttributes, type DirectoryRules } from './write.js';

/** The rules of RFC 7643 and RFC 7644: a unique `userName`, members that exist. */
export class RfcRules implements DirectoryRules {
  readonly #directory: Directory;
  readonly #behaviour: ScimBehaviour;

  constructor(directory: Directory, behaviour: ScimBehaviour) {
    this.#directory = directory;
    this.#behaviour = behaviour;
  }

  create(kind: ResourceKind, body: ResourceData): NewResource {
    return { attributes: this.settle(kind, buildAttributes(kind, body, this.#behaviour)) };
  }

  replace({ kind, id }: Row, body: ResourceData): ResourceData {
    return this.settle(kind, buildAttributes(kind, body, this.#behaviour), id);
  }

  settle(kind: ResourceKind, attributes: ResourceData, ownId?: string): ResourceData {
    if (kind.name === 'User') {
      const holders = this.#directory.users.find('name', String(attributes.userName));
      if (holders.every(({ id }) => id === ownId)) return attributes;
      throw new ScimRefusal(409, 'Another user already has this userName.', 'uniqueness');
    }
    return withTypedMembers(this.#directory, attributes, this.#behaviour);
  }

  remains({ kind, attributes }: Row): ResourceData | undefined {
    return kind.name === 'User' && this.#behaviour.deleteDeactivates ? { ...attributes, active: false } : undefined;
  }
}

/** Members with nothing but their id and type. */
export function withTypedMembers(
  directory: Directory,
  attributes: ResourceData,
  { unknownMembers, repeatedMembers }: ScimBehaviour,
): ResourceData {
  const { members, ...rest } = attributes;
  if (members === undefined) return attributes;
  const typed: ResourceData[] = [];
  const ids = memberIds(attributes);
  for (const value of repeatedMembers === 'merged' ? new Set(ids) : ids) {
    const member = directory.get(value);
    if (member !== undefined) typed.push({ value, type: member.kind.name });
    else if (unknownMembers === 'keep') typed.push({ value });
    else if (unknownMembers === 'refuse') {
      throw new ScimRefusal(400, `Unknown member id (${value.length} characters).`, 'invalidValue');
    }
  }
  if (isSameMembers(members, typed)) return attributes;
  return typed.length === 0 ? rest : { ...rest, members: typed };
}

// Keeps the very object where nothing changes, so that nothing counts as a change.
function isSameMembers(members: unknown, typed: readonly ResourceData[]): boolean {
  if (!Array.isArray(members) || members.length !== typed.length) return false;
  return members.every((member, index) => {
    const other = typed[index];
    return member.value === other?.value && member.type === other?.type && Object.keys(member).length === 2;
  });
}
