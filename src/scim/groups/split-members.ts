import type { ResourceContext } from '../resource/resource-context.js';
import type { GroupMember } from '../schemas/group.js';
import { GROUP_URN } from '../schemas/urns.js';

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
