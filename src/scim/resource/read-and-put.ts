import { ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import type { TransportRequest } from '../../transport/transport.js';
import { applyPatch } from '../patch/apply-patch.js';
import { etagOf } from '../reading/resource-origin.js';
import type { Resource } from '../schemas/common.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { GROUP_URN } from '../schemas/urns.js';
import { readResource } from './get-resource.js';
import { checkSize } from './preflight.js';
import type { ResourceContext } from './resource-context.js';
import { shownMembers } from './shown-members.js';
import { withSchemas } from './with-schemas.js';
import { type WriteOptions, write } from './write-resource.js';

const readingsAllowed = 3;

/**
 * Reads a resource, changes it here and puts it back, only if it is still the same where the server can tell. Where it
 * is not, the change is made once more to what is there now.
 */
export async function readAndPut(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
  query?: TransportRequest['query'],
): Promise<Resource | undefined> {
  for (let reading = 1; ; reading += 1) {
    try {
      return await readAndPutOnce(context, id, operations, options, query);
    } catch (error) {
      const wasOvertaken = error instanceof ResponseError && error.status === 412 && options.ifMatch === undefined;
      if (!wasOvertaken || reading === readingsAllowed) throw error;
    }
  }
}

async function readAndPutOnce(
  context: ResourceContext,
  id: string,
  given: readonly PatchOperation[],
  options: WriteOptions,
  query: TransportRequest['query'],
): Promise<Resource | undefined> {
  const { profile } = context.session;
  const read = await readResource(context, id, options);
  const before = context.schema.id === GROUP_URN ? await withMembers(context, read, options) : read;
  // Copied as they would be sent: what is judged must not read differently from what was applied.
  const operations: readonly PatchOperation[] = JSON.parse(JSON.stringify(given));
  const after = applyPatch(before, operations, { schema: context.schema });
  if (after === before) return before;
  const { meta: _meta, ...attributes } = after;
  const kept = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
  const body = withSchemas(context, kept);
  checkSize(body, profile);
  const ifMatch = options.ifMatch ?? (profile.conditionalWrites ? etagOf(read) : undefined);
  const madeFrom = { before, operations };
  return (await write(context, { method: 'PUT', id, body, query, madeFrom }, { ...options, ifMatch })).resource;
}

/** A group with its members, without which to put it back would remove them all. */
async function withMembers(context: ResourceContext, group: Resource, options: WriteOptions): Promise<Resource> {
  const isNew = context.session.learned.newGroups.has(group.id);
  const members = (await shownMembers(context, group, options)) ?? (isNew ? [] : undefined);
  if (members !== undefined) return group.members === members ? group : { ...group, members };
  throw new ResponseValidationError(`GET ${context.route}/{id} was answered without members.`, {
    method: 'GET',
    route: `${context.route}/{id}`,
    status: 200,
    issues: [{ path: ['members'], message: 'expected the members' }],
    remedy: 'This server has no PATCH, and to put back a group whose members are not shown could remove them all.',
  });
}
