import { ResponseError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/is-record.js';
import type { TransportRequest } from '../../transport/transport.js';
import type { Resource } from '../schemas/common.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { PATCH_OP_URN } from '../schemas/urns.js';
import { inTurn } from '../turns.js';
import { readResource } from './get-resource.js';
import { projectionParameters } from './list-resources.js';
import { notApplied, showsInOutcome } from './not-applied.js';
import { checkActive, checkSize } from './preflight.js';
import { readAndPut } from './read-and-put.js';
import type { ResourceContext } from './resource-context.js';
import { sharedWriteOptions, verifyWrite, type WriteOptions, write } from './write-resource.js';

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
    const before = operations.every(showsInOutcome) ? undefined : await read();
    await change(context, id, operations, how, details);
    return verifyWrite(context, 'PATCH', read, (now) => notApplied(context, operations, now, before), how);
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
  return inTurn(session.turns, `${route}/${id}`, work, signal);
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
