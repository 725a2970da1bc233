import { ScimRefusal } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import { type Directory, memberIds } from './directory.js';
import type { ResourceData, ResourceKind, Row } from './resource-table.js';
import type { DirectoryRules } from './write.js';
import { buildAttributes } from './write.js';

/** The rules of RFC 7643 and RFC 7644: a unique `userName`, members that exist. */
export function createRfcRules(directory: Directory, behaviour: ScimBehaviour): DirectoryRules {
  const settle = (kind: ResourceKind, row: Row | undefined, attributes: ResourceData): ResourceData => {
    if (kind.name === 'User') {
      checkUserName(directory, attributes, row?.id);
      return attributes;
    }
    return withTypedMembers(directory, attributes, (id) => {
      throw new ScimRefusal(400, `No user or group has the id of a member (${id.length} characters).`, 'invalidValue');
    });
  };
  return {
    create: (kind, body) => ({ attributes: settle(kind, undefined, buildAttributes(kind, body, behaviour)) }),
    replace: (kind, row, body) => settle(kind, row, buildAttributes(kind, body, behaviour)),
    settle,
    remains: (kind, row) =>
      behaviour.deleteDeactivates && kind.name === 'User' ? { ...row.attributes, active: false } : undefined,
  };
}

function checkUserName(directory: Directory, { userName }: ResourceData, ownId: string | undefined): void {
  const taken = directory.users.find('name', String(userName)).some(({ id }) => id !== ownId);
  if (taken) throw new ScimRefusal(409, 'Another user has this userName.', 'uniqueness');
}

/** Members with nothing but their id and type; `onUnknown` decides about an id that nobody has. */
export function withTypedMembers(
  directory: Directory,
  attributes: ResourceData,
  onUnknown: (id: string) => void,
): ResourceData {
  const { members, ...rest } = attributes;
  if (members === undefined) return attributes;
  const seen = new Set<string>();
  const typed: ResourceData[] = [];
  for (const value of memberIds(attributes)) {
    if (seen.has(value)) continue;
    seen.add(value);
    const member = directory.get(value);
    if (member === undefined) onUnknown(value);
    else typed.push({ value, type: member.kind.name });
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
