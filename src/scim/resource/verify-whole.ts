import type { RequestOptions } from '../../transport/transport.js';
import { compareMembers, type MembersResult } from '../groups/change-members.js';
import { splitMembers } from '../groups/split-members.js';
import type { Resource } from '../schemas/common.js';
import { differences } from './differences.js';
import { readResource } from './get-resource.js';
import { unlessGone } from './is-gone.js';
import type { ResourceContext } from './resource-context.js';
import { verifyWrite } from './write-resource.js';

/**
 * Reads a resource back and compares it with what it was to be. The members of a group are counted one by one, since
 * servers drop those they do not know.
 *
 * @throws WriteNotConfirmedError for anything but members.
 */
export async function verifyWhole(
  context: ResourceContext,
  method: 'POST' | 'PATCH',
  written: Resource,
  wanted: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): Promise<{ readonly resource: Resource; readonly members?: MembersResult | undefined }> {
  const { members, others } = splitMembers(context, wanted);
  // A replica that lags behind may not have it yet.
  const read = () => unlessGone(readResource(context, written.id, options));
  const compare = (now: Resource | undefined) =>
    now === undefined ? ['the resource'] : differences(context, now, others);
  const resource = (await verifyWrite(context, method, read, compare, options)) ?? written;
  if (members.length === 0) return { resource };
  const asked = { added: members.flatMap(({ value }) => value ?? []), removed: [] };
  return { resource, members: { ...asked, ...(await compareMembers(context, written.id, asked, options)) } };
}
