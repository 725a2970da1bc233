import { refusal } from '../compliance/log-query.js';
import type { WorkspaceUser } from '../compliance/workspaces.js';
import { createRandom, seedOf } from '../random.js';
import { emailOf, memberIds } from '../scim/directory.js';
import type { Row } from '../scim/resource-table.js';
import type { ManualGroup } from './groups.js';
import { indexOf } from './member-index.js';
import { memberOf } from './members.js';
import { cursorPage, type ListQuery } from './paging.js';
import { type AdminCall, type AdminParts, accountOf, hasDirectory, isScimManaged } from './parts.js';

const ofGroups = { byDefault: 20, maximum: 100, status: 400 } as const;

/** A group of a workspace: one of the directory, or one that was made by hand. */
export interface WorkspaceGroup {
  readonly id: string;
  readonly name: string;
  /** Unix seconds. */
  readonly createdAt: number;
  readonly origin: Row | ManualGroup;
}

export function listGroups(call: AdminCall): unknown {
  const { parts, workspace } = call;
  return pageOfGroups(call, groupsOf(parts, workspace.id));
}

export function readGroup(call: AdminCall): unknown {
  return groupRow(call, groupOf(call));
}

export function listGroupMembers(call: AdminCall): unknown {
  const { parts, workspace } = call;
  const members = membersOf(parts, workspace.id, groupOf(call));
  const { rows, page } = cursorPage(call, ofGroups, inOrder(call, members));
  return page(rows.map((user) => groupMemberRow(parts, user)));
}

/** In the order in which the groups were made: when somebody came into one, the world does not know. */
export function listGroupsOfMember(call: AdminCall): unknown {
  const { parts, workspace, ids } = call;
  const member = memberOf(parts, workspace.id, ids[0] ?? '');
  return pageOfGroups(call, groupsOfMember(parts, workspace.id, member));
}

/** All groups of a workspace, oldest first. */
export function groupsOf(parts: AdminParts, workspaceId: string): readonly WorkspaceGroup[] {
  const synced = hasDirectory(parts, workspaceId) ? syncedGroups(workspaceId, parts.directory.groups.list()) : [];
  const made = parts.groups.list(workspaceId);
  return made.length === 0 ? synced : oldestFirst([...synced, ...made.map(groupByHand)]);
}

// The table gives another list after each change: what was made of one stays true of it.
const known = new WeakMap<readonly Row[], Map<string, readonly WorkspaceGroup[]>>();

/** Made once for each list: who reads the members of thousands of groups asks for one group thousands of times. */
function syncedGroups(workspaceId: string, rows: readonly Row[]): readonly WorkspaceGroup[] {
  const ofList = known.get(rows) ?? new Map<string, readonly WorkspaceGroup[]>();
  known.set(rows, ofList);
  const groups = ofList.get(workspaceId) ?? oldestFirst(rows.map((row) => groupOfDirectory(workspaceId, row)));
  ofList.set(workspaceId, groups);
  return groups;
}

/** The groups of one member, oldest first. */
export function groupsOfMember(parts: AdminParts, workspaceId: string, user: WorkspaceUser): readonly WorkspaceGroup[] {
  const { directory } = parts;
  const account = hasDirectory(parts, workspaceId) ? accountOf(directory, user.email) : undefined;
  const synced = account === undefined ? [] : directory.groupsOf(account.id);
  const made = parts.groups.list(workspaceId).filter(({ memberIds: ids }) => ids.includes(user.id));
  return oldestFirst([...synced.map((row) => groupOfDirectory(workspaceId, row)), ...made.map(groupByHand)]);
}

/** Who of a group is a member of the workspace, in the order in which they came: the directory has others as well. */
export function membersOf(
  { access, directory }: AdminParts,
  workspaceId: string,
  { origin }: WorkspaceGroup,
): readonly WorkspaceUser[] {
  const { byId, byEmail } = indexOf(access.workspaces.users(workspaceId));
  if (!isSynced(origin)) return origin.memberIds.flatMap((id) => byId.get(id) ?? []);
  const found = memberIds(origin.attributes).flatMap((id) => {
    const attributes = directory.users.get(id)?.attributes;
    const email = attributes && emailOf(attributes)?.toLowerCase();
    return (email !== undefined && byEmail.get(email)) || [];
  });
  return [...new Set(found)];
}

function groupOfDirectory(workspaceId: string, row: Row): WorkspaceGroup {
  return {
    id: `group-${createRandom(seedOf(`${workspaceId} ${row.id}`)).text(24)}`,
    name: String(row.attributes.displayName ?? ''),
    createdAt: Date.parse(row.created) / 1000,
    origin: row,
  };
}

function groupByHand(group: ManualGroup): WorkspaceGroup {
  return { id: group.id, name: group.name, createdAt: group.created_at, origin: group };
}

function oldestFirst(groups: readonly WorkspaceGroup[]): readonly WorkspaceGroup[] {
  return groups.toSorted((one, other) => one.createdAt - other.createdAt);
}

function isSynced(origin: Row | ManualGroup): origin is Row {
  return 'kind' in origin;
}

function groupOf({ parts, workspace, ids: [id] }: AdminCall): WorkspaceGroup {
  const group = groupsOf(parts, workspace.id).find((one) => one.id === id);
  if (group === undefined) throw refusal(404, 'Group not found.', { param: 'group_id' });
  return group;
}

function pageOfGroups(call: AdminCall, groups: readonly WorkspaceGroup[]): unknown {
  const { rows, page } = cursorPage(call, ofGroups, inOrder(call, groups));
  return page(rows.map((group) => groupRow(call, group)));
}

/** Oldest first, unless the newest are asked for. */
function inOrder<T>({ parameters }: ListQuery, rows: readonly T[]): readonly T[] {
  const order = parameters.get('order') ?? 'asc';
  if (order !== 'asc' && order !== 'desc') throw refusal(400, 'Invalid order: asc or desc.', { param: 'order' });
  return order === 'asc' ? rows : rows.toReversed();
}

function groupRow({ parts, workspace }: AdminCall, group: WorkspaceGroup) {
  const { id, name, createdAt, origin } = group;
  return {
    object: 'directory.workspace.group',
    id,
    workspace_id: workspace.id,
    name,
    created_at: createdAt,
    member_count: membersOf(parts, workspace.id, group).length,
    source: isSynced(origin) ? 'scim' : 'manual',
    scim: isSynced(origin) ? { id: origin.id, display_name: name } : null,
  };
}

function groupMemberRow(parts: AdminParts, user: WorkspaceUser) {
  const { id, email, name, created_at, role } = user;
  return {
    object: 'compliance.workspace.user',
    id,
    email,
    name: name === '' ? null : name,
    created_at,
    role,
    // The list of the Compliance API has another word for the same.
    status: user.status === 'inactive' ? 'deactivated' : user.status,
    is_scim_managed: isScimManaged(parts, user),
  };
}
