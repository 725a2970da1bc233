import { isFailure } from '../../errors/is-sdk-error.js';
import type { RequestOptions } from '../../transport/transport.js';
import type { Resource } from '../schemas/common.js';
import { readResource } from './get-resource.js';
import { firstRequest } from './iterate-resources.js';
import { listResources } from './list-resources.js';
import type { ResourceContext } from './resource-context.js';

/**
 * The members of a group that was read; `undefined` where the server may have some that it does not show.
 *
 * No members are none (RFC 7643 §2.5), but only from a server that was seen to show members.
 */
export async function shownMembers(
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
