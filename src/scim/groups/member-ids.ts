import { isRecord } from '../../internal/is-record.js';
import type { RequestOptions } from '../../transport/transport.js';
import { readResource } from '../resource/get-resource.js';
import type { ResourceContext } from '../resource/resource-context.js';
import { shownMembers } from '../resource/shown-members.js';

/** The ids of the members; `undefined` where the server does not show them. */
export async function memberIds(
  context: ResourceContext,
  groupId: string,
  options: RequestOptions,
): Promise<ReadonlySet<string> | undefined> {
  const members = await shownMembers(context, await readResource(context, groupId, options), options);
  return (
    members &&
    new Set(members.flatMap((member) => (isRecord(member) && typeof member.value === 'string' ? [member.value] : [])))
  );
}
