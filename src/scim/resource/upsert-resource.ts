import { ResponseError } from '../../errors/response-error.js';
import { ScimError } from '../../errors/scim-error.js';
import { isRecord } from '../../internal/is-record.js';
import type { RequestOptions } from '../../transport/transport.js';
import type { Resource } from '../schemas/common.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { sharedOptions } from '../session.js';
import { covers } from './covers.js';
import { createResource } from './create-resource.js';
import { readResource } from './get-resource.js';
import { lookUp, scanFor } from './look-up.js';
import { patchOrPut, putChanged } from './patch-resource.js';
import { checkResource } from './preflight.js';
import type { ResourceContext } from './resource-context.js';

/** What it took to have the resource as it was given. */
export type UpsertOutcome =
  /** There was none. */
  | 'created'
  /** The server said there was one (409) that a lookup had not shown, and it was changed where it differed. */
  | 'adopted'
  /** There was one, and it was changed. */
  | 'updated'
  /** There was one that was not active: it was activated, and changed where it differed. */
  | 'reactivated'
  /** There was one just like it. */
  | 'unchanged';

/** What became of an upsert. */
export interface UpsertResult<T> {
  readonly outcome: UpsertOutcome;
  /** The resource as it is now. */
  readonly resource: T;
}

/** Creates a resource, or finds the one there is and changes it where it differs. */
export async function upsertResource(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
  options: RequestOptions = {},
): Promise<UpsertResult<Resource>> {
  const { session, definition } = context;
  const { id: _id, meta: _meta, schemas: _schemas, ...wanted } = input;
  await checkResource(definition, session.profile, wanted);
  const how = sharedOptions(session, options);

  const found = await lookUp(context, wanted, how);
  if (found !== undefined) {
    const updated = await update(context, found, wanted, how);
    if (updated !== undefined) return updated;
    // It was deleted since, or only its row was left of it.
  }
  try {
    return { outcome: 'created', resource: await createResource(context, input, how) };
  } catch (error) {
    if (!(error instanceof ResponseError) || error.status !== 409) throw error;
    // A filter may find nothing where there is something, on some servers and on stale replicas.
    const holder = (await lookUp(context, wanted, how)) ?? (await scanFor(context, wanted, how));
    const adopted = holder && (await update(context, holder, wanted, how));
    if (adopted === undefined) throw error;
    return { ...adopted, outcome: 'adopted' };
  }
}

/** Changes what differs; `undefined` when the resource is not there any more. */
async function update(
  context: ResourceContext,
  found: Resource,
  wanted: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): Promise<UpsertResult<Resource> | undefined> {
  const isInactive = found.active === false && wanted.active !== false && 'active' in context.schema.attributes;
  const operations = changesFor(context, found, isInactive ? { ...wanted, active: true } : wanted);
  if (operations.length === 0) return { outcome: 'unchanged', resource: found };
  try {
    const changed = await patchOrPut(context, found.id, operations, options).catch((error: unknown) => {
      // The server does not find the path, which a whole resource does without.
      if (error instanceof ScimError && (error.scimType === 'noTarget' || error.scimType === 'invalidPath'))
        return putChanged(context, found.id, operations, options);
      throw error;
    });
    const resource = changed ?? (await readResource(context, found.id, options));
    return { outcome: isInactive ? 'reactivated' : 'updated', resource };
  } catch (error) {
    if (error instanceof ResponseError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * One operation for each attribute that is not as wanted, and for each part of a complex one: the shape that the most
 * servers take. Attributes that are not mentioned are left alone, and so are members: they are only added.
 */
export function changesFor(
  { schema }: ResourceContext,
  found: Resource,
  wanted: Readonly<Record<string, unknown>>,
): PatchOperation[] {
  const extensions = new Set((schema.extensions ?? []).map(({ id }) => id));
  const operations: PatchOperation[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    if (value === undefined || covers(found[name], value, name)) continue;
    if (name === 'members' && Array.isArray(value)) {
      const present = Array.isArray(found.members) ? found.members : [];
      const added = value.filter((member) => !present.some((other) => covers(other, member)));
      if (added.length > 0) operations.push({ op: 'add', path: name, value: added });
    } else if (isRecord(value)) {
      const before = isRecord(found[name]) ? found[name] : {};
      const separator = extensions.has(name) || name.startsWith('urn:') ? ':' : '.';
      for (const [part, inner] of Object.entries(value)) {
        if (inner === undefined || covers(before[part], inner, part)) continue;
        operations.push(operationFor(`${name}${separator}${part}`, inner));
      }
    } else {
      operations.push(operationFor(name, value));
    }
  }
  return operations;
}

function operationFor(path: string, value: unknown): PatchOperation {
  const isNothing = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return isNothing ? { op: 'remove', path } : { op: 'replace', path, value };
}
