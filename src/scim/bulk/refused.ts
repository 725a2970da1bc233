import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import type { SdkError } from '../../errors/sdk-error.js';
import { has, isRecord } from '../../internal/json.js';
import type { RequestOptions } from '../../transport/options.js';
import { lookupBackoff, retryAfterOf } from '../../transport/retry.js';
import type { UsersAndGroups } from '../client.js';
import { findByNaturalKeys } from '../natural-key-search.js';
import { isOtherKind, naturalKeysOf } from '../natural-keys.js';
import { readResource } from '../read.js';
import type { ResourceContext } from '../resource.js';
import { readAttribute } from '../schemas/names.js';
import { BULK_REQUEST_URN } from '../schemas/urns.js';
import type { Server } from '../server.js';
import { isTaken } from '../write/create.js';
import { isIndeterminateStatus } from '../write/lost-answer.js';
import { differingAttributes, unappliedAttributes } from '../write/verify.js';
import { contextOfWrite, madeOutcome, operationsIn } from './alone.js';
import type { Outcome } from './answer.js';
import { idOfWrite } from './match.js';
import type { BulkWrite } from './writes.js';

// A bulk request that is refused as a whole need not have done nothing: a simple server carries out one operation after the
// other, and answers with the error of the first that fails. What was done before that is then nowhere said.

/** What is said of a request before its operations are looked at: who sends it, in which form, and how large it is. */
const saidAtTheDoor: readonly number[] = [401, 406, 411, 413, 414, 415, 431];

/** Whether a request may have failed by the refusal of one of its operations, after others were carried out. */
export function mayBeOfOneOperation(error: SdkError): error is ResponseError {
  if (!(error instanceof ResponseError) || error.status < 400) return false;
  return !saidAtTheDoor.includes(error.status) && !isIndeterminateStatus(error.status);
}

/** Whether the server refuses even a bulk request without operations: then none of them was the reason. */
export async function refusesAnyBulk(server: Server, { status }: ResponseError, options: RequestOptions) {
  if (![403, 404, 405, 501].includes(status)) return false;
  const empty = { schemas: [BULK_REQUEST_URN], Operations: [] };
  try {
    await server.send({ ...options, method: 'POST', route: '/Bulk', body: empty });
    return false;
  } catch (error) {
    if (!isFailure(error)) throw error;
    return error instanceof ResponseError && error.status === status;
  }
}

/** A list may lag behind what was created by some seconds: before that nothing is absent. */
const lagInBackoffs = 3;

/**
 * Looks up what became of each write of a request that was refused as a whole, where to send it again could act twice.
 *
 * @param note is told each outcome that is known now, or never will be.
 * @returns those that are not there, and may be sent again.
 */
export async function lookUpWrites(
  contexts: UsersAndGroups,
  batch: readonly number[],
  resolved: (index: number) => BulkWrite,
  note: (index: number, outcome: Outcome) => void,
  error: ResponseError,
  options: RequestOptions,
): Promise<readonly number[]> {
  const { clock, random } = contexts[0].server.transport;
  const doubtful = new Set(batch.filter((index) => !isSafeToRepeat(resolved(index))));
  const backoffs = Array.from({ length: doubtful.size > 0 ? lagInBackoffs : 1 }, (_, at) =>
    lookupBackoff(at + 1, random),
  );
  const lagMs = backoffs.reduce((sum, waitMs) => sum + waitMs, 0);
  await clock.sleep(Math.max(lagMs, retryAfterOf(error)), options.signal);
  const left: number[] = [];
  for (const index of batch) {
    // One after the other: an id that is found stands in those that refer to it.
    const outcome = doubtful.has(index) ? await lookUp(contexts, resolved(index), error, options) : undefined;
    if (outcome === undefined) left.push(index);
    else note(index, outcome);
  }
  return left;
}

/** Whether a write that is made twice does no more than one that is made once. */
export function isSafeToRepeat(write: BulkWrite): boolean {
  if (write.method !== 'PATCH') return write.method !== 'POST';
  const operations = readAttribute(write.data, 'Operations');
  return (
    Array.isArray(operations) &&
    operations.every(
      (operation: unknown) =>
        isRecord(operation) && typeof operation.path === 'string' && /^(replace|remove)$/i.test(String(operation.op)),
    )
  );
}

/**
 * What became of a write that was sent before, and may have been carried out then: its refusal now may be the work of the
 * first.
 */
export function afterRepeat(write: BulkWrite, outcome: Outcome, deletes: ReadonlySet<string>): Outcome {
  if (outcome.outcome !== 'failed') return outcome;
  const { status, scimType } = outcome;
  const isOwnWork =
    status === 412 ||
    ((status === 404 || status === 410) && deletes.has(write.path)) ||
    (write.method === 'POST' && (status === 409 || scimType === 'uniqueness')) ||
    (write.method === 'PATCH' && scimType === 'noTarget');
  return isOwnWork ? { ...outcome, outcome: 'unknown' } : outcome;
}

/** What became of a write; `undefined` where what it does is not there. */
async function lookUp(
  contexts: UsersAndGroups,
  write: BulkWrite,
  error: ResponseError,
  options: RequestOptions,
): Promise<Outcome | undefined> {
  const context = contextOfWrite(contexts, write);
  const isCreation = write.method === 'POST';
  try {
    const seen = await (isCreation ? created(context, write, options) : changed(context, write, options));
    // What is taken was there before, and may be this one.
    return seen === 'unknown' || (seen !== undefined && isCreation && isTaken(error))
      ? { outcome: 'unknown', error }
      : seen;
  } catch (failure) {
    if (!isFailure(failure)) throw failure;
    return { outcome: 'unknown', error };
  }
}

type Seen = Outcome | 'unknown' | undefined;

async function created(context: ResourceContext, write: BulkWrite, options: RequestOptions): Promise<Seen> {
  const { id: _id, meta: _meta, ...attributes } = dataOf(write);
  if (naturalKeysOf(context, attributes).length === 0) return 'unknown';
  const { named, alike } = await findByNaturalKeys(context, attributes, options);
  if (named.length + alike.length === 0) return undefined;
  const [made, twin] = named.filter(
    (one) => !isOtherKind(context, one, attributes) && differingAttributes(context, one, attributes).length === 0,
  );
  return made === undefined || twin !== undefined ? 'unknown' : madeOutcome(made);
}

async function changed(context: ResourceContext, write: BulkWrite, options: RequestOptions): Promise<Seen> {
  const now = await readResource(context, idOfWrite(write) ?? '', options);
  const unapplied = unappliedAttributes(context, operationsIn(dataOf(write)), now, now);
  if (unapplied.length === 0) return madeOutcome(now);
  // Members that are not shown may be there.
  return unapplied.includes('members') && now.members === undefined ? 'unknown' : undefined;
}

const dataOf = (write: BulkWrite): Readonly<Record<string, unknown>> => (has(write, 'data') ? { ...write.data } : {});
