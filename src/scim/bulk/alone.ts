import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { ScimError } from '../../errors/scim-errors.js';
import { isRecord } from '../../internal/json.js';
import { parseJson } from '../../internal/json-limits.js';
import type { RequestOptions } from '../../transport/options.js';
import type { UsersAndGroups } from '../client.js';
import { etagOf, ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import { patch } from '../write/change.js';
import { makeResource } from '../write/create.js';
import { write as sendWrite } from '../write/send.js';
import { type Outcome, outcomeOf } from './answer.js';
import { endpointOf } from './match.js';
import type { BulkWrite } from './writes.js';

/** Makes one write by a request of its own. */
export async function writeAlone(
  contexts: UsersAndGroups,
  write: BulkWrite,
  options: RequestOptions,
): Promise<Outcome> {
  try {
    const { status, resource } = await send(contexts, write, options);
    return { ...(resource === undefined ? { outcome: 'succeeded' as const } : madeOutcome(resource)), status };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return {
      outcome: outcomeOf(error),
      error,
      ...(error instanceof ResponseError && { status: error.status, response: parsed(error.body()) }),
      ...(error instanceof ScimError && { scimType: error.scimType }),
    };
  }
}

/** The outcome of a write that is seen to have been carried out. */
export function madeOutcome(resource: Resource): Outcome {
  const { id, meta } = resource;
  const location = meta?.location ?? undefined;
  return { outcome: 'succeeded', id, location, version: etagOf(resource), response: resource };
}

/** The type of resource that a write is to. */
export function contextOfWrite(contexts: UsersAndGroups, write: BulkWrite): ResourceContext {
  const route = endpointOf(write);
  const unknownType = { endpoint: route, schema: { id: '', attributes: {} } };
  return contexts.find((known) => known.route === route) ?? new ResourceContext(contexts[0].server, unknownType);
}

async function send(
  contexts: UsersAndGroups,
  write: BulkWrite,
  options: RequestOptions,
): Promise<{ readonly status: number; readonly resource?: Resource | undefined }> {
  const route = endpointOf(write);
  if (route === '' || contexts.some((known) => route.startsWith(`${known.route}/`))) {
    throw new InputError(`\`${write.method}\` cannot be sent to this path.`, { path: ['path'] });
  }
  const context = contextOfWrite(contexts, write);
  if (write.method === 'POST') {
    const { status = 201, resource } = await makeResource(context, { ...write.data }, options);
    return { status, resource };
  }
  const id = decodeURIComponent(write.path.slice(route.length + 1));
  const requestOptions = { ...options, ifMatch: write.version };
  if (write.method === 'PATCH') {
    return { status: 200, resource: await patch(context, id, operationsIn(write.data), requestOptions) };
  }
  const body = write.method === 'PUT' ? write.data : undefined;
  const { response, resource } = await sendWrite(context, { method: write.method, id, body }, requestOptions);
  return { status: response.status, resource };
}

export function operationsIn(data: object): readonly PatchOperation[] {
  const { Operations: operations } = data as { readonly Operations?: unknown };
  if (Array.isArray(operations)) return operations as readonly PatchOperation[];
  throw new InputError('The data of a PATCH has no `Operations`.', { path: ['data', 'Operations'] });
}

function parsed(body: string | undefined): unknown {
  try {
    const value = parseJson(body ?? '');
    return isRecord(value) ? value : body;
  } catch {
    return body;
  }
}
