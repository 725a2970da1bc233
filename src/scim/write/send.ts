import { isFailure } from '../../errors/is-sdk-error.js';
import { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { WriteNotConfirmedError } from '../../errors/scim-errors.js';
import type { RequestOptions, TransportRequest, TransportResponse } from '../../transport/options.js';
import type { Projection } from '../read.js';
import type { ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { findKey } from '../schemas/names.js';
import { requestOptions, type Server, send, sharedOptions } from '../server.js';

/** How a resource is written, and what of it the answer holds (RFC 7644 §3.9). Some servers fail when asked for that. */
export interface WriteOptions extends RequestOptions, Projection {
  /** Write only if the resource is still at this version (`If-Match`), as `etagOf` gives it. Not all servers heed it. */
  readonly ifMatch?: string | undefined;
  /** Read the resource back afterwards and compare, since not every server that answers 200 has done it. @default false */
  readonly verify?: boolean | undefined;
}

/** What a write is sent with when it takes several requests, which share one deadline. What they read is read whole. */
export function sharedWriteOptions(session: Server, options: WriteOptions): WriteOptions {
  return Object.assign(sharedOptions(session, options), { ifMatch: options.ifMatch });
}

/** A write to the list creates; every other is to one resource. */
export type Write = Pick<TransportRequest, 'body' | 'query' | 'safeToRepeat' | 'madeFrom'> &
  ({ readonly method: 'POST' } | { readonly method: 'PUT' | 'PATCH' | 'DELETE'; readonly id: string });

/** Sends a write. @throws WriteNotConfirmedError for a 202. */
export async function write(
  context: ResourceContext,
  request: Write,
  options: WriteOptions,
): Promise<{ readonly response: TransportResponse; readonly resource: Resource | undefined }> {
  const { headers, ...how } = requestOptions(options);
  const { body, query, safeToRepeat, madeFrom } = request;
  const full: TransportRequest = {
    ...how,
    method: request.method,
    body,
    query,
    safeToRepeat,
    madeFrom,
    // By the method and not by the id: one that is missing at run time must not turn into a write to the whole list.
    ...(request.method === 'POST'
      ? { route: context.route }
      : { route: `${context.route}/{id}`, params: { id: request.id } }),
    headers: options.ifMatch === undefined ? headers : { ...headers, 'if-match': options.ifMatch },
  };
  // A PUT unsets what it leaves out: of a type that has members it is judged as one that says so.
  if (full.method === 'PUT' && madeFrom === undefined && findKey(context.schema.attributes, 'members') !== undefined) {
    context.session.guard({ ...full, body: { members: [] } });
  }
  if (request.method === 'PUT') context.session.learned.newGroups.delete(request.id);
  const response = await send(context.session, full);
  if (response.status === 202) throw new WriteNotConfirmedError('write_pending', full);
  return { response, resource: response.status === 204 ? undefined : context.readAnswer(full, response) };
}

const waitsBeforeReadingAgainMs = [500, 1_500];

/** Reads until it is as wanted, a few times, since a replica may lag behind, and gives what was read last. */
export async function readBack<Read>(
  { session }: ResourceContext,
  read: () => Promise<Read>,
  isAsWanted: (read: Read) => boolean,
  options: RequestOptions,
): Promise<Read> {
  let last = await read();
  for (const waitMs of waitsBeforeReadingAgainMs) {
    if (isAsWanted(last)) break;
    await session.transport.clock.sleep(waitMs, options.signal);
    last = await read();
  }
  return last;
}

/**
 * Reads back what was written.
 *
 * @throws WriteNotConfirmedError
 */
export async function verifyWrite<Read extends Resource | undefined>(
  context: ResourceContext,
  method: string,
  read: () => Promise<Read>,
  differences: (resource: Read) => readonly string[],
  options: RequestOptions,
): Promise<Read> {
  const compare = async () => {
    const resource = await read();
    return { resource, attributes: differences(resource) };
  };
  const { resource, attributes } = await readBack(context, compare, (found) => found.attributes.length === 0, options);
  if (attributes.length === 0) return resource;
  const route = method === 'POST' ? context.route : `${context.route}/{id}`;
  throw new WriteNotConfirmedError('not_applied', { method, route, attributes });
}

/** The body of a resource: its attributes, and the URNs of the schemas in use unless the caller named them. */
export function addSchemaUrns(
  { schema }: ResourceContext,
  attributes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  // A type that nothing is known of: its body is what the caller gave.
  if (schema.id === '') return { ...attributes };
  const extensions = Object.keys(attributes).filter((key) => /^urn:/i.test(key) && attributes[key] !== undefined);
  return { ...attributes, schemas: attributes.schemas ?? [schema.id, ...extensions] };
}

/** Whether a request that failed like this may have been carried out all the same. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (!isFailure(error)) return false;
  if (error instanceof ConnectionError) return error.delivery === 'unknown';
  if (error instanceof ResponseError) return isIndeterminateStatus(error.status);
  return error instanceof ResponseValidationError;
}

/** Whether a refusal with this status says nothing about what was done before it. */
export function isIndeterminateStatus(status: number): boolean {
  // Whatever stands before the server may give up on it with a number of its own, such as 524.
  return status === 408 || (status >= 500 && status !== 501);
}
