import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { ScimError } from '../../errors/scim-errors.js';
import { isRecord } from '../../internal/is-record.js';
import type { RequestOptions } from '../../transport/transport.js';
import { etagOf } from '../reading/resource-origin.js';
import { createResource } from '../resource/create-resource.js';
import { patchOrPut } from '../resource/patch-resource.js';
import { openResource, type ResourceContext } from '../resource/resource-context.js';
import { write as writeResource } from '../resource/write-resource.js';
import type { Resource } from '../schemas/common.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import type { Session } from '../session.js';
import type { BulkResult, BulkWrite } from './bulk-request.js';
import { outcomeOf } from './outcome-of.js';
import { nameOf } from './read-bulk-response.js';

/** Makes one write by a request of its own, for a server without bulk requests. */
export async function writePlainly(
  session: Session,
  contexts: readonly ResourceContext[],
  write: BulkWrite,
  options: RequestOptions,
): Promise<BulkResult> {
  try {
    const { status, resource } = await send(session, contexts, write, options);
    return {
      ...nameOf(write),
      outcome: 'succeeded',
      status,
      ...(resource && { id: resource.id, location: resource.meta?.location ?? undefined, response: resource }),
      ...(resource && { version: etagOf(resource) }),
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return {
      ...nameOf(write),
      outcome: outcomeOf(error),
      error,
      ...(error instanceof ResponseError && { status: error.status, response: parsed(error.body) }),
      ...(error instanceof ScimError && { scimType: error.scimType }),
    };
  }
}

async function send(
  session: Session,
  contexts: readonly ResourceContext[],
  write: BulkWrite,
  options: RequestOptions,
): Promise<{ readonly status: number; readonly resource?: Resource | undefined }> {
  const end = write.method === 'POST' ? write.path.length : write.path.lastIndexOf('/');
  const route = write.path.slice(0, end);
  if (route === '' || contexts.some((known) => route.startsWith(`${known.route}/`))) {
    throw new InputError(`\`${write.method}\` cannot be sent to this path.`, { path: ['path'] });
  }
  const context =
    contexts.find((known) => known.route === route) ??
    openResource(session, { endpoint: route, schema: { id: '', attributes: {} } });
  if (write.method === 'POST') {
    return { status: 201, resource: await createResource(context, { ...write.data }, options) };
  }
  const id = decodeURIComponent(write.path.slice(end + 1));
  const how = { ...options, ifMatch: write.version };
  if (write.method === 'PATCH') {
    return { status: 200, resource: await patchOrPut(context, id, operationsIn(write.data), how) };
  }
  const body = write.method === 'PUT' ? write.data : undefined;
  const { response, resource } = await writeResource(context, { method: write.method, id, body }, how);
  return { status: response.status, resource };
}

function operationsIn(data: object): readonly PatchOperation[] {
  const { Operations: operations } = data as { readonly Operations?: unknown };
  if (Array.isArray(operations)) return operations as readonly PatchOperation[];
  throw new InputError('The data of a PATCH has no `Operations`.', { path: ['data', 'Operations'] });
}

function parsed(body: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return isRecord(value) ? value : body;
  } catch {
    return body;
  }
}
