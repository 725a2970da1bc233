import { isFailure } from '../errors/is-sdk-error.js';
import { isRecord } from '../internal/json.js';
import type { RequestOptions } from '../transport/options.js';
import { firstRequest, listResources, readResource } from './read.js';
import type { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import type { GroupMember } from './schemas/group.js';
import { GROUP_URN } from './schemas/urns.js';

/** What became of a change of members. */
export interface MembersResult {
  /** Ids that were sent to be added. */
  readonly added: readonly string[];
  /** Ids that were sent to be removed. */
  readonly removed: readonly string[];
  /** With `verify`: `false` where the server does not show the members, so that nothing could be compared. */
  readonly verified?: boolean | undefined;
  /** With `verify`: ids that the server did not add, without a word: those of users it does not know, for one. */
  readonly dropped?: readonly string[] | undefined;
  /** With `verify`: ids that are members still. */
  readonly remaining?: readonly string[] | undefined;
}

/**
 * The members of a group that was read; `undefined` where the server may hide some. No members are none (RFC 7643 §2.5)
 * only on a server that was seen to show members.
 */
export async function readMembers(
  context: ResourceContext,
  group: Resource,
  options: RequestOptions,
): Promise<readonly unknown[] | undefined> {
  const { knowledge } = context.server;
  if (hasMembers(group)) knowledge.membersShown = 'shown';
  if (Array.isArray(group.members)) return group.members;
  if (knowledge.showsMembers) return [];
  const asked = await readResource(context, group.id, { ...options, attributes: ['members'] });
  if (hasMembers(asked)) knowledge.membersShown = 'shown_if_asked';
  if (Array.isArray(asked.members)) return asked.members;
  if (knowledge.membersShown === 'shown_if_asked') return [];
  knowledge.membersShown ??= (await showsAny(context, options)) ? 'shown' : 'not_seen';
  return knowledge.showsMembers ? [] : undefined;
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
  const ids = members?.flatMap((member) =>
    isRecord(member) && typeof member.value === 'string' ? [member.value] : [],
  );
  return ids && new Set(ids);
}

/** Takes the members of a group from its other attributes: they are sent and compared one by one. */
export function splitMembers(
  { schema }: ResourceContext,
  resource: Readonly<Record<string, unknown>>,
): { readonly members: readonly GroupMember[]; readonly others: Readonly<Record<string, unknown>> } {
  if (schema.id !== GROUP_URN) return { members: [], others: resource };
  const { members, ...others } = resource;
  // `checkResource` has refused members without an id.
  return { members: Array.isArray(members) ? (members as readonly GroupMember[]) : [], others };
}
