import { isFailure } from '../errors/is-sdk-error.js';
import { isRecord } from '../internal/json.js';
import type { RequestOptions } from '../transport/options.js';
import { firstRequest, listResources, readResource } from './read.js';
import type { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import type { GroupMember } from './schemas/group.js';
import { GROUP_URN } from './schemas/urns.js';

/**
 * The members of a group that was read; `undefined` where the server may have some that it does not show.
 *
 * No members are none (RFC 7643 §2.5), but only from a server that was seen to show members.
 */
export async function readMembers(
  context: ResourceContext,
  group: Resource,
  options: RequestOptions,
): Promise<readonly unknown[] | undefined> {
  const { learned } = context.session;
  if (hasMembers(group)) learned.members = 'shown';
  if (Array.isArray(group.members)) return group.members;
  if (learned.members === 'shown') return [];
  const asked = await readResource(context, group.id, { ...options, attributes: ['members'] });
  if (hasMembers(asked)) learned.members = 'shown_if_asked';
  if (Array.isArray(asked.members)) return asked.members;
  if (learned.members === 'shown_if_asked') return [];
  learned.members ??= (await showsAny(context, options)) ? 'shown' : 'not_seen';
  return learned.members === 'shown' ? [] : undefined;
}

const hasMembers = ({ members }: Resource): boolean => Array.isArray(members) && members.length > 0;

/** Whether a page of groups shows any with members. */
async function showsAny(context: ResourceContext, options: RequestOptions): Promise<boolean> {
  try {
    return (await listResources(context, {}, firstRequest(context, {}), options)).rows.some(hasMembers);
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

/** The ids of the members; `undefined` where the server does not show them. */
export async function memberIds(
  context: ResourceContext,
  groupId: string,
  options: RequestOptions,
): Promise<ReadonlySet<string> | undefined> {
  const members = await readMembers(context, await readResource(context, groupId, options), options);
  return (
    members &&
    new Set(members.flatMap((member) => (isRecord(member) && typeof member.value === 'string' ? [member.value] : [])))
  );
}

/** Takes the members of a group from its other attributes: they are sent and compared one by one. */
export function splitMembers(
  { schema }: ResourceContext,
  resource: Readonly<Record<string, unknown>>,
): { readonly members: readonly GroupMember[]; readonly others: Readonly<Record<string, unknown>> } {
  if (schema.id !== GROUP_URN) return { members: [], others: resource };
  const { members, ...others } = resource;
  // What is given was looked at before: `checkResource` refuses a member without an id.
  return { members: Array.isArray(members) ? (members as readonly GroupMember[]) : [], others };
}
