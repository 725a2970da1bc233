import { ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/json.js';
import type { TransportRequest } from '../../transport/options.js';
import { applyPatch } from '../patch/apply.js';
import { projectionParameters, readResource } from '../read.js';
import { readMembers } from '../read-members.js';
import { etagOf, type ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import { GROUP_URN, PATCH_OP_URN } from '../schemas/urns.js';
import { withLock } from '../server.js';
import { addSchemaUrns, sharedWriteOptions, verifyWrite, type WriteOptions, write } from './send.js';
import { checkActive, checkResource, checkSize } from './validate.js';
import { differingAttributes, isProvenByOutcome, unappliedAttributes } from './verify.js';

/**
 * Changes a resource by PATCH, or, where the server has no PATCH, by reading it, changing it here and putting it back.
 */
export async function patchResource(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions = {},
): Promise<Resource | undefined> {
  const how = sharedWriteOptions(context.session, options);
  const read = () => readResource(context, id, how);
  if (operations.length === 0) return read();
  operations.forEach(({ path, value }, index) => {
    if (path?.toLowerCase() === 'active') checkActive(value, [index, 'value']);
    if (path === undefined && isRecord(value)) checkActive(value.active, [index, 'value', 'active']);
  });

  const details = { query: projectionParameters(options) };
  if (options.verify !== true) return patchOrPut(context, id, operations, how, details);
  return inItsTurn(context, id, how, async () => {
    const before = operations.every(isProvenByOutcome) ? undefined : await read();
    await change(context, id, operations, how, details);
    return verifyWrite(context, 'PATCH', read, (now) => unappliedAttributes(context, operations, now, before), how);
  });
}

type WriteDetails = Pick<TransportRequest, 'query' | 'safeToRepeat'>;

/**
 * The same without looking at the operations first or at the outcome afterwards. Changes of one resource wait for one
 * another: many a server reads, changes and writes back too, and loses one of two that meet.
 */
export function patchOrPut(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
  details: WriteDetails = {},
): Promise<Resource | undefined> {
  return inItsTurn(context, id, options, () => change(context, id, operations, options, details));
}

/** The same by PUT alone. */
export function putChanged(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
): Promise<Resource | undefined> {
  return inItsTurn(context, id, options, () => readAndPut(context, id, operations, options));
}

function inItsTurn<T>(
  { session, route }: ResourceContext,
  id: string,
  { signal }: WriteOptions,
  work: () => Promise<T>,
): Promise<T> {
  return withLock(session.turns, `${route}/${id}`, work, signal);
}

async function change(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
  details: WriteDetails,
): Promise<Resource | undefined> {
  const { session, route } = context;
  const { learned, profile } = session;
  // Some servers have PATCH and no filters in its paths.
  const hasFilter = operations.some(({ path }) => path?.includes('['));
  const kind = hasFilter ? `${route}[]` : route;
  if (learned.patch !== false && !learned.refusedPatches.has(route) && !learned.refusedPatches.has(kind)) {
    const body = { schemas: [PATCH_OP_URN], Operations: operations };
    const safeToRepeat = operations.every(({ op, path }) => path !== undefined && op !== 'add');
    checkSize(body, profile);
    const isNew = learned.newGroups.delete(id);
    try {
      return (await write(context, { method: 'PATCH', id, body, safeToRepeat, ...details }, options)).resource;
    } catch (error) {
      if (!(error instanceof ResponseError) || (error.status !== 501 && error.status !== 405)) throw error;
      learned.refusedPatches.add(error.status === 405 ? route : kind);
      if (isNew) learned.newGroups.add(id);
    }
  }
  return readAndPut(context, id, operations, options, details.query);
}

const readingsAllowed = 3;

/**
 * Reads a resource, changes it here and puts it back, only if it is still the same where the server can tell. Where it
 * is not, the change is made once more to what is there now.
 */
async function readAndPut(
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
  const body = addSchemaUrns(context, kept);
  checkSize(body, profile);
  const ifMatch = options.ifMatch ?? (profile.conditionalWrites ? etagOf(read) : undefined);
  const madeFrom = { before, operations };
  return (await write(context, { method: 'PUT', id, body, query, madeFrom }, { ...options, ifMatch })).resource;
}

/** A group with its members, without which to put it back would remove them all. */
async function withMembers(context: ResourceContext, group: Resource, options: WriteOptions): Promise<Resource> {
  const isNew = context.session.learned.newGroups.has(group.id);
  const members = (await readMembers(context, group, options)) ?? (isNew ? [] : undefined);
  if (members !== undefined) return group.members === members ? group : { ...group, members };
  throw new ResponseValidationError(`GET ${context.route}/{id} was answered without members.`, {
    method: 'GET',
    route: `${context.route}/{id}`,
    status: 200,
    issues: [{ path: ['members'], message: 'expected the members' }],
    remedy: 'This server has no PATCH, and to put back a group whose members are not shown could remove them all.',
  });
}

/** Puts a resource in the place of another. */
export async function replaceResource(
  context: ResourceContext,
  id: string,
  input: Readonly<Record<string, unknown>>,
  options: WriteOptions = {},
): Promise<Resource | undefined> {
  const { session, definition } = context;
  const { meta: _meta, ...attributes } = input;
  await checkResource(definition, session.profile, attributes);
  const how = sharedWriteOptions(session, options);
  const body = addSchemaUrns(context, { ...attributes, id });
  const put = async () => {
    const { resource } = await write(context, { method: 'PUT', id, body, query: projectionParameters(options) }, how);
    if (options.verify !== true) return resource;
    return verifyWrite(
      context,
      'PUT',
      () => readResource(context, id, how),
      (read) => differingAttributes(context, read, attributes),
      how,
    );
  };
  return withLock(session.turns, `${context.route}/${id}`, put, how.signal);
}
