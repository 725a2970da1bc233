import { refusal } from '../compliance/log-query.js';
import type { WorkspaceInvitation, WorkspaceUser } from '../compliance/workspaces.js';
import { userIdOf } from '../user-id.js';
import { indexOf } from './member-index.js';
import { afterPage, cursorPage } from './paging.js';
import { type AdminCall, type AdminParts, accountOf, isScimManaged } from './parts.js';

const ofMembers = { byDefault: 100, maximum: 1000, status: 400 } as const;
/** Of what is not published: invitations and service accounts. */
const ofUnpublished = { byDefault: 20, maximum: 100, status: 400 } as const;

/** Active members, as an index shows them that learns of changes late. */
export function listMembers(call: AdminCall): unknown {
  const { parts, workspace, parameters } = call;
  const email = parameters.get('email')?.toLowerCase();
  const { active } = indexOf(parts.access.workspaces.usersSeenLate(workspace.id));
  const members = email === undefined ? active : active.filter((user) => user.email.toLowerCase() === email);
  const { rows, page } = afterPage(call, ofMembers, members);
  return page(rows.map((user) => memberRow(parts, user)));
}

/** Whoever accepted, also where the account cannot be used. */
export function readMember({ parts, workspace, ids: [id = ''] }: AdminCall): unknown {
  return memberRow(parts, memberOf(parts, workspace.id, id));
}

/** @throws ComplianceRefusal for somebody who is no member. */
export function memberOf({ access }: AdminParts, workspaceId: string, id: string): WorkspaceUser {
  const member = indexOf(access.workspaces.users(workspaceId)).byId.get(id);
  if (member === undefined) throw refusal(404, 'User not found.', { param: 'user_id' });
  return member;
}

function memberRow(parts: AdminParts, user: WorkspaceUser) {
  const { id, email, name, role, seatType } = user;
  const seat_type = seatType ?? 'chatgpt';
  const is_scim_managed = isScimManaged(parts, user);
  return { object: 'workspace.user', id, email, name: name === '' ? null : name, role, seat_type, is_scim_managed };
}

export function listInvites(call: AdminCall): unknown {
  return unpublishedPage(call, invitesOf(call));
}

export function readInvite(call: AdminCall): unknown {
  const [id] = call.ids;
  const invite = invitesOf(call).find((one) => one.id === id);
  if (invite === undefined) throw refusal(404, 'Invite not found.', { param: 'invite_id' });
  return invite;
}

function invitesOf({ parts, workspace }: AdminCall) {
  return parts.access.workspaces.invitations(workspace.id).map((one) => inviteRow(parts, one));
}

// OpenAI publishes no field of it: these are a guess.
function inviteRow({ directory }: AdminParts, { email, name }: WorkspaceInvitation) {
  return {
    object: 'workspace.invite',
    // As the list of the Compliance API has it.
    id: userIdOf(email).replace('user', 'invite'),
    email,
    name: name === '' ? null : name,
    role: 'standard-user',
    status: 'pending',
    is_scim_managed: accountOf(directory, email) !== undefined,
  };
}

/** A page of a list of which nothing is published, in the dialect that the world has for it. */
export function unpublishedPage<Row extends { readonly id: string }>(call: AdminCall, rows: readonly Row[]): unknown {
  if (call.parts.quirks.unpublishedPaging === 'cursor') {
    const { rows: shown, page } = cursorPage(call, ofUnpublished, rows);
    return page(shown);
  }
  const sorted = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const { rows: shown, page } = afterPage(call, ofUnpublished, sorted);
  return page(shown);
}
