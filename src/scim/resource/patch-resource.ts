import { PatchError } from '../../errors/patch-error.js';
import { ResponseError } from '../../errors/response-error.js';
import { ResponseValidationError } from '../../errors/response-validation-error.js';
import { isRecord } from '../../internal/is-record.js';
import type { TransportRequest } from '../../transport/transport.js';
import { applyPatch } from '../patch/apply-patch.js';
import { etagOf } from '../reading/resource-origin.js';
import type { Resource } from '../schemas/common.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { GROUP_URN, PATCH_OP_URN } from '../schemas/urns.js';
import { inTurn } from '../turns.js';
import { readResource } from './get-resource.js';
import { projectionParameters } from './list-resources.js';
import { checkActive, checkSize } from './preflight.js';
import { differences } from './replace-resource.js';
import type { ResourceContext } from './resource-context.js';
import { withSchemas } from './with-schemas.js';
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

  const query = projectionParameters(options);
  const resource = await patchOrPut(context, id, operations, how, { query });
  if (options.verify !== true) return resource;
  return verifyWrite(context, 'PATCH', read, (now) => notApplied(context, now, operations), how);
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
  const { session, route } = context;
  const { learned, profile } = session;
  return inTurn(session.turns, `${route}/${id}`, change, options.signal);

  async function change(): Promise<Resource | undefined> {
    if (learned.patch !== false && !learned.routesWithoutPatch.has(route)) {
      const body = { schemas: [PATCH_OP_URN], Operations: operations };
      const safeToRepeat = operations.every(({ op, path }) => path !== undefined && op !== 'add');
      checkSize(body, profile);
      try {
        return (await write(context, { method: 'PATCH', id, body, safeToRepeat, ...details }, options)).resource;
      } catch (error) {
        if (!(error instanceof ResponseError) || (error.status !== 501 && error.status !== 405)) throw error;
        learned.routesWithoutPatch.add(route);
      }
    }
    // What a PATCH would take away, the PUT that stands for it merely leaves out. So what is asked for is judged, and
    // what was judged is done.
    const judged = JSON.parse(JSON.stringify(operations)) as readonly PatchOperation[];
    session.guard({ method: 'PATCH', route: `${route}/{id}`, body: { Operations: judged } });
    return readAndPut(context, id, judged, options, details.query);
  }
}

/** The same by PUT alone. */
export function putChanged(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
): Promise<Resource | undefined> {
  const change = () => readAndPut(context, id, operations, options);
  return inTurn(context.session.turns, `${context.route}/${id}`, change, options.signal);
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
  query?: WriteDetails['query'],
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
  operations: readonly PatchOperation[],
  options: WriteOptions,
  query: WriteDetails['query'],
): Promise<Resource | undefined> {
  const { profile } = context.session;
  const before = await readResource(context, id, options);
  if (context.schema.id === GROUP_URN && before.members === undefined) {
    // Some servers never show members: putting the group back would remove them all.
    throw new ResponseValidationError(`GET ${context.route}/{id} was answered without members.`, {
      method: 'GET',
      route: `${context.route}/{id}`,
      status: 200,
      issues: [{ path: ['members'], message: 'expected the members' }],
      remedy: 'This server has no PATCH, and to put back a group whose members are not shown could remove them all.',
    });
  }
  const after = applyPatch(before, operations, { schema: context.schema });
  if (after === before) return before;
  const { meta: _meta, ...attributes } = after;
  // An empty list says no more than one that is missing (RFC 7643 §2.5), but to give one is to ask for it.
  const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
  const kept = Object.fromEntries(Object.entries(attributes).filter(([, value]) => !isNothing(value)));
  const body = withSchemas(context, kept);
  checkSize(body, profile);
  const ifMatch = options.ifMatch ?? (profile.conditionalWrites ? etagOf(before) : undefined);
  return (await write(context, { method: 'PUT', id, body, query }, { ...options, ifMatch })).resource;
}

/** The attributes that applying the operations once more would still change. */
function notApplied(
  { schema }: ResourceContext,
  now: Resource,
  operations: readonly PatchOperation[],
): readonly string[] {
  try {
    const after = applyPatch(now, operations, { schema });
    const removed = Object.keys(now).filter((name) => !(name in after));
    return [...removed, ...differences(now, after)];
  } catch (error) {
    // What should have been changed is not even there.
    if (error instanceof PatchError) return [error.path ?? 'a value'];
    throw error;
  }
}
