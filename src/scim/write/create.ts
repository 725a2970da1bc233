import type { OptionNames } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isFailure, isSdkError } from '../../errors/is-sdk-error.js';
import { scimRequestRemedies } from '../../errors/remedies/scim.js';
import { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { WriteNotConfirmedError } from '../../errors/scim-errors.js';
import { isEmpty, ownCopy } from '../../internal/json.js';
import { readLocation } from '../../transport/headers.js';
import type { RequestOptions, TransportRequest } from '../../transport/options.js';
import { lookupBackoff, retryAfterOf } from '../../transport/retry.js';
import { isBrowser } from '../../transport/wire.js';
import { isNotFound } from '../error-body.js';
import { findByNaturalKeys } from '../natural-key-search.js';
import { inTurn, isOtherKind, keyConflict, naturalKeysOf, noteKeys } from '../natural-keys.js';
import { isAlike } from '../proven-filters.js';
import { checkQueryNames, type Projection, projectionParameters } from '../query.js';
import { getOptionNames, readResource } from '../read.js';
import { splitMembers } from '../read-members.js';
import { answerError, idIn, type ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { GROUP_URN } from '../schemas/urns.js';
import { isOutcomeUnknown, settle, withRemedy } from './lost-answer.js';
import { addSchemaUrns, write } from './send.js';
import { checkResource } from './validate.js';
import { differingAttributes, verifyResource } from './verify.js';

/** How a resource is created, and what of it the answer holds (RFC 7644 §3.9). Some servers fail when asked for that. */
export interface CreateOptions<T = never> extends RequestOptions, Projection<T> {
  /**
   * Read the resource back afterwards and compare, since not every server keeps all it is sent; and look whether another
   * has a natural key of it, since not every server refuses that: a NaturalKeyConflictError, `doubled`. @default false
   */
  readonly verify?: boolean | undefined;
}

export const createOptionNames: OptionNames<CreateOptions> = { ...getOptionNames, verify: true };

export async function createResource(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
  given: CreateOptions = {},
  /** Whether it may be sent once more when its answer was lost and looking it up shows nothing. */
  mayRepeat = true,
): Promise<Resource> {
  const options = ownCopy(given, Object.keys(createOptionNames));
  const requestOptions = context.server.sharedOptions(options);
  const { attributes, excludedAttributes } = options;
  const make = () => makeResource(context, input, { ...requestOptions, attributes, excludedAttributes }, mayRepeat);
  const made = await inTurn(context.server, [[context, input]], make, requestOptions.signal);
  if (options.verify !== true) return made.resource;
  const { resource, members } = await verifyResource(context, 'POST', made.resource, input, requestOptions);
  // Hidden members are not known to be there, and whoever asked for proof must hear of it.
  if (members === undefined || (members.verified === true && !members.dropped?.length)) return resource;
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
  mayRepeat = true,
): Promise<MadeResource> {
  const { server } = context;
  const { id: _id, meta: _meta, ...attributes } = input;
  checkQueryNames(context, options);
  await checkResource(context, attributes);
  const requestOptions = server.sharedOptions(options);
  const body = addSchemaUrns(context, attributes);
  const query = projectionParameters(options);
  const keys = naturalKeysOf(context, attributes);
  checkCanBeFound(context, attributes);
  const repeats = mayRepeat ? (requestOptions.maxRetries ?? server.maxRetries) : 0;

  const { random } = server.transport;
  let sent = 0;
  /** Since it was sent last. */
  let looks = 0;
  return settle<MadeResource>(
    server,
    {
      send: async () => {
        sent += 1;
        looks = 0;
        const made = await post(context, { method: 'POST', body, query }, requestOptions);
        const isShown = query.length === 0;
        if (isShown) await checkIsMade(context, made, attributes, requestOptions);
        noteKeys(context, made.resource);
        const isEmptyGroup = context.schema.id === GROUP_URN && splitMembers(context, body).members.length === 0;
        if (isEmptyGroup && made.status === 201) server.knowledge.emptyGroups.add(made.resource.id);
        return made;
      },
      waitMs: (error) => {
        // After an attempt whose answer was lost, what is taken may be taken by the resource that it made.
        const isUncertain = isOutcomeUnknown(error) || (sent > 1 && isTaken(error));
        if (!isUncertain || keys.length === 0) return undefined;
        return Math.max(lookupBackoff(looks + 1, random), retryAfterOf(error));
      },
      lookUp: async (error) => {
        looks += 1;
        // A list may lag behind, and a filter may be misread: all are walked through before it is sent again.
        const absence = looks < looksBeforeRepeat ? 'claimed' : 'walked';
        const { named, alike } = await findByNaturalKeys(context, attributes, requestOptions, { absence });
        const made = named.find(
          (one) => !isOtherKind(context, one, attributes) && differingAttributes(context, one, attributes).length === 0,
        );
        if (made !== undefined) return { done: { resource: made } };
        if (named.length > 0 || alike.length > 0) return 'failed';
        if (looks < looksBeforeRepeat) return 'wait';
        // A success that does not say what it made is never sent again, nor what somebody has by now.
        const isFinal = error instanceof ResponseValidationError || isTaken(error) || sent > repeats;
        return isFinal ? 'failed' : 'send';
      },
    },
    requestOptions.signal,
  ).catch((error: unknown) => {
    throw explainUnknown(error, keys.length > 0);
  });
}

/** Refuses an answer about somebody else. One that shows none of the keys is read: it may be no resource at all. */
async function checkIsMade(
  context: ResourceContext,
  { resource, status }: MadeResource,
  attributes: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): Promise<void> {
  const { route } = context;
  // With 200 it may be one that was there, which `upsert` looks at more closely.
  if (status === 200) return;
  const keys = naturalKeysOf(context, attributes);
  const shownIn = (one: Resource) => keys.filter(([attribute]) => !isEmpty(one[attribute]));
  let made = resource;
  if (keys.length > 0 && shownIn(made).length === 0) {
    try {
      made = await readResource(context, resource.id, options);
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (!isNotFound(error)) return;
      throw answerError(
        { method: 'POST', route },
        { status: status ?? 201 },
        'was answered with an id that nothing has.',
        {
          path: ['id'],
          message: 'expected the id of the new resource',
        },
      );
    }
  }
  const shown = shownIn(made);
  if (shown.length === 0 || shown.some(([attribute, value]) => isAlike(attribute, made[attribute], value))) return;
  throw keyConflict('other_resource', context, attributes, [made]);
}

/** Of an error that leaves open whether something was created, what to do is to look, and not to repeat. */
function explainUnknown(error: unknown, hasKeys: boolean): unknown {
  if (!isSdkError(error) || !isOutcomeUnknown(error)) return error;
  const remedy = scimRequestRemedies[hasKeys ? 'creation_unknown' : 'creation_unknown_without_key'];
  // That of a failed connection says what to do about the connection.
  const other = error instanceof ConnectionError && error.remedy !== undefined ? ` ${error.remedy}` : '';
  return withRemedy(error, `${remedy}${other}`);
}

/** A list may lag behind what was created by some seconds: once is not enough to call it absent. */
const looksBeforeRepeat = 3;

/** Whether another resource has one of the values: by the status, or by `scimType` whatever the status. */
export function isTaken(error: unknown): error is ResponseError {
  return error instanceof ResponseError && (error.status === 409 || error.code === 'uniqueness');
}

async function post(
  context: ResourceContext,
  request: { readonly method: 'POST'; readonly body: object; readonly query: TransportRequest['query'] },
  options: RequestOptions,
): Promise<MadeResource> {
  const { response, resource } = await write(context, request, options);
  const { status } = response;
  if (resource !== undefined && !isPlaceholder(resource.id)) return { resource, status };
  const asked = { method: 'POST', route: context.route } as const;
  const issue = { path: ['id'], message: 'expected the id of the new resource' };
  const id = idAt(readLocation(response.headers), context);
  if (id === undefined)
    throw answerError(asked, response, 'was answered without the resource and without its id.', issue);
  try {
    return { resource: await readResource(context, id, options), status };
  } catch (failure) {
    if (!isFailure(failure)) throw failure;
    if (failure instanceof ResponseError && [404, 410].includes(failure.status))
      throw answerError(asked, response, 'was answered with a Location where nothing is.', issue);
    // It is there: an error would invite to create it once more.
    return { resource: context.readRow({ ...request.body, id }, asked, response), status };
  }
}

/** The id in a `Location`; `undefined` where it names none of this list, as in those of servers that had none to fill in. */
function idAt(location: string | null, { route }: ResourceContext): string | undefined {
  const id = idIn(location);
  const [list, before] = [route.split('/').at(-1), location?.split('/').filter(Boolean).at(-2)];
  const isElsewhere = before !== undefined && before.toLowerCase() !== list?.toLowerCase();
  return id === undefined || isElsewhere || id === list || isPlaceholder(id) ? undefined : id;
}

/** What a server makes of an id that it does not have. */
function isPlaceholder(id: string): boolean {
  return ['undefined', 'null'].includes(id);
}

/** A browser may send a creation twice by itself, and without a natural key nothing could tell that it did. */
export function checkCanBeFound(
  context: ResourceContext | undefined,
  attributes: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[] = [],
): void {
  if (!isBrowser() || (context !== undefined && naturalKeysOf(context, attributes).length > 0)) return;
  const [first = 'externalId', ...others] = context?.definition.naturalKeys ?? [];
  throw new InputError('A browser may send this create twice, and the resource could not be looked up.', {
    path,
    remedy: `Set ${[first, ...others].map((name) => `\`${name}\``).join(' or ')}, or create it from a server.`,
  });
}
