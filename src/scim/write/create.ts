import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { WriteNotConfirmedError } from '../../errors/scim-errors.js';
import type { RequestOptions } from '../../transport/options.js';
import { findByNaturalKey, naturalKeysOf } from '../find.js';
import { type Projection, projectionParameters, readResource, unlessGone } from '../read.js';
import { splitMembers } from '../read-members.js';
import type { ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { GROUP_URN } from '../schemas/urns.js';
import { backoff, sharedOptions } from '../server.js';
import { compareMembers, type MembersResult } from './members.js';
import { addSchemaUrns, isOutcomeUnknown, verifyWrite, type Write, write } from './send.js';
import { checkResource } from './validate.js';
import { differingAttributes } from './verify.js';

/** How a resource is created, and what of it the answer holds (RFC 7644 §3.9). Some servers fail when asked for that. */
export interface CreateOptions extends RequestOptions, Projection {
  /** Read the resource back afterwards and compare, since not every server keeps all it is sent. @default false */
  readonly verify?: boolean | undefined;
}

/** Creates a resource, once, and looks at what became of it where that is asked for. */
export async function createResource(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
  options: CreateOptions = {},
): Promise<Resource> {
  const how = sharedOptions(context.session, options);
  const { attributes, excludedAttributes } = options;
  const made = await makeResource(context, input, { ...how, attributes, excludedAttributes });
  if (options.verify !== true) return made.resource;
  const { resource, members } = await verifyResource(context, 'POST', made.resource, input, how);
  if (!members?.dropped?.length) return resource;
  throw new WriteNotConfirmedError('not_applied', { method: 'POST', route: context.route, attributes: ['members'] });
}

/** A resource that was made, and how the server said so, where it did. */
interface MadeResource {
  readonly resource: Resource;
  readonly status?: number | undefined;
}

/**
 * Makes a resource, once.
 *
 * A POST whose answer was lost may have been carried out. So before it is sent again the resource is looked up by its
 * natural keys; found with the values that were sent, it is the one.
 */
export async function makeResource(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
  options: RequestOptions & Projection,
): Promise<MadeResource> {
  const { session, definition } = context;
  const { id: _id, meta: _meta, ...attributes } = input;
  await checkResource(definition, session.profile, attributes);
  const how = sharedOptions(session, options);
  const body = addSchemaUrns(context, attributes);
  const query = projectionParameters(options);
  const keys = naturalKeysOf(context, attributes);
  const repeats = how.maxRetries ?? session.maxRetries;

  for (let attempt = 1; ; attempt += 1) {
    try {
      const made = await post(context, { method: 'POST', body, query }, how);
      const isEmptyGroup = context.schema.id === GROUP_URN && splitMembers(context, body).members.length === 0;
      if (isEmptyGroup && made.status === 201) session.learned.newGroups.add(made.resource.id);
      return made;
    } catch (error) {
      const isEarlierOne = attempt > 1 && error instanceof ResponseError && error.status === 409;
      if (!(isEarlierOne || isOutcomeUnknown(error)) || keys.length === 0) throw error;
      // A success that does not say what it made: to be looked for as often as it takes, and never sent again.
      const isMade = error instanceof ResponseValidationError;
      let found: Resource | undefined;
      do {
        await backoff(session, attempt, how.signal);
        found = await findByNaturalKey(context, attributes, how).catch((failure: unknown) => {
          throw isFailure(failure) ? error : failure;
        });
      } while (isMade && found === undefined && attempt++ <= repeats);
      if (found !== undefined && differingAttributes(context, found, attributes).length === 0)
        return { resource: found };
      const mayRepeat = found === undefined && !isEarlierOne && !isMade && attempt <= repeats;
      if (!mayRepeat) throw error;
    }
  }
}

type Created = Extract<Write, { readonly method: 'POST' }> & { readonly body: object };

async function post(context: ResourceContext, request: Created, options: RequestOptions): Promise<MadeResource> {
  const { response, resource } = await write(context, request, options);
  const { status } = response;
  if (resource !== undefined) return { resource, status };
  const id = idIn(response.headers.get('location'));
  if (id !== undefined) {
    const read = readResource(context, id, options).catch((failure: unknown) => {
      if (!isFailure(failure)) throw failure;
      // It is there: an error would invite to create it once more.
      return context.readRow({ ...request.body, id }, { method: 'POST', route: context.route }, response);
    });
    return { resource: await read, status };
  }
  throw new ResponseValidationError(`POST ${context.route} was answered without the resource and without its id.`, {
    method: 'POST',
    route: context.route,
    status: response.status,
    issues: [{ path: ['id'], message: 'expected the id of the new resource' }],
  });
}

/** The id at the end of a `Location`. */
export function idIn(location: string | null | undefined): string | undefined {
  const segment = location
    ?.replace(/[?#].*$/s, '')
    .split('/')
    .filter(Boolean)
    .at(-1);
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Reads a resource back and compares it with what it was to be. The members of a group are counted one by one, since
 * servers drop those they do not know.
 *
 * @throws WriteNotConfirmedError for anything but members.
 */
export async function verifyResource(
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
    now === undefined ? ['the resource'] : differingAttributes(context, now, others);
  const resource = (await verifyWrite(context, method, read, compare, options)) ?? written;
  if (members.length === 0) return { resource };
  const asked = { added: members.flatMap(({ value }) => value ?? []), removed: [] };
  return { resource, members: { ...asked, ...(await compareMembers(context, written.id, asked, options)) } };
}
