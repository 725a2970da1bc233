import { PatchError } from '../../errors/patch-error.js';
import { ResponseError } from '../../errors/response-error.js';
import { ResponseValidationError } from '../../errors/response-validation-error.js';
import { isRecord } from '../../internal/is-record.js';
import { applyPatch } from '../patch/apply-patch.js';
import { etagOf } from '../reading/resource-origin.js';
import type { Resource } from '../schemas/common.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { GROUP_URN, PATCH_OP_URN } from '../schemas/urns.js';
import { sharedOptions } from '../session.js';
import { readResource } from './get-resource.js';
import { checkActive, checkSize } from './preflight.js';
import { differences } from './replace-resource.js';
import type { ResourceContext } from './resource-context.js';
import { verifyWrite, type WriteOptions, write } from './write-resource.js';

/**
 * Changes a resource by PATCH, or, where the server has no PATCH, by reading it, changing it here and putting it back.
 */
export async function patchResource(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions = {},
): Promise<Resource | undefined> {
  const { session } = context;
  const how: WriteOptions = Object.assign(sharedOptions(session, options), { ifMatch: options.ifMatch });
  const read = () => readResource(context, id, how);
  if (operations.length === 0) return read();
  operations.forEach(({ path, value }, index) => {
    if (path?.toLowerCase() === 'active') checkActive(value, [index, 'value']);
    if (path === undefined && isRecord(value)) checkActive(value.active, [index, 'value', 'active']);
  });

  const resource = await patchOrPut(context, id, operations, how);
  if (options.verify !== true) return resource;
  return verifyWrite(context, 'PATCH', read, (now) => notApplied(context, now, operations), how);
}

/** The same without looking at the operations first or at the outcome afterwards. */
export async function patchOrPut(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
  { safeToRepeat = operations.every(({ op, path }) => path !== undefined && op !== 'add') } = {},
): Promise<Resource | undefined> {
  const { learned, profile } = context.session;
  if (learned.patch !== false) {
    const body = { schemas: [PATCH_OP_URN], Operations: operations };
    checkSize(body, profile);
    try {
      return (await write(context, { method: 'PATCH', id, body, safeToRepeat }, options)).resource;
    } catch (error) {
      if (!(error instanceof ResponseError) || (error.status !== 501 && error.status !== 405)) throw error;
      learned.patch = false;
    }
  }
  return readAndPut(context, id, operations, options);
}

/** Reads a resource, changes it here and puts it back, only if it is still the same where the server can tell. */
export async function readAndPut(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
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
  const body = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
  checkSize(body, profile);
  const ifMatch = options.ifMatch ?? (profile.conditionalWrites ? etagOf(before) : undefined);
  return (await write(context, { method: 'PUT', id, body }, { ...options, ifMatch })).resource;
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
