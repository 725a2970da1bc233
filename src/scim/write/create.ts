import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { WriteNotConfirmedError } from '../../errors/scim-errors.js';
import { readLocation } from '../../transport/headers.js';
import type { RequestOptions, TransportRequest } from '../../transport/options.js';
import { lookupBackoff } from '../../transport/retry.js';
import { isBrowser } from '../../transport/wire.js';
import { findByNaturalKey, naturalKeysOf } from '../find.js';
import { type Projection, projectionParameters, readResource } from '../read.js';
import { splitMembers } from '../read-members.js';
import { answerError, idIn, type ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { GROUP_URN } from '../schemas/urns.js';
import { isOutcomeUnknown, settle } from './lost-answer.js';
import { addSchemaUrns, write } from './send.js';
import { checkResource } from './validate.js';
import { differingAttributes, verifyResource } from './verify.js';

/** How a resource is created, and what of it the answer holds (RFC 7644 §3.9). Some servers fail when asked for that. */
export interface CreateOptions extends RequestOptions, Projection {
  /** Read the resource back afterwards and compare, since not every server keeps all it is sent. @default false */
  readonly verify?: boolean | undefined;
}

export async function createResource(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
  options: CreateOptions = {},
): Promise<Resource> {
  const requestOptions = context.server.sharedOptions(options);
  const { attributes, excludedAttributes } = options;
  const made = await makeResource(context, input, { ...requestOptions, attributes, excludedAttributes });
  if (options.verify !== true) return made.resource;
  const { resource, members } = await verifyResource(context, 'POST', made.resource, input, requestOptions);
  if (!members?.dropped?.length) return resource;
  throw new WriteNotConfirmedError('not_applied', { method: 'POST', route: context.route, attributes: ['members'] });
}

interface MadeResource {
  readonly resource: Resource;
  readonly status?: number | undefined;
}

/**
 * Makes a resource, once. A POST whose answer was lost may have been carried out: before it is sent again the resource is
 * looked up by its natural keys. Found with the values that were sent, it is the one.
 */
export async function makeResource(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
  options: CreateOptions,
): Promise<MadeResource> {
  const { server, definition } = context;
  const { id: _id, meta: _meta, ...attributes } = input;
  await checkResource(definition, server.profile, attributes);
  const requestOptions = server.sharedOptions(options);
  const body = addSchemaUrns(context, attributes);
  const query = projectionParameters(options);
  const keys = naturalKeysOf(context, attributes);
  if (keys.length === 0 && isBrowser()) {
    // A browser may send it twice by itself, and nothing could tell that it did.
    const [first = 'externalId', ...others] = definition.naturalKeys ?? [];
    throw new InputError('A browser may send this create twice, and the resource could not be looked up.', {
      remedy: `Set ${[first, ...others].map((name) => `\`${name}\``).join(' or ')}, or create it from a server.`,
    });
  }
  const repeats = requestOptions.maxRetries ?? server.maxRetries;

  const { random } = server.transport;
  return settle<MadeResource>(
    server,
    {
      send: async () => {
        const made = await post(context, { method: 'POST', body, query }, requestOptions);
        const isEmptyGroup = context.schema.id === GROUP_URN && splitMembers(context, body).members.length === 0;
        if (isEmptyGroup && made.status === 201) server.knowledge.emptyGroups.add(made.resource.id);
        return made;
      },
      // After the last POST it is looked up once more.
      waitMs: (error, attempt) => {
        const isUncertain = isOutcomeUnknown(error) || (attempt > 1 && isConflict(error));
        return isUncertain && keys.length > 0 && attempt <= repeats + 1 ? lookupBackoff(attempt, random) : undefined;
      },
      lookUp: async (error, attempt) => {
        const found = await findByNaturalKey(context, attributes, requestOptions);
        if (found !== undefined) {
          const isSame = differingAttributes(context, found, attributes).length === 0;
          return isSame ? { done: { resource: found } } : 'failed';
        }
        // A success that does not say what it made is never sent again.
        if (error instanceof ResponseValidationError) return 'wait';
        return isConflict(error) || attempt > repeats + 1 ? 'failed' : 'send';
      },
    },
    requestOptions.signal,
  );
}

/** After an attempt whose answer was lost this may be the resource that it made. */
const isConflict = (error: unknown) => error instanceof ResponseError && error.status === 409;

async function post(
  context: ResourceContext,
  request: { readonly method: 'POST'; readonly body: object; readonly query: TransportRequest['query'] },
  options: RequestOptions,
): Promise<MadeResource> {
  const { response, resource } = await write(context, request, options);
  const { status } = response;
  if (resource !== undefined) return { resource, status };
  const id = idIn(readLocation(response.headers));
  if (id !== undefined) {
    const read = readResource(context, id, options).catch((failure: unknown) => {
      if (!isFailure(failure)) throw failure;
      // It is there: an error would invite to create it once more.
      return context.readRow({ ...request.body, id }, { method: 'POST', route: context.route }, response);
    });
    return { resource: await read, status };
  }
  const asked = { method: 'POST', route: context.route } as const;
  const issue = { path: ['id'], message: 'expected the id of the new resource' };
  throw answerError(asked, response, 'was answered without the resource and without its id.', issue);
}
