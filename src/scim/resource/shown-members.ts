import type { RequestOptions } from '../../transport/transport.js';
import type { Resource } from '../schemas/common.js';
import { readResource } from './get-resource.js';
import type { ResourceContext } from './resource-context.js';

/**
 * The members of a group that was read; `undefined` where the server may have some that it does not show.
 *
 * No members are none (RFC 7643 §2.5), but only from a server that would show them: one that showed some before, or
 * that, asked for members, sends nothing else.
 */
export async function shownMembers(
  context: ResourceContext,
  group: Resource,
  options: RequestOptions,
): Promise<readonly unknown[] | undefined> {
  const { learned } = context.session;
  const note = (members: readonly unknown[]) => {
    if (members.length > 0) learned.showsMembers = true;
    return members;
  };
  if (Array.isArray(group.members)) return note(group.members);
  if (learned.showsMembers === true) return [];
  const asked = await readResource(context, group.id, { ...options, attributes: ['members'] });
  if (Array.isArray(asked.members)) return note(asked.members);
  if (asked.displayName !== undefined) return undefined;
  learned.showsMembers = true;
  return [];
}
