import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isEmpty, isRecord } from '../../internal/json.js';
import type { TransportRequest } from '../../transport/options.js';
import { retry, waitBeforeRetry } from '../../transport/retry.js';
import { applyPatch } from '../patch/apply.js';
import { readResource } from '../read.js';
import { etagOf, type ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import { GROUP_URN } from '../schemas/urns.js';
import { mayHaveMadeVersion } from './lost-answer.js';
import { addSchemaUrns, type WriteOptions, write } from './send.js';
import { readWhole, withMembers } from './shown-whole.js';
import { checkSize } from './validate.js';
import { differingAttributes } from './verify.js';

/** How a change is put back. */
export interface PutDetails extends Pick<TransportRequest, 'query'> {
  /**
   * The caller looks at what became of a request whose answer was lost. Then what was read is never put back a second time as it
   * stands, which would undo what others have changed since.
   */
  readonly isLookedUp?: boolean | undefined;
  /** As the caller saw it a moment ago: an answer that leaves some of that out is not put back. */
  readonly seen?: Resource | undefined;
}

/**
 * Reads a resource, changes it here and puts it back, only if it is still the same where the server can tell. If it is
 * not, or where the server has not acted and cannot tell, the change is applied again to what is there now.
 */
export async function patchViaPut(
  context: ResourceContext,
  id: string,
  given: readonly PatchOperation[],
  options: WriteOptions,
  { query, isLookedUp = false, seen }: PutDetails,
): Promise<Resource | undefined> {
  const { profile, knowledge, transport, maxRetries } = context.server;
  /** What a PUT failed with that only this loop may send again. */
  let failure: unknown;
  // Copied as they would be sent: what is classified must not read differently from what was applied.
  const operations: readonly PatchOperation[] = JSON.parse(JSON.stringify(given));
  const putChanged = async (): Promise<Resource | undefined> => {
    const read = await readWhole(context, id, seen, options);
    const isGroup = context.schema.id === GROUP_URN;
    const before = isGroup ? await withMembers(context, read, options) : read;
    const after = applyPatch(before, operations, { schema: context.schema });
    if (after === before) return before;
    const { meta: _meta, ...attributes } = after;
    const kept = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
    const body = addSchemaUrns(context, withEmptiedLists(kept, before));
    checkSize(body, profile);
    const isConditional = profile.conditionalWrites || knowledge.versionedRoutes.has(context.route);
    const ifMatch = options.ifMatch ?? (isConditional ? etagOf(read) : undefined);
    const put = { method: 'PUT', id, body, query, derivedFrom: { before, operations } } as const;
    const isSentOnce = isLookedUp && ifMatch === undefined;
    try {
      const { resource } = await write(context, put, { ...options, ifMatch, ...(isSentOnce && { maxRetries: 0 }) });
      if (isGroup && isEmpty(kept.members) && isEmpty(resource?.members)) knowledge.emptyGroups.add(id);
      return resource;
    } catch (error) {
      if (isSentOnce) failure = error;
      const differing = (now: Resource) => differingAttributes(context, now, kept);
      if (mayHaveMadeVersion(error)) return asSent(context, id, options, differing, error);
      if (isVersionRequired(error)) knowledge.versionedRoutes.add(context.route);
      if (isVersionRequired(error) && ifMatch === undefined && etagOf(read) !== undefined) return putChanged();
      throw error;
    }
  };
  const wasOvertaken = (error: unknown) =>
    error instanceof ResponseError && error.status === 412 && options.ifMatch === undefined;
  const repeats = options.maxRetries ?? maxRetries;
  const delayAfter = (error: unknown, attempt: number) => {
    if (wasOvertaken(error)) return attempt <= overtakenAllowed ? 0 : undefined;
    if (error !== failure || attempt > repeats) return undefined;
    // By this method only what the server has certainly not acted on.
    return waitBeforeRetry(error, { method: 'PATCH' }, attempt, transport.random);
  };
  const { clock } = transport;
  return retry(putChanged, { maxRetries: Number.POSITIVE_INFINITY, clock, signal: options.signal, delayAfter });
}

/** Times that others may have been faster. */
const overtakenAllowed = 2;

/** With the lists that are left empty: a server may take what is not mentioned for unchanged (RFC 7644 §3.5.1). */
function withEmptiedLists(
  after: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const emptied = { ...after };
  for (const [name, value] of Object.entries(before)) {
    const left = after[name];
    if (Array.isArray(value) && value.length > 0 && left === undefined) emptied[name] = [];
    if (!isRecord(value) || left === value || (left !== undefined && !isRecord(left))) continue;
    const parts = withEmptiedLists(left ?? {}, value);
    if (Object.keys(parts).length > 0) emptied[name] = parts;
  }
  return emptied;
}

/** Whether the server changes nothing without the version that the change was made for. */
export function isVersionRequired(error: unknown): boolean {
  return error instanceof ResponseError && error.status === 428;
}

/** What is there, if that is what was sent; otherwise the error stands. */
export async function asSent(
  context: ResourceContext,
  id: string,
  options: WriteOptions,
  differing: (now: Resource) => readonly string[],
  error: unknown,
): Promise<Resource> {
  const now = await readResource(context, id, options).catch((failure: unknown) => {
    throw isFailure(failure) ? error : failure;
  });
  if (differing(now).length > 0) throw error;
  return now;
}
